"""The tree, the tiles and the heads of the public log against its entries.

One walk over the leaves in their order: each is in its place, each tile that becomes whole is the stored one, and at
the size of each head the root is the one that was signed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jmc_vc.auditing.finding import Finding, Progress, wrong
from jmc_vc.auditing.growing_tree import GrowingTree
from jmc_vc.auditing.log_source import open_by_any
from jmc_vc.auditing.told import Told
from jmc_vc.errors import Error
from jmc_vc.formats.transparency.checkpoint import Checkpoint
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.storage import public_log
from jmc_vc.storage.transaction import Snapshot

_PAGE = 4_096
"""Entries that are read at once, 16 tiles: some megabytes."""


@dataclass
class VerifyTree:
    """`keys` are those of the log, former ones too; `outside` is a head that somebody kept elsewhere; `told`
    reads each entry in its turn, those that wait for a place at the end; `progress` is told how many were done."""

    snapshot: Snapshot
    origin: str
    keys: Sequence[VerifierKey]
    outside: Checkpoint | None
    told: Told
    progress: Progress

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
                    yield from self._head(head, tree)
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

    def _head(self, head: public_log.Checkpoint, tree: GrowingTree) -> Iterator[Finding]:
        if head.size != tree.size:
            yield wrong("record.head_size", size=head.size)
            return
        if head.root != tree.root():
            yield wrong("record.head_root", size=head.size)
        try:
            signed = open_by_any(head.note.encode(), self.origin, self.keys)[0].checkpoint
        except Error:
            yield wrong("record.head_signature", size=head.size)
            return
        if (signed.size, signed.root) != (head.size, head.root):
            yield wrong("record.head_note", size=head.size)

    def _was_lost(self, size: int) -> bool:
        """Whether heads of that size were lost with a database, and only their entries put back."""
        return any(kept < size < end for kept, end in self.told.restored)
