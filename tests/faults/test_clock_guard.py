"""Nothing but one act of its own lets a clock go back (CF-08): what is dated before a theft is from before it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import create_engine

from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.errors import Error
from jmc_vc.storage.public_log import Checkpoint
from tests.builders.installation import OPERATOR, Installation
from tests.builders.refusals import refused_code
from tests.builders.stolen_key import SLUG, change, issue_some, learner, run, steal
from tests.faults.sound import require_sound

OTHER_PROGRAM = "JMC-P-900002"


def require_refused(installation: Installation) -> None:
    with pytest.raises(Error, match=r"issue\.clock_behind"):
        installation.issue(learner(9))


def stage(installation: Installation) -> None:
    installation.service.stage_key(SLUG, actor=OPERATOR, now=installation.now)


def suspend_a_credential(installation: Installation) -> None:
    with installation.service.database.read() as snapshot:
        (row, *_) = snapshot.credentials.list_of_issuer(SLUG, 1)
    installation.service.change_status(
        row.uuid, StatusAction.SUSPEND, reason=None, text=None, actor=installation.actor(), now=installation.now
    )


def ask_for_a_foreign_credential(installation: Installation) -> None:
    """Refused, and on record: whoever has any API key can do this."""
    with installation.service.database.read() as snapshot:
        (row, *_) = snapshot.credentials.list_of_issuer(SLUG, 1)
    other = installation.actor(installation.register(OTHER_PROGRAM))
    with pytest.raises(Error, match=r"credential\.not_found"):
        installation.service.change_status(
            row.uuid,
            StatusAction.REVOKE,
            reason=RevocationReason.HOLDER_REQUEST,
            text=None,
            actor=other,
            now=installation.now,
        )


def sign_a_head(installation: Installation) -> None:
    stage(installation)
    installation.service.log.advance(now=installation.now, audit_head=True)


@pytest.mark.parametrize("act", [stage, suspend_a_credential, ask_for_a_foreign_credential, sign_a_head])
def test_cf_08_no_other_act_lets_a_clock_that_went_back_date_credentials(
    installation: Installation, act: Callable[[Installation], None]
) -> None:
    installation.clock.move(days=10)
    installation.issue(learner(1))
    installation.service.log.advance(now=installation.now, audit_head=True)
    installation.clock.move(days=-9)
    require_refused(installation)
    act(installation)
    require_refused(installation)
    installation.clock.move(days=9)
    installation.issue(learner(9))


def test_cf_08_a_head_of_the_log_is_on_record_too(installation: Installation) -> None:
    head = Checkpoint(size=10_000, root=bytes(32), note="", signed_at=installation.now + timedelta(days=1))
    installation.service.database.write(lambda tx: tx.public_log.add_checkpoint(head))
    require_refused(installation)


def test_after_a_jump_ahead_the_way_back_is_an_act_of_its_own(installation: Installation) -> None:
    service = installation.service
    (before,) = issue_some(installation, 1)
    installation.clock.move(days=30)
    ahead = installation.issue(learner(2))
    change(installation, ahead, StatusAction.SUSPEND)
    service.log.advance(now=installation.now, audit_head=True)
    latest = installation.now
    assert refused_code(service.accept_clock.latest) == "clock.not_behind"
    installation.clock.move(days=-30, minutes=5)
    require_refused(installation)
    assert service.accept_clock.latest() == latest
    accept = partial(service.accept_clock, reason="it had run ahead", actor=OPERATOR, now=installation.now)
    with pytest.raises(Error, match=r"clock\.changed"):
        accept(latest + timedelta(seconds=1))
    require_refused(installation)
    accept(latest)
    after = installation.issue(learner(3))
    service.log.advance(now=installation.now, audit_head=True)
    for each in (before, after):
        assert installation.verify(each.body).verdict == "valid"
    assert installation.verify(after.body).finding("key").code == "key.bound"
    require_sound(installation)
    installation.clock.move(minutes=-3)
    require_refused(installation)  # from now on the clock is held again
    installation.clock.move(days=31)
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    installation.clock.move(days=-1)
    require_refused(installation)


def test_with_a_clock_behind_nothing_earlier_is_vouched_for(installation: Installation) -> None:
    """What was issued before there was a log is entered with the latest time on record."""
    issued = installation.issue(learner(1))
    engine = create_engine(installation.service.settings.database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE log_entries SET credential = NULL, salt = NULL")
    engine.dispose()
    at = installation.now
    installation.clock.move(days=-9)
    installation.service.log_earlier(now=installation.now)
    with installation.service.database.read() as snapshot:
        (entry,) = snapshot.public_log.of_credential(issued.credential.uuid)
    assert entry.at == at


def test_log_verify_names_a_credential_that_bears_an_earlier_time_than_what_was_before_it(
    installation: Installation,
) -> None:
    service = installation.service
    issue_some(installation, 2)
    steal(installation)
    service.log.advance(now=installation.now, audit_head=True)
    installation.clock.move(hours=-1)
    reissue = service.reissue
    with service.database.read() as snapshot:
        (uuid, *_) = snapshot.signed_documents.of_key(SLUG, "key-1", 1)
        row, again = snapshot.credentials.get(uuid), snapshot.public_log.of_credential(uuid)
    assert row is not None
    assert [each.at for each in again] == [installation.now]
    with pytest.raises(Error, match=r"issue\.clock_behind"):
        run(installation, by=reissue)
    service.database.write(lambda tx: tx.public_log.append(again))  # somebody goes round the guard
    installation.clock.move(hours=2)
    service.log.advance(now=installation.now, audit_head=True)
    found = {each.code: each.params for each in service.records.verify_log().findings}
    assert found["record.entry_dated_back"]["at"] == again[0].at
