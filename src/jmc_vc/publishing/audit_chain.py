"""The chain of the audit log goes on, and its end becomes public from time to time (`formats.audit_chain`)."""

from datetime import datetime, timedelta

from jmc_vc.formats.audit_chain import BEGINNING, audit_entry_bytes, chained
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.transparency.entry_types import AuditHead
from jmc_vc.formats.transparency.log_entry import read_log_entry
from jmc_vc.storage.audit_chain import Link
from jmc_vc.storage.public_log import NewEntry
from jmc_vc.storage.transaction import Snapshot, Transaction

EVERY = timedelta(seconds=60)
"""How far the audit log can be ahead of what others hold of it."""


def lengthen(tx: Transaction, most: int) -> Link | None:
    """Give up to `most` entries of the audit log their places in the chain; the end of the chain afterwards. For who
    has `public_log.alone`."""
    last = tx.audit_chain.last() or Link(0, 0, BEGINNING)
    links = [last]
    for entry in tx.audit_chain.waiting(most):
        end = links[-1]
        links.append(Link(end.position + 1, entry.seq, chained(end.hash, audit_entry_bytes(**vars(entry)))))
    tx.audit_chain.add(links[1:])
    return links[-1] if links[-1].position else None


def head_entry(link: Link, at: datetime) -> NewEntry:
    """What the public log says of the chain that ends in `link`."""
    return NewEntry.of(AuditHead(at=at, entries=link.position, hash=base64url.encode(link.hash)))


class AuditHeads:
    """When the end of the chain is to be logged. Remembers the last time: who looks every second need not ask the
    database every second."""

    def __init__(self) -> None:
        self._last: AuditHead | None = None

    def due(self, snapshot: Snapshot, link: Link | None, now: datetime, *, asked: bool) -> bool:
        """Whether the chain, which ends in `link`, has grown since its end was logged; and unless `asked`, whether that
        is a minute ago."""
        if link is None or not self._may_be(link, now, asked=asked):
            return False
        self._last = _logged(snapshot)  # another process may have logged a newer one
        return self._may_be(link, now, asked=asked)

    def _may_be(self, link: Link, now: datetime, *, asked: bool) -> bool:
        """By what is known here."""
        last = self._last
        # After a restore the chain is shorter than the end that was logged before the loss.
        return last is None or (last.entries != link.position and (asked or _is_past(last.at, now)))


def _is_past(at: datetime, now: datetime) -> bool:
    """A minute ago, or later than now: then the clock went back, and waiting for it could take long."""
    return not timedelta(0) <= now - at < EVERY


def _logged(snapshot: Snapshot) -> AuditHead | None:
    entry = snapshot.public_log.latest_audit_head()
    said = None if entry is None else read_log_entry(entry.body)
    return said if isinstance(said, AuditHead) else None
