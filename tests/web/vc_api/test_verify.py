"""Verifying credentials and presentations through the VC API (VA-02, VA-03, VJ-73, VJ-74)."""

from typing import Any

import orjson
import pytest

from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, vc_jose
from jmc_vc.formats.strict_json import JsonObject
from tests.builders.jose_keys import jose_key
from tests.builders.suites import HOLDER, V2, own, presentation, presented, secured
from tests.web.vc_api.conftest import Json, VcApi, altered

DID = HOLDER.method.partition("#")[0]
ASKED = {"domain": "employer.example", "challenge": "u7Gk"}


@pytest.fixture(scope="module")
def badge(api: VcApi) -> Json:
    """A badge of the holder of the tests."""
    return api.issued(credentialSubject=api.subject(id=DID))


@pytest.fixture(scope="module")
def token(api: VcApi) -> Json:
    """A badge of theirs as a token in its envelope."""
    with api.as_tokens():
        return api.issued(credentialSubject=api.subject(id=DID), awardedDate="2026-10-02")


def shown(*credentials: Any, **changes: Any) -> JsonObject:
    return presented(presentation(*credentials, holder=DID), **{**ASKED, **changes})


def test_a_good_credential_is_verified_with_the_whole_report(api: VcApi, badge: Json) -> None:
    """VA-02, VC-14."""
    answer = api.verify(badge, checks=["proof"])
    assert answer.status_code == 200
    assert answer.json()["verified"] is True
    assert answer.json()["problemDetails"] == []
    assert answer.json()["report"] == api.running.client.post("/v1/verify", json=badge).json()


def test_a_bad_credential_is_an_answer_and_no_error(api: VcApi, badge: Json) -> None:
    """VA-02, D-6: 200, where the conformance facade says 400."""
    answer = api.verify(altered(badge, "name", to="博士"))
    assert (answer.status_code, answer.json()["verified"]) == (200, False)
    (crypto,) = [each for each in answer.json()["problemDetails"] if each["code"] == "proof.crypto"]
    assert crypto["type"] == "https://w3id.org/security#PROOF_VERIFICATION_ERROR"
    assert set(crypto) == {"type", "title", "detail", "code"}
    short = api.verify(altered(badge, "name", to="博士"), returnProblemDetails=False).json()
    assert set(short) == {"verified", "report"}


def test_a_credential_of_nobody_known_is_not_verified_unless_the_policy_allows_it(api: VcApi) -> None:
    stranger = api.verify(secured(own()))
    assert stranger.json()["verified"] is False
    assert api.verify(secured(own()), policy="none").json()["code"] == "verify.policy_unknown"


def test_challenge_and_domain_have_to_stand_in_the_proofs(api: VcApi, badge: Json) -> None:
    answer = api.verify(badge, challenge="123").json()
    assert (answer["verified"], answer["report"]["verdict"]) == (False, "valid")
    assert answer["problemDetails"][-1]["type"] == "https://w3id.org/security#INVALID_CHALLENGE_ERROR"
    assert api.verify(badge, domain="a.example").json()["problemDetails"][-1]["code"] == "proof.domain"


def test_what_was_verified_is_given_back_on_demand(api: VcApi, badge: Json, token: Json) -> None:
    """VA-02."""
    assert "credential" not in api.verify(badge).json()
    assert api.verify(badge, returnCredential=True, returnResults=True).json()["credential"] == badge
    assert api.verify(token, returnCredential=True).json()["credential"]["type"] == badge["type"]
    assert "credential" not in api.verify(altered(badge, "name", to="博士"), returnCredential=True).json()
    asked = {**ASKED, "returnPresentation": True, "returnCredential": True}
    document = shown(badge)
    found = api.present(document, **asked).json()
    assert (found["presentation"], found["credentials"][0]["credential"]) == (document, badge)
    assert "presentation" not in api.present(shown(badge, challenge="old"), **asked).json()


@pytest.mark.parametrize(
    ("claims", "asked", "codes"),
    [
        ({"aud": "a.example", "nonce": "7"}, {"domain": "a.example", "challenge": "7"}, []),
        ({"aud": ["b.example", "a.example"]}, {"domain": "a.example"}, []),
        ({}, {"challenge": "7"}, ["proof.challenge"]),
        ({"nonce": "8"}, {"challenge": "7"}, ["proof.challenge"]),
        ({"aud": "b.example"}, {"domain": "a.example"}, ["proof.domain"]),
    ],
)
def test_a_token_says_its_challenge_and_domain_in_claims(
    api: VcApi, claims: Json, asked: Json, codes: list[str]
) -> None:
    """JC-03: never that a proof is missing, which no token has."""
    text = compact_jws.write(
        {"alg": "EdDSA", "typ": "vc+jwt", "kid": HOLDER.method},
        orjson.dumps({**own(), **claims}),
        HOLDER.sign,
    )
    envelope = {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{text}"}
    found = [each["code"] for each in api.verify(envelope, **asked).json()["problemDetails"]]
    assert [code for code in found if code.startswith("proof.")] == codes


@pytest.mark.parametrize("media_type", ["application/vc+jwt", "application/vc+sd-jwt", "application/dc+sd-jwt"])
def test_a_token_is_what_its_envelope_declares(api: VcApi, token: Json, media_type: str) -> None:
    """VC-10."""
    text = token["id"].partition(",")[2]
    answer = api.verify({**token, "id": f"data:{media_type},{text}"})
    assert (answer.status_code, answer.json()["code"]) == (422, "envelope.media_type")
    assert api.verify({**token, "id": f"data:application/jwt,{text}~"}).json()["code"] == "envelope.media_type"


@pytest.mark.parametrize("value", ["eyJ", None, [], 7])
def test_what_is_no_object_is_refused(api: VcApi, value: Any) -> None:
    assert api.verify(value).status_code == 422


# --- presentations ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_holder_presents(api: VcApi, badge: Json, suite: str) -> None:
    """VA-03."""
    answer = api.present(shown(badge, suite=suite), **ASKED)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["verified"], found["verdict"], found["problemDetails"]) == (True, "valid", [])
    assert (found["holder"], found["signers"]) == (DID, [DID])
    (credential,) = found["credentials"]
    assert (credential["verified"], credential["aboutHolder"], credential["problemDetails"]) == (True, True, [])
    assert credential["pointer"] == "/verifiableCredential/0"
    assert credential["report"]["verdict"] == "valid"


def test_one_verdict_each_and_none_for_all_if_one_is_bad(api: VcApi, badge: Json) -> None:
    """VJ-73."""
    found = api.present(shown(badge, altered(badge, "name", to="博士")), **ASKED).json()
    assert [each["verified"] for each in found["credentials"]] == [True, False]
    assert (found["verified"], found["verdict"]) == (False, "invalid")


def test_a_credential_that_only_the_register_is_missing_for_leaves_it_open(api: VcApi, badge: Json) -> None:
    found = api.present(shown(badge, secured(own())), **ASKED).json()
    assert found["credentials"][0]["verified"] is True
    assert found["verified"] is False


def test_a_presentation_in_a_presentation_is_refused_unread(api: VcApi, badge: Json) -> None:
    """VJ-74."""
    inner = presentation(badge)
    for depth in range(1, 30):
        inner = presentation(inner)
        answer = api.present(inner)
        assert 400 <= answer.status_code < 500
        assert answer.json()["code"] in {"vp.nested", "parse.depth"}, depth


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda badge: shown(badge, challenge="old"), "proof.challenge"),
        (lambda badge: shown(badge, domain="other.example"), "proof.domain"),
        (lambda badge: presentation(badge, holder=DID), "proof.missing"),
        (lambda badge: shown(badge, purpose="assertionMethod"), "proof.purpose"),
        (lambda badge: presented(presentation(badge, holder="did:example:bob"), **ASKED), "vp.holder_key"),
        (lambda badge: {**shown(badge), "holder": "did:example:bob"}, "proof.crypto"),
        (lambda badge: {**shown(badge), "verifiableCredential": []}, "proof.crypto"),
        (lambda badge: shown(badge, expires="2026-11-01T00:00:00Z"), "vp.expired"),
        (lambda badge: altered(dict(shown(badge)), "proof", "cryptosuite", to="x"), "proof.suite_unsupported"),
        (lambda badge: altered(dict(shown(badge)), "proof", "verificationMethod", to="did:web:a.example#1"),
         "did.unavailable"),
    ],
    ids=["challenge", "domain", "no-proof", "purpose", "holder", "altered", "emptied", "expired", "suite", "elsewhere"],
)  # fmt: skip
def test_what_is_wrong_with_the_presentation_is_told_apart_from_its_credentials(
    api: VcApi, badge: Json, make: Any, code: str
) -> None:
    """DI-02."""
    found = api.present(make(badge), **ASKED).json()
    assert [each["code"] for each in found["problemDetails"]] == [code]
    assert found["verified"] is False
    assert found["verdict"] == (
        "indeterminate" if code in {"proof.suite_unsupported", "did.unavailable"} else "invalid"
    )
    assert all(each["verified"] for each in found["credentials"])


def test_what_nothing_secures_fails(api: VcApi, badge: Json) -> None:
    """VC-10."""
    bare = {name: member for name, member in badge.items() if name != "proof"}
    (credential,) = api.present(shown(bare), **ASKED).json()["credentials"]
    assert (credential["verified"], credential["report"]) == (False, None)
    assert credential["problemDetails"][0]["code"] == "vp.unsecured"
    assert credential["problemDetails"][0]["pointer"] == "/verifiableCredential/0"
    own_word = {**bare, "issuer": DID}
    found = api.present(shown(secured(own()), own_word), **ASKED).json()
    assert found["verified"] is False


def test_a_credential_about_somebody_else_is_told(api: VcApi) -> None:
    (credential,) = api.present(shown(api.issued()), **ASKED).json()["credentials"]
    assert (credential["verified"], credential["aboutHolder"]) == (True, None)
    other = api.issued(credentialSubject=api.subject(id="did:key:z6MkhTNL7i2etLerDK8Acz5t528giE5KA4p75T6ka1E1D74r"))
    (credential,) = api.present(shown(other), **ASKED).json()["credentials"]
    assert (credential["verified"], credential["aboutHolder"]) == (True, False)


def test_without_a_holder_the_subject_is_compared_with_the_signers(api: VcApi, badge: Json) -> None:
    somebody = "did:key:z6MkhTNL7i2etLerDK8Acz5t528giE5KA4p75T6ka1E1D74r"
    other = api.issued(credentialSubject=api.subject(id=somebody), awardedDate="2026-10-03")
    document = presented(presentation(badge, other, api.issued()), **ASKED)
    found = api.present(document, **ASKED).json()
    assert (found["holder"], found["verified"]) == (None, True)
    assert [each["aboutHolder"] for each in found["credentials"]] == [True, False, None]


def test_what_cannot_be_read_leaves_the_verdict_open(api: VcApi, badge: Json) -> None:
    """SR-7: tokens and media types that are not read here, and what is too much."""
    sd_jwt = compact_jws.write({"alg": "EdDSA", "typ": "dc+sd-jwt"}, b"{}", HOLDER.sign) + "~"
    large = {**badge, "evidence": [{"type": ["Evidence"], "name": "x"}] * 2_000}
    for document, code in (
        (_envelope("application/dc+sd-jwt", sd_jwt), "verify.unsupported_token"),
        (_envelope("application/vc+cose", "0oREoQE4"), "envelope.media_type"),
        (_envelope("application/vc+jwt", sd_jwt), "envelope.media_type"),
        (large, "parse.limit"),
    ):
        answer = api.present(shown(document, suite="eddsa-jcs-2022"), **ASKED)
        (credential,) = answer.json()["credentials"]
        assert [each["code"] for each in credential["problemDetails"]] == [code]
        assert (answer.json()["verified"], answer.json()["verdict"]) == (False, "indeterminate"), code
    broken = _envelope("application/vc+jwt", "a.b.c")
    assert api.present(shown(broken, suite="eddsa-jcs-2022"), **ASKED).json()["verdict"] == "invalid"


def _envelope(media_type: str, token: str) -> Json:
    return {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": f"data:{media_type},{token}"}


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_as_many_badges_are_shown_as_are_allowed(api: VcApi, badges: list[Json], suite: str) -> None:
    """VJ-73: twenty, each with a verdict."""
    found = api.present(shown(*badges, suite=suite), **ASKED).json()
    assert (found["verified"], [each["verified"] for each in found["credentials"]]) == (True, [True] * 20)
    answer = api.present(shown(*badges, badges[0], suite="eddsa-jcs-2022"), **ASKED)
    assert (answer.status_code, answer.json()["code"]) == (422, "vp.limit")
    assert api.verify({"type": [1] * 6_000}).json()["code"] == "parse.limit"
    answer = api.present({"type": [1] * 21_000})
    assert (answer.status_code, answer.json()["code"]) == (422, "parse.limit")


@pytest.fixture(scope="module")
def badges(api: VcApi) -> list[Json]:
    return [api.issued(credentialSubject=api.subject()) for _ in range(20)]


@pytest.mark.parametrize(
    ("asked", "left"),
    [({}, ["domain", "challenge"]), ({"domain": ASKED["domain"]}, ["challenge"]), (ASKED, [])],
)
def test_a_presentation_that_nobody_bound_is_told(
    api: VcApi, badge: Json, holders_token: Json, asked: Json, left: list[str]
) -> None:
    """DI-02, OB-44: shown to another, or long ago, and now again."""
    found = api.present(shown(badge), **asked).json()
    assert found["verified"] is True
    assert [(each["code"], each["pointer"]) for each in found["warnings"]] == [
        ("vp.not_bound", f"/proof/{name}") for name in left
    ]
    found = api.present(_token(holders_token), **asked).json()
    names = {"domain": "/aud", "challenge": "/nonce"}
    assert [each["pointer"] for each in found["warnings"]] == [names[name] for name in left]


def test_a_presentation_may_bring_words_of_its_own(api: VcApi, badge: Json) -> None:
    """CX-04."""
    document = {
        **presentation(badge, holder=DID),
        "@context": [V2, {"Shown": "https://words.example/#Shown"}],
        "type": ["VerifiablePresentation", "Shown"],
    }
    assert api.present(presented(document, **ASKED), **ASKED).json()["verified"] is True


def _token(document: Json, *, key: KeyAlgorithm = KeyAlgorithm.ED25519, **claims: Any) -> str:
    kid = HOLDER.method
    sign = HOLDER.sign if key is KeyAlgorithm.ED25519 else jose_key(key).sign
    given = {"aud": ASKED["domain"], "nonce": ASKED["challenge"], **claims}
    return vc_jose.sign_presentation(document, kid=kid, algorithm="EdDSA", sign=sign, claims=given)


@pytest.fixture(scope="module")
def holders_token(token: Json) -> Json:
    """A presentation in the form that a token may have: envelopes only."""
    return presentation(token, holder=DID)


def test_twenty_badges_are_shown_in_a_token(api: VcApi, token: Json) -> None:
    found = api.present(_token(presentation(*[token] * 20, holder=DID)), **ASKED).json()
    assert (found["verified"], len(found["credentials"])) == (True, 20)


def test_a_key_at_an_address_elsewhere_leaves_it_open(api: VcApi, holders_token: Json) -> None:
    """JC-03, SR-7."""
    text = compact_jws.write(
        {"alg": "EdDSA", "typ": "vp+jwt", "kid": "https://holder.example/holders/7#key-1"},
        orjson.dumps({**holders_token, "aud": ASKED["domain"], "nonce": ASKED["challenge"]}),
        HOLDER.sign,
    )
    found = api.present(text, **ASKED).json()
    assert (found["verdict"], found["problemDetails"][0]["code"]) == ("indeterminate", "key.unavailable")


def test_a_presentation_in_a_token_is_verified(api: VcApi, holders_token: Json) -> None:
    """JC-03."""
    token = _token(holders_token)
    envelope = {"@context": V2, "type": "EnvelopedVerifiablePresentation", "id": f"data:application/vp+jwt,{token}"}
    for form in (token, envelope):
        found = api.present(form, **ASKED).json()
        assert (found["verified"], found["holder"], found["signers"]) == (True, DID, [DID])
        assert [(each["verified"], each["aboutHolder"]) for each in found["credentials"]] == [(True, True)]


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"nonce": "old"}, "proof.challenge"),
        ({"aud": "other.example"}, "proof.domain"),
        ({"exp": 1_700_000_000}, "vp.expired"),
        ({"nbf": 2_000_000_000}, "vp.not_yet"),
    ],
)
def test_a_token_for_another_time_or_place_is_refused(api: VcApi, holders_token: Json, claims: Json, code: str) -> None:
    found = api.present(_token(holders_token, **claims), **ASKED).json()
    assert (found["verdict"], [each["code"] for each in found["problemDetails"]]) == ("invalid", [code])


def test_a_token_with_another_signature_is_refused(api: VcApi, holders_token: Json) -> None:
    found = api.present(_token(holders_token)[:-8] + "AAAAAAAA", **ASKED).json()
    assert [each["code"] for each in found["problemDetails"]] == ["proof.crypto"]
    other = {**holders_token, "holder": "did:example:bob"}
    found = api.present(_token(other), **ASKED).json()
    assert [each["code"] for each in found["problemDetails"]] == ["vp.holder_key"]


@pytest.mark.parametrize("value", ["eyJ", "x", "", 7, None])
def test_what_is_no_presentation_is_refused(api: VcApi, value: Any) -> None:
    assert 400 <= api.present(value).status_code < 500
