"""A process that sleeps in the middle of its work for longer than others wait, and goes on as if nothing had been
(F-26).

Meanwhile verifying goes on; whoever needs what it holds is told that the database is busy, and does without; and what
it had reserved is given up. When it goes on, it finishes or is refused: never two active keys, never a place twice.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest

from jmc_vc.custody.change_keys import KeyChanged
from jmc_vc.domain.credential import RowState
from jmc_vc.issuing.command import Command
from jmc_vc.issuing.request import read_request
from jmc_vc.issuing.signing_time import ClockBehind
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import DatabaseBusy, DatabaseUnavailable
from tests.builders.installation import OPERATOR, Installation, award, encode
from tests.faults.killed import stopped_at_every
from tests.faults.sound import require_sound
from tests.simulators.postgres import end_sleeping_transactions

SLUG = "hoshimigaoka"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody in these tests waits for five seconds; who sleeps, sleeps for longer than they wait all the same."""
    assert Database.__init__.__kwdefaults__ is not None
    monkeypatch.setitem(Database.__init__.__kwdefaults__, "patience", 0.05)


def _issue(installation: Installation, name: str) -> Callable[[], object]:
    learner = award(recipient={"name": {"fullName": "Test Learner"}}, externalId=name)
    command = Command(request=read_request(encode(learner)), actor=installation.actor(), idempotency_key=name)
    return lambda: installation.service.issue([command], now=installation.now)


def _unless_busy(act: Callable[[], object]) -> object:
    try:
        return act()
    except DatabaseBusy:
        return None


def _rotate(installation: Installation) -> object:
    """From the key that is active at the beginning."""
    service = installation.service
    active = service.rotate_key.plan(SLUG).active
    assert active is not None
    return service.rotate_key(SLUG, immediate=True, expected=active.kid, actor=OPERATOR, now=installation.now)


def test_f_26_a_rotation_that_sleeps_and_another_one_leave_one_active_key(installation: Installation) -> None:
    service, issued = installation.service, installation.issue().body
    sleeps, overtaken = 0, 0

    def sleeper() -> None:
        with suppress(KeyChanged):  # the other one was first
            _rotate(installation)

    service.database.close()  # a connection must not be in two processes
    for _ in stopped_at_every(2, sleeper):
        sleeps += 1
        assert service.verify(issued, now=installation.now).verdict == "valid"
        overtaken += _unless_busy(lambda: _rotate(installation)) is not None
        service.database.close()
    assert sleeps > overtaken > 0
    installation.clock.move(seconds=2)
    service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)


def test_f_26_what_was_reserved_by_an_issue_that_sleeps_is_given_up_for_good(installation: Installation) -> None:
    service = installation.service
    sleeps, given_up = 0, 0

    def sleeper() -> None:
        # It began with the time of before its sleep, or slept in the middle of a transaction.
        with suppress(ClockBehind, DatabaseUnavailable):
            _issue(installation, f"sleeper-{sleeps}")()

    service.database.close()
    for _ in stopped_at_every(1, sleeper):
        sleeps += 1
        installation.clock.move(hours=1)
        if service.settings.database_url.startswith("postgresql"):
            end_sleeping_transactions(service.settings.database_url)  # as the server does after a minute
        given_up += _unless_busy(lambda: service.recover(now=installation.now)) == 1
        _unless_busy(_issue(installation, f"beside-{sleeps}"))
        service.database.close()
    assert sleeps > given_up > 0
    installation.clock.move(hours=1)
    service.recover(now=installation.now)
    with service.database.read() as snapshot:
        rows = snapshot.credentials.list_of_issuer(SLUG, 1_000)
    states = Counter(row.row_state for row in rows)
    assert states[RowState.RESERVED] == 0
    assert len({(row.list_number, row.status_index) for row in rows}) == len(rows)
    service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)
    with service.database.read() as snapshot:
        logged = sum(entry.kind == "credential" for entry in snapshot.public_log.entries(0, 10_000))
    assert states[RowState.ISSUED] == logged
