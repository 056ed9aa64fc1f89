"""Endorsements inside a badge: each is judged on its own, and only one that holds endorses anything (OV-07, VJ-76)."""

import copy
import json
from typing import Any

import pytest

from jmc_vc.fetching.unavailable import Unreachable
from jmc_vc.formats.did import did_key
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import ob3_vc_jwt
from jmc_vc.signing.file_signer import file_signer, new_secret
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.presented import MOST_ENDORSEMENTS
from jmc_vc.verifying.report import EndorsementFinding, Report
from jmc_vc.verifying.work import MOST_ENDORSEMENTS as MOST_OF_A_REQUEST
from tests.builders.endorsements import ENDORSER, badge, by_stranger, endorsement, holding
from tests.builders.forger import Stranger, changed, signed_by_issuer
from tests.builders.installation import Installation
from tests.simulators.network import online

ELLIPTIC = file_signer(KeyAlgorithm.P256, new_secret(KeyAlgorithm.P256, lambda size: bytes(range(size))))
TOKEN_DID = did_key.did_of_key(ELLIPTIC.public_key)


@pytest.fixture
def a_badge(sqlite_installation: Installation) -> dict[str, Any]:
    return badge(sqlite_installation)


def id_of(badge: dict[str, Any], place: str) -> str:
    found = {"credential": badge, "achievement": badge["credentialSubject"]["achievement"], "issuer": badge["issuer"]}
    return str(found[place]["id"])


def only(report: Report) -> EndorsementFinding:
    (found,) = report.endorsements
    return found


def token_of(document: dict[str, Any]) -> str:
    return ob3_vc_jwt.sign(
        document,
        kid=f"{TOKEN_DID}#{TOKEN_DID.removeprefix('did:key:')}",
        algorithm="ES256",
        sign=ELLIPTIC.sign,
    )


def test_a_badge_without_endorsements_has_none(sqlite_installation: Installation) -> None:
    report = sqlite_installation.verify(sqlite_installation.issue().body)
    assert report.finding("endorsement").code == "endorsement.none"
    assert report.endorsements == ()


@pytest.mark.parametrize("place", ["credential", "achievement", "issuer"])
def test_ov_07_a_good_endorsement_is_told_with_who_gave_it(
    sqlite_installation: Installation, a_badge: dict[str, Any], place: str
) -> None:
    good = by_stranger(sqlite_installation, endorsement(id_of(a_badge, place)))
    report = sqlite_installation.verify(holding(sqlite_installation, a_badge, good, place=place))
    assert report.verdict == "valid"
    assert report.finding("endorsement").code == "endorsement.all_genuine"
    found = only(report)
    assert (found.finding.code, found.by, found.name) == ("endorsement.genuine", Stranger().did, ENDORSER)
    assert (found.issuer, found.registered) == (None, False)
    where = {"credential": "", "achievement": "/credentialSubject/achievement", "issuer": "/issuer"}[place]
    assert found.pointer == f"{where}/endorsement/0"


@pytest.mark.parametrize("around", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("place", ["credential", "achievement", "issuer"])
def test_an_endorsement_over_json_stands_in_any_badge(
    sqlite_installation: Installation, a_badge: dict[str, Any], place: str, around: str
) -> None:
    """Its proof repeats the contexts, as JCS suites do."""
    about = endorsement(id_of(a_badge, place))
    good = json.loads(Stranger().sign(sqlite_installation, about, suite="eddsa-jcs-2022"))
    report = sqlite_installation.verify(holding(sqlite_installation, a_badge, good, place=place, suite=around))
    assert (report.verdict, only(report).finding.code) == ("valid", "endorsement.genuine")


def test_an_endorsement_of_a_program_endorses_no_badge_that_borrows_its_id(
    sqlite_installation: Installation, a_badge: dict[str, Any]
) -> None:
    """The endorsement is genuine; what it is about is what the register has under that id."""
    good = by_stranger(sqlite_installation, endorsement(id_of(a_badge, "achievement")))
    achievement = {**a_badge["credentialSubject"]["achievement"], "name": "Brain surgery", "endorsement": [good]}
    borrowed = {**a_badge, "credentialSubject": {**a_badge["credentialSubject"], "achievement": achievement}}
    borrowed["id"] = "urn:uuid:5e1a9f0c-6d0e-4e63-9d61-1f6b0d8a4c11"
    del borrowed["credentialStatus"]
    report = sqlite_installation.verify(Stranger(bytes(32)).sign(sqlite_installation, borrowed), "technical")
    assert (report.verdict, only(report).finding.code) == ("valid", "endorsement.other_content")
    assert report.finding("endorsement").code == "endorsement.not_genuine"


def test_ov_07_an_endorsement_in_a_token_is_judged_by_the_key_of_its_issuer(
    sqlite_installation: Installation, a_badge: dict[str, Any]
) -> None:
    about = id_of(a_badge, "achievement")
    document = endorsement(about, issuer={"id": TOKEN_DID, "type": ["Profile"], "name": ENDORSER})
    body = holding(sqlite_installation, a_badge, token_of(document))
    found = only(sqlite_installation.verify(body))
    assert (found.finding.code, found.by, found.name) == ("endorsement.genuine", TOKEN_DID, ENDORSER)
    assert found.pointer == "/credentialSubject/achievement/endorsementJwt/0"


BROKEN: dict[str, tuple[Any, str, str, str]] = {
    "VJ-76 the comment became a kinder one": (
        lambda made: made["credentialSubject"].update(endorsementComment="Best of all"),
        "fail", "proof.crypto", "endorsement.not_genuine",
    ),
    "no proof": (lambda made: made.pop("proof"), "fail", "proof.missing", "endorsement.not_genuine"),
    "another name of the issuer": (
        lambda made: made["issuer"].update(id="did:web:mext.example"),
        "fail", "proof.crypto", "endorsement.not_genuine",
    ),
    "an unknown suite": (
        lambda made: made["proof"].update(cryptosuite="sphincs-2030"),
        "unknown", "proof.suite_unsupported", "endorsement.not_checked",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_vj_76_an_endorsement_that_does_not_hold_is_told_and_shown_as_none(
    sqlite_installation: Installation, a_badge: dict[str, Any], case: str
) -> None:
    change, outcome, code, overall = BROKEN[case]
    made = copy.deepcopy(by_stranger(sqlite_installation, endorsement(id_of(a_badge, "achievement"))))
    change(made)
    report = sqlite_installation.verify(holding(sqlite_installation, a_badge, made))
    found = only(report)
    assert (found.finding.outcome, found.finding.code, found.name) == (outcome, code, None)
    assert report.finding("endorsement").code == overall
    assert report.verdict == "valid", "what others say makes a credential neither better nor worse"


def test_an_endorsement_in_somebody_elses_name_is_not_theirs(
    sqlite_installation: Installation, a_badge: dict[str, Any]
) -> None:
    document = endorsement(id_of(a_badge, "achievement"), issuer=copy.deepcopy(a_badge["issuer"]))
    body = Stranger().sign(sqlite_installation, document, as_issuer=False)
    found = only(sqlite_installation.verify(holding(sqlite_installation, a_badge, json.loads(body))))
    assert (found.finding.code, found.issuer, found.registered) == ("key.binding", None, False)


@pytest.mark.parametrize(
    ("changes", "code", "overall"),
    [
        ({"validUntil": "2026-11-01T00:00:00Z"}, "validity.expired", "endorsement.ended"),
        ({"validFrom": "2027-01-01T00:00:00Z"}, "validity.not_yet", "endorsement.ended"),
    ],
)
def test_an_endorsement_that_has_ended_is_told_as_ended(
    sqlite_installation: Installation, a_badge: dict[str, Any], changes: dict[str, str], code: str, overall: str
) -> None:
    good = by_stranger(sqlite_installation, endorsement(id_of(a_badge, "achievement"), **changes))
    report = sqlite_installation.verify(holding(sqlite_installation, a_badge, good))
    assert (only(report).finding.code, report.finding("endorsement").code) == (code, overall)


def test_an_endorsement_of_something_else_endorses_nothing_here(
    sqlite_installation: Installation, a_badge: dict[str, Any]
) -> None:
    other = by_stranger(sqlite_installation, endorsement("https://elsewhere.example/achievements/1"))
    report = sqlite_installation.verify(holding(sqlite_installation, a_badge, other))
    assert only(report).finding.code == "endorsement.other_subject"
    assert report.finding("endorsement").outcome is Outcome.FAIL


def test_an_endorsement_with_the_key_of_one_of_our_issuers_that_nobody_recorded_is_a_thiefs(
    sqlite_installation: Installation, a_badge: dict[str, Any]
) -> None:
    document = endorsement(id_of(a_badge, "achievement"), issuer=copy.deepcopy(a_badge["issuer"]))
    stolen = json.loads(signed_by_issuer(sqlite_installation, document, on_record=False))
    report = sqlite_installation.verify(holding(sqlite_installation, a_badge, stolen))
    assert only(report).finding.code == "key.unlogged"


def test_the_status_of_an_endorsement_is_asked_for_with_the_rest(
    sqlite_installation: Installation, a_badge: dict[str, Any]
) -> None:
    address = "https://lists.example/1"
    status = {
        "id": f"{address}#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": address,
    }
    network = online(sqlite_installation, {address: Unreachable()})
    good = by_stranger(sqlite_installation, endorsement(id_of(a_badge, "achievement"), credentialStatus=status))
    report = sqlite_installation.verify(holding(sqlite_installation, a_badge, good))
    assert network.asked == [address]
    assert (only(report).finding.code, report.finding("endorsement").code) == (
        "status.retrieval",
        "endorsement.not_checked",
    )
    assert report.verdict == "valid"


def test_a_key_that_is_not_to_be_had_leaves_an_endorsement_open(
    sqlite_installation: Installation, a_badge: dict[str, Any]
) -> None:
    made = by_stranger(sqlite_installation, endorsement(id_of(a_badge, "achievement")))
    made["issuer"]["id"] = "did:web:gone.example"
    made["proof"]["verificationMethod"] = "did:web:gone.example#key-1"
    found = only(sqlite_installation.verify(holding(sqlite_installation, a_badge, made)))
    assert (found.finding.outcome, found.name) == (Outcome.UNKNOWN, None)


def test_of_a_forged_badge_no_endorsement_is_told(sqlite_installation: Installation, a_badge: dict[str, Any]) -> None:
    good = by_stranger(sqlite_installation, endorsement(id_of(a_badge, "achievement")))
    body = holding(sqlite_installation, a_badge, good)
    forged = changed(body, lambda document: document.update(awardedDate="2026-10-02T00:00:00+09:00"))
    report = sqlite_installation.verify(forged)
    assert (report.verdict, report.endorsements) == ("invalid", ())


def test_more_endorsements_than_anybody_has_are_not_judged(
    sqlite_installation: Installation, a_badge: dict[str, Any]
) -> None:
    about = id_of(a_badge, "achievement")
    many = [
        by_stranger(sqlite_installation, endorsement(about, id=f"urn:uuid:0b6b8d3a-5c0e-4b1f-9d3e-3a52f6d1b7{n:02d}"))
        for n in range(MOST_ENDORSEMENTS + 1)
    ]
    report = sqlite_installation.verify(holding(sqlite_installation, a_badge, *many))
    codes = [each.finding.code for each in report.endorsements]
    assert codes == ["endorsement.genuine"] * MOST_ENDORSEMENTS + ["verify.too_many_parts"]
    assert report.finding("endorsement").code == "endorsement.not_checked"
    assert MOST_OF_A_REQUEST >= MOST_ENDORSEMENTS
