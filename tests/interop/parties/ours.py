"""Our side: the running service where it verifies the format, else the functions that it is made of.

What is issued here has keys and names of its own, so that each format can be tried on its own; what the service issues
for the example programs is in the tests of each peer.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from jmc_vc.formats.data_integrity.selective.derive import derive
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_key_of_jwk
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws, key_binding, ob3_vc_jwt, sd_jwt, sd_jwt_vc, vc_jose
from tests.interop.formats import Family, Format
from tests.interop.keys import JOSE, jwk_of_did, key
from tests.interop.parties.party import (
    AUDIENCE,
    CLAIMS,
    DISCLOSABLE,
    HOLDER,
    MANDATORY,
    NONCE,
    SELECTED,
    VCT,
    WITHHELD,
    badge,
    badge_without_lists,
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
            case Family.SD_JWT_VC:
                return sd_jwt_vc.issue(
                    {**CLAIMS, "iss": signing.did_jwk, "vct": VCT, "iat": int(now.timestamp())},
                    kid=signing.did_jwk_method,
                    algorithm=JOSE[kind.key],
                    sign=signing.sign,
                    selectively_disclosable=[(name,) for name in DISCLOSABLE],
                    salts=lambda: base64url.encode(os.urandom(16)),
                    holder_key=HOLDER.public,
                )
        raise LookupError(kind)

    def show(self, kind: Format, credential: Any) -> Any:
        if kind.family is Family.SELECTIVE_EMBEDDED:
            contexts = self.served.service.installation.service.contexts
            return derive(credential, selective_pointers=SELECTED, contexts=contexts)
        return key_binding.bind(
            sd_jwt.withhold(sd_jwt.read(credential), [(WITHHELD,)]),
            audience=AUDIENCE,
            nonce=NONCE,
            now=datetime.now(UTC),
            algorithm="ES256",
            sign=HOLDER.sign,
        )

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        judge = {
            Family.SELECTIVE_EMBEDDED: self._signature_holds,
            Family.SD_JWT_VC: _holds,
            Family.VP_JOSE: _presentation_holds,
        }.get(kind.family, self._is_valid)
        return [judge(each) for each in shown]

    def _is_valid(self, credential: Any) -> bool:
        """The service's own word, under the policy that asks for no accreditation."""
        verdict: str = self._report(credential)["verdict"]
        return verdict == "valid"

    def _signature_holds(self, credential: Any) -> bool:
        """The same of the signature and its key alone: one peer writes what a holder shows in a form that JSON-LD takes
        for the same, and the JSON Schema of Open Badges does not."""
        outcomes = {each["id"]: each["outcome"] for each in self._report(credential)["checks"]}
        return outcomes["proof"] == outcomes["key"] == "pass"

    def _report(self, credential: Any) -> dict[str, Any]:
        return self.served.verify_bytes(_written(credential), "technical")


def _written(credential: Any) -> bytes:
    if isinstance(credential, bytes):
        return credential
    return credential.encode() if isinstance(credential, str) else orjson.dumps(credential)


def _holds(shown: str) -> bool:
    """Whether an SD-JWT VC and its key binding hold."""
    try:
        token = sd_jwt.read(shown)
        found = sd_jwt_vc.read(token)
        compact_jws.verify(token.jws, _named(found.kid.text if found.kid else "", found.issuer))
        key_binding.verify(
            token,
            found.holder_key,
            audience=AUDIENCE,
            nonce=NONCE,
            now=datetime.now(UTC),
            longest_age=timedelta(minutes=1),
            skew=timedelta(seconds=5),
        )
    except Error:
        return False
    return True


def _presentation_holds(token: str) -> bool:
    """Whether a presentation is its holder's, for this verifier."""
    try:
        jws = compact_jws.read(token)
        found = vc_jose.read(jws)
        compact_jws.verify(jws, _named(found.kid.text if found.kid else "", found.signer))
    except Error:
        return False
    claims = jws.claims()
    return (claims.get("aud"), claims.get("nonce")) == (AUDIENCE, NONCE)


class _AnothersKey(Error):
    """The token names a key that is not its signer's."""

    code = "test.key"


def _named(kid: str, signer: str | None) -> PublicKey:
    """The key that is named by the DID URL `kid`, if it is the signer's."""
    did, _, fragment = kid.partition("#")
    if did != signer or fragment != "0":
        raise _AnothersKey
    return public_key_of_jwk(jwk_of_did(did))
