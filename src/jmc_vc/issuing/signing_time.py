"""The time that a signature carries is not earlier than what happened before it (CF-08)."""

from datetime import datetime, timedelta

from jmc_vc.errors import Unavailable
from jmc_vc.storage.transaction import Snapshot

_TOLERANCE = timedelta(minutes=1)
"""How far the clocks of two machines of one installation may differ; NTP keeps them within milliseconds."""


class ClockBehind(Unavailable):
    """Our clock is behind the latest time on record: what is signed now would carry a wrong time."""

    code = "issue.clock_behind"


def latest_time(snapshot: Snapshot) -> datetime | None:
    """The latest time that an entry of the audit log or the last head of the public log bears, whatever came after it.
    Times that were accepted as wrong (`accept_clock`) are left out."""
    accepted = snapshot.audit_log.clock_accepted()
    times = [snapshot.audit_log.latest_at(since=accepted)]
    head = snapshot.public_log.latest()
    # A head never bears an earlier time than the one before, so that a wrong one stays until it has come.
    if head is not None and (accepted is None or head.signed_at > accepted.latest):
        times.append(head.signed_at)
    return max((each for each in times if each is not None), default=None)


def require_clock(snapshot: Snapshot, now: datetime) -> None:
    """Raises ClockBehind."""
    latest = latest_time(snapshot)
    if latest is not None and now < latest - _TOLERANCE:
        raise ClockBehind
