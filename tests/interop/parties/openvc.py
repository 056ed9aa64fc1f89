"""openvc-core: an independent implementation of credentials in Python, made for the European wallet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from openvc.did.base import DidResolverRegistry
from openvc.did.did_jwk import DidJwkResolver
from openvc.did.did_key import DidKeyResolver
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.keys import Ed25519SigningKey, P256SigningKey, P384SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.di_ecdsa_rdfc import EcdsaRdfcProofSuite
from openvc.proof.di_jcs import EcdsaJcsProofSuite, EddsaJcsProofSuite
from openvc.proof.ecdsa_sd import EcdsaSdProofSuite
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from openvc.proof.vc_jwt import VcJwtProofSuite

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from tests.interop.formats import ED25519, P256, P384, Family, Format
from tests.interop.keys import Jwk, header_of, key
from tests.interop.parties.party import (
    AUDIENCE,
    HOLDER,
    MANDATORY,
    NONCE,
    SELECTED,
    SELECTIONS,
    World,
    badge,
    badge_without_lists,
    claims_of,
)

KEYS: Mapping[KeyAlgorithm, Any] = {ED25519: Ed25519SigningKey, P256: P256SigningKey, P384: P384SigningKey}
SUITES: Mapping[str, Any] = {
    "eddsa-rdfc-2022": DataIntegrityProofSuite,
    "ecdsa-rdfc-2019": EcdsaRdfcProofSuite,
    "eddsa-jcs-2022": EddsaJcsProofSuite,
    "ecdsa-jcs-2019": EcdsaJcsProofSuite,
}


@dataclass(frozen=True)
class Openvc:
    world: World

    @property
    def _supplied(self) -> dict[str, Any]:
        """Contexts: it brings that of the data model alone."""
        return {**self.world.open_badges, **self.world.own}

    def issue(self, kind: Format) -> Any:
        assert kind.key is not None
        signing = key(kind.key, "openvc")
        match kind.family:
            case Family.EMBEDDED:
                return SUITES[kind.name]().add_proof(
                    badge(signing.did_key),
                    signing_key=self.key(kind, signing.did_key_method),
                    verification_method=signing.did_key_method,
                    **self._contexts(kind),
                )
            case Family.SELECTIVE_EMBEDDED:
                return EcdsaSdProofSuite().add_base_proof(
                    badge_without_lists(signing.did_key),
                    signing_key=self.key(kind, signing.did_key_method),
                    verification_method=signing.did_key_method,
                    mandatory_pointers=MANDATORY,
                    extra_contexts=self._supplied,
                )
            case Family.OB3_JWT:
                return VcJwtProofSuite().sign(
                    badge(signing.did_jwk),
                    signing_key=self.key(kind, signing.did_jwk_method),
                )
            case Family.SD_JWT_VC:
                return SdJwtVcProofSuite().issue(
                    claims_of(kind, signing.did_jwk),
                    signing_key=self.key(kind, signing.did_jwk_method),
                    disclosable=SELECTIONS[kind.family].disclosable,
                    holder_jwk=HOLDER.jwk,
                )
        raise LookupError(kind)

    def show(self, kind: Format, credential: Any) -> Any:
        if kind.family is Family.SELECTIVE_EMBEDDED:
            return self.derive(credential, SELECTED)
        # Its holder shows all that is there: which disclosures those are is chosen before, by their names.
        token, *disclosures, _ = credential.split("~")
        kept = [each for each in disclosures if _name(each) != SELECTIONS[kind.family].withheld]
        return SdJwtVcProofSuite().create_presentation(
            "~".join((token, *kept, "")),
            holder_key=P256SigningKey.from_jwk(HOLDER.private_jwk, "holder"),
            audience=AUDIENCE,
            nonce=NONCE,
        )

    def derive(self, credential: Any, pointers: Sequence[str]) -> Any:
        return EcdsaSdProofSuite().derive_proof(credential, selective_pointers=pointers, extra_contexts=self._supplied)

    @staticmethod
    def key(kind: Format, kid: str) -> Any:
        """Its own view of its key for a format."""
        assert kind.key is not None
        return KEYS[kind.key].from_jwk(key(kind.key, "openvc").private_jwk, kid)

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        return [self._holds(kind, each, shown[0]) for each in shown]

    def _holds(self, kind: Format, shown: Any, first: Any) -> bool:
        try:
            match kind.family:
                case Family.EMBEDDED:
                    SUITES[kind.name]().verify(shown, resolver=self.resolver(), **self._contexts(kind))
                case Family.SELECTIVE_EMBEDDED:
                    EcdsaSdProofSuite().verify(shown, extra_contexts=self._supplied)
                case Family.SD_JWT_VC | Family.VC_SD_JWT:
                    SdJwtVcProofSuite().verify(
                        shown,
                        public_key_jwk=self._issuer_jwk(first),
                        audience=AUDIENCE,
                        nonce=NONCE,
                        require_key_binding=True,
                    )
                case _:
                    raise LookupError(kind)
        except OpenvcError:
            return False
        return True

    def resolver(self) -> DidResolverRegistry:
        web = DidWebResolver(self.world.fetch_json)
        return DidResolverRegistry([DidKeyResolver(), DidJwkResolver(), web])

    def _issuer_jwk(self, presentation: str) -> Jwk:
        kid = header_of(presentation)["kid"]
        method = self.resolver().resolve(kid.partition("#")[0]).key_by_kid(kid)
        assert method is not None
        return method.public_key_jwk

    def _contexts(self, kind: Format) -> dict[str, Any]:
        """The argument that its suites of canonical JSON do not have."""
        return {} if "-jcs-" in kind.name else {"extra_contexts": self._supplied}


def _name(disclosure: str) -> str:
    name: str = orjson.loads(base64url.decode(disclosure))[1]
    return name
