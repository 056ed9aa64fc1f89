"""@sd-jwt/sd-jwt-vc on Node, of the OpenWallet Foundation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.interop.formats import Format
from tests.interop.keys import header_of, key
from tests.interop.parties.party import AUDIENCE, HOLDER, NONCE, SELECTIONS, TYPES, World, claims_of
from tests.interop.served import Node


@dataclass(frozen=True)
class SdJwtJs:
    node: Node
    world: World

    def issue(self, kind: Format) -> Any:
        assert kind.key is not None
        signing = key(kind.key, "@sd-jwt")
        return self.node(
            "issueSdJwt",
            claims=claims_of(kind, signing.did_jwk),
            disclosable=SELECTIONS[kind.family].disclosable,
            holder=HOLDER.jwk,
            issuer=signing.private_jwk,
            header={"typ": TYPES[kind.family], "kid": signing.did_jwk_method},
        )

    def show(self, kind: Format, credential: Any) -> Any:
        return self.node(
            "presentSdJwt",
            credential=credential,
            frame=dict.fromkeys(SELECTIONS[kind.family].shown, True),
            holder=HOLDER.private_jwk,
            audience=AUDIENCE,
            nonce=NONCE,
        )

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        issuer = self.world.jwk(header_of(shown[0])["kid"])
        answer = self.node(
            "verifySdJwts",
            type=TYPES[kind.family],
            presentations=list(shown),
            issuer=issuer,
            audience=AUDIENCE,
            nonce=NONCE,
        )
        return [each["verified"] for each in answer]
