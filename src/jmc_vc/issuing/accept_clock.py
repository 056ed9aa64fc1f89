"""Accept a clock that is behind what is on record: the way back after it ran ahead.

What was written while it did bears times that have not come yet, and nothing is issued until they have (CF-08). Who
lets it go on says that these times are wrong, for good. That is an act of its own: were any other to have this effect,
whoever set the clock back could have credentials dated before a theft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.domain.actor import Actor
from jmc_vc.errors import Conflict
from jmc_vc.issuing.signing_time import latest_time
from jmc_vc.storage.audit_log import CLOCK, CLOCK_ACCEPTED, Detail
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot, Transaction


class ClockNotBehind(Conflict):
    """Nothing on record is later than the clock says: there is nothing to accept."""

    code = "clock.not_behind"


class ClockChanged(Conflict):
    """Another time is the latest on record than the one that was accepted."""

    code = "clock.changed"


@dataclass(frozen=True, kw_only=True)
class AcceptClock:
    """From the commit on, times of before it hold nothing up."""

    database: Database
    clock: Callable[[], datetime]

    def latest(self) -> datetime:
        """The time that is to be accepted as wrong. Raises ClockNotBehind."""
        with self.database.read() as snapshot:
            return _ahead(snapshot, self.clock())

    def __call__(self, expected: datetime, *, reason: str, actor: Actor, now: datetime) -> None:
        """Accept that `expected`, the latest time on record, is wrong. Raises ClockNotBehind, ClockChanged."""

        def work(tx: Transaction) -> None:
            latest = _ahead(tx, now)
            if latest != expected:
                raise ClockChanged(latest=latest)
            details: dict[str, Detail] = {"latest": latest.isoformat(), "entries": tx.public_log.highest_number()}
            tx.audit_log.append(CLOCK_ACCEPTED, CLOCK, actor, now, reason=reason, details=details)

        self.database.write(work)


def _ahead(snapshot: Snapshot, now: datetime) -> datetime:
    latest = latest_time(snapshot)
    if latest is None or latest <= now:
        raise ClockNotBehind
    return latest
