"""Texts that are nearly signed tokens with a credential. Each is refused with a typed error, or it is the very text
that was signed; what it says is read without a doubt or refused."""

import copy
import json
from functools import cache
from random import Random
from time import process_time
from typing import Any

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt, vc_jose
from jmc_vc.formats.jose.token_kind import TokenKind, kind_of
from tests.builders.jose_keys import jose_key
from tests.builders.open_badge import badge

SECONDS = 1.0
KINDS = (KeyAlgorithm.P256, KeyAlgorithm.ED25519, KeyAlgorithm.P384)
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 1e308, 2**53, "", "JWT", "vc+jwt", "vp+jwt", "at+jwt", "vc", "none", "ES256", "EdDSA",
    "HS256", "did:web:a.example#key-1", "../key", "1791162000", [], {}, [[]], ["b64"], {"id": "urn:x:1"},
    {"kty": "EC", "d": "AA"},
)  # fmt: skip
_NAMES = (
    "alg", "typ", "cty", "kid", "jwk", "crit", "b64", "zip", "x5c", "iss", "sub", "jti", "nbf", "exp", "iat", "aud",
    "vc", "vp", "cnf", "nonce", "id", "type", "issuer", "validFrom", "validUntil", "issuanceDate", "credentialSubject",
    "verifiableCredential", "holder", "@context",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))


@cache
def _signed() -> tuple[tuple[Any, Any], ...]:
    """Headers and payloads of good tokens."""
    document = badge("/credentialSubject/id", "urn:uuid:1")
    jwk: Any = public_jwk(jose_key().public_key)
    claims = {"iss": document["issuer"]["id"], "jti": document["id"], "sub": "urn:uuid:1", "nbf": 1_791_162_000}
    presentation = {"@context": document["@context"], "type": "VerifiablePresentation", "verifiableCredential": []}
    return (
        ({"typ": "JWT", "kid": "key-1"}, {**document, **claims}),
        ({"jwk": jwk}, {"vc": document, **claims}),
        ({"typ": "vc+jwt", "cty": "vc", "kid": "key-1"}, document),
        ({"typ": "vp+jwt", "kid": "did:jwk:x#0"}, {**presentation, "aud": "https://verifier.example"}),
    )


def _made(seed: int) -> bytes:
    chance = Random(seed)
    header, payload = copy.deepcopy(chance.choice(_signed()))
    key = jose_key(chance.choice(KINDS))
    header["alg"] = key.alg
    for value in (header, payload):
        for _ in range(chance.choice((0, 0, 1, 2))):
            _change(value, chance)
    written = [_cut(json.dumps(value).encode(), chance, rarely=0.05) for value in (header, payload)]
    text = ".".join(base64url.encode(part) for part in written)
    return _cut(f"{text}.{base64url.encode(key.sign(text.encode()))}".encode(), chance, rarely=0.4)


def _change(value: Any, chance: Random) -> None:
    names = [*value, *_NAMES]
    if chance.random() < 0.3:
        value.pop(chance.choice(names), None)
    else:
        value[chance.choice(names)] = copy.deepcopy(chance.choice([*_VALUES, *value.values()]))


def _cut(data: bytes, chance: Random, *, rarely: float) -> bytes:
    if chance.random() >= rarely:
        return data
    at = chance.randrange(len(data) + 1)
    new = chance.choice((b"", b".", b"=", b"~", b"-", b"A", b"\0", b"\xff", b" ", b"\n", data[at : at + 9]))
    return data[:at] + new + data[at + chance.choice((0, 1, 1, 4, len(data))) :]


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the readers."""
    started = process_time()
    text = data.decode("utf-8", "surrogateescape")
    try:
        found = compact_jws.read(text)
    except Error:
        return
    finally:
        assert process_time() - started < SECONDS
    assert found.signing_input.decode() + "." + base64url.encode(found.signature) == text
    assert base64url.encode(found.payload) == text.split(".")[1]
    _check_content(found)
    assert process_time() - started < SECONDS


def _check_content(found: compact_jws.CompactJws) -> None:
    try:
        if kind_of(found.header) is TokenKind.OB3_VC_JWT:
            token = ob3_vc_jwt.read(found)
            missing = ob3_vc_jwt.check_claims(token)
            assert not missing & token.claims.keys()
            assert "vc" in found.claims() or token.credential.items() <= found.claims().items()
        else:
            signed = vc_jose.read(found)
            assert signed.claims | signed.document == found.claims()
    except Error:
        return
