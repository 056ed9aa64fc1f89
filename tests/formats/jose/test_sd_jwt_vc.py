"""SD-JWT VC: the holder keeps back what may be kept back, and proves to have the key."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.jwk import JWK  # type: ignore[import-untyped]
from sd_jwt.common import SDObj  # type: ignore[import-untyped]
from sd_jwt.holder import SDJWTHolder  # type: ignore[import-untyped]
from sd_jwt.issuer import SDJWTIssuer  # type: ignore[import-untyped]
from sd_jwt.verifier import SDJWTVerifier  # type: ignore[import-untyped]

from jmc_vc.errors import Error
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, key_binding, sd_jwt, sd_jwt_vc
from jmc_vc.formats.jose.disclosures import Path, conceal
from jmc_vc.formats.jose.sd_jwt import MOST_DISCLOSURES
from jmc_vc.formats.jose.sd_jwt_vc import SdJwtVc
from tests.builders.jose_keys import jose_key, salts
from tests.builders.refusals import refused_code

Json = dict[str, Any]
KEY, HOLDER = jose_key(), jose_key(number=1)
ISSUER = "did:web:mc.example.jp:issuers:hoshimigaoka"
KID = f"{ISSUER}#key-1"
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
CLAIMS: Json = {
    "vct": "https://ns.jmc.example/mc/v1/vct/learning-credential",
    "iss": ISSUER,
    "iat": 1_791_162_000,
    "nbf": 1_791_162_000,
    "exp": 1_806_505_199,
    "status": {"status_list": {"idx": 5, "uri": "https://mc.example.jp/status/1/token"}},
    "family_name": "𠮷野",
    "results": [{"value": "82"}, {"value": "S"}],
}
MANY: Json = {f"n{number}": number for number in range(MOST_DISCLOSURES + 1)}
PATHS: tuple[Path, ...] = (("family_name",), ("results",), ("results", 0), ("results", 1), ("iat",))


def issued(claims: Json = CLAIMS, paths: tuple[Path, ...] = PATHS, **more: Any) -> str:
    return sd_jwt_vc.issue(
        claims,
        kid=KID,
        algorithm="ES256",
        sign=KEY.sign,
        selectively_disclosable=paths,
        **{"holder_key": HOLDER.public_key, "salts": salts(), **more},
    )


def read(text: str) -> SdJwtVc:
    token = sd_jwt.read(text)
    compact_jws.verify(token.jws, KEY.public_key)
    return sd_jwt_vc.read(token)


def foreign(payload: Json, header: Json | None = None, *disclosures: str) -> str:
    """A token as somebody else writes it."""
    whole = {"alg": "ES256", "typ": "dc+sd-jwt", "kid": KID, **(header or {})}
    return "~".join((compact_jws.write(whole, json.dumps(payload).encode(), KEY.sign), *disclosures, ""))


def test_a_credential_comes_back_whole() -> None:
    found = read(issued())
    assert found.claims == {**CLAIMS, "cnf": {"jwk": public_jwk(HOLDER.public_key)}}
    assert (found.types, found.issuer) == ((CLAIMS["vct"],), ISSUER)
    assert found.holder_key == HOLDER.public_key
    assert found.not_before == found.issued_at == datetime(2026, 10, 5, 1, tzinfo=UTC)
    assert found.expires == datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)
    assert found.kid is not None
    assert found.kid.text == KID


def test_the_header_is_the_one_of_sd_jwt_vc() -> None:
    assert sd_jwt.read(issued()).jws.header == {"alg": "ES256", "typ": "dc+sd-jwt", "kid": KID}


def test_the_holder_keeps_back_what_is_not_asked_for() -> None:
    whole = sd_jwt.read(issued())
    shown = read(sd_jwt.withhold(whole, [("results", 1), ("family_name",)]))
    assert shown.claims["results"] == [{"value": "82"}]
    assert "family_name" not in shown.claims
    nothing = read(sd_jwt.withhold(whole, PATHS))
    assert nothing.claims.keys() == CLAIMS.keys() - {"family_name", "results", "iat"} | {"cnf"}
    assert nothing.issued_at is None


def test_what_is_not_disclosable_is_shown_all_the_same() -> None:
    assert read(sd_jwt.withhold(sd_jwt.read(issued()), [("iss",), ("status",)])).claims["iss"] == ISSUER


def test_the_same_salts_give_the_same_bytes() -> None:
    assert issued() == issued()
    assert issued(salts=(other := salts())) == issued()
    assert issued(salts=other) != issued()


@pytest.mark.parametrize("name", ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"])
def test_nothing_that_decides_about_the_validity_may_be_withheld(name: str) -> None:
    value: Any = {"jwk": public_jwk(HOLDER.public_key)} if name == "cnf" else CLAIMS.get(name, ["urn:x:1"])
    claims = {**CLAIMS, name: value}
    if name != "cnf":  # which is written from the key
        for path in ((name,), (name, "status_list"), (name, 0)):
            assert refused_code(lambda: issued(claims, (path,))) == "disclosure.not_allowed"  # noqa: B023
    payload, disclosures = conceal(claims, [(name,)], salts())
    assert refused_code(lambda: read(foreign(payload, None, *disclosures))) in ("disclosure.not_allowed", "claims.vct")
    inside = {**claims, name: {"_sd": ["decoy"]}}
    assert refused_code(lambda: read(foreign(inside))) == "disclosure.not_allowed"


@pytest.mark.parametrize(
    ("changed", "header", "code"),
    [
        ({"vct": None}, {}, "claims.vct"),
        ({"vct": ""}, {}, "claims.vct"),
        ({"vct": ["x"]}, {}, "claims.vct"),
        ({"aka_vcts": []}, {}, "claims.vct"),
        ({"aka_vcts": "urn:x:1"}, {}, "claims.vct"),
        ({"aka_vcts": ["urn:x:1", 1]}, {}, "claims.vct"),
        ({"aka_vcts": [CLAIMS["vct"]]}, {}, "claims.vct"),
        ({"iss": 1}, {}, "claims.not_allowed"),
        ({"exp": "1"}, {}, "schema.numeric_date"),
        ({"nbf": True}, {}, "schema.numeric_date"),
        ({"iat": -1}, {}, "schema.numeric_date"),
        ({"cnf": "x"}, {}, "key.invalid"),
        ({"cnf": {"jwk": "x"}}, {}, "key.invalid"),
        ({"cnf": {"jwk": {**public_jwk(HOLDER.public_key), "d": "AAAA"}}}, {}, "key.exposed"),
        ({"_sd": "x"}, {}, "disclosure.digests"),
        ({}, {"typ": "JWT"}, "token.type"),
        ({}, {"typ": "kb+jwt"}, "token.type"),
        ({}, {"typ": "vp+sd-jwt"}, "token.type"),
        ({"@context": ["https://www.w3.org/ns/credentials/v2"]}, {"typ": "vc+sd-jwt"}, "token.type"),
        ({}, {"kid": "../key"}, "key.unknown"),
        ({}, {"crit": ["x"]}, "token.critical"),
        ({}, {"alg": "none"}, "token.algorithm"),
    ],
    ids=str,
)
def test_a_token_against_the_rules_is_refused(changed: Json, header: Json, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read(foreign({**CLAIMS, **changed}, header))
    assert refusal.value.code == code


def test_the_type_of_earlier_drafts_is_read() -> None:
    assert read(foreign(CLAIMS, {"typ": "vc+sd-jwt"})).claims == CLAIMS


def test_further_types_are_told() -> None:
    assert read(foreign({**CLAIMS, "aka_vcts": ["urn:x:1"]})).types == (CLAIMS["vct"], "urn:x:1")


def test_a_holder_key_by_address_is_not_fetched() -> None:
    assert read(foreign({**CLAIMS, "cnf": {"jku": "https://evil.example", "kid": "1"}})).holder_key is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "token.syntax"),
        ("~", "token.syntax"),
        ("a.b.c", "token.syntax"),
        (issued().rstrip("~") + "~~", "disclosure.syntax"),
        ("~" + issued(), "token.syntax"),
        (issued().replace("~", "~é", 1), "token.syntax"),
        (issued().replace("~", "~=", 1), "encoding.base64url"),
        ("a" + "~a" * (MOST_DISCLOSURES + 1) + "~", "disclosure.limit"),
        (issued() + "A" * compact_jws.LONGEST, "token.size"),
        (issued() + "WyJzYWx0IiwiYSIsMV0~", "disclosure.unreferenced"),
        (issued() + "WyJzYWx0IiwiYSIsMV0", "token.syntax"),  # a key binding that is none, even if nobody asks for one
        (issued() + issued().split("~")[1] + "~", "disclosure.repeated"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_text_that_is_no_sd_jwt_is_refused(text: str, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"claims": {**CLAIMS, "cnf": {}}}, "claims.not_allowed"),
        ({"claims": {"iss": ISSUER}}, "claims.vct"),
        ({"paths": (("nobody",),)}, "disclosure.path"),
        ({"paths": ((),)}, "disclosure.path"),
        ({"claims": {**CLAIMS, **MANY}, "paths": tuple((name,) for name in MANY)}, "disclosure.limit"),
    ],
)
def test_what_is_wrong_is_not_issued(arguments: Json, code: str) -> None:
    with pytest.raises(Error) as refusal:
        issued(**arguments)
    assert refusal.value.code == code


def bound(text: str | None = None, **changed: Any) -> str:
    arguments = {"audience": "https://verifier.example", "nonce": "n-1", "now": NOW, "algorithm": "ES256"}
    return key_binding.bind(text or issued(), **{**arguments, "sign": HOLDER.sign, **changed})


def verify_binding(text: str, **changed: Any) -> None:
    token = sd_jwt.read(text)
    arguments = {"audience": "https://verifier.example", "nonce": "n-1", "now": NOW, "skew": timedelta(seconds=60)}
    key = changed.pop("key", sd_jwt_vc.read(token).holder_key)
    key_binding.verify(token, key, **{**arguments, "longest_age": timedelta(minutes=5), **changed})


def test_the_holder_of_the_key_is_recognised() -> None:
    text = bound(sd_jwt.withhold(sd_jwt.read(issued()), [("results",)]))
    verify_binding(text)
    assert "results" not in read(text).claims
    for moment in (NOW - timedelta(seconds=60), NOW + timedelta(minutes=6)):
        verify_binding(text, now=moment)


def test_a_verifier_may_take_a_key_binding_of_any_age() -> None:
    verify_binding(bound(), longest_age=timedelta.max)
    for days in (-10_000, 10_000):
        verify_binding(bound(), now=NOW + timedelta(days=days), longest_age=timedelta.max, skew=timedelta.max)


def forged(header: Json | None = None, **claims: Any) -> str:
    """A key binding made by hand, with members changed or left out."""
    shown = sd_jwt.read(issued()).presented
    good = json.loads(sd_jwt_claims(bound()))
    payload = {name: value for name, value in {**good, **claims}.items() if value is not None}
    whole = {"alg": "ES256", "typ": "kb+jwt", **(header or {})}
    return shown + compact_jws.write(whole, json.dumps(payload).encode(), HOLDER.sign)


def sd_jwt_claims(text: str) -> bytes:
    binding = sd_jwt.read(text).key_binding
    assert binding is not None
    return binding.payload


@pytest.mark.parametrize(
    ("text", "changed", "code"),
    [
        (issued(), {}, "holder.no_binding"),
        (bound(), {"key": None}, "holder.no_binding"),
        (bound(), {"audience": "https://other.example"}, "holder.binding_audience"),
        (bound(), {"nonce": "n-2"}, "holder.binding_audience"),
        (bound(), {"now": NOW - timedelta(seconds=61)}, "holder.binding_age"),
        (bound(), {"now": NOW + timedelta(minutes=6, seconds=1)}, "holder.binding_age"),
        (bound(), {"key": KEY.public_key}, "proof.crypto"),
        (bound(sign=KEY.sign), {}, "proof.crypto"),
        (bound(), {"key": jose_key(KeyAlgorithm.ED25519).public_key}, "token.algorithm"),
        (forged({"typ": "JWT"}), {}, "token.type"),
        (forged({"typ": "dc+sd-jwt"}), {}, "token.type"),
        (forged({"alg": "none"}), {}, "token.algorithm"),
        (forged(sd_hash=None), {}, "holder.binding_hash"),
        (forged(sd_hash="x"), {}, "holder.binding_hash"),
        (forged(aud=["https://verifier.example"]), {}, "holder.binding_audience"),
        (forged(aud=None), {}, "holder.binding_audience"),
        (forged(nonce=None), {}, "holder.binding_audience"),
        (forged(iat=None), {}, "schema.numeric_date"),
        (forged(iat="now"), {}, "schema.numeric_date"),
        (forged(exp=1), {}, "holder.binding_age"),
        (forged(nbf=NOW.timestamp() + 61), {}, "holder.binding_age"),
    ],
)
def test_any_other_key_binding_is_refused(text: str, changed: Json, code: str) -> None:
    with pytest.raises(Error) as refusal:
        verify_binding(text, **changed)
    assert refusal.value.code == code


def test_a_key_binding_belongs_to_what_was_shown() -> None:
    whole, part = issued(), sd_jwt.withhold(sd_jwt.read(issued()), [("results",)])
    for shown, other in ((whole, part), (part, whole)):
        moved = other + bound(shown).rpartition("~")[2]
        assert refused_code(lambda: verify_binding(moved)) == "holder.binding_hash"  # noqa: B023


def test_no_unknown_algorithm_binds() -> None:
    assert refused_code(lambda: bound(algorithm="none")) == "token.algorithm"


def test_the_reference_implementation_reads_ours() -> None:
    """With everything, and with a part and a key binding."""
    part = bound(sd_jwt.withhold(sd_jwt.read(issued()), [("results", 0), ("family_name",)]))
    SDJWTVerifier.SD_JWT_HEADER = "dc+sd-jwt"
    for text, asked in ((issued(), {}), (part, {"expected_aud": "https://verifier.example", "expected_nonce": "n-1"})):
        theirs = SDJWTVerifier(text, lambda _issuer, _header: KEY.jwk, **asked).get_verified_payload()
        assert theirs == read(text).claims


def test_we_read_the_reference_implementation() -> None:
    claims = {SDObj("family_name"): "𠮷野", "l": [SDObj("a"), "b"], "o": {SDObj("x"): {SDObj("y"): 1}}, **CLAIMS_OPEN}
    theirs = SDJWTIssuer(
        claims,
        KEY.jwk,
        JWK.from_pyca(HOLDER.private),
        add_decoy_claims=True,
        extra_header_parameters={"typ": "dc+sd-jwt", "kid": KID},
    )
    found = read(theirs.sd_jwt_issuance)
    assert found.claims.items() >= {**CLAIMS_OPEN, "family_name": "𠮷野", "l": ["a", "b"], "o": {"x": {"y": 1}}}.items()
    assert found.holder_key == HOLDER.public_key

    holder = SDJWTHolder(theirs.sd_jwt_issuance)
    holder.create_presentation(
        {"family_name": True},
        nonce="n-1",
        aud="https://verifier.example",
        holder_key=JWK.from_pyca(HOLDER.private),
        sign_alg="ES256",
    )
    shown = holder.sd_jwt_presentation
    assert read(shown).claims.items() >= {"family_name": "𠮷野", "l": ["b"], "o": {}}.items()
    made = json.loads(sd_jwt_claims(shown))["iat"]
    verify_binding(shown, now=datetime.fromtimestamp(made, UTC))


CLAIMS_OPEN: Json = {"vct": CLAIMS["vct"], "iss": ISSUER}


@given(st.integers(0, len(issued()) - 1), st.characters())
def test_no_sd_jwt_is_read_with_any_character_changed(position: int, other: str) -> None:
    text = issued()
    changed = text[:position] + other + text[position + 1 :]
    assert changed == text or refused_code(lambda: read(changed)) is not None


@given(st.text() | st.text(alphabet="ABCabc012-_.=~").map(lambda text: issued().replace("W", text, 1)))
def test_any_text_is_read_or_refused(text: str) -> None:
    refused_code(lambda: sd_jwt_vc.read(sd_jwt.read(text)))
