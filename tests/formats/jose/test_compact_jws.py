"""Tokens: three strict parts, one algorithm for each key, and nothing that a library might be kind enough to take."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.jws import JWS  # type: ignore[import-untyped]

from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_key_of_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.compact_jws import ALGORITHMS, LONGEST, LONGEST_HEADER, CompactJws
from tests.builders.jose_keys import jose_key
from tests.builders.refusals import refused_code

KEY = jose_key()
every_algorithm = pytest.mark.parametrize("algorithm", KeyAlgorithm)


def token(header: Any, payload: bytes = b'{"a":1}', signature: bytes | None = None) -> str:
    """A token of any header, signed by KEY unless a signature is given."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    signing_input = f"{base64url.encode(text)}.{base64url.encode(payload)}"
    return f"{signing_input}.{base64url.encode(KEY.sign(signing_input.encode()) if signature is None else signature)}"


GOOD = token({"alg": "ES256"})


def accept(text: str) -> CompactJws:
    found = compact_jws.read(text)
    compact_jws.verify(found, KEY.public_key)
    return found


@every_algorithm
def test_a_token_is_read_as_it_was_signed(algorithm: KeyAlgorithm) -> None:
    key = jose_key(algorithm)
    text = compact_jws.write({"alg": key.alg, "kid": "鍵"}, '{"name":"葛󠄀葉"}'.encode(), key.sign)
    found = compact_jws.read(text)
    compact_jws.verify(found, key.public_key)
    assert found.header == {"alg": key.alg, "kid": "鍵"}
    assert found.claims() == {"name": "葛󠄀葉"}
    assert found.algorithm == ALGORITHMS[algorithm] == key.alg


@every_algorithm
def test_jwcrypto_takes_our_tokens_and_we_take_its(algorithm: KeyAlgorithm) -> None:
    key = jose_key(algorithm)
    theirs = JWS(b'{"a":1}')
    theirs.add_signature(key.jwk, None, json.dumps({"alg": key.alg, "typ": "JWT"}))
    found = compact_jws.read(theirs.serialize(compact=True))
    compact_jws.verify(found, key.public_key)
    assert found.claims() == {"a": 1}

    theirs = JWS()
    theirs.deserialize(compact_jws.write({"alg": key.alg}, b'{"a":2}', key.sign), key.jwk)
    assert theirs.payload == b'{"a":2}'


RFC_7515_PAYLOAD = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
PUBLISHED = {
    "RFC 7515 A.2": (
        (
            f"eyJhbGciOiJSUzI1NiJ9.{RFC_7515_PAYLOAD}."
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU"
            "Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d"
            "O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig"
            "cN_IoypGlUPQGe77Rw"
        ),
        {
            "kty": "RSA",
            "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-"
            "yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS"
            "-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethF"
            "kMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
            "e": "AQAB",
        },
    ),
    "RFC 7515 A.3": (
        (
            f"eyJhbGciOiJFUzI1NiJ9.{RFC_7515_PAYLOAD}."
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        ),
        {
            "kty": "EC",
            "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        },
    ),
    "RFC 7515 A.4": (
        (
            "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB"
            "34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn"
        ),
        {
            "kty": "EC",
            "crv": "P-521",
            "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
            "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2",
        },
    ),
    "RFC 8037 A.4": (
        (
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcN"
            "R4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        ),
        {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_token_verifies(name: str) -> None:
    text, jwk = PUBLISHED[name]
    compact_jws.verify(compact_jws.read(text), public_key_of_jwk(jwk))


BAD: dict[str, tuple[str, str]] = {
    "VW-01 JC-03 alg none, no signature": (token({"alg": "none"}, signature=b""), "token.algorithm"),
    "VW-01 alg None": (token({"alg": "None"}, signature=b""), "token.algorithm"),
    "VW-01 alg none, signed": (token({"alg": "none"}), "token.algorithm"),
    "VW-03 HS256, the key as secret": (token({"alg": "HS256"}), "token.algorithm"),
    "VW-04 ES384 on a P-256 key": (token({"alg": "ES384"}), "token.algorithm"),
    "VW-04 RS256 on a P-256 key": (token({"alg": "RS256"}), "token.algorithm"),
    "VW-04 EdDSA on a P-256 key": (token({"alg": "EdDSA"}), "token.algorithm"),
    "PS256, which others have": (token({"alg": "PS256"}), "token.algorithm_unsupported"),
    "ES256K, which others have": (token({"alg": "ES256K"}), "token.algorithm_unsupported"),
    "ML-DSA-65, which others have": (token({"alg": "ML-DSA-65"}), "token.algorithm_unsupported"),
    "HS512": (token({"alg": "HS512"}), "token.algorithm"),
    "RSA-OAEP, which is for encrypting": (token({"alg": "RSA-OAEP"}), "token.algorithm"),
    "alg in small letters": (token({"alg": "es256"}), "token.algorithm"),
    "alg a list": (token({"alg": ["ES256"]}), "token.algorithm"),
    "alg null": (token({"alg": None}), "token.algorithm"),
    "VW-07 crit": (token({"alg": "ES256", "crit": ["foo"], "foo": 1}), "token.critical"),
    "VW-07 crit empty": (token({"alg": "ES256", "crit": []}), "token.critical"),
    "VW-07 crit null": (token({"alg": "ES256", "crit": None}), "token.critical"),
    "VW-08 b64 false": (token({"alg": "ES256", "crit": ["b64"], "b64": False}), "token.critical"),
    "VW-08 b64 without crit": (token({"alg": "ES256", "b64": False}), "token.critical"),
    "VW-08 payload as it is": (GOOD.split(".")[0] + '.{"a":1}.' + GOOD.split(".")[2], "token.syntax"),
    "VW-11 two parts": (GOOD.rpartition(".")[0], "token.syntax"),
    "VW-11 four parts": (GOOD + "." + GOOD.split(".")[2], "token.syntax"),
    "VW-11 dot at the end": (GOOD + ".", "token.syntax"),
    "VW-11 dot at the beginning": ("." + GOOD, "token.syntax"),
    "VW-11 no header": ("." + GOOD.partition(".")[2], "token.syntax"),
    "VW-11 no payload": (GOOD.split(".")[0] + ".." + GOOD.split(".")[2], "token.syntax"),
    "VW-11 no signature": (GOOD.rpartition(".")[0] + ".", "token.syntax"),
    "VW-11 nothing": ("", "token.syntax"),
    "VW-11 dots": ("..", "token.syntax"),
    "VW-12 padded signature": (GOOD + "==", "token.syntax"),
    "VW-12 padded header": (GOOD.replace(".", "=.", 1), "token.syntax"),
    "VW-12 standard alphabet": (GOOD[:-2] + "+/", "token.syntax"),
    "white space before": (" " + GOOD, "token.syntax"),
    "line break at the end": (GOOD + "\n", "token.syntax"),
    "VW-14 general JSON": (
        json.dumps(
            {
                "payload": GOOD.split(".")[1],
                "signatures": [{"protected": GOOD.split(".")[0], "signature": GOOD.split(".")[2]}] * 2,
            }
        ),
        "token.syntax",
    ),
    "VW-15 JC-03 flattened JSON, alg unprotected": (
        json.dumps({"payload": GOOD.split(".")[1], "header": {"alg": "ES256"}, "signature": GOOD.split(".")[2]}),
        "token.syntax",
    ),
    "VW-15 no alg": (token({"typ": "JWT"}), "token.algorithm"),
    "VW-16 JWE": (
        base64url.encode(b'{"alg":"dir","enc":"A128GCM","zip":"DEF"}') + "..QUFB.QUFB.QUFB",
        "token.syntax",
    ),
    "VW-26 too long": (GOOD + "A" * LONGEST, "token.size"),
    "VW-26 long header": (token({"alg": "ES256", "x": "A" * LONGEST_HEADER}), "token.size"),
    "VW-27 SD-JWT": (GOOD + "~WyJzYWx0IiwiYSIsMV0~", "token.syntax"),
    "header no JSON": (token(b"alg"), "parse.syntax"),
    "header an array": (token(["ES256"]), "parse.not_an_object"),
    "header with a member twice": (token(b'{"alg":"ES256","alg":"none"}'), "parse.duplicate_key"),
    "header with a byte-order mark": (token(b'\xef\xbb\xbf{"alg":"ES256"}'), "parse.encoding"),
    "header nested too deep": (token(b'{"alg":"ES256","x":' + b"[" * 90 + b"]" * 90 + b"}"), "parse.depth"),
    "another payload": (token({"alg": "ES256"}, b'{"a":2}', base64url.decode(GOOD.split(".")[2])), "proof.crypto"),
    "signature too short": (token({"alg": "ES256"}, signature=b"\1" * 63), "proof.crypto"),
    "signature in DER": (token({"alg": "ES256"}, signature=b"\x30\x44" + b"\1" * 68), "proof.crypto"),
    "signature of zeros": (token({"alg": "ES256"}, signature=bytes(64)), "proof.crypto"),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused(name: str) -> None:
    text, code = BAD[name]
    with pytest.raises(Error) as refusal:
        accept(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"no JSON", "parse.syntax"),
        (b"\x78\x9c\xcb\x48", "parse.encoding"),
        (b"[]", "parse.not_an_object"),
        (b'"a"', "parse.not_an_object"),
        (b'{"a":1,"a":2}', "parse.duplicate_key"),
        (b'{"a":NaN}', "parse.number"),
    ],
    ids=lambda value: f"VW-23 {value!r}",
)
def test_a_payload_that_is_no_json_object_has_no_claims(payload: bytes, code: str) -> None:
    found = accept(token({"alg": "ES256"}, payload))
    with pytest.raises(Error) as refusal:
        found.claims()
    assert refusal.value.code == code


def test_another_key_of_the_same_kind_verifies_nothing() -> None:
    for other in (jose_key(number=1), *(jose_key(each) for each in KeyAlgorithm if each is not KeyAlgorithm.P256)):
        with pytest.raises(Error):
            compact_jws.verify(compact_jws.read(GOOD), other.public_key)


def test_the_newer_name_of_ed25519_is_understood() -> None:
    key = jose_key(KeyAlgorithm.ED25519)
    found = compact_jws.read(compact_jws.write({"alg": "Ed25519"}, b"{}", key.sign))
    compact_jws.verify(found, key.public_key)
    assert found.algorithm == "EdDSA"


@every_algorithm
def test_no_token_verifies_with_one_character_changed(algorithm: KeyAlgorithm) -> None:
    """Nor with one more or one less: one token has one text (VW-12)."""
    key = jose_key(algorithm)
    text = compact_jws.write({"alg": key.alg}, b'{"a":1}', key.sign)
    ends = [position for position, character in enumerate(text) if character == "."] + [len(text)]
    for end in ends:  # the last characters of each part, where bits may be unused
        for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/":
            for changed in (text[: end - 1] + other + text[end:], text[:end] + other + text[end:]):
                assert changed == text or refused_code(_verifying(changed, algorithm)) is not None
        assert refused_code(_verifying(text[: end - 1] + text[end:], algorithm)) is not None


@given(st.integers(0, len(GOOD) - 1), st.characters())
def test_no_token_verifies_with_any_character_changed(position: int, other: str) -> None:
    changed = GOOD[:position] + other + GOOD[position + 1 :]
    assert changed == GOOD or refused_code(_verifying(changed, KeyAlgorithm.P256)) is not None


@given(st.text() | st.text(alphabet="ABCabc012-_.=~").map(lambda text: GOOD.replace("e", text, 1)))
def test_any_text_is_a_token_or_refused(text: str) -> None:
    refused_code(lambda: compact_jws.read(text).claims())


@given(st.binary())
def test_bytes_have_one_text_as_everybody_writes_it(data: bytes) -> None:
    text = base64url.encode(data)
    assert text == urlsafe_b64encode(data).decode().rstrip("=")
    assert base64url.decode(text) == data


@given(st.text(alphabet="AZaz09-_+/= \n\0é\ud800", max_size=9))
def test_a_text_that_is_read_is_the_one_of_its_bytes(text: str) -> None:
    if refused_code(lambda: base64url.decode(text)) is None:
        assert base64url.encode(base64url.decode(text)) == text


def _verifying(text: str, algorithm: KeyAlgorithm) -> Callable[[], None]:
    return lambda: compact_jws.verify(compact_jws.read(text), jose_key(algorithm).public_key)
