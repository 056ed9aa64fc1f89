"""Whose credential is it? Asked by a name, an e-mail address or a DID (OV-06)."""

import hashlib
import json
from typing import Any

import pytest

from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.report_json import report_json
from jmc_vc.verifying.wanted import Person, Wanted
from tests.builders.forger import Stranger, signed_by_issuer, unsigned
from tests.builders.installation import Installation, award, make_installation
from tests.builders.outside_issuer import OutsideIssuer

NAME, EMAIL = "𠮷野 葛󠄀葉", "learner-01@learners.example"
DID = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


@pytest.fixture(scope="module")
def issued(installation_of_module: Installation) -> bytes:
    return installation_of_module.issue().body


@pytest.fixture(scope="module")
def installation_of_module(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make_installation(tmp_path_factory.mktemp("recipient"))


def asked(installation: Installation, body: bytes, **known: str) -> Report:
    wanted = Wanted(recipient=Person(**known))
    return installation.service.verify(body, now=installation.now, wanted=wanted)


MATCHES = {
    "the name as it was signed": ({"name": NAME}, "recipient.match"),
    "its reading": ({"name": "ヨシノ クズハ"}, "recipient.match"),
    "its Latin letters, given name first": ({"name": "Kuzuha YOSHINO"}, "recipient.match"),
    "other variants of the characters": ({"name": "吉野葛葉"}, "recipient.match_folded"),
    "hiragana": ({"name": "よしの くずは"}, "recipient.match_folded"),
    "small letters": ({"name": "yoshino kuzuha"}, "recipient.match_folded"),
    "full width": ({"name": "ＹＯＳＨＩＮＯ　Ｋｕｚｕｈａ"}, "recipient.match_folded"),
    "the hashed address": ({"email": EMAIL}, "recipient.match"),
    "the address in other letters": ({"email": "Learner-01@Learners.example"}, "recipient.match"),
    "both": ({"name": NAME, "email": EMAIL}, "recipient.match"),
}


@pytest.mark.parametrize("case", MATCHES)
def test_ov_06_what_agrees_leaves_the_verdict_valid(
    installation_of_module: Installation, issued: bytes, case: str
) -> None:
    known, code = MATCHES[case]
    report = asked(installation_of_module, issued, **known)
    assert (report.finding("recipient").code, report.verdict) == (code, "valid")
    assert (code in {each.code for each in report.notes}) is (code == "recipient.match_folded")


OTHERS = {
    "another name": {"name": "山田 太郎"},
    "half of the name": {"name": "𠮷野"},
    "another address": {"email": "someone@learners.example"},
    "the right name and another address": {"name": NAME, "email": "someone@learners.example"},
}


@pytest.mark.parametrize("case", OTHERS)
def test_ov_06_what_does_not_agree_makes_the_verdict_invalid(
    installation_of_module: Installation, issued: bytes, case: str
) -> None:
    report = asked(installation_of_module, issued, **OTHERS[case])
    assert report.finding("recipient").code == "recipient.mismatch"
    assert (report.verdict, report.summary) == ("invalid", "not_theirs")
    assert report.credential is not None, "the credential itself is genuine"


def test_what_to_do_next_is_about_what_did_not_agree(installation_of_module: Installation, issued: bytes) -> None:
    assert asked(installation_of_module, issued, name="別人 花子").to_do == "not_theirs"
    addressed = with_identifier(installation_of_module, hashed=False, identityHash=EMAIL, identityType="emailAddress")
    report = asked(installation_of_module, addressed, email="somebody@elsewhere.example")
    assert (report.summary, report.to_do) == ("not_theirs", "not_theirs_by_identifier")


def test_what_the_credential_does_not_say_cannot_be_compared(
    installation_of_module: Installation, issued: bytes
) -> None:
    report = asked(installation_of_module, issued, did=DID)
    assert report.finding("recipient").code == "recipient.not_comparable"
    assert (report.verdict, report.summary) == ("indeterminate", "indeterminate")


def test_nobody_asked(installation_of_module: Installation, issued: bytes) -> None:
    report = installation_of_module.verify(issued)
    assert report.finding("recipient").code == "recipient.not_asked"
    assert report.verdict == "valid"


def test_a_did_is_compared_with_the_subject(installation_of_module: Installation) -> None:
    body = installation_of_module.issue(award(recipient={**award()["recipient"], "did": DID}, retake=True)).body
    assert asked(installation_of_module, body, did=DID).finding("recipient").code == "recipient.match"
    assert asked(installation_of_module, body, did=f"{DID}x").finding("recipient").code == "recipient.mismatch"


def with_identifier(installation: Installation, **identifier: Any) -> bytes:
    document = unsigned(installation.issue(award(retake=True)).body)
    document["credentialSubject"]["identifier"] = [{"type": "IdentityObject", **identifier}]
    document["credentialSubject"].pop("jmc:recipientName")
    return signed_by_issuer(installation, document)


def test_ob_30_an_address_under_md5_is_weak_evidence(installation_of_module: Installation) -> None:
    digest = hashlib.md5((EMAIL + "salt").encode(), usedforsecurity=False).hexdigest()
    body = with_identifier(
        installation_of_module,
        hashed=True,
        identityHash=f"md5${digest.upper()}",
        identityType="emailAddress",
        salt="salt",
    )
    report = asked(installation_of_module, body, email=EMAIL)
    assert (report.finding("recipient").code, report.verdict) == ("recipient.match_weak", "valid")
    assert "recipient.match_weak" in {each.code for each in report.notes}


def test_ob_30_a_hash_that_nobody_knows_cannot_be_compared(installation_of_module: Installation) -> None:
    body = with_identifier(installation_of_module, hashed=True, identityHash="sha512$00", identityType="emailAddress")
    report = asked(installation_of_module, body, email=EMAIL)
    assert report.finding("recipient").outcome is Outcome.UNKNOWN
    assert report.verdict != "valid"


def test_ob_30_a_plain_address_is_compared_without_regard_to_case(installation_of_module: Installation) -> None:
    body = with_identifier(
        installation_of_module, hashed=False, identityHash="Learner-01@learners.example", identityType="emailAddress"
    )
    assert asked(installation_of_module, body, email=EMAIL).finding("recipient").code == "recipient.match"
    # An identifier of another type is none of this one.
    report = asked(installation_of_module, body, name="Learner-01@learners.example")
    assert report.finding("recipient").code == "recipient.not_comparable"


def test_an_address_as_the_subjects_id_is_an_address(installation_of_module: Installation) -> None:
    document = OutsideIssuer().badge()
    document["credentialSubject"]["id"] = f"mailto:{EMAIL}"
    body = Stranger().sign(installation_of_module, document)
    assert asked(installation_of_module, body, email=EMAIL.upper()).finding("recipient").code == "recipient.match"
    report = asked(installation_of_module, body, email="other@learners.example")
    assert report.finding("recipient").code == "recipient.mismatch"


def test_what_was_asked_stands_in_no_text_of_the_report(installation_of_module: Installation, issued: bytes) -> None:
    wanted = Person(name="山田 太郎", email="secret@learners.example")
    assert "山田" not in repr(wanted)
    report = installation_of_module.service.verify(
        issued, now=installation_of_module.now, wanted=Wanted(recipient=wanted)
    )
    text = json.dumps(report_json(report), ensure_ascii=False)
    assert "山田" not in text
    assert "secret@" not in text
    said = next(each for each in report_json(report)["checks"] if each["id"] == "recipient")
    assert "メールアドレス" in said["message"]["ja"]
