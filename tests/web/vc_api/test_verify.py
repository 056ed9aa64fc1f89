"""Verifying credentials and presentations through the VC API (VA-02, VA-03, VJ-73, VJ-74)."""

from typing import Any

import pytest

from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import vc_jose
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
    assert crypto["type"] == "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR"
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
def holders_token(api: VcApi) -> Json:
    """A presentation in the form that a token may have: envelopes only."""
    with api.as_tokens():
        badge = api.issued(credentialSubject=api.subject(id=DID), awardedDate="2026-10-02")
    return presentation(badge, holder=DID)


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
