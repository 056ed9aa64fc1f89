"""What a token says of its key is read as text of a known form, or names no key at all."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.did import did_key
from jmc_vc.formats.did.document import UnknownKey
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_jwk, public_key_of_jwk, thumbprint
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose.key_reference import KeyReference, KeyReferenceKind, claimed_key, key_reference
from tests.builders.jose_keys import jose_key
from tests.builders.keys import did_key_method, ed25519_public_key

KEY = ed25519_public_key()
DID_URL, ADDRESS, NAME = KeyReferenceKind


@pytest.mark.parametrize(
    ("kid", "kind", "text"),
    [
        ("did:web:mc.example.jp:issuers:abc#key-1", DID_URL, None),
        ("did:web:mc.example.jp%3A8443#key-1", DID_URL, None),
        ("did:jwk:" + "A" * 1_200 + "#0", DID_URL, None),
        (did_key_method(), DID_URL, None),
        ("https://mc.example.jp/issuers/abc/keys/key-1", ADDRESS, None),  # OB-44
        ("http://localhost:8000/issuers/abc/keys/key-1", ADDRESS, None),
        ("https://a.example/keys?id=1&v=2", ADDRESS, None),
        ("https://issuer.example/issuers/14#key-1", ADDRESS, None),  # JC-03: a key in the document of an issuer
        ("https://issuer.example/issuers/did:x:14/keys/1", ADDRESS, None),
        ("https://a.example/keys?id=1#k", ADDRESS, None),
        ("https://a.example", ADDRESS, None),
        ("https://a.example/#key-1", ADDRESS, None),
        ("https://a.example//k:@!$&'()*+,;=%E9%8D%B5?a/b?c#d@e", ADDRESS, None),
        ("did:web:a.example/path/to#key-1", DID_URL, None),
        ("did:web:a.example?versionId=1#key-1", DID_URL, None),
        (thumbprint(KEY), NAME, None),
        ("-_._", NAME, None),
        ("key-1", NAME, None),
        ("1", NAME, None),
        ("#key-1", NAME, "key-1"),
    ],
)
def test_a_kid_is_a_did_url_an_address_or_a_name(kid: str, kind: KeyReferenceKind, text: str | None) -> None:
    assert key_reference({"alg": "EdDSA", "kid": kid}) == KeyReference(kind, text or kid)


@pytest.mark.parametrize(
    "kid",
    [
        "../../etc/passwd",
        "..",
        "#..",
        "https://a.example/keys/..#key-1",
        "https://a.example/keys/./key:1",
        "https://a.example/keys#a#b",
        "https://user:word@a.example/keys#key-1",
        "/etc/passwd",
        "..\\..\\windows",
        "' OR '1'='1' --",
        "1; DROP TABLE keys",
        "key-1 UNION SELECT",
        "k" * 10_240,
        "did:web:a.example#" + "k" * 10_240,
        "https://a.example/" + "k" * 10_240,
        "",
        "#",
        "key 1",
        "key\n",
        "key\0",
        "鍵",
        "k%00",
        "a@b",
        "did:web:a.example",
        "did:web:a.example#",
        "did:web:a.example#a#b",
        "did:#key-1",
        "did:web:#key-1",
        "DID:web:a.example#key-1",
        "https://user@a.example/key",
        "https://a.example/a/../key",
        "https://a.example/..",
        "https://a.example/..?x",
        "https://a.example/%2e%2e/key",
        "https://a.example/%2E./key",
        "https://a.example/%zz",
        "https://a.example/a key",
        "https://a.example\\@b.example/key",
        "https://[::1]/key",
        "https://a.example:x/key",
        "ftp://a.example/key",
        "file:///etc/passwd",
        "javascript:alert",
        "urn:uuid:1",
        None,
        5,
        True,
        [],
        ["key-1"],
        {"kid": "key-1"},
    ],
    ids=lambda kid: f"VW-09 {str(kid)[:40]!r}",
)
def test_other_texts_name_no_key(kid: Any) -> None:
    with pytest.raises(UnknownKey) as refusal:
        key_reference({"kid": kid})
    assert (refusal.value.code, refusal.value.pointer, dict(refusal.value.params)) == ("key.unknown", "/kid", {})


def test_a_header_may_name_no_key() -> None:
    assert key_reference({"alg": "EdDSA"}) is None
    assert claimed_key({"alg": "EdDSA", "jku": "https://a.example/jwks", "x5c": ["AAAA"]}) is None


def test_the_key_in_a_header_is_only_a_claim() -> None:  # VW-05: the caller looks for it among the issuer's keys
    claimed = claimed_key({"jwk": {**public_jwk(KEY)}})
    assert claimed == KEY
    assert did_key.did_of_key(claimed) == did_key_method().partition("#")[0]


def test_the_strength_of_a_claimed_rsa_key_is_judged_when_it_is_used() -> None:  # SR-5
    prime: Any = {"kty": "RSA", "n": base64url.encode((2**2203 - 1).to_bytes(276)), "e": "AQAB"}
    claimed = claimed_key({"jwk": prime})
    assert claimed is not None
    assert claimed == claimed_key({"jwk": {**prime, "kid": "x"}})
    for use in (lambda: claimed.openssl, lambda: public_key_of_jwk(prime)):
        with pytest.raises(Error) as refusal:
            use()
        assert refusal.value.code == "key.weak"
    sound = jose_key(KeyAlgorithm.RSA).public_key
    assert claimed_key({"jwk": {**public_jwk(sound)}}) == sound


@pytest.mark.parametrize(
    ("jwk", "code"),
    [
        (None, "key.invalid"),
        ("{}", "key.invalid"),
        ([public_jwk(KEY)], "key.invalid"),
        ({"keys": [public_jwk(KEY)]}, "key.unsupported"),
        ({**public_jwk(KEY), "d": "A" * 43}, "key.exposed"),  # OB-41
        ({**public_jwk(KEY), "use": "enc"}, "key.purpose"),
        ({"kty": "RSA", "n": "_" * 84, "e": "AQAB"}, "key.weak"),  # VW-24
        ({"kty": "RSA", "n": "_" * 2_731, "e": "_" * 2_731}, "key.weak"),  # VW-25
        ({"kty": "oct", "k": "AAAA"}, "key.exposed"),
    ],
)
def test_a_key_in_a_header_is_a_sound_public_key(jwk: Any, code: str) -> None:
    with pytest.raises(Error) as refusal:
        claimed_key({"jwk": jwk})
    assert refusal.value.code == code


@given(st.text(max_size=80) | st.from_regex(r"\A(did:|https://|#|\.\./)[ -~]{0,60}\Z"))
def test_any_text_is_a_reference_or_names_no_key(kid: str) -> None:
    with suppress(UnknownKey):
        reference = key_reference({"kid": kid})
        assert reference is not None
        assert reference.text == (kid.removeprefix("#") if reference.kind is NAME else kid)
        assert reference.text.isascii()
        assert "/" not in reference.text or reference.kind is not NAME
