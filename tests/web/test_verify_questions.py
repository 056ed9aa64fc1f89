"""POST /v1/verify where more is asked than about one credential: whose it is, who shows it, and presentations."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from jmc_vc.formats.did import did_key
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose import compact_jws, vc_jose
from tests.builders.endorsements import ENDORSER, PRAISE, by_jmc, by_stranger, endorsement, holding, mark
from tests.builders.forger import unsigned
from tests.builders.installation import Installation, award, make_installation
from tests.builders.suites import HOLDER, V2, presentation, presented
from tests.builders.web import WebClient, web_client

DID = did_key.did_of_key(HOLDER.public_key)
ASKED = {"domain": "https://employer.example", "challenge": "n-0S6_WzA2Mj"}
Json = dict[str, Any]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make_installation(tmp_path_factory.mktemp("questions"))


@pytest.fixture(scope="module")
def web(installation: Installation) -> Iterator[WebClient]:
    with web_client(installation.service) as client:
        yield client


@pytest.fixture(scope="module")
def credential(installation: Installation) -> Json:
    """Of a learner with a DID."""
    body = installation.issue(award(recipient={**award()["recipient"], "did": DID})).body
    found: Json = json.loads(body)
    return found


def post(web: WebClient, body: Any, **query: str) -> Json:
    answer = web.post("/v1/verify", params=query, json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def code_of(report: Json, check: str) -> tuple[str, str]:
    found = next(each for each in report["checks"] if each["id"] == check)
    return found["outcome"], found["code"]


@pytest.mark.parametrize("member", ["name", "email", "did"])
def test_ov_06_the_right_person(web: WebClient, credential: Json, member: str) -> None:
    known = {"name": "𠮷野 葛󠄀葉", "email": "learner-01@learners.example", "did": DID}[member]
    report = post(web, {"credential": credential, "recipient": {member: known}})
    assert (report["verdict"], code_of(report, "recipient")) == ("valid", ("pass", "recipient.match"))


def test_ov_06_another_person(web: WebClient, credential: Json) -> None:
    report = post(web, {"recipient": {"name": "山田 太郎"}, "credential": json.dumps(credential)})
    assert (report["verdict"], report["summary"]["code"]) == ("invalid", "not_theirs")
    assert code_of(report, "recipient") == ("fail", "recipient.mismatch")
    assert "山田" not in json.dumps(report, ensure_ascii=False)


def test_a_bare_credential_and_one_in_an_envelope_get_the_same_report(web: WebClient, credential: Json) -> None:
    assert post(web, credential)["checks"] == post(web, {"credential": credential})["checks"]


WRONG: dict[str, tuple[Json, str]] = {
    "nothing about the person": ({"credential": "x", "recipient": {}}, "/recipient"),
    "a name that is no text": ({"credential": "x", "recipient": {"name": 1}}, "/recipient/name"),
    "a member that nobody knows": ({"credential": "x", "recipient": {"phone": "1"}}, "/recipient/phone"),
    "an endless name": ({"credential": "x", "recipient": {"name": "A" * 1_001}}, "/recipient/name"),
    "a domain without a challenge": ({"credential": "x", "domain": "a"}, "/challenge"),
    "a challenge without a domain": ({"credential": "x", "challenge": "a"}, "/domain"),
    "a list of credentials": ({"credential": []}, "/credential"),
    "both a credential and an address": ({"credential": "x", "url": "https://a.example"}, "/url"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_question_of_another_form_is_refused(web: WebClient, case: str) -> None:
    body, pointer = WRONG[case]
    answer = web.post("/v1/verify", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "verify.envelope")
    assert answer.json()["errors"][0]["pointer"].startswith(pointer.rsplit("/", 1)[0])


def test_the_person_stands_in_no_log(web: WebClient, credential: Json, capsys: pytest.CaptureFixture[str]) -> None:
    post(web, {"credential": credential, "recipient": {"name": "加納 秘密", "email": "secret@learners.example"}})
    written = capsys.readouterr()
    assert "秘密" not in written.out + written.err
    assert "secret@" not in written.out + written.err


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_holder_presents_for_us(web: WebClient, credential: Json, suite: str) -> None:
    shown = presented(presentation(credential, holder=DID), suite=suite, **ASKED)
    report = post(web, {"credential": shown, **ASKED})
    assert (report["verdict"], report["summary"]["code"]) == ("valid", "presentation_valid")
    assert report["input"] == {"form": "presentation", "from": "text"}
    assert code_of(report, "proof") == ("pass", "vp.proof_verified")
    assert code_of(report, "holder") == ("pass", "holder.is_subject")
    assert report["axes"][0]["tone"] == "good"
    (inner,) = report["credentials"]
    assert (inner["pointer"], inner["verdict"]) == ("/verifiableCredential/0", "valid")
    assert code_of(inner, "holder") == ("pass", "holder.is_subject")


def test_a_presentation_for_nobody_shows_no_holder(web: WebClient, credential: Json) -> None:
    report = post(web, presented(presentation(credential, holder=DID)))
    assert report["verdict"] == "valid", "each credential is"
    assert code_of(report, "holder") == ("unknown", "holder.not_for_us")
    assert {each["code"] for each in report["notes"]} == {"vp.not_bound"}
    assert report["axes"][0]["tone"] == "neutral"


OLD = {
    "for somebody else": ({**ASKED, "domain": "https://other.example"}, "proof.domain"),
    "in answer to another challenge": ({**ASKED, "challenge": "old"}, "proof.challenge"),
}


@pytest.mark.parametrize("case", OLD)
def test_a_presentation_of_another_time_or_place_is_not_valid(web: WebClient, credential: Json, case: str) -> None:
    made, code = OLD[case]
    report = post(web, {"credential": presented(presentation(credential, holder=DID), **made), **ASKED})
    assert (report["verdict"], code_of(report, "holder")) == ("invalid", ("fail", code))
    (inner,) = report["credentials"]
    assert (inner["verdict"], inner["summary"]["code"]) == ("invalid", "not_theirs")


def test_somebody_else_than_the_holder_presents(web: WebClient, installation: Installation) -> None:
    other = json.loads(
        installation.issue(
            award(
                recipient={**award()["recipient"], "did": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"},
                retake=True,
            )
        ).body
    )
    report = post(web, {"credential": presented(presentation(other, holder=DID), **ASKED), **ASKED})
    assert (report["verdict"], code_of(report, "holder")) == ("invalid", ("fail", "holder.other_subject"))


def test_vj_73_one_good_and_one_bad_have_a_verdict_each(web: WebClient, credential: Json) -> None:
    bad = {**credential, "name": "博士"}
    report = post(web, presented(presentation(credential, bad, holder=DID)))
    assert [each["verdict"] for each in report["credentials"]] == ["valid", "invalid"]
    assert (report["verdict"], report["summary"]["code"]) == ("invalid", "presentation_invalid")
    page = web.post(
        "/verify?lang=en",
        headers={"accept": "text/html"},
        files={"file": ("vp.json", json.dumps(presented(presentation(credential, bad, holder=DID))).encode())},
    )
    assert page.status_code == 200
    assert "This credential cannot be trusted." in page.text
    assert "This credential is valid." in page.text
    assert "博士" not in page.text


def test_a_credential_that_nothing_secures_has_a_report_that_says_so(web: WebClient, credential: Json) -> None:
    bare = {name: member for name, member in credential.items() if name != "proof"}
    report = post(web, presented(presentation(bare, holder=DID)))
    (inner,) = report["credentials"]
    assert (inner["verdict"], code_of(inner, "parse"), inner["credential"]) == (
        "invalid",
        ("fail", "vp.unsecured"),
        None,
    )


def test_vj_74_a_presentation_in_a_presentation_is_refused_unread(web: WebClient, credential: Json) -> None:
    inner = presentation(credential)
    for _ in range(29):
        inner = presentation(inner)
        answer = web.post("/v1/verify", json=inner)
        assert 400 <= answer.status_code < 500
        assert answer.json()["code"] in {"vp.nested", "parse.depth"}


def test_a_presentation_in_a_token_is_verified(web: WebClient, credential: Json) -> None:
    enveloped: Json = {
        "@context": [V2],
        "type": "VerifiablePresentation",
        "holder": DID,
        "verifiableCredential": [],
    }
    token = vc_jose.sign_presentation(
        enveloped,
        kid=HOLDER.method,
        algorithm="EdDSA",
        sign=HOLDER.sign,
        claims={"aud": ASKED["domain"], "nonce": ASKED["challenge"]},
    )
    report = post(web, {"credential": token, **ASKED})
    assert code_of(report, "proof") == ("pass", "vp.proof_verified")
    assert report["credentials"] == []
    assert (report["verdict"], report["summary"]["code"]) == ("indeterminate", "presentation_empty")
    assert {each["code"] for each in report["notes"]} == {"vp.empty"}


def test_of_a_presentation_of_nothing_no_receipt_says_valid(web: WebClient) -> None:
    shown = presented(presentation(holder=DID), **ASKED)
    for more in ({}, ASKED, {"recipient": {"name": "Somebody"}}, {"recipient": {"name": "Somebody"}, **ASKED}):
        report = post(web, {"credential": shown, **more} if more else shown, receipt="true")
        assert (report["verdict"], code_of(report, "credentials")) == ("indeterminate", ("unknown", "vp.empty"))
        said = json.loads(base64url.decode(report["receipt"].split(".")[1]))
        assert (said["verdict"], said["summary"]) == ("indeterminate", "presentation_empty")
        if "recipient" in more:
            assert code_of(report, "recipient") == ("unknown", "vp.empty")


def test_a_presentation_with_a_receipt(web: WebClient, credential: Json) -> None:
    report = post(web, presented(presentation(credential, holder=DID)), receipt="true")
    assert report["receipt"]


OLDER: Json = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://badges.example/assertions/1",
    "recipient": {"type": "email", "hashed": False, "identity": "a@learners.example"},
    "badge": "https://badges.example/badges/1",
    "verify": {"type": "hosted", "url": "https://badges.example/assertions/1"},
}


def test_vj_75_open_badges_2_is_named_and_nothing_of_it_is_fetched(web: WebClient) -> None:
    token = compact_jws.write({"alg": "EdDSA"}, json.dumps(OLDER).encode(), HOLDER.sign)
    for body, kind in ((json.dumps(OLDER), "application/json"), (token, "text/plain")):
        answer = web.post("/v1/verify", content=body, headers={"content-type": kind})
        assert (answer.status_code, answer.json()["code"]) == (422, "verify.open_badges_2")
    page = web.post("/verify?lang=en", headers={"accept": "text/html"}, data={"text": json.dumps(OLDER)})
    assert "This is a badge of an older form (Open Badges 2.0)." in page.text
    assert "This does not mean that it is forged." in page.text


def test_vj_76_and_the_mark_through_http(web: WebClient, installation: Installation) -> None:
    made = badge_of(installation)
    broken = by_stranger(installation, endorsement(made["id"]))
    broken["credentialSubject"]["endorsementComment"] = "Best of all"
    made["endorsement"] = [broken]
    body = holding(installation, made, by_jmc(installation, mark(installation)))
    report = web.post("/v1/verify", content=body, headers={"content-type": "application/json"}).json()
    assert report["verdict"] == "valid"
    assert code_of(report, "mark") == ("pass", "mark.bound")
    assert code_of(report, "endorsement") == ("fail", "endorsement.not_genuine")
    found = {each["pointer"]: each for each in report["endorsements"]}
    bad = found["/endorsement/0"]
    assert (bad["outcome"], bad["code"]) == ("fail", "proof.crypto")
    assert "nameInCredential" not in bad["by"]
    good = found["/credentialSubject/achievement/endorsement/0"]
    assert (good["code"], good["by"]["registered"]) == ("mark.bound", True)
    page = web.post("/verify?lang=en", headers={"accept": "text/html"}, files={"file": ("badge.json", body)}).text
    for told in (json.dumps(report), page):
        assert PRAISE not in told
        assert ENDORSER not in told
    assert "The accreditation mark is signed by this organization" in page


def badge_of(installation: Installation) -> Json:
    return unsigned(installation.issue(award(retake=True)).body)
