"""What a credential is worth that a registered issuer signed with a key of its own."""

import json
from datetime import timedelta
from typing import Any

from jmc_vc.formats.status.entry import bitstring_entry
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.report import Report
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.own_key_issuer import DID, SLUG, OwnKeyIssuer
from tests.simulators.network import online

ISSUER = OwnKeyIssuer()
OTHER_PROGRAM = "JMC-P-900003"


def found(report: Report, outcome: Outcome) -> dict[str, str]:
    return {check.id: check.finding.code for check in report.checks if check.finding.outcome is outcome}


def test_it_is_the_issuers_by_the_pinned_document(installation: Installation) -> None:
    credential = ISSUER.signed(installation)
    assert found(installation.verify(credential), Outcome.UNKNOWN)["key"] == "did.unavailable"
    ISSUER.register(installation)
    report = installation.verify(credential)
    assert (report.verdict, report.summary) == ("valid", "valid")
    assert report.finding("key").code == "key.bound"  # which is in no log of ours, and need not be
    assert report.finding("issuer").code == "issuer.registered"
    assert report.finding("program").code == "program.accredited_then"
    assert report.registered.issuer is not None
    assert report.registered.issuer.slug == SLUG


def test_another_key_is_not_believed(installation: Installation) -> None:
    ISSUER.register(installation)
    report = installation.verify(OwnKeyIssuer(seed="thief").signed(installation))
    assert (report.verdict, found(report, Outcome.FAIL)) == ("invalid", {"proof": "proof.crypto"})


def test_the_own_key_signs_for_the_own_did_alone(installation: Installation) -> None:
    ISSUER.register(installation)
    hosted = installation.service.site.issuer_did(SLUG)
    document = json.loads(ISSUER.signed(installation))
    report = installation.verify(ISSUER.signed(installation, issuer={**document["issuer"], "id": hosted}))
    assert report.verdict == "invalid"
    assert found(report, Outcome.FAIL)["key"] == "key.binding"


def test_a_program_of_another_issuer_is_not_the_issuers(installation: Installation) -> None:
    """What the university may sign does not follow from its key."""
    other = installation.register(OTHER_PROGRAM)
    OwnKeyIssuer().register(installation, slug=other)  # the same DID, registered for the other school
    report = installation.verify(ISSUER.signed(installation))
    assert (report.verdict, found(report, Outcome.FAIL)) == ("invalid", {"program": "program.match"})
    assert report.registered.program is None


def test_what_was_not_approved_is_not_accredited(installation: Installation) -> None:
    ISSUER.register(installation)
    document = json.loads(ISSUER.signed(installation))
    subject: dict[str, Any] = document["credentialSubject"]
    subject["achievement"]["name"] = "Something else"
    report = installation.verify(ISSUER.signed(installation, credentialSubject=subject))
    assert found(report, Outcome.FAIL)["program"] == "program.match"


def test_a_status_list_of_theirs_is_read_where_it_lies(installation: Installation) -> None:
    ISSUER.register(installation)
    url = "https://vc.hoshimigaoka.example.ac.jp/status/1"
    entry = bitstring_entry(list_url=url, index=4, purpose="revocation")
    credential = ISSUER.signed(installation, credentialStatus=entry)
    report = installation.verify(credential)
    assert (report.verdict, found(report, Outcome.UNKNOWN)) == ("indeterminate", {"status": "status.retrieval"})
    online(installation, {url: ISSUER.status_list(installation, url, ())})
    assert installation.verify(credential).verdict == "valid"
    network = online(installation, {url: ISSUER.status_list(installation, url, {4})})
    assert installation.verify(credential).summary == "revoked"
    assert network.asked == [url]  # the DID document is the registered one, and its host is not asked


def test_a_status_list_that_is_hosted_here_is_read_from_storage(installation: Installation) -> None:
    ISSUER.register(installation)
    hosted = json.loads(installation.issue(award(retake=True)).body)["credentialStatus"]
    network = online(installation, {})
    assert installation.verify(ISSUER.signed(installation, credentialStatus=hosted)).verdict == "valid"
    other = {**hosted, "statusListCredential": hosted["statusListCredential"].replace("/status/", "/status/9")}
    report = installation.verify(ISSUER.signed(installation, credentialStatus=other))
    assert found(report, Outcome.UNKNOWN) == {"status": "status.issuer"}
    assert network.asked == []


def test_dates_of_keys_in_the_pinned_document_count(installation: Installation) -> None:
    credential = ISSUER.signed(installation)
    installation.clock.move(hours=1)
    ISSUER.register(installation, document=ISSUER.document(expires=installation.now + timedelta(days=1)))
    assert installation.verify(credential).verdict == "valid"
    installation.clock.move(days=2)
    late = OwnKeyIssuer().signed(installation, name="Signed when the key had expired")
    assert found(installation.verify(late), Outcome.FAIL) == {"key": "key.binding"}
    assert installation.verify(credential).verdict == "valid"


def test_the_newest_document_is_the_one_that_counts(installation: Installation) -> None:
    ISSUER.register(installation)
    old = ISSUER.signed(installation)
    installation.clock.move(hours=1)
    newer = OwnKeyIssuer(seed="a newer key")
    newer.register(installation)
    assert installation.verify(newer.signed(installation)).verdict == "valid"
    assert found(installation.verify(old), Outcome.FAIL) == {"proof": "proof.crypto"}


def test_after_the_end_nobody_can_tell_what_was_signed_before(installation: Installation) -> None:
    ISSUER.register(installation)
    before = ISSUER.signed(installation)
    installation.clock.move(hours=1)
    installation.service.end_did(SLUG, DID, reason="test", actor=OPERATOR, now=installation.now)
    report = installation.verify(before)
    assert report.verdict == "indeterminate"
    assert found(report, Outcome.UNKNOWN) == {"issuer": "issuer.did_ended"}
    after = ISSUER.signed(installation, validFrom=installation.now.isoformat())
    assert found(installation.verify(after), Outcome.FAIL) == {"issuer": "issuer.did_ended_before"}
