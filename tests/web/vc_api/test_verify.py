"""Verifying credentials through the VC API (VA-02)."""

from typing import Any

import orjson
import pytest

from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.formats.jose import compact_jws
from tests.builders.suites import HOLDER, V2, own, secured
from tests.web.vc_api.conftest import ASKED, BASE, DID, Json, VcApi, altered, envelope, shown


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


def test_a_badge_is_verified_under_the_name_that_it_is_served_with(api: VcApi) -> None:
    """VC-10, JC-01: whoever asks for `application/vc+jwt` gets the badge as it is, of type JWT."""
    installation = api.running.installation
    installation.set_issuing(profile=IssuingProfile.BOTH)
    try:
        issued = api.issued(credentialSubject=api.subject(id=DID), awardedDate="2026-10-04")
    finally:
        installation.set_issuing(profile=IssuingProfile.DATA_INTEGRITY_EDDSA)
    answer = api.running.client.get(issued["id"].removeprefix(BASE), headers={"accept": "application/vc+jwt"})
    assert answer.headers["content-type"] == "application/vc+jwt"
    assert api.verify(envelope("application/vc+jwt", answer.text)).json()["verified"] is True
    untyped = compact_jws.write({"alg": "EdDSA"}, b"{}", HOLDER.sign)
    presented_so = {**envelope("application/vp+jwt", untyped), "type": "EnvelopedVerifiablePresentation"}
    assert api.present(presented_so).json()["code"] == "envelope.media_type"


@pytest.mark.parametrize("media_type", ["application/vc+sd-jwt", "application/dc+sd-jwt"])
def test_a_token_is_what_its_envelope_declares(api: VcApi, token: Json, media_type: str) -> None:
    """VC-10."""
    text = token["id"].partition(",")[2]
    answer = api.verify({**token, "id": f"data:{media_type},{text}"})
    assert (answer.status_code, answer.json()["code"]) == (422, "envelope.media_type")
    assert api.verify({**token, "id": f"data:application/jwt,{text}~"}).json()["code"] == "envelope.media_type"


@pytest.mark.parametrize("value", ["eyJ", None, [], 7])
def test_what_is_no_object_is_refused(api: VcApi, value: Any) -> None:
    assert api.verify(value).status_code == 422
