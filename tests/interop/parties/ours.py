"""Our side: the running service where it verifies the format, else the functions that it is made of.

What is issued here has keys and names of its own, so that each format can be tried on its own; what the service issues
for the example programs is in the tests of each peer.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from jmc_vc.formats.data_integrity.selective.derive import derive
from jmc_vc.formats.did.document import KeyNotBound
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_key_of_jwk
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws, key_binding, ob3_vc_jwt, sd_jwt, sd_jwt_vc, vc_jose, vc_sd_jwt
from jmc_vc.formats.jose.key_reference import KeyReference
from jmc_vc.formats.jose.sd_jwt import SdJwt
from tests.interop.formats import Family, Format
from tests.interop.keys import jwk_of_did, key
from tests.interop.parties.party import (
    AUDIENCE,
    HOLDER,
    MANDATORY,
    NONCE,
    SELECTED,
    SELECTIONS,
    badge,
    badge_without_lists,
    claims_of,
    presentation,
)
from tests.interop.served import Served


@dataclass(frozen=True)
class Ours:
    served: Served

    def issue(self, kind: Format) -> Any:
        assert kind.key is not None
        signing, now = key(kind.key), datetime.now(UTC)
        contexts = self.served.service.installation.service.contexts
        match kind.family:
            case Family.EMBEDDED:
                return add_proof(
                    badge(signing.did_key),
                    cryptosuite=kind.name,
                    verification_method=signing.did_key_method,
                    created=now,
                    sign=signing.sign,
                    contexts=contexts,
                    algorithm=kind.key,
                )
            case Family.SELECTIVE_EMBEDDED:
                return add_base_proof(
                    badge_without_lists(signing.did_key),
                    verification_method=signing.did_key_method,
                    created=now,
                    sign=signing.sign,
                    contexts=contexts,
                    mandatory_pointers=MANDATORY,
                    random=os.urandom,
                )
            case Family.OB3_JWT:
                algorithm: ob3_vc_jwt.Ob3Algorithm = "ES256" if kind.name == "ES256" else "RS256"
                return ob3_vc_jwt.sign(
                    badge(signing.did_jwk), kid=signing.did_jwk_method, algorithm=algorithm, sign=signing.sign
                )
            case Family.VC_JOSE:
                return vc_jose.sign_credential(
                    badge(signing.did_jwk), kid=signing.did_jwk_method, algorithm=kind.name, sign=signing.sign
                )
            case Family.VP_JOSE:
                token = vc_jose.sign_credential(
                    badge(signing.did_jwk), kid=signing.did_jwk_method, algorithm=kind.name, sign=signing.sign
                )
                return vc_jose.sign_presentation(
                    presentation(signing.did_jwk, token),
                    kid=signing.did_jwk_method,
                    algorithm=kind.name,
                    sign=signing.sign,
                    claims={"aud": AUDIENCE, "nonce": NONCE},
                )
            case Family.VC_SD_JWT:
                return vc_sd_jwt.sign_credential(
                    claims_of(kind, signing.did_jwk),
                    kid=signing.did_jwk_method,
                    algorithm=kind.name,
                    sign=signing.sign,
                    selectively_disclosable=[(name,) for name in SELECTIONS[kind.family].disclosable],
                    salts=_salt,
                    holder_key=HOLDER.public,
                )
            case Family.SD_JWT_VC:
                return sd_jwt_vc.issue(
                    claims_of(kind, signing.did_jwk),
                    kid=signing.did_jwk_method,
                    algorithm=kind.name,
                    sign=signing.sign,
                    selectively_disclosable=[(name,) for name in SELECTIONS[kind.family].disclosable],
                    salts=_salt,
                    holder_key=HOLDER.public,
                )
        raise LookupError(kind)

    def show(self, kind: Format, credential: Any) -> Any:
        if kind.family is Family.SELECTIVE_EMBEDDED:
            contexts = self.served.service.installation.service.contexts
            return derive(credential, selective_pointers=SELECTED, contexts=contexts)
        return key_binding.bind(
            sd_jwt.withhold(sd_jwt.read(credential), [(SELECTIONS[kind.family].withheld,)]),
            audience=AUDIENCE,
            nonce=NONCE,
            now=datetime.now(UTC),
            algorithm="ES256",
            sign=HOLDER.sign,
        )

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        judges: Mapping[Family, Callable[[Any], bool]] = {
            Family.SELECTIVE_EMBEDDED: self._signature_holds,
            Family.VC_SD_JWT: _credential_holds,
            Family.SD_JWT_VC: _claims_hold,
            Family.VP_JOSE: _presentation_holds,
        }
        judge = judges.get(kind.family, self._is_valid)
        return [judge(each) for each in shown]

    def _is_valid(self, credential: Any) -> bool:
        """The service's own word, under the policy that asks for no accreditation."""
        verdict: str = self._report(credential)["verdict"]
        return verdict == "valid"

    def _signature_holds(self, credential: Any) -> bool:
        """The same of the signature and its key alone: one peer writes what a holder shows in a form that JSON-LD takes
        for the same, and the JSON Schema of Open Badges does not."""
        checks = self._report(credential)["checks"]
        return {each["id"] for each in checks if each["outcome"] == "pass"} >= {"proof", "key"}

    def _report(self, credential: Any) -> dict[str, Any]:
        return self.served.verify_bytes(_written(credential), "technical")


def _written(credential: Any) -> bytes:
    if isinstance(credential, bytes):
        return credential
    return credential.encode() if isinstance(credential, str) else orjson.dumps(credential)


def _salt() -> str:
    return base64url.encode(os.urandom(16))


def _claims_hold(shown: str) -> bool:
    """Whether an SD-JWT VC and its key binding hold."""
    try:
        token = sd_jwt.read(shown)
        found = sd_jwt_vc.read(token)
        compact_jws.verify(token.jws, _named(found.kid, found.issuer))
        _require_bound(token, found.holder_key)
    except Error:
        return False
    return True


def _credential_holds(shown: str) -> bool:
    """The same of a credential of W3C."""
    try:
        token = sd_jwt.read(shown)
        found = vc_sd_jwt.read(token)
        compact_jws.verify(token.jws, _named(found.kid, found.signer))
        _require_bound(token, key_binding.holder_key_of(found.claims))
    except Error:
        return False
    return True


def _require_bound(token: SdJwt, holder_key: PublicKey | None) -> None:
    key_binding.verify(
        token,
        holder_key,
        audience=AUDIENCE,
        nonce=NONCE,
        now=datetime.now(UTC),
        longest_age=timedelta(minutes=1),
        skew=timedelta(seconds=5),
    )


def _presentation_holds(token: str) -> bool:
    """Whether a presentation is its holder's, for this verifier."""
    try:
        jws = compact_jws.read(token)
        found = vc_jose.read(jws)
        compact_jws.verify(jws, _named(found.kid, found.signer))
    except Error:
        return False
    claims = jws.claims()
    return (claims.get("aud"), claims.get("nonce")) == (AUDIENCE, NONCE)


def _named(kid: KeyReference | None, signer: str | None) -> PublicKey:
    """The key that is named by `kid`, if it is the signer's."""
    did, _, fragment = (kid.text if kid else "").partition("#")
    if did != signer or fragment != "0":
        raise KeyNotBound
    return public_key_of_jwk(jwk_of_did(did))
