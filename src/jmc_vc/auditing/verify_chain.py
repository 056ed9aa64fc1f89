"""The chain of the audit log computed anew, and its ends in the public log held against it (`formats.audit_chain`)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jmc_vc.auditing.finding import Finding, Progress, unchecked, wrong
from jmc_vc.formats.audit_chain import BEGINNING, audit_entry_bytes, chained
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jcs import NotCanonicalizable
from jmc_vc.formats.transparency.entry_types import AuditHead
from jmc_vc.storage.audit_chain import Link
from jmc_vc.storage.audit_log import ROWS_RECORDED
from jmc_vc.storage.transaction import Snapshot

_PAGE = 1_000
_MOST_UNPLACED = 200
"""As many are told: behind one that keeps others out there can be thousands."""
_LONGEST_WAIT = timedelta(minutes=1)


@dataclass
class VerifyChain:
    """`heads` are the ends of the chain that the public log tells of, in their order there. After the call `end` is
    the last link that fits, and `rows` are the digests of rows that the entries vouch for, the last one of each row;
    None where the chain does not fit, or where digests of all rows never were entered."""

    snapshot: Snapshot
    heads: Sequence[AuditHead]
    now: datetime
    progress: Progress
    end: Link | None = None
    rows: Mapping[str, str | None] | None = None

    def __call__(self) -> Iterator[Finding]:
        told = {head.entries: head.hash for head in self.heads}
        last = self.snapshot.audit_chain.last()
        total = last.position if last else 0
        link, hashed = Link(0, 0, BEGINNING), BEGINNING
        rows: dict[str, str | None] = {}
        recorded = False
        while page := self.snapshot.audit_chain.links(after=link.position, limit=_PAGE):
            for found, entry in page:
                if found.position != link.position + 1:
                    yield wrong("record.audit_gap", position=link.position + 1)
                    return
                try:
                    hashed = chained(hashed, audit_entry_bytes(**vars(entry)))
                except NotCanonicalizable:
                    hashed = b""
                if hashed != found.hash:
                    yield wrong("record.audit_changed", position=found.position, entry=found.entry)
                    return  # every later hash would be another one
                link = found
                rows |= entry.rows or {}
                recorded = recorded or entry.action == ROWS_RECORDED
                said = told.pop(found.position, None)
                if said is not None and said != base64url.encode(hashed):
                    yield wrong("record.audit_head", position=found.position)
            self.progress(link.position, total)
        if link.position != total:
            yield wrong("record.audit_gap", position=link.position + 1)
        yield from (wrong("record.audit_head_beyond", position=position, entries=total) for position in sorted(told))
        if total and not self.heads:
            yield wrong("record.audit_untold", entries=total)  # the first link and the first head are written together
        yield from self._unplaced()
        self.end = link if link.position else None
        if recorded and link.position == total:
            for each in self._waiting():
                rows |= each
            self.rows = rows

    def _waiting(self) -> Iterator[Mapping[str, str | None]]:
        """What entries say that have no place yet."""
        after = -1
        while page := self.snapshot.audit_chain.rows(after=after, limit=_PAGE):
            yield from (rows for _, rows in page if rows)
            after = page[-1][0]

    def _unplaced(self) -> Iterator[Finding]:
        """Entries without a place. One that waits gets it within seconds, where a service runs; else with the next
        command that writes. One whose number was not given by the database never gets any, or keeps others out."""
        for each in self.snapshot.audit_chain.unplaced(_MOST_UNPLACED):
            if not each.in_turn:
                yield wrong("record.audit_out_of_turn", entry=each.seq)
            elif self.now - each.at > _LONGEST_WAIT:
                yield unchecked("record.audit_waiting", entry=each.seq)
