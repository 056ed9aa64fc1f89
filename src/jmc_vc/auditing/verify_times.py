"""The times of the entries that are believed for their time: a credential's says that it was there before a theft.

Entries come in the order in which they were written, give or take what an act takes. So one that bears an earlier time
than an entry before it was dated back, by somebody or by a clock. Where the clock had run ahead, and going back was
accepted by an act of its own, the count begins anew. Key events may go back with the clock: nothing rests on their
times, and a theft has to be reported whatever the clock says.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jmc_vc.auditing.finding import Finding, wrong
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import ENTRY_TYPES
from jmc_vc.storage.public_log import LogEntry
from jmc_vc.storage.transaction import Snapshot

TOLERANCE = timedelta(minutes=3)
"""An entry bears the time at which its act began: an issuance may take two minutes until it is given up, and clocks of
two machines may differ by one."""
_ISSUED = next(kind for kind, each in ENTRY_TYPES.items() if each.entry is CredentialIssued)


@dataclass
class Times:
    """`accepted` are the numbers of the last entries before the clock was accepted, ascending."""

    accepted: tuple[int, ...] = ()
    _latest: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Times":
        """With what the audit log says of the clock."""
        return cls(tuple(sorted(each.entries for each in snapshot.audit_log.clocks_accepted())))

    def read(self, entry: LogEntry) -> Iterator[Finding]:
        """Take in the next entry."""
        era = bisect_left(self.accepted, entry.id)
        latest = self._latest.get(era)
        if latest is not None and entry.kind == _ISSUED and entry.at < latest - TOLERANCE:
            place = -1 if entry.leaf is None else entry.leaf
            yield wrong("record.entry_dated_back", number=entry.id, place=place, at=entry.at, latest=latest)
        self._latest[era] = entry.at if latest is None else max(latest, entry.at)
