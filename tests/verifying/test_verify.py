"""The verification pipeline, told as claims. Catalogue ids stand beside the cases that they are."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.formats.did.document import read_document
from jmc_vc.sentences import sentence
from jmc_vc.verifying.axes import Answer
from jmc_vc.verifying.check import Check, Outcome, failed, unknown
from jmc_vc.verifying.checks import CHECKS
from jmc_vc.verifying.policy import POLICIES, Policy
from jmc_vc.verifying.presented import MOST_KEYS, TooManyParts
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.ruling import Verdict
from tests.builders.forger import Stranger, changed, signed_by_issuer, unsigned
from tests.builders.gathering import gather_of, gathering
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.outside_issuer import OutsideIssuer


def failing(report: Report) -> dict[str, str]:
    return {check.id: check.finding.code for check in report.checks if check.finding.outcome is Outcome.FAIL}


def not_known(report: Report) -> dict[str, str]:
    return {check.id: check.finding.code for check in report.checks if check.finding.outcome is Outcome.UNKNOWN}


def change_status(installation: Installation, uuid: Any, action: StatusAction, **how: Any) -> None:
    reason = RevocationReason(how["reason"]) if "reason" in how else None
    installation.service.change_status(
        uuid, action, reason=reason, text=None, actor=installation.actor(), now=installation.now
    )


def test_a_revoked_credential_is_invalid_and_says_why(installation: Installation) -> None:
    issued = installation.issue()
    change_status(installation, issued.credential.uuid, StatusAction.REVOKE, reason="assessment_misconduct")
    report = installation.verify(issued.body)
    assert (report.verdict, report.summary) == ("invalid", "revoked")
    assert failing(report) == {"status": "status.revoked"}


def test_a_replaced_credential_is_called_replaced(installation: Installation) -> None:
    issued = installation.issue()
    change_status(installation, issued.credential.uuid, StatusAction.REVOKE, reason="data_error_replaced")
    report = installation.verify(issued.body)
    assert report.replaced
    assert failing(report) == {"status": "status.replaced"}


def test_a_suspended_credential_is_invalid_until_it_is_reinstated(installation: Installation) -> None:
    issued = installation.issue()
    change_status(installation, issued.credential.uuid, StatusAction.SUSPEND)
    assert installation.verify(issued.body).summary == "suspended"
    change_status(installation, issued.credential.uuid, StatusAction.REINSTATE)
    assert installation.verify(issued.body).summary == "valid"


def test_losing_the_accreditation_later_leaves_the_credential_valid(installation: Installation) -> None:  # INV-25
    issued = installation.issue()
    installation.service.sanction_program(
        "JMC-P-900001", "1", Sanction.WITHDRAW, reason="test", actor=OPERATOR, now=installation.now
    )
    report = installation.verify(issued.body)
    assert (report.verdict, report.summary) == ("valid", "valid_accreditation_ended")
    assert (report.on_award_date, report.accredited_now) == (Answer.YES, Answer.NO)


def test_a_suspended_accreditation_is_told_beside_a_valid_verdict(installation: Installation) -> None:
    issued = installation.issue()
    installation.service.sanction_program(
        "JMC-P-900001", "1", Sanction.SUSPEND, reason="test", actor=OPERATOR, now=installation.now
    )
    report = installation.verify(issued.body)
    assert (report.verdict, report.summary, report.accredited_now) == ("valid", "valid", Answer.NO)


def test_after_the_window_the_credential_is_valid_and_the_accreditation_ended(installation: Installation) -> None:
    issued = installation.issue()
    installation.clock.now = datetime(2030, 1, 1, tzinfo=UTC)
    assert installation.verify(issued.body).summary == "valid_accreditation_ended"


def test_a_suspended_issuer_leaves_its_credentials_valid(installation: Installation) -> None:  # INV-25
    issued = installation.issue()
    installation.service.suspend_issuer("hoshimigaoka", reason="test", actor=OPERATOR, now=installation.now)
    assert installation.verify(issued.body).summary == "valid"


def test_an_old_credential_verifies_after_its_key_was_rotated(installation: Installation) -> None:
    issued = installation.issue()
    installation.service.rotate_key("hoshimigaoka", immediate=True, actor=OPERATOR, now=installation.now)
    report = installation.verify(issued.body)
    assert report.verdict == "valid"
    assert report.finding("key").code == "key.retired"
    other = installation.issue(award(recipient={"name": {"fullName": "X"}, "email": "x@learners.example"}))
    assert json.loads(other.body)["proof"]["verificationMethod"].endswith("#key-2")
    assert installation.verify(other.body).finding("key").code == "key.bound"


def test_a_genuine_badge_of_a_stranger_is_indeterminate_and_technically_valid(installation: Installation) -> None:
    foreign = Stranger().sign(installation, OutsideIssuer().badge())  # VJ-57, VJ-77
    report = installation.verify(foreign)
    assert (report.verdict, report.summary) == ("indeterminate", "issuer_not_registered")
    assert not_known(report)["issuer"] == "issuer.not_registered"
    technical = installation.verify(foreign, "technical")
    assert technical.verdict == "valid"
    assert technical.on_award_date is Answer.NOT_APPLICABLE


def test_a_registered_issuer_that_signs_what_was_not_accredited_is_invalid(installation: Installation) -> None:  # VJ-60
    document = unsigned(installation.issue().body)
    document["credentialSubject"]["achievement"]["name"] = "博士号"
    report = installation.verify(signed_by_issuer(installation, document))
    assert (report.verdict, report.summary) == ("invalid", "not_trustworthy")
    assert failing(report) == {"program": "program.match"}


def test_a_set_written_in_another_order_is_still_what_was_approved(installation: Installation) -> None:
    def reorder(document: dict[str, Any]) -> None:
        document["credentialSubject"]["achievement"]["alignment"].reverse()

    report = installation.verify(changed(installation.issue().body, reorder))
    assert report.verdict == "valid"


def test_an_award_date_outside_the_window_is_invalid_whoever_signed(installation: Installation) -> None:  # VJ-60
    document = unsigned(installation.issue().body)
    document["awardedDate"] = "2026-03-31T23:59:59+09:00"
    report = installation.verify(signed_by_issuer(installation, document))
    assert failing(report) == {"program": "program.not_accredited_then"}
    assert report.on_award_date is Answer.NO


def test_the_issuers_name_comes_from_the_register(installation: Installation) -> None:  # VJ-56
    document = unsigned(installation.issue().body)
    document["issuer"]["name"] = "東京大学"
    report = installation.verify(signed_by_issuer(installation, document))
    assert report.finding("issuer").code == "issuer.name_differs"
    assert report.registered.issuer is not None
    assert report.registered.issuer.name_ja == "星見ヶ丘大学（架空）"


def test_a_status_list_of_another_issuer_says_nothing(installation: Installation) -> None:  # SL-03
    installation.register("JMC-P-900002")
    installation.import_program("JMC-P-900002")
    installation.approve("JMC-P-900002", decision="JMC-D-900002")
    results = [{"assessment": "A1", "value": "16"}, {"assessment": "A2", "value": "12"}]
    foreign = installation.issue(award(program="JMC-P-900002", results=results), slug="hekiha-care")
    document = unsigned(installation.issue().body)
    document["credentialStatus"] = json.loads(foreign.body)["credentialStatus"]
    report = installation.verify(signed_by_issuer(installation, document))
    assert report.verdict == "indeterminate"
    assert not_known(report) == {"status": "status.issuer"}


def test_a_status_list_on_another_host_is_unknown_and_never_called_revoked(installation: Installation) -> None:  # SL-08
    document = unsigned(installation.issue().body)
    document["credentialStatus"]["statusListCredential"] = "https://lists.example/1"
    report = installation.verify(signed_by_issuer(installation, document))
    assert (report.verdict, report.summary) == ("indeterminate", "indeterminate")
    assert not_known(report) == {"status": "status.retrieval"}


def test_a_status_entry_that_was_left_out_hides_no_revocation(installation: Installation) -> None:
    issued = installation.issue()
    document = unsigned(issued.body)
    del document["credentialStatus"]
    body = signed_by_issuer(installation, document)
    assert installation.verify(body).verdict == "valid"
    change_status(installation, issued.credential.uuid, StatusAction.REVOKE, reason="issued_in_error")
    assert installation.verify(body).summary == "revoked"


def test_a_signature_by_our_key_without_a_record_of_issue_is_invalid(installation: Installation) -> None:
    document = unsigned(installation.issue().body)
    document["id"] = "http://localhost:8000/credentials/6f1d2c9e-4b7a-4c38-9e52-1a0f7d3b8e64"
    report = installation.verify(signed_by_issuer(installation, document))
    assert failing(report) == {"key": "key.unlogged"}


def test_a_credential_without_award_date_proves_no_accreditation(installation: Installation) -> None:
    document = unsigned(installation.issue().body)
    del document["awardedDate"]
    report = installation.verify(signed_by_issuer(installation, document))
    assert failing(report) == {"program": "program.no_award_date"}


def test_accredited_now_is_answered_apart_from_then(installation: Installation) -> None:
    document = unsigned(installation.issue().body)
    document["awardedDate"] = "2026-03-31T23:59:59+09:00"
    report = installation.verify(signed_by_issuer(installation, document))
    assert (report.on_award_date, report.accredited_now) == (Answer.NO, Answer.YES)
    assert {axis.id: axis.tone for axis in report.axes}["accreditedNow"] == "good"


def test_nothing_is_answered_about_the_accreditation_of_a_forgery(installation: Installation) -> None:
    report = installation.verify(changed(installation.issue().body, lambda document: document.update(name="博士号")))
    assert (report.on_award_date, report.accredited_now) == (Answer.UNKNOWN, Answer.UNKNOWN)
    assert {axis.code for axis in report.axes[2:5]} == {
        "axis.status.not_judged",
        "axis.accreditedOnAwardDate.not_judged",
        "axis.accreditedNow.not_judged",
    }


def test_strict_wants_a_status(installation: Installation) -> None:
    document = unsigned(installation.issue().body)
    del document["credentialStatus"], document["jmc:programVersion"]
    foreign = Stranger().sign(installation, document)
    assert installation.verify(foreign, "technical").finding("status").code == "status.none"
    assert installation.verify(foreign, "strict").verdict == "indeterminate"


def test_nothing_is_shown_of_a_credential_whose_proof_failed(installation: Installation) -> None:  # SR-2
    issued = installation.issue()
    assert installation.verify(issued.body).credential is not None
    forged = changed(issued.body, lambda document: document.update(name="博士号"))
    assert installation.verify(forged).credential is None


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.name)
def test_valid_cannot_be_built_while_a_required_check_is_open(installation: Installation, policy: Policy) -> None:
    good = installation.verify(installation.issue().body, policy.name)
    assert good.verdict is Verdict.VALID
    for name in policy.required:
        for finding in (failed("proof.crypto"), unknown("status.retrieval")):
            checks = tuple(Check(c.id, finding) if c.id == name else c for c in good.checks)
            assert replace(good, checks=checks).verdict is not Verdict.VALID
            with pytest.raises(TypeError):
                Report(**{**vars(good), "checks": checks})  # with the ruling of the good one


NOT_ASKED = {"claims", "mark", "endorsement", "recipient", "holder", "refresh"}
"""Checks that have nothing to look at in a plain credential of ours."""


def test_both_databases_give_one_report(tmp_path: Any, installation: Installation) -> None:
    report = installation.verify(installation.issue().body)
    assert [(check.id, check.finding.outcome) for check in report.checks] == [
        (name, Outcome.NOT_APPLICABLE if name in NOT_ASKED else Outcome.PASS) for name, _ in CHECKS
    ]


def test_five_minutes_of_skew_are_granted_and_not_six(installation: Installation) -> None:
    issued = installation.issue()
    installation.clock.now -= timedelta(minutes=5)
    assert installation.verify(issued.body).verdict == "valid"
    installation.clock.now -= timedelta(minutes=1)
    report = installation.verify(issued.body)
    assert failing(report) == {"proof": "proof.created"}


def test_an_expired_credential_is_called_expired(installation: Installation) -> None:
    installation.register("JMC-P-900002")
    installation.import_program("JMC-P-900002")
    installation.approve("JMC-P-900002", decision="JMC-D-900002", effective_from=date(2026, 4, 1))
    results = [{"assessment": "A1", "value": "16"}, {"assessment": "A2", "value": "12"}]
    issued = installation.issue(award(program="JMC-P-900002", results=results), slug="hekiha-care")
    installation.clock.now = datetime(2031, 10, 1, 14, 59, 59, tzinfo=UTC)
    assert installation.verify(issued.body).verdict == "valid"
    installation.clock.now = datetime(2031, 10, 1, 15, 5, 1, tzinfo=UTC)
    assert installation.verify(issued.body).summary == "expired"


def test_another_tenant_cannot_change_a_status(installation: Installation) -> None:  # AP-28
    issued = installation.issue()
    installation.register("JMC-P-900002")
    stranger: Actor = installation.actor("hekiha-care")
    with pytest.raises(Exception, match=r"credential\.not_found"):
        installation.service.change_status(
            issued.credential.uuid,
            StatusAction.REVOKE,
            reason=RevocationReason.ISSUED_IN_ERROR,
            text=None,
            actor=stranger,
            now=installation.now,
        )
    assert installation.verify(issued.body).verdict == "valid"
    with installation.service.database.read() as snapshot:
        entries = snapshot.audit_log.of_object(str(issued.credential.uuid))
    assert entries[-1].action == "foreign-credential-refused"
    assert entries[-1].actor_id == stranger.id


def test_a_suspension_on_the_award_date_leaves_what_was_issued_before_it_valid(installation: Installation) -> None:
    awarded_today = award(awardedDate="2026-11-23")  # INV-25
    issued = installation.issue(awarded_today)
    installation.clock.move(hours=1)
    installation.service.sanction_program(
        "JMC-P-900001", "1", Sanction.SUSPEND, reason="test", actor=OPERATOR, now=installation.now
    )
    assert installation.verify(issued.body).verdict == "valid"


def test_what_is_said_of_a_signature_that_is_wrong_fits_together(installation: Installation) -> None:
    issued = installation.issue()
    installation.service.rotate_key("hoshimigaoka", immediate=True, actor=OPERATOR, now=installation.now)
    report = installation.verify(
        changed(issued.body, lambda document: document["proof"].update(created=document["validFrom"]))
    )
    assert failing(report) == {"proof": "proof.crypto"}
    assert not_known(report)["coverage"] == "coverage.not_checked"
    assert {axis.id: axis.code for axis in report.axes}["integrity"] == "axis.integrity.content_or_signature"
    assert report.finding("key").code == "key.retired"
    assert "この署名" not in sentence("key.retired").ja  # it passes, so it may speak of the key alone


def test_proofs_by_more_keys_than_an_issuer_has_are_not_begun_with(installation: Installation) -> None:
    def add_proofs(document: dict[str, Any], count: int) -> None:
        proof = document["proof"]
        others = [{**proof, "verificationMethod": Stranger(bytes([n] * 32)).method} for n in range(count)]
        document["proof"] = [proof, *others]

    body = installation.issue().body
    at_most = changed(body, lambda document: add_proofs(document, MOST_KEYS - 1))
    assert failing(installation.verify(at_most)) == {"proof": "proof.crypto", "key": "key.binding"}
    with pytest.raises(TooManyParts):
        installation.verify(changed(body, lambda document: add_proofs(document, MOST_KEYS)))


@pytest.mark.parametrize("served", [b" " * 65_537, b"<html>"], ids=["too large", "no JSON"])
def test_dd_09_a_did_document_that_cannot_be_read_says_nothing_against_the_credential(
    installation: Installation, served: bytes
) -> None:
    verify = installation.service.verify
    documents = replace(gather_of(verify).documents, own=lambda *_: read_document(served))
    unreachable = gathering(verify, documents=documents)
    report = unreachable(installation.issue().body, now=installation.now)
    assert (report.verdict, failing(report)) == ("indeterminate", {})
    assert not_known(report)["key"].startswith("parse.")


def ended(installation: Installation, last: date) -> None:
    """The issuer's registration ended on that day."""
    with installation.service.database.begin() as tx:
        issuer = tx.issuers.get("hoshimigaoka")
        assert issuer is not None
        tx.issuers.save(replace(issuer, registered_until=last))


def test_vj_58_what_was_signed_after_the_registration_ended_is_invalid(installation: Installation) -> None:
    issued = installation.issue()
    ended(installation, date(2026, 11, 22))  # the day before; the award date is in October
    report = installation.verify(issued.body)
    assert failing(report) == {"issuer": "issuer.signed_after_end"}


def test_vj_58_what_was_signed_before_is_valid_with_a_note(installation: Installation) -> None:
    issued = installation.issue()
    ended(installation, date(2026, 11, 23))
    assert installation.verify(issued.body).notes == ()
    installation.clock.move(days=1)
    report = installation.verify(issued.body)
    assert (report.verdict, [each.code for each in report.notes]) == ("valid", ["issuer.ended_since"])
