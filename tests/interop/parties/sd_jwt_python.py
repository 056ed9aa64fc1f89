"""sd-jwt on PyPI, of the OpenWallet Foundation: the implementation by the authors of RFC 9901."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jwcrypto.common import JWException  # type: ignore[import-untyped]
from jwcrypto.jwk import JWK  # type: ignore[import-untyped]
from sd_jwt.common import SDObj  # type: ignore[import-untyped]
from sd_jwt.holder import SDJWTHolder  # type: ignore[import-untyped]
from sd_jwt.issuer import SDJWTIssuer  # type: ignore[import-untyped]
from sd_jwt.verifier import SDJWTVerifier  # type: ignore[import-untyped]

from tests.interop.formats import Format
from tests.interop.keys import header_of, key
from tests.interop.parties.party import AUDIENCE, HOLDER, NONCE, SELECTIONS, TYPES, World, claims_of


@dataclass(frozen=True)
class SdJwtPython:
    world: World

    def issue(self, kind: Format) -> Any:
        assert kind.key is not None
        signing = key(kind.key, "sd-jwt")
        disclosable = SELECTIONS[kind.family].disclosable
        claims = claims_of(kind, signing.did_jwk).items()
        return SDJWTIssuer(
            {SDObj(name) if name in disclosable else name: value for name, value in claims},
            JWK(**signing.private_jwk),
            JWK(**HOLDER.jwk),
            extra_header_parameters={"typ": TYPES[kind.family], "kid": signing.did_jwk_method},
        ).sd_jwt_issuance

    def show(self, kind: Format, credential: Any) -> Any:
        holder = SDJWTHolder(credential)
        holder.create_presentation(
            dict.fromkeys(SELECTIONS[kind.family].shown, True), NONCE, AUDIENCE, JWK(**HOLDER.private_jwk)
        )
        return holder.sd_jwt_presentation

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        issuer = JWK(**self.world.jwk(header_of(shown[0])["kid"]))
        return [_holds(each, issuer) for each in shown]


def _holds(presentation: str, issuer: JWK) -> bool:
    try:
        SDJWTVerifier(presentation, lambda *_: issuer, AUDIENCE, NONCE).get_verified_payload()
    except (JWException, ValueError, KeyError, json.JSONDecodeError):
        return False
    return True
