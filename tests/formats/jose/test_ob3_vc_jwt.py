"""VC-JWT of Open Badges: strict when issuing, and when reading never two meanings in one token."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.jws import JWS  # type: ignore[import-untyped]

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt
from jmc_vc.formats.jose.ob3_vc_jwt import Ob3Token
from jmc_vc.formats.jose.token_kind import kind_of
from tests.builders.contexts import shipped_contexts
from tests.builders.jose_keys import jose_key
from tests.builders.keys import did_key_method, ed25519_private_key, ed25519_public_key
from tests.builders.open_badge import MISSING, badge
from tests.builders.refusals import refused_code

Json = dict[str, Any]
KEY = jose_key()
KID = "https://mc.example.jp/issuers/hoshimigaoka/keys/key-1"
SUBJECT = "urn:uuid:5d2f6a1e-6c0f-4a53-9a39-0f3f0b1c7d11"
VALID_FROM = 1_791_162_000


def good(pointer: str | None = None, value: Any = MISSING) -> Json:
    """A badge whose subject has an id, as D-3 has it."""
    document = badge(pointer, value)
    if isinstance(document.get("credentialSubject"), dict):
        document["credentialSubject"].setdefault("id", SUBJECT)
    return document


def signed(document: Json) -> str:
    return ob3_vc_jwt.sign(document, kid=KID, algorithm="ES256", sign=KEY.sign)


def read(text: str) -> Ob3Token:
    jws = compact_jws.read(text)
    compact_jws.verify(jws, KEY.public_key)
    return ob3_vc_jwt.read(jws)


def token(claims: Json, header: Json | None = None) -> str:
    """A token as somebody else writes it."""
    return compact_jws.write({"alg": "ES256", "kid": KID, **(header or {})}, json.dumps(claims).encode(), KEY.sign)


def claims_of(document: Json) -> Json:
    return {"iss": document["issuer"]["id"], "jti": document["id"], "nbf": VALID_FROM, "sub": SUBJECT}


def test_ob_41_the_header_has_alg_typ_and_kid_and_nothing_else() -> None:
    assert compact_jws.read(signed(good())).header == {"alg": "ES256", "typ": "JWT", "kid": KID}


def test_ob_42_the_payload_is_the_credential_with_its_facts_repeated() -> None:
    document = good("/validUntil", "2027-03-31T23:59:59+09:00")
    payload = compact_jws.read(signed(document)).claims()
    assert payload == {**document, **claims_of(document), "exp": 1_806_505_199}


def test_ob_05_the_form_of_a_file_is_the_compact_token_alone() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", signed(good()))


def test_without_an_end_there_is_no_exp() -> None:
    assert "exp" not in compact_jws.read(signed(good())).claims()


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.P256, KeyAlgorithm.RSA])
def test_d_2_a_badge_comes_back_as_it_was_signed(algorithm: KeyAlgorithm) -> None:
    key = jose_key(algorithm)
    document = good("/validUntil", "2027-03-31T23:59:59.25+09:00")
    text = ob3_vc_jwt.sign(document, kid=KID, algorithm=key.alg, sign=key.sign)  # type: ignore[arg-type]
    jws = compact_jws.read(text)
    compact_jws.verify(jws, key.public_key)
    found = ob3_vc_jwt.read(jws)
    assert found.credential == document
    assert ob3_vc_jwt.check_claims(found) == frozenset()
    assert found.expires == datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)


def test_jwcrypto_reads_the_same_badge() -> None:
    theirs = JWS()
    theirs.deserialize(signed(good()), KEY.jwk)
    assert json.loads(theirs.payload) == {**good(), **claims_of(good())}


def test_ob_46_the_proof_inside_a_token_still_verifies() -> None:
    secured = add_proof(
        good(),
        cryptosuite="eddsa-rdfc-2022",
        verification_method=did_key_method(),
        created=datetime(2026, 10, 5, tzinfo=UTC),
        sign=ed25519_private_key().sign,
        contexts=shipped_contexts(),
    )
    found = read(signed(secured)).credential
    assert found == orjson.loads(orjson.dumps(secured))
    (proof,) = read_proofs(found)
    verify_proof(Unsecured(found, shipped_contexts()), proof, ed25519_public_key())


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (badge(), "token.subject"),  # D-3
        (good("/issuer/id"), "schema.id"),
        (good("/id"), "schema.id"),
        (good("/validFrom"), "schema.violation"),
        (good("/validFrom", "2026-10-05"), "schema.datetime"),
        (good("/validFrom", "1969-12-31T23:59:59Z"), "schema.numeric_date"),
        (good("/credentialSubject", [good()["credentialSubject"]]), "schema.violation"),
        (good("/jti", "x"), "claims.not_allowed"),
        (good("/iss", "x"), "claims.not_allowed"),
        (good("/vc", {}), "claims.not_allowed"),
        (good("/vp", {}), "claims.not_allowed"),
    ],
)
def test_a_badge_that_cannot_be_repeated_is_not_signed(document: Json, code: str) -> None:
    with pytest.raises(Error) as refusal:
        signed(document)
    assert refusal.value.code == code


@pytest.mark.parametrize("algorithm", ["EdDSA", "ES384", "PS256", "none"])
def test_ob_41_no_other_algorithm_signs(algorithm: Any) -> None:
    with pytest.raises(Error) as refusal:
        ob3_vc_jwt.sign(good(), kid=KID, algorithm=algorithm, sign=KEY.sign)
    assert refusal.value.code == "token.algorithm"


def test_ob_41_no_other_algorithm_is_read() -> None:
    for algorithm in (KeyAlgorithm.ED25519, KeyAlgorithm.P384, KeyAlgorithm.P521):
        key = jose_key(algorithm)
        text = compact_jws.write({"alg": key.alg, "kid": KID}, json.dumps(good()).encode(), key.sign)
        with pytest.raises(Error) as refusal:
            ob3_vc_jwt.read(compact_jws.read(text))
        assert refusal.value.code == "token.algorithm"


JWK: Json = {**public_jwk(KEY.public_key)}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"kid": None}, "key.unknown"),
        ({"kid": "../../etc/passwd"}, "key.unknown"),  # VW-09
        ({"jwk": {**JWK, "d": "AAAA"}}, "key.exposed"),
        ({"jwk": {"kty": "RSA", "n": "_" * 85 + "w", "e": "AQ"}}, "key.weak"),  # VW-24
        ({"jwk": {"kty": "RSA", "n": "_" * 2_731, "e": "_" * 2_731}}, "key.weak"),  # VW-25
        ({"jwk": "key"}, "key.invalid"),
    ],
)
def test_ob_41_a_key_that_is_named_badly_is_refused(header: Json, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read(token(good(), header))
    assert refusal.value.code == code


@pytest.mark.parametrize("typ", ["vc+jwt", "at+jwt", "openid4vci-proof+jwt", "JOSE", "", None])
def test_ob_41_a_token_of_another_type_is_no_badge(typ: Any) -> None:  # VW-22
    with pytest.raises(Error) as refusal:
        read(token(good(), {"typ": typ}))
    assert refusal.value.code == "token.type"


def test_ob_41_a_token_names_its_key() -> None:
    text = compact_jws.write({"alg": "ES256"}, json.dumps(good()).encode(), KEY.sign)
    with pytest.raises(Error) as refusal:
        read(text)
    assert refusal.value.code == "token.key"
    with_key = read(compact_jws.write({"alg": "ES256", "jwk": JWK}, json.dumps(good()).encode(), KEY.sign))
    assert with_key.jwk == KEY.public_key  # VW-05: a claim of the sender, no proof
    assert with_key.kid is None


def test_other_headers_are_ignored_when_reading() -> None:
    text = token(good(), {"x5c": ["AAAA"], "jku": "https://evil.example/jwks.json", "zip": "DEF", "foo": 1})
    assert read(text).credential == good()


@pytest.mark.parametrize("typ", [{}, {"typ": "JWT"}])
@pytest.mark.parametrize("kid", [KID, "did:web:mc.example.jp:issuers:hoshimigaoka#key-1", "key-1"])
def test_vw_28_a_good_token_is_read(typ: Json, kid: str) -> None:
    text = token({**good(), **claims_of(good())}, {**typ, "kid": kid})
    assert kind_of(compact_jws.read(text).header) == "JWT"
    found = read(text)
    assert found.credential == good()
    assert ob3_vc_jwt.check_claims(found) == frozenset()
    assert found.kid is not None
    assert found.kid.text == kid


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "did:web:other.example"),
        ("iss", None),
        ("iss", ["did:web:mc.example.jp:issuers:hoshimigaoka"]),
        ("jti", "https://mc.example.jp/credentials/other"),
        ("sub", "urn:uuid:other"),
        ("nbf", VALID_FROM + 1),
        ("nbf", VALID_FROM - 1),
        ("exp", 1_806_505_200),
    ],
)
def test_ob_43_a_claim_that_contradicts_the_credential_fails(claim: str, value: Any) -> None:
    document = good("/validUntil", "2027-03-31T23:59:59+09:00")
    found = read(token({**document, **claims_of(document), claim: value}))
    with pytest.raises(Error) as refusal:
        ob3_vc_jwt.check_claims(found)
    assert (refusal.value.code, refusal.value.pointer) == ("claims.mismatch", f"/{claim}")


def test_ob_43_missing_claims_are_told() -> None:
    assert ob3_vc_jwt.check_claims(read(token(good()))) == {"iss", "jti", "nbf", "sub"}
    assert ob3_vc_jwt.check_claims(read(token(badge()))) == {"iss", "jti", "nbf"}


def test_ob_43_a_subject_without_an_id_has_no_sub() -> None:
    with pytest.raises(Error) as refusal:
        ob3_vc_jwt.check_claims(read(token({**badge(), "sub": SUBJECT})))
    assert refusal.value.code == "claims.mismatch"


def test_vw_19_an_exp_of_its_own_is_handed_out() -> None:
    found = read(token({**good(), "exp": VALID_FROM + 60.5}))
    assert found.expires == datetime(2026, 10, 5, 1, 1, 0, 500_000, tzinfo=UTC)
    ob3_vc_jwt.check_claims(found)


@pytest.mark.parametrize("claim", ["exp", "nbf"])
@pytest.mark.parametrize(
    "value",
    ["1791162000", "", "2026-10-05T10:00:00+09:00", 1e308, -1, -0.5, True, False, None, [1], {}, 253_402_300_800],
)
def test_vw_21_a_time_that_is_none_is_refused(claim: str, value: Any) -> None:
    with pytest.raises(Error) as refusal:
        read(token({**good(), claim: value}))
    assert (refusal.value.code, refusal.value.pointer) == ("schema.numeric_date", f"/{claim}")


def test_fractions_of_a_second_are_no_contradiction() -> None:
    document = good("/validFrom", "2026-10-05T10:00:00.75+09:00")
    for nbf in (VALID_FROM, VALID_FROM + 0.75, VALID_FROM + 1):
        ob3_vc_jwt.check_claims(read(token({**document, "nbf": nbf})))


def old() -> Json:
    """A credential of the data model 1.1."""
    document = good("/@context/0", "https://www.w3.org/2018/credentials/v1")
    document["issuanceDate"] = document.pop("validFrom")
    return document


def test_a_badge_of_the_data_model_1_1_is_read_from_its_claim() -> None:
    found = read(token({"vc": old(), **claims_of(old()), "nonce": "x"}))
    assert found.credential == old()
    assert ob3_vc_jwt.check_claims(found) == frozenset()


def test_what_a_1_1_issuer_left_to_the_claims_is_put_back() -> None:
    short = old()
    issuer = short.pop("issuer")["id"]
    for name in ("id", "issuanceDate"):
        del short[name]
    del short["credentialSubject"]["id"]
    found = read(token({"vc": short, **claims_of(old()), "exp": VALID_FROM + 60}))
    assert found.credential["issuer"] == issuer
    assert found.credential["id"] == old()["id"]
    assert found.credential["issuanceDate"] == "2026-10-05T01:00:00Z"
    assert found.credential["expirationDate"] == "2026-10-05T01:01:00Z"
    assert found.credential["credentialSubject"] == old()["credentialSubject"]
    assert ob3_vc_jwt.check_claims(found) == frozenset()


@pytest.mark.parametrize(("decoy", "claim"), [("issuanceDate", "nbf"), ("expirationDate", "exp")])
def test_ob_43_claims_repeat_the_dates_of_the_credentials_own_data_model(decoy: str, claim: str) -> None:
    whole = good("/validUntil", "2030-01-01T00:00:00Z")
    document = {**whole, decoy: "2020-01-01T00:00:00Z"}
    assert ob3_vc_jwt.check_claims(read(token({**document, **claims_of(whole)}))) == frozenset()
    elsewhere = read(token({**document, **claims_of(whole), claim: 1_577_836_800}))
    with pytest.raises(Error) as refusal:
        ob3_vc_jwt.check_claims(elsewhere)
    assert (refusal.value.code, refusal.value.pointer) == ("claims.mismatch", f"/{claim}")


def test_what_is_put_back_has_the_name_of_the_credentials_own_data_model() -> None:
    short = good()
    del short["validFrom"]
    found = read(token({"vc": short, **claims_of(good()), "exp": VALID_FROM + 60}))
    assert found.credential["validFrom"] == "2026-10-05T01:00:00Z"
    assert not {"issuanceDate", "expirationDate"} & found.credential.keys()


@pytest.mark.parametrize(
    ("beside", "code"),
    [
        ({"credentialSubject": {"id": SUBJECT}}, "claims.ambiguous"),
        ({"name": "別の名前"}, "claims.ambiguous"),
        ({"issuer": "did:web:other.example"}, "claims.ambiguous"),
        ({"type": ["VerifiableCredential"]}, "claims.ambiguous"),
        ({"@context": []}, "claims.ambiguous"),
        ({"jmc:testData": 1}, "claims.ambiguous"),  # true in the credential
        ({"validUntil": "2020-01-01T00:00:00Z"}, "claims.ambiguous"),
        ({"validFrom": "2030-01-01T00:00:00Z"}, "claims.ambiguous"),
        ({"expirationDate": "2020-01-01T00:00:00Z"}, "claims.ambiguous"),
        ({"issuanceDate": "2030-01-01T00:00:00Z"}, "claims.ambiguous"),
        ({"credentialStatus": {"id": "https://mc.example.jp/status/1", "type": "x"}}, "claims.ambiguous"),
        ({"proof": None}, "claims.ambiguous"),
        ({"vc": {**old(), "exp": 1}}, "claims.not_allowed"),
        ({"vc": {**old(), "iss": "did:web:other.example"}}, "claims.not_allowed"),
        ({"vc": {**old(), "vc": {}}}, "claims.not_allowed"),
        ({"vp": {}}, "claims.not_allowed"),
        ({"vc": "no object"}, "schema.violation"),
        ({"vc": []}, "schema.violation"),
    ],
    ids=lambda value: f"VW-18 {value}",
)
def test_a_token_with_two_credentials_is_refused(beside: Json, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read(token({"vc": old(), **beside}))
    assert refusal.value.code == code


def test_a_copy_at_the_top_is_no_second_credential() -> None:
    assert read(token({"vc": old(), "name": old()["name"], "custom": 1})).credential == old()


def test_a_payload_that_is_no_object_is_refused() -> None:
    text = compact_jws.write({"alg": "ES256", "kid": KID}, b"[]", KEY.sign)
    with pytest.raises(Error) as refusal:
        read(text)
    assert refusal.value.code == "parse.not_an_object"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 2**60) | st.floats() | st.sampled_from(["", "id", SUBJECT, KID]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "a", "vc"]), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["iss", "jti", "sub", "nbf", "exp", "aud", "vc", "issuer", "id", "validFrom", "validUntil", "credentialSubject"]
)


@given(st.dictionaries(names, json_values), st.booleans())
def test_any_claims_are_read_or_refused(claims: Json, inside: bool) -> None:
    payload = json.dumps({"vc": old(), **claims} if inside else {**good(), **claims}).encode()
    jws = compact_jws.CompactJws(
        header={"alg": "ES256", "kid": KID}, payload=payload, signing_input=b"", signature=b"", algorithm="ES256"
    )
    refused_code(_checking(jws))


def _checking(jws: compact_jws.CompactJws) -> Callable[[], object]:
    return lambda: ob3_vc_jwt.check_claims(ob3_vc_jwt.read(jws))
