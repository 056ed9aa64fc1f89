"""The bytes of a signature are the same however the credential is written, and another credential's are others."""

import json
from typing import Any

import pytest

from jmc_vc.formats.encoding import base64url, multibase
from jmc_vc.formats.issuer_signature import signature_bytes_of
from jmc_vc.formats.jose import sd_jwt
from tests.builders.disclosed import issued, shown
from tests.builders.refusals import refused_code

P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P384 = int("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16)
R, S = 5, 7


def _pair(s: int, half: int = 32) -> bytes:
    return R.to_bytes(half) + s.to_bytes(half)


def _document(value: str, cryptosuite: str = "eddsa-rdfc-2022", **members: Any) -> bytes:
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": cryptosuite,
        "proofPurpose": "assertionMethod",
        "verificationMethod": "did:web:a.example#key-1",
        "proofValue": value,
    }
    return json.dumps({"proof": proof, **members}).encode()


def _token(algorithm: str, signature: bytes) -> bytes:
    parts = (json.dumps({"alg": algorithm}).encode(), b"{}", signature)
    return ".".join(map(base64url.encode, parts)).encode()


def test_members_in_another_order_and_another_base_change_nothing() -> None:
    signature = bytes(range(64))
    one = _document(multibase.encode_base58(signature), a=1, b=2)
    other = _document(multibase.encode_base64url(signature), b=2, a=1)
    assert signature_bytes_of("json", one) == signature_bytes_of("json", other) == signature


@pytest.mark.parametrize(
    ("suite", "order", "half"),
    [("ecdsa-rdfc-2019", P256, 32), ("ecdsa-jcs-2019", P256, 32), ("ecdsa-rdfc-2019", P384, 48)],
)
def test_the_twin_of_an_ecdsa_proof_is_the_same_signature(suite: str, order: int, half: int) -> None:
    small, large = (
        signature_bytes_of("json", _document(multibase.encode_base58(_pair(s, half)), suite)) for s in (S, order - S)
    )
    assert small == large == _pair(S, half)


@pytest.mark.parametrize(("algorithm", "order", "half"), [("ES256", P256, 32), ("ES384", P384, 48)])
def test_the_twin_of_an_ecdsa_token_is_the_same_signature(algorithm: str, order: int, half: int) -> None:
    small, large = (signature_bytes_of("jwt", _token(algorithm, _pair(s, half))) for s in (S, order - S))
    assert small == large == _pair(S, half)


@pytest.mark.parametrize("algorithm", ["EdDSA", "RS256"])
def test_signatures_without_a_twin_stay_as_they_are(algorithm: str) -> None:
    signature = _pair(P256 - S)
    assert signature_bytes_of("jwt", _token(algorithm, signature)) == signature
    assert signature_bytes_of("json", _document(multibase.encode_base58(signature))) == signature


def test_an_s_that_no_signature_has_is_left_alone() -> None:
    for s in (P256, 2**256 - 1):
        assert signature_bytes_of("jwt", _token("ES256", _pair(s))) == _pair(s)


def test_what_is_shown_of_an_sd_jwt_makes_no_difference() -> None:
    keys = iter(range(100))
    whole = sd_jwt.issue(
        {"alg": "EdDSA"}, {"a": 1, "b": 2}, selectively_disclosable=[("a",), ("b",)],
        salts=lambda: f"salt{next(keys)}", sign=lambda _: bytes(64),
    )  # fmt: skip
    less = sd_jwt.withhold(sd_jwt.read(whole), [("a",)])
    assert less != whole
    assert signature_bytes_of("sd-jwt", whole.encode()) == signature_bytes_of("sd-jwt", less.encode()) == bytes(64)


def test_a_derived_proof_has_the_issuers_signature_of_its_base_proof() -> None:
    base = issued({"@context": ["https://www.w3.org/ns/credentials/v2"], **SMALL}, ["/issuer"])
    part = shown(base, "/credentialSubject")
    one, other = (signature_bytes_of("json", json.dumps(each).encode()) for each in (base, part))
    assert one == other
    assert len(one) == 64


SMALL: dict[str, Any] = {
    "type": ["VerifiableCredential"],
    "issuer": "did:web:a.example",
    "credentialSubject": {"id": "did:web:b.example"},
}


@pytest.mark.parametrize(
    ("form", "body", "code"),
    [
        ("json", b"", "parse.syntax"),
        ("json", b"[]", "proof.several"),
        ("json", b"{}", "proof.missing"),
        ("json", b'{"proof":[{},{}]}', "proof.encoding"),
        ("json", _document("z0"), "proof.encoding"),
        ("json", _document("z" * 200), "proof.encoding"),
        ("json", _document("uA", "ecdsa-sd-2023"), "proof.encoding"),
        ("jwt", b"\xff", "token.syntax"),
        ("jwt", b"a.b", "token.syntax"),
        ("sd-jwt", b"a.b.c", "token.syntax"),
    ],
)
def test_what_has_no_signature_is_refused(form: str, body: bytes, code: str) -> None:
    assert refused_code(lambda: signature_bytes_of(form, body)) == code


def test_of_two_proofs_none_is_picked() -> None:
    document = json.loads(_document(multibase.encode_base58(bytes(64))))
    document["proof"] = [document["proof"], document["proof"]]
    assert refused_code(lambda: signature_bytes_of("json", json.dumps(document).encode())) == "proof.several"
