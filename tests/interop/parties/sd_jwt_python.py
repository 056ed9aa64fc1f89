"""sd-jwt on PyPI, of the OpenWallet Foundation: the implementation by the authors of RFC 9901."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jwcrypto.common import JWException
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from tests.interop.formats import Format
from tests.interop.keys import header_of, key
from tests.interop.parties.party import AUDIENCE, CLAIMS, DISCLOSABLE, HOLDER, NONCE, SHOWN, VCT, World


@dataclass(frozen=True)
class SdJwtPython:
    world: World

    def issue(self, kind: Format) -> Any:
        assert kind.key is not None
        signing = key(kind.key, "sd-jwt")
        about = {"iss": signing.did_jwk, "vct": VCT, "iat": int(time.time())}
        marked = {SDObj(name) if name in DISCLOSABLE else name: value for name, value in CLAIMS.items()}
        return SDJWTIssuer(
            {**about, **marked},
            JWK(**signing.private_jwk),
            JWK(**HOLDER.jwk),
            extra_header_parameters={"typ": "dc+sd-jwt", "kid": signing.did_jwk_method},
        ).sd_jwt_issuance

    def show(self, kind: Format, credential: Any) -> Any:
        holder = SDJWTHolder(credential)
        holder.create_presentation(dict.fromkeys(SHOWN, True), NONCE, AUDIENCE, JWK(**HOLDER.private_jwk))
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
