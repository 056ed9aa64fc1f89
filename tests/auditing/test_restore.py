"""F-16: an old copy of the database is put back. It is refused; with a copy of the public log everything that was
decided meanwhile holds again."""

import pytest

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.domain.credential import StatusAction
from jmc_vc.domain.issuer import IssuerState
from jmc_vc.domain.signing_key import LOG, KeyState
from jmc_vc.domain.status_list import ListForm, StatusPurpose
from jmc_vc.formats.transparency.merkle import verify_consistency
from jmc_vc.publishing.log_anchor import RolledBack
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.report import Report
from tests.auditing.machine import Machine
from tests.builders import stolen_key
from tests.builders.forger import signed_by_issuer, unsigned
from tests.builders.installation import OPERATOR
from tests.builders.lived_in import SLUG, change, learner, revoke, rotate
from tests.builders.public_log import advance
from tests.builders.refusals import refused_code


def test_an_old_database_is_refused_and_mended_from_a_copy_of_the_log(machine: Machine) -> None:
    installation = machine.installation
    early = [installation.issue(learner(f"early-{n}")) for n in range(4)]
    revoke(installation, early[0])
    change(installation, early[3], StatusAction.SUSPEND)
    advance(installation)
    installation.clock.move(minutes=5)
    advance(installation, audit_head=True)
    machine.back_up()
    outside = installation.service.log.head().checkpoint
    # a day goes by
    installation.clock.move(days=1)
    revoke(installation, early[1])
    change(installation, early[2], StatusAction.SUSPEND)
    change(installation, early[3], StatusAction.REINSTATE)
    late = [installation.issue(learner(f"late-{n}")) for n in range(3)]
    revoke(installation, late[0])
    rotate(installation)
    late.append(installation.issue(learner("latest")))
    service = installation.service
    service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    service.sanction_program("JMC-P-900001", "1", Sanction.SUSPEND, reason="test", actor=OPERATOR, now=installation.now)
    installation.clock.move(minutes=5)
    advance(installation, audit_head=True)
    last = installation.service.log.head().checkpoint
    places = {(each.credential.list_number, each.credential.status_index) for each in (*early, *late)}
    assert machine.copy_log().head.size == last.size

    machine.lose()
    with pytest.raises(RolledBack) as refusal:
        machine.start()
    assert (refusal.value.params["anchored"], refusal.value.params["found"]) == (last.size, outside.size)

    done = machine.restore()
    assert (done.gap.kept, done.gap.head.size) == (outside.size, last.size)
    installation = machine.start()  # is not refused any more
    assert machine.findings() == set()
    # revoked stays revoked, for those that were lost too
    revoked = [each.credential for each in (early[0], early[1], late[0])]
    with installation.service.database.read() as snapshot:
        bits = {
            *snapshot.credentials.set_bits(1, StatusPurpose.REVOCATION),
            *snapshot.lost_credentials.set_bits(1, StatusPurpose.REVOCATION),
        }
        states = [snapshot.credentials.get(each.credential.uuid) for each in early]
        key_1, key_2 = snapshot.signing_keys.of_owner(SLUG)
        issuer = snapshot.issuers.get(SLUG)
        assert snapshot.credentials.get(late[0].credential.uuid) is None
    assert bits == {each.status_index for each in revoked}
    assert [row.state if row else None for row in states] == ["revoked", "revoked", "suspended", "active"]
    assert (key_1.state, key_2.state, key_2.sealed_private) == (KeyState.RETIRED, KeyState.DESTROYED, b"")
    assert issuer is not None
    assert issuer.state is IssuerState.SUSPENDED
    assert done.replayed.statuses == 3
    assert done.replayed.lost_credentials == 4
    assert done.replayed.lost_keys == [f"{SLUG}#key-2"]
    assert {each.code for each in done.replayed.by_hand} == {"restore.key_lost", "restore.api_key_revoked"}
    # the same log goes on: who holds an older head sees only growth
    service = installation.service
    for held in (outside, last):
        growth = service.log.growth(held.size)
        verify_consistency(growth.old, growth.new, growth.path, held.root, growth.new_root)
    # and work goes on, without a place given away twice
    service.reinstate_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    service.sanction_program(
        "JMC-P-900001", "1", Sanction.REINSTATE, reason="test", actor=OPERATOR, now=installation.now
    )
    key = service.stage_key(SLUG, actor=OPERATOR, now=installation.now)
    service.publish_key(SLUG, key.kid, actor=OPERATOR, now=installation.now)
    installation.clock.move(minutes=2)
    service.activate_key(SLUG, key.kid, actor=OPERATOR, now=installation.now)
    installation.clock.move(days=2)  # a program is not awarded on a day of its suspension
    new = [installation.issue(learner(f"new-{n}")) for n in range(5)]
    assert not places & {(each.credential.list_number, each.credential.status_index) for each in new}
    assert service.status_list(1, ListForm.REVOCATION, now=installation.now).body
    verdicts = {each: service.verify(each.body, now=installation.now) for each in (*early, *late)}
    for each in (early[0], early[1], early[2], late[0]):
        assert verdicts[each].verdict == "invalid"
    for each in (late[1], late[3]):
        assert _off(verdicts[each]) == {"key.log_unavailable"}
    installation.clock.move(minutes=5)
    advance(installation, audit_head=True)
    assert machine.findings() == set()
    assert service.records.verify_audit().findings == ()
    machine.start()


def _off(report: Report) -> set[str]:
    """Why it is not valid, without what was not judged for that."""
    good = (Outcome.PASS, Outcome.NOT_APPLICABLE)
    codes = {check.finding.code for check in report.checks if check.finding.outcome not in good}
    return {code for code in codes if not code.endswith(".not_judged")}


def test_what_was_lost_is_registered_anew_under_its_name(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    installation.register("JMC-P-900002")
    installation.import_program("JMC-P-900002")
    with installation.service.database.read() as snapshot:
        (lost,) = (each for each in snapshot.issuers.all() if each.slug != SLUG)
    advance(installation)
    machine.copy_log()
    machine.lose()
    done = machine.restore()
    assert {each.code for each in done.replayed.by_hand} == {
        "restore.issuer_lost", "restore.key_lost", "restore.program_lost", "restore.api_key_revoked",
    }  # fmt: skip
    assert machine.findings() == {"record.issuer_missing", "record.program_missing"}
    installation = machine.start()
    installation.service.register_issuer(lost, actor=OPERATOR, now=installation.now)
    installation.import_program("JMC-P-900002")
    advance(installation)
    with installation.service.database.read() as snapshot:
        assert [key.kid for key in snapshot.signing_keys.of_owner(lost.slug)] == ["key-1", "key-2"]
    assert machine.findings() == set()


def test_a_list_that_was_opened_since_keeps_its_number_and_its_bits(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    late = [installation.issue(learner(f"late-{n}")) for n in range(2)]
    revoke(installation, late[0])
    advance(installation)
    machine.copy_log()
    machine.lose()
    machine.restore()
    installation = machine.start()
    new = installation.issue(learner("new"))
    assert (late[0].credential.list_number, new.credential.list_number) == (1, 2)
    with installation.service.database.read() as snapshot:
        assert snapshot.lost_credentials.set_bits(1, StatusPurpose.REVOCATION) == [late[0].credential.status_index]
    assert installation.service.status_list(1, ListForm.REVOCATION, now=installation.now).body
    advance(installation)
    assert machine.findings() == set()


def test_an_entry_that_was_waiting_in_the_backup_stays_joined_to_its_credential(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    issued = installation.issue(learner("waiting"))
    machine.back_up()
    advance(installation)
    machine.copy_log()
    machine.lose()
    done = machine.restore()
    assert done.replayed.lost_credentials == 0
    with machine.start().service.database.read() as snapshot:
        (entry,) = snapshot.public_log.of_credential(issued.credential.uuid)
    assert entry.leaf is not None
    assert machine.findings() == set()


def test_a_compromised_key_is_compromised_again(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    since = installation.now
    installation.clock.move(minutes=1)
    installation.service.compromise_key(
        SLUG, "key-1", since=since, reason="stolen", actor=OPERATOR, now=installation.now
    )
    advance(installation)
    machine.copy_log()
    machine.lose()
    machine.restore()
    installation = machine.start()
    with installation.service.database.read() as snapshot:
        (key,) = snapshot.signing_keys.of_owner(SLUG)
    assert (key.state, key.compromised_since) == (KeyState.COMPROMISED, since)
    assert refused_code(lambda: installation.issue(learner("x"))) == "key.none_active"
    assert machine.findings() == set()


@pytest.mark.parametrize("stolen", [False, True], ids=["rotated", "compromised"])
def test_a_log_whose_key_was_changed_is_restored_with_the_key_that_was_lost(machine: Machine, stolen: bool) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    installation.clock.move(minutes=1)
    if stolen:
        installation.service.compromise_key(
            LOG, "key-1", since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now
        )
    rotate(installation, LOG)
    revoke(installation, installation.issue(learner("late")))
    advance(installation)
    machine.copy_log()
    new = installation.service.log.verifier_keys()[0]
    machine.lose()
    (machine.folder / "mirror" / "keys").unlink()
    assert refused_code(machine.restore) == "restore.mirror_unsigned"
    done = machine.put_log_back(new)
    assert done.replayed.lost_keys == [f"{LOG}#key-2"]
    assert {each.code for each in done.replayed.by_hand} == {"restore.key_lost", "restore.api_key_revoked"}
    installation = machine.start()
    # what was put back is under a key that is lost for signing; the log goes on with a new one
    assert refused_code(lambda: advance(installation)) == "log.no_key"
    rotate(installation, LOG)
    assert advance(installation) is not None
    assert machine.findings() == set()
    machine.start()


def test_a_copy_that_does_not_reach_the_anchor_is_refused(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.copy_log()
    machine.back_up()
    installation.issue(learner("late"))
    advance(installation)
    machine.lose()
    assert refused_code(machine.restore) == "restore.mirror_short"
    assert refused_code(machine.start) == "config.rolled_back"


def test_a_copy_whose_entries_are_not_those_under_its_head_is_refused(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    issued = installation.issue(learner("late"))
    revoke(installation, issued)
    advance(installation)
    head = machine.copy_log().head
    bundle = machine.folder / "mirror" / f"tile/entries/000.p/{head.size}"
    forged = bundle.read_bytes().replace(b'"state":"revoked"', b'"state":"suspend"')
    assert forged != bundle.read_bytes()
    bundle.write_bytes(forged)
    machine.lose()
    assert refused_code(machine.restore) in {"restore.mirror_foreign", "log.entry"}
    assert refused_code(machine.start) == "config.rolled_back"


def test_another_log_under_the_same_key_is_refused(machine: Machine) -> None:
    """Both timelines were signed: the copy is of the one that was not published."""
    installation = machine.installation
    advance(installation)
    machine.back_up()
    machine.anchor.unlink()
    installation.issue(learner("one"))
    advance(installation)
    machine.copy_log()
    published = machine.anchor.read_bytes()
    machine.lose()
    machine.anchor.unlink()
    installation = machine.start()
    installation.issue(learner("another"))
    installation.issue(learner("and-another"))
    advance(installation)
    assert machine.anchor.read_bytes() != published
    assert refused_code(machine.restore) in {"restore.mirror_foreign", "restore.mirror_short"}


def test_a_restore_of_what_is_whole_changes_nothing(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    installation.clock.move(minutes=5)
    advance(installation)
    machine.copy_log()
    before = installation.service.log.head().note
    done = machine.restore()
    assert done.gap.kept == done.gap.head.size
    assert machine.start().service.log.head().note == before


def test_a_running_service_signs_nothing_when_the_database_is_set_back_under_it(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    installation.issue(learner("late"))
    advance(installation)
    machine.lose()
    installation = machine.start(rolled_back=True)
    installation.issue(learner("another"))
    assert refused_code(lambda: advance(installation)) == "config.rolled_back"


def test_a_copy_that_was_signed_anew_since_the_backup_is_not_called_forged(machine: Machine) -> None:
    """Its entry was put back without the salt by which the signature would be recognized: nobody can say whether this
    is the copy. Of the other keys, and of other credentials, nothing becomes less certain."""
    installation = machine.installation
    issued = [installation.issue(learner(f"early-{n}")) for n in range(3)]
    advance(installation)
    installation.clock.move(minutes=5)
    advance(installation, audit_head=True)
    machine.back_up()
    forged = {**unsigned(issued[0].body), "name": "博士（架空）"}
    by_thief = signed_by_issuer(installation, forged, on_record=False)
    assert stolen_key.steal(installation) == "key-2"
    change(installation, issued[2], StatusAction.SUSPEND)
    stolen_key.run(installation)
    copies = [stolen_key.fetched(installation, each)[0].body for each in issued]
    installation.clock.move(minutes=5)
    advance(installation, audit_head=True)
    machine.copy_log()

    machine.lose()
    machine.restore()
    installation = machine.start()
    assert machine.findings() == set()
    originals = [each.body for each in issued]
    before = ("valid", "key.revoked_logged_before")
    assert [stolen_key.judged(installation, each) for each in originals[:2]] == [before, before]
    assert [stolen_key.judged(installation, each) for each in copies[:2]] == [
        ("indeterminate", "key.log_unavailable")
    ] * 2
    assert stolen_key.judged(installation, copies[2])[0] == "invalid", "it is suspended, whatever the key is worth"
    # a forgery under the id of one of them, by the stolen key and by one that has no lost entry
    assert stolen_key.judged(installation, by_thief) == ("invalid", "key.revoked")
    stolen_key.rotate(installation)
    unlogged = signed_by_issuer(installation, forged, on_record=False)
    assert stolen_key.judged(installation, unlogged) == ("invalid", "key.unlogged")
    # signed once more, the new copies are as good as any
    stolen_key.run(installation)
    assert stolen_key.judged(installation, stolen_key.fetched(installation, issued[0])[0].body) == (
        "valid", "key.bound",
    )  # fmt: skip
    # and what is known of the old copies outlives the learner's data
    with installation.service.database.begin() as tx:
        tx.erasures.erase(issued[1].credential.uuid, installation.service.kek)
    assert stolen_key.judged(installation, copies[1]) == ("indeterminate", "key.log_unavailable")
    assert stolen_key.judged(installation, originals[1]) == before
    advance(installation)
    assert machine.findings() == set()
