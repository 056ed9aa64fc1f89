"""The tree, the tiles and the heads of the public log against its entries.

One walk over the leaves in their order: each is in its place, each tile that becomes whole is the stored one, and at
the size of each head the root is the one that was signed.

A head under a key that was stolen later proves nothing by its signature. It is believed for its place in the chain: it
was signed before the theft, and a later head, under a key that nobody else has, contains it. Its time is the one on
record, or that of its last entry if this is later: a head cannot be older than what it is over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jmc_vc.auditing.finding import Finding, Progress, unchecked, wrong
from jmc_vc.auditing.growing_tree import GrowingTree
from jmc_vc.auditing.log_source import open_by_any
from jmc_vc.auditing.told import Told
from jmc_vc.auditing.verify_times import TOLERANCE
from jmc_vc.errors import Error
from jmc_vc.formats.transparency.checkpoint import Checkpoint
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.storage import public_log
from jmc_vc.storage.transaction import Snapshot

_PAGE = 4_096
"""Entries that are read at once, 16 tiles: some megabytes."""


@dataclass
class VerifyTree:
    """`keys` are those of the log, former ones too, without those that are `compromised` since a moment; `outside` is a
    head that somebody kept elsewhere; `told` reads each entry in its turn, those that wait for a place at the end;
    `progress` is told how many were done."""

    snapshot: Snapshot
    origin: str
    keys: Sequence[VerifierKey]
    compromised: Mapping[VerifierKey, datetime]
    outside: Checkpoint | None
    told: Told
    progress: Progress
    _signed_at: datetime | None = None
    """When the head before was signed."""
    _unconfirmed: list[int] = field(default_factory=list)
    """Sizes of heads under a compromised key, of before the theft, that no head under a good key contains yet."""
    _doubtful: list[int] = field(default_factory=list)
    """Sizes of heads under a compromised key of after the theft."""

    def __call__(self) -> Iterator[Finding]:
        tree, ledger = GrowingTree(), self.snapshot.ledger
        places, stored_tiles = ledger.places(), ledger.tile_names()
        heads = ledger.checkpoints()
        head = next(heads, None)
        if places.lowest < 0 or places.highest != places.count - 1:
            yield wrong("record.places", count=places.count, highest=places.highest)
        first, last_head, outside_seen, outside_stored = 0, None, self.outside is None, True
        while first <= places.highest:
            page = self.snapshot.public_log.entries(first, first + _PAGE)
            for entry in page:
                if entry.leaf != tree.size:
                    yield wrong("record.place", place=tree.size)
                    return  # from here on every hash would be another one
                for level, number, hashes, root in tree.add(entry.body):
                    yield from self._tile(level, number, hashes, root)
                    stored_tiles.discard((level, number))
                yield from self.told.read(entry)
                while head is not None and head.size <= tree.size:
                    yield from self._head(head, tree, entry.at)
                    last_head, head = head, next(heads, None)
                if self.outside is not None and self.outside.size == tree.size:
                    outside_seen = True
                    outside_stored = last_head is not None and last_head.size == tree.size
                    if self.outside.root != tree.root():
                        yield wrong("record.outside_root", size=tree.size)
            if not page:
                yield wrong("record.place", place=tree.size)
                return
            first += _PAGE
            self.progress(tree.size, places.count)
        yield from (wrong("record.tile_extra", level=level, number=number) for level, number in sorted(stored_tiles))
        while head is not None:
            yield wrong("record.head_beyond", size=head.size, entries=tree.size)
            head = next(heads, None)
        for code, sizes in (
            ("record.head_compromised", self._doubtful),
            ("record.head_unconfirmed", self._unconfirmed),
        ):
            if sizes:
                yield unchecked(code, count=len(sizes), first=sizes[0], last=sizes[-1])
        if tree.size and (last_head is None or last_head.size < tree.size):
            yield wrong("record.head_missing", entries=tree.size)
        if not outside_seen and self.outside is not None and self.outside.size:
            yield wrong("record.outside_longer", size=self.outside.size, entries=tree.size)
        if self.outside is not None and not outside_stored and not self._was_lost(self.outside.size):
            yield wrong("record.head_removed", size=self.outside.size)
        after = -1
        while waiting := self.snapshot.ledger.waiting(after, _PAGE):
            for entry in waiting:
                yield from self.told.read(entry)
            after = waiting[-1].id

    def _tile(self, level: int, number: int, hashes: bytes, root: bytes) -> Iterator[Finding]:
        stored = self.snapshot.ledger.tile(level, number)
        if stored is None:
            yield wrong("record.tile_missing", level=level, number=number)
        elif (stored.hashes, stored.root) != (hashes, root):
            yield wrong("record.tile", level=level, number=number)

    def _head(self, head: public_log.Checkpoint, tree: GrowingTree, newest: datetime) -> Iterator[Finding]:
        if head.size != tree.size:
            yield wrong("record.head_size", size=head.size)
            return
        if head.signed_at < max(newest - TOLERANCE, self._signed_at or head.signed_at):
            yield wrong("record.head_time", size=head.size)
        self._signed_at = head.signed_at
        fits = head.root == tree.root()
        if not fits:
            yield wrong("record.head_root", size=head.size)
        try:
            note, key = open_by_any(head.note.encode(), self.origin, (*self.keys, *self.compromised))
        except Error:
            yield wrong("record.head_signature", size=head.size)
            return
        if (note.checkpoint.size, note.checkpoint.root) != (head.size, head.root):
            yield wrong("record.head_note", size=head.size)
        elif fits:
            self._weigh(head, self.compromised.get(key), newest)

    def _weigh(self, head: public_log.Checkpoint, compromised_since: datetime | None, newest: datetime) -> None:
        if compromised_since is None:
            self._unconfirmed.clear()  # it contains them all
        elif max(head.signed_at, newest) < compromised_since:
            self._unconfirmed.append(head.size)
        else:
            self._doubtful.append(head.size)

    def _was_lost(self, size: int) -> bool:
        """Whether heads of that size were lost with a database, and only their entries put back."""
        return any(kept < size < end for kept, end in self.told.restored)
