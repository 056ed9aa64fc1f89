"""jose on Node: signs and verifies tokens, and knows nothing of credentials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.interop.formats import Family, Format
from tests.interop.keys import Jwk, did_of_jwk, header_of
from tests.interop.parties.party import AUDIENCE, NONCE, TYPES, World, badge, presentation
from tests.interop.served import Node


@dataclass(frozen=True)
class Jose:
    node: Node
    world: World

    def issue(self, kind: Format) -> Any:
        jwk = self.node("newKey", alg=kind.name)
        credential = badge(did_of_jwk(jwk))
        match kind.family:
            case Family.OB3_JWT:
                return self._signed(jwk, kind.name, "JWT", {**credential, **registered_claims(credential)})
            case Family.VC_JOSE:
                return self._signed(jwk, kind.name, "vc+jwt", credential)
        token = self._signed(jwk, kind.name, "vc+jwt", credential)
        shown = {**presentation(did_of_jwk(jwk), token), "aud": AUDIENCE, "nonce": NONCE}
        return self._signed(jwk, kind.name, "vp+jwt", shown)

    def show(self, kind: Format, credential: Any) -> Any:
        raise LookupError(kind)

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        jwk = self.world.jwk(header_of(shown[0])["kid"])
        answers = self.node("verifyTokens", tokens=list(shown), jwk=jwk, alg=kind.name, typ=TYPES[kind.family])
        return [each["verified"] for each in answers]

    def _signed(self, jwk: Jwk, algorithm: str, typ: str, payload: dict[str, Any]) -> str:
        header = {"alg": algorithm, "typ": typ, "kid": f"{did_of_jwk(jwk)}#0"}
        token: str = self.node("signToken", jwk=jwk, header=header, payload=payload)
        return token


def registered_claims(credential: dict[str, Any]) -> dict[str, Any]:
    """What an Open Badge repeats as claims (Open Badges 3.0 §8.2.4), written by hand."""
    return {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": _seconds(credential["validFrom"]),
        "exp": _seconds(credential["validUntil"]),
    }


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
