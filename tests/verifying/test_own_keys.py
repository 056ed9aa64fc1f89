"""What a credential is worth that a registered issuer signed with a key of its own."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.cli.demo_site import fictional_issuer
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.formats.did.document import did_document
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.status.entry import bitstring_entry
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.report import Report
from tests.builders.installation import OPERATOR, PROGRAMS, Installation, award, make_installation
from tests.builders.own_key_issuer import DID, SLUG, OwnKeyIssuer
from tests.simulators.network import online

ISSUER = OwnKeyIssuer()
OF_TOKENS = OwnKeyIssuer(algorithm=KeyAlgorithm.P256)
OTHER_PROGRAM = "JMC-P-900003"
HOUR = timedelta(hours=1)


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


@pytest.mark.parametrize("kid", [f"{DID}#key-1", "key-1"])
def test_a_vc_jwt_is_the_issuers_by_the_pinned_document(sqlite_installation: Installation, kid: str) -> None:
    issuer = OF_TOKENS
    token = issuer.token(sqlite_installation, kid)
    assert found(sqlite_installation.verify(token), Outcome.UNKNOWN)["key"] == "did.unavailable"
    issuer.register(sqlite_installation)
    report = sqlite_installation.verify(token)
    assert (report.verdict, report.summary) == ("valid", "valid")
    assert report.finding("key").code == "key.bound"
    assert report.finding("issuer").code == "issuer.registered"
    assert report.finding("program").code == "program.accredited_then"


def test_a_vc_jwt_is_believed_of_the_pinned_key_own_did_and_own_program_alone(
    sqlite_installation: Installation,
) -> None:
    issuer, made = OF_TOKENS, sqlite_installation
    issuer.register(made)
    thief = OwnKeyIssuer(seed="thief", algorithm=KeyAlgorithm.P256)
    hosted = made.service.site.issuer_did(SLUG)
    profile = issuer.unsigned(made)["issuer"]
    subject = issuer.unsigned(made)["credentialSubject"]
    for token, refused in (
        (thief.token(made), {"proof": "proof.crypto"}),
        (issuer.token(made, "https://vc.hoshimigaoka.example.ac.jp/keys/1"), {}),
        (issuer.token(made, "key-7"), {"key": "key.unknown"}),
        (issuer.token(made, f"{hosted}#key-1"), {"key": "key.binding", "proof": "token.algorithm"}),
        (issuer.token(made, issuer={**profile, "id": hosted}), {"key": "key.binding"}),
        (
            issuer.token(made, credentialSubject={**subject, "achievement": {**subject["achievement"], "name": "x"}}),
            {"program": "program.match"},
        ),
    ):
        report = made.verify(token)
        assert report.verdict == ("invalid" if refused else "indeterminate")
        assert found(report, Outcome.FAIL) == refused


def test_another_key_is_not_believed(installation: Installation) -> None:
    ISSUER.register(installation)
    report = installation.verify(OwnKeyIssuer(seed="thief").signed(installation))
    assert (report.verdict, found(report, Outcome.FAIL)) == ("invalid", {"proof": "proof.crypto"})


def test_without_a_proof_it_is_nobodys(installation: Installation) -> None:
    ISSUER.register(installation)
    badge = json.loads(ISSUER.signed(installation))
    del badge["proof"]
    report = installation.verify(json.dumps(badge).encode())
    assert (report.verdict, found(report, Outcome.FAIL)["proof"]) == ("invalid", "proof.missing")


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


def test_a_list_of_ids_that_is_hosted_here_counts_for_what_bears_one_of_them(installation: Installation) -> None:
    """OB-34: the list of revoked ids is of all that name it, whoever's key signed them."""
    ISSUER.register(installation)
    installation.set_issuing(status_form=StatusForm.REVOCATION_LIST)
    hosted = json.loads(installation.issue(award(retake=True)).body)
    status = hosted["credentialStatus"]
    named = ISSUER.signed(installation, id=hosted["id"], credentialStatus=status)
    another = ISSUER.signed(installation, credentialStatus=status)
    assert installation.verify(named).finding("status").code == "status.clear"
    uuid = UUID(hosted["id"].rpartition("/")[2])
    revoked = RevocationReason.ISSUED_IN_ERROR
    installation.service.change_status(
        uuid, StatusAction.REVOKE, reason=revoked, text=None, actor=installation.actor(), now=installation.now
    )
    assert installation.verify(named).summary == "revoked"
    assert installation.verify(another).finding("status").code == "status.clear"


def test_of_a_key_that_has_expired_nobody_can_tell_when_it_signed(installation: Installation) -> None:
    credential = ISSUER.signed(installation)
    installation.clock.move(hours=1)
    ISSUER.register(installation, document=ISSUER.document(expires=installation.now + timedelta(days=1)))
    assert installation.verify(credential).verdict == "valid"
    installation.clock.move(days=2)
    report = installation.verify(credential)
    assert (report.verdict, report.finding("key").code) == ("indeterminate", "key.time_unknown")
    assert set(found(report, Outcome.UNKNOWN).values()) - {"key.time_unknown"} == {
        "validity.not_judged", "issuer.not_judged", "program.not_judged",
    }  # fmt: skip
    late = OwnKeyIssuer().signed(installation, name="Signed when the key had expired")
    assert found(installation.verify(late), Outcome.FAIL) == {"key": "key.binding"}


@pytest.mark.parametrize("issuer", [ISSUER, OF_TOKENS], ids=["proof", "token"])
@pytest.mark.parametrize("back", [timedelta(days=60), timedelta(0)], ids=["dated back", "of its day"])
def test_a_key_that_its_issuer_revoked_proves_nothing_whatever_date_it_writes(
    sqlite_installation: Installation, issuer: OwnKeyIssuer, back: timedelta
) -> None:
    """The stolen key still stands under `assertionMethod`, as others may leave it there."""
    made = sqlite_installation
    newer = OwnKeyIssuer(seed="a newer key")
    kept = replace(newer.method(), id=f"{DID}#key-2")
    document = orjson.dumps(did_document(DID, [issuer.method(revoked=made.now), kept]))
    proof = newer.proof(newer.challenge(made), header={"kid": f"{DID}#key-2"})
    newer.register(made, document=document, proof=proof)
    made.clock.move(days=30)
    then = made.now - back
    example = issuer.unsigned(made, validFrom=then.strftime("%Y-%m-%dT%H:%M:%SZ"))
    if issuer is OF_TOKENS:
        forged = issuer.token(made, validFrom=example["validFrom"])
    else:
        forged = issuer.secured(made, example, created=then)
    assert found(made.verify(forged), Outcome.FAIL) == {"key": "key.revoked_by_issuer"}


def test_a_registration_that_has_ended_is_told_and_takes_nothing_from_what_was_before(tmp_path: Path) -> None:
    """VJ-58. Our log tells what was before; of an own key nobody can, and what says to be later is not vouched for."""
    made = make_installation(tmp_path, empty=True)
    issuer = fictional_issuer(PROGRAMS["JMC-P-900001"]["issuer"], registered_from=date(2025, 4, 1))
    until = date(2026, 12, 31)
    registered = replace(issuer, registered_until=until)
    made.api_keys[SLUG] = made.service.register_issuer(registered, actor=OPERATOR, now=made.now)
    made.import_program()
    made.approve()
    ISSUER.register(made)
    hosted, own = made.issue(award()).body, ISSUER.signed(made)
    example, then = ISSUER.unsigned(made), made.now
    made.clock.move(days=200)
    for body, verdict, code in (
        (hosted, "valid", "issuer.ended_since"),
        (own, "indeterminate", "issuer.own_keys_ended"),
    ):
        report = made.verify(body)
        finding = report.finding("issuer")
        assert (report.verdict, finding.code, finding.params) == (verdict, code, {"date": until})
    for late in (
        ISSUER.secured(made, example, created=made.now),
        ISSUER.secured(made, {**example, "validFrom": made.now.isoformat()}, created=then),
    ):
        assert found(made.verify(late), Outcome.FAIL) == {"issuer": "issuer.signed_after_end"}
    made.service.database.close()


def test_a_suspended_issuer_is_told_and_takes_nothing_from_what_was_before(installation: Installation) -> None:
    body = installation.issue(award()).body
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    report = installation.verify(body)
    assert (report.verdict, report.finding("issuer").code) == ("valid", "issuer.suspended_now")


def test_an_issuer_that_is_suspended_goes_on_signing_with_its_own_key_for_nothing(installation: Installation) -> None:
    """Whatever date it writes; what it signed before counts again when the suspension is lifted."""
    ISSUER.register(installation)
    before, example, then = ISSUER.signed(installation), ISSUER.unsigned(installation), installation.now
    installation.clock.move(hours=1)
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    report = installation.verify(before)
    assert (report.verdict, found(report, Outcome.UNKNOWN)) == (
        "indeterminate", {"issuer": "issuer.own_keys_suspended"},
    )  # fmt: skip
    installation.clock.move(days=3)
    today = installation.now.isoformat()
    for late in ({"awardedDate": today, "validFrom": today}, {"awardedDate": today}, {"validFrom": today}):
        later = installation.verify(ISSUER.secured(installation, {**example, **late}, created=then))
        assert found(later, Outcome.FAIL) == {"issuer": "issuer.signed_while_suspended"}
    installation.service.reinstate_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    assert installation.verify(before).verdict == "valid"


def test_what_was_signed_while_the_issuer_was_suspended_never_counts(installation: Installation) -> None:
    """By its own dates; the suspension may be over, and another one on. An award of such a day may be signed later."""
    ISSUER.register(installation)
    example, begun = ISSUER.unsigned(installation), installation.now
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=begun)
    installation.clock.move(days=3)
    inside, lifted = begun + timedelta(days=1), installation.now
    installation.service.reinstate_issuer(SLUG, reason="test", actor=OPERATOR, now=lifted)
    installation.clock.move(days=3)
    of_a_day_inside = {**example, "validFrom": inside.isoformat(), "awardedDate": inside.isoformat()}
    during = [
        ISSUER.secured(installation, of_a_day_inside, created=inside),
        ISSUER.secured(installation, {**example, "validFrom": inside.isoformat()}, created=begun),
        ISSUER.secured(installation, {**example, "validFrom": lifted.isoformat()}, created=inside),
        ISSUER.secured(installation, {**example, "awardedDate": inside.isoformat()}, created=begun - HOUR),
    ]
    later = ISSUER.secured(installation, of_a_day_inside, created=lifted)
    for each in during:
        assert found(installation.verify(each), Outcome.FAIL) == {"issuer": "issuer.signed_while_suspended"}
    assert installation.verify(later).verdict == "valid"
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    report = installation.verify(during[0])
    assert found(report, Outcome.FAIL) == {"issuer": "issuer.signed_while_suspended"}
    assert report.finding("issuer").params == {"date": jst_day(begun)}


def test_an_award_later_on_the_day_of_the_suspension_is_not_held_against_what_was_signed_before(
    installation: Installation,
) -> None:
    """An award has a day, and of its hour nobody thought."""
    ISSUER.register(installation)
    example, then = ISSUER.unsigned(installation), installation.now - HOUR
    evening = f"{jst_day(installation.now)}T23:59:59+09:00"
    of_the_day = {**example, "validFrom": then.isoformat(), "awardedDate": evening}
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    installation.clock.move(days=3)
    report = installation.verify(ISSUER.secured(installation, of_the_day, created=then))
    assert (report.verdict, report.finding("issuer").code) == ("indeterminate", "issuer.own_keys_suspended")
    assert not found(report, Outcome.FAIL)


@pytest.mark.parametrize("policy", ["default", "strict"])
@pytest.mark.parametrize(
    ("sanction", "failed", "unknown"),
    [
        (Sanction.WITHDRAW, "program.signed_after_withdrawal", "program.own_keys_withdrawn"),
        (Sanction.SUSPEND, "program.signed_while_suspended", "program.own_keys_suspended"),
    ],
)
def test_for_a_program_that_does_not_count_any_more_own_keys_sign_for_nothing(
    sqlite_installation: Installation, sanction: Sanction, failed: str, unknown: str, policy: str
) -> None:
    """Whatever award date they write. With our keys it is told and takes nothing: they sign nothing then."""
    made = sqlite_installation
    ISSUER.register(made)
    hosted, before, example, then = made.issue(award()).body, ISSUER.signed(made), ISSUER.unsigned(made), made.now
    made.clock.move(hours=1)
    _sanction(made, sanction)
    made.clock.move(days=30)
    today = made.now.isoformat()
    for late in (
        ISSUER.secured(made, {**example, "validFrom": today}, created=made.now),
        ISSUER.secured(made, {**example, "validFrom": today}, created=then),
        ISSUER.secured(made, example, created=made.now),
    ):
        report = made.verify(late, policy)
        assert found(report, Outcome.FAIL) == {"program": failed}
        assert (report.verdict, report.summary, report.on_award_date) == ("invalid", "not_trustworthy", "unknown")
    report = made.verify(before, policy)
    assert (report.verdict, report.finding("program").code) == ("indeterminate", unknown)
    assert (report.on_award_date, report.accredited_now) == ("unknown", "no")
    said = {axis.id: axis.code for axis in report.axes}
    assert said["accreditedOnAwardDate"] == "axis.accreditedOnAwardDate.undated"
    assert said["accreditedNow"] != "axis.accreditedNow.ended"  # which says that it takes nothing from the credential
    assert made.verify(before, "technical").verdict == "valid"
    assert made.verify(hosted).verdict == "valid"


def test_what_was_signed_while_the_program_was_suspended_never_counts(installation: Installation) -> None:
    ISSUER.register(installation)
    before, example, then = ISSUER.signed(installation), ISSUER.unsigned(installation), installation.now
    installation.clock.move(hours=1)
    _sanction(installation, Sanction.SUSPEND)
    installation.clock.move(days=3)
    inside = installation.now
    during = ISSUER.secured(installation, {**example, "validFrom": inside.isoformat()}, created=inside)
    installation.clock.move(days=3)
    _sanction(installation, Sanction.REINSTATE)
    installation.clock.move(days=3)
    assert found(installation.verify(during), Outcome.FAIL) == {"program": "program.signed_while_suspended"}
    assert installation.verify(before).verdict == "valid"
    later = {**example, "awardedDate": then.isoformat(), "validFrom": then.isoformat()}
    assert installation.verify(ISSUER.secured(installation, later, created=installation.now)).verdict == "valid"


def test_an_award_from_inside_the_period_of_accreditation_may_be_signed_after_its_end(tmp_path: Path) -> None:
    """That the period has run out is nobody's fault: with our keys it may be signed then, too."""
    made = make_installation(tmp_path)
    ISSUER.register(made)
    example = ISSUER.unsigned(made)
    made.clock.now = datetime(2030, 1, 1, tzinfo=UTC)
    late = ISSUER.secured(made, {**example, "validFrom": made.now.isoformat()}, created=made.now)
    assert made.verify(late).summary == "valid_accreditation_ended"
    made.service.database.close()


def _sanction(installation: Installation, sanction: Sanction) -> None:
    installation.service.sanction_program(
        "JMC-P-900001", "1", sanction, reason="test", actor=OPERATOR, now=installation.now
    )


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
