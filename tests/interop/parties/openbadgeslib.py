"""openbadgeslib: an independent Open Badges implementation in Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.did import resolve_verification_method
from openbadgeslib.ob3.eudi import issue_badge_sd_jwt, verify_badge_sd_jwt
from openbadgeslib.ob3.ldp import add_data_integrity_proof, verify_data_integrity_proof
from openbadgeslib.ob3.signer import OB3Signer
from openbadgeslib.ob3.verifier import OB3Verifier

from tests.interop.formats import Family, Format
from tests.interop.keys import header_of, key, pem_of_jwk
from tests.interop.parties.jose import registered_claims
from tests.interop.parties.party import AUDIENCE, HOLDER, NONCE, VCT, World, badge


@dataclass(frozen=True)
class OpenBadgesLib:
    world: World

    def issue(self, kind: Format) -> Any:
        assert kind.key is not None
        signing = key(kind.key, "openbadgeslib")
        match kind.family:
            case Family.EMBEDDED:
                return add_data_integrity_proof(badge(signing.did_key), signing.pem, signing.did_key_method)
            case Family.OB3_JWT:
                credential = badge(signing.did_jwk)
                return OB3Signer(signing.pem, kind.name).sign_payload({**credential, **registered_claims(credential)})
            case Family.SD_JWT_VC:
                return issue_badge_sd_jwt(
                    OpenBadgeCredential.from_vc_document(badge(signing.did_jwk)),
                    privkey_pem=signing.pem,
                    kid=signing.did_jwk_method,
                    holder_jwk=HOLDER.jwk,
                    vct=VCT,
                )
        raise LookupError(kind)

    def show(self, kind: Format, credential: Any) -> Any:
        raise LookupError(kind)

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        return [self._holds(kind, each, shown[0]) for each in shown]

    def _holds(self, kind: Format, shown: Any, first: Any) -> bool:
        try:
            match kind.family:
                case Family.EMBEDDED | Family.SELECTIVE_EMBEDDED:
                    method = shown["proof"]["verificationMethod"]
                    key_pem = resolve_verification_method(method, download=self.world.fetch)
                    verify_data_integrity_proof(shown, key_pem, extra_contexts=self.world.own)
                case Family.OB3_JWT:
                    OB3Verifier(self._issuer_pem(first)).verify(shown)
                case Family.SD_JWT_VC | Family.VC_SD_JWT:
                    verify_badge_sd_jwt(
                        shown,
                        pubkey_pem=self._issuer_pem(first),
                        audience=AUDIENCE,
                        nonce=NONCE,
                        require_key_binding=True,
                        expected_vct=None,
                    )
                case _:
                    raise LookupError(kind)
        except LibOpenBadgesException:
            return False
        return True

    def _issuer_pem(self, token: str) -> bytes:
        return pem_of_jwk(self.world.jwk(header_of(token)["kid"]))
