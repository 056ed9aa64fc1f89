"""Tokens and presentations in the forms of W3C, as others write them too."""

import json
from typing import Any

from jmc_vc.formats.data_model.enveloped import ENVELOPED_CREDENTIAL, Token, TokenMediaType, write_envelope
from jmc_vc.formats.jose import compact_jws, vc_jose
from tests.builders.jose_keys import jose_key
from tests.builders.open_badge import badge

Json = dict[str, Any]
KEY = jose_key()
ISSUER = "did:web:mc.example.jp:issuers:hoshimigaoka"
KID = f"{ISSUER}#key-1"
HOLDER = "did:jwk:holder"


def token(claims: Json, header: Json | None = None) -> str:
    """A token of any claims; `header` is added to that of a `vc+jwt`."""
    whole = {"alg": "ES256", "typ": "vc+jwt", "kid": KID, **(header or {})}
    return compact_jws.write(whole, json.dumps(claims).encode(), KEY.sign)


def enveloped(text: str | None = None, media_type: TokenMediaType = TokenMediaType.VC_JWT) -> Json:
    """The envelope of `text`, or of a good badge."""
    text = text or vc_jose.sign_credential(badge(), kid=KID, algorithm="ES256", sign=KEY.sign)
    return write_envelope(ENVELOPED_CREDENTIAL, Token(media_type, text))


def presentation(*credentials: Json, **members: Any) -> Json:
    """A presentation of `credentials`, or of one badge in its envelope."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": HOLDER,
        "verifiableCredential": list(credentials or [enveloped()]),
        **members,
    }
