"""W3C's `vc+jwt` and `vp+jwt`: the payload is the document, and claims beside it must not contradict it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from jwcrypto.jws import JWS  # type: ignore[import-untyped]

from jmc_vc.errors import Error
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, vc_jose
from jmc_vc.formats.jose.token_kind import TokenKind
from jmc_vc.formats.jose.vc_jose import VcJoseToken
from tests.builders.jose_keys import JoseKey, jose_key
from tests.builders.open_badge import badge
from tests.builders.w3c_tokens import HOLDER, ISSUER, KEY, KID, enveloped, presentation, token

Json = dict[str, Any]


def read(text: str, key: JoseKey = KEY) -> VcJoseToken:
    jws = compact_jws.read(text)
    compact_jws.verify(jws, key.public_key)
    return vc_jose.read(jws)


@pytest.mark.parametrize("algorithm", KeyAlgorithm)
def test_a_credential_comes_back_as_it_was_signed(algorithm: KeyAlgorithm) -> None:
    key = jose_key(algorithm)
    text = vc_jose.sign_credential(badge(), kid=KID, algorithm=key.alg, sign=key.sign)
    assert compact_jws.read(text).header == {"alg": key.alg, "typ": "vc+jwt", "cty": "vc", "kid": KID}
    found = read(text, key)
    assert (found.kind, found.document, found.claims) == (TokenKind.VC_JWT, badge(), {})
    assert found.signer == ISSUER
    assert found.kid is not None
    assert found.kid.text == KID


def test_a_presentation_comes_back_with_its_claims_apart() -> None:
    claims: Json = {"aud": "https://verifier.example", "nonce": "n-1", "exp": 1_791_162_000}
    text = vc_jose.sign_presentation(presentation(), kid=f"{HOLDER}#0", algorithm="ES256", sign=KEY.sign, claims=claims)
    found = read(text)
    assert found.kind is TokenKind.VP_JWT
    assert found.document == presentation()
    assert found.claims == claims
    assert found.expires == datetime(2026, 10, 5, 1, tzinfo=UTC)
    assert found.signer == HOLDER


def test_jwcrypto_reads_the_same_credential() -> None:
    theirs = JWS()
    theirs.deserialize(vc_jose.sign_credential(badge(), kid=KID, algorithm="ES256", sign=KEY.sign), KEY.jwk)
    assert json.loads(theirs.payload) == badge()


def test_vw_28_claims_that_say_the_same_are_taken() -> None:
    document = badge("/credentialSubject/id", HOLDER)
    same = {"iss": ISSUER, "jti": document["id"], "sub": HOLDER, "iat": "2010-01-01T19:23:24Z"}  # JC-04: iat as text
    found = read(token({**document, **same}))
    assert (found.document, found.claims) == (document, same)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "did:web:other.example"}, "claims.mismatch"),  # JC-03
        ({"iss": None}, "claims.mismatch"),
        ({"jti": "urn:uuid:other"}, "claims.mismatch"),
        ({"sub": "did:web:other.example"}, "claims.mismatch"),
        ({"vc": "oops", "vp": "no"}, "claims.not_allowed"),  # JC-02
        ({"vc": {}}, "claims.not_allowed"),
        ({"vp": {}}, "claims.not_allowed"),
        ({"exp": "1791162000"}, "schema.numeric_date"),  # VW-21
        ({"nbf": True}, "schema.numeric_date"),
    ],
    ids=str,
)
def test_a_claim_that_contradicts_or_does_not_belong_is_refused(changed: Json, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read(token({**badge("/credentialSubject/id", HOLDER), **changed}))
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"typ": "JWT"}, "token.type"),
        ({"typ": "vc+sd-jwt"}, "token.type"),
        ({"typ": "vc+jwt", "cty": "vp"}, "token.type"),
        ({"kid": "../key"}, "key.unknown"),
        ({"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}, "key.invalid"),
    ],
)
def test_a_header_of_another_kind_is_refused(header: Json, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read(token(badge(), header))
    assert refusal.value.code == code


def test_unknown_headers_and_claims_are_ignored() -> None:  # JC-03
    found = read(token({**badge(), "cnf": {"kid": "1"}, "private": 1}, {"x5c": ["AAAA"], "foo": 1}))
    assert found.document == {**badge(), "private": 1}
    assert found.claims == {"cnf": {"kid": "1"}}


def test_the_signer_of_a_presentation_without_a_holder_is_iss() -> None:
    whole = presentation(iss=HOLDER)
    del whole["holder"]
    assert read(token(whole, {"typ": "vp+jwt"})).signer == HOLDER
    del whole["iss"]
    assert read(token(whole, {"typ": "vp+jwt"})).signer is None


@pytest.mark.parametrize(
    ("credential", "code"),
    [
        (badge(), "vp.credential"),  # not secured
        ({**badge(), "proof": {"type": "DataIntegrityProof"}}, "vp.credential"),
        ("eyJhbGciOiJFUzI1NiJ9.e30.AA", "vp.credential"),
        ({**enveloped(), "id": "not-a-credential"}, "envelope.data_url"),
        ({**enveloped(), "name": "unsigned"}, "envelope.member"),
        ({**enveloped(), "type": ["EnvelopedVerifiablePresentation"]}, "vp.nested"),
    ],
)
def test_jc_03_a_presentation_holds_enveloped_credentials_only(credential: Any, code: str) -> None:
    for attempt in (
        lambda: vc_jose.sign_presentation(presentation(credential), kid=KID, algorithm="ES256", sign=KEY.sign),
        lambda: read(token(presentation(credential), {"typ": "vp+jwt"})),
    ):
        with pytest.raises(Error) as refusal:
            attempt()
        assert refusal.value.code == code


def test_an_envelope_of_a_kind_that_we_do_not_read_gets_its_verdict_later() -> None:
    other = {**enveloped(), "id": "data:application/vc+cose;base64,0oRD"}
    assert read(token(presentation(other), {"typ": "vp+jwt"})).document["verifiableCredential"] == [other]


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "nonce", "vc", "vp"])
def test_a_property_with_the_name_of_a_claim_is_not_signed(name: str) -> None:
    with pytest.raises(Error) as refusal:
        vc_jose.sign_credential({**badge(), name: 1}, kid=KID, algorithm="ES256", sign=KEY.sign)
    assert (refusal.value.code, refusal.value.pointer) == ("claims.not_allowed", f"/{name}")


def test_jc_03_no_proof_stands_in_the_token_of_a_presentation() -> None:
    shown = {**presentation(enveloped()), "proof": {"type": "DataIntegrityProof"}}
    for attempt in (
        lambda: vc_jose.sign_presentation(shown, kid=KID, algorithm="ES256", sign=KEY.sign),
        lambda: read(token(shown, {"typ": "vp+jwt"})),
    ):
        with pytest.raises(Error) as refusal:
            attempt()
        assert (refusal.value.code, refusal.value.pointer) == ("claims.not_allowed", "/proof")


def test_no_unknown_algorithm_signs() -> None:
    with pytest.raises(Error) as refusal:
        vc_jose.sign_credential(badge(), kid=KID, algorithm="none", sign=KEY.sign)
    assert refusal.value.code == "token.algorithm"
