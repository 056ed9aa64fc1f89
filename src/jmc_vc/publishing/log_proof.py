"""Proofs from the public log: that an entry is in it, and that it only ever grew.

Whoever reads the tiles can make these proofs without us; they are served for those who want one.
"""

from dataclasses import dataclass

from jmc_vc.formats.transparency.log_proof import LogProof
from jmc_vc.formats.transparency.merkle import OutsideTree
from jmc_vc.publishing.log_head import LogHead, cosigned_head, latest_head
from jmc_vc.publishing.log_tree import LogTree
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot


@dataclass(frozen=True, kw_only=True)
class ProvenEntry:
    """The leaf `body` at place `index`, and the path from it to the root of `head`."""

    index: int
    body: bytes
    path: tuple[bytes, ...]
    head: LogHead

    def proof(self, salt: bytes | None = None) -> LogProof:
        """As one text (https://c2sp.org/tlog-proof); `salt` is what the digest of a credential was made with."""
        return LogProof(index=self.index, path=self.path, checkpoint=self.head.note, extra=salt)


@dataclass(frozen=True, kw_only=True)
class Growth:
    """The proof that the log of `new` entries begins with that of `old`, and the roots of both."""

    old: int
    new: int
    old_root: bytes
    new_root: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, kw_only=True)
class FindLogEntry:
    """An entry and its proof in the tree of the latest checkpoint."""

    database: Database

    def __call__(self, index: int, *, cosigned: bool = False) -> ProvenEntry:
        """The entry; `cosigned` asks for the latest checkpoint that a witness has signed. Raises LogEmpty, NotCosigned
        and OutsideTree."""
        with self.database.read() as snapshot:
            head = cosigned_head(snapshot) if cosigned else latest_head(snapshot)
            return _proven(snapshot, head, index)[0]


@dataclass(frozen=True, kw_only=True)
class ProveLogGrowth:
    """A proof between two sizes, whether checkpoints of them were signed or not."""

    database: Database

    def __call__(self, old: int, new: int | None = None) -> Growth:
        """From `old` to `new` entries, or to the latest checkpoint. Raises LogEmpty and OutsideTree."""
        with self.database.read() as snapshot:
            size = latest_head(snapshot).checkpoint.size
            to = size if new is None else new
            if not 0 <= old <= to <= size:
                raise OutsideTree
            tree = LogTree(snapshot.public_log, to)
            return Growth(old=old, new=to, old_root=tree.root(old), new_root=tree.root(), path=tree.consistency(old))


def proven_entries(snapshot: Snapshot, *places: int) -> tuple[ProvenEntry, ...]:
    """The entries at these places, with proofs under one head. Raises LogEmpty and OutsideTree."""
    return _proven(snapshot, latest_head(snapshot), *places)


def _proven(snapshot: Snapshot, head: LogHead, *places: int) -> tuple[ProvenEntry, ...]:
    if not all(0 <= place < head.checkpoint.size for place in places):
        raise OutsideTree
    tree = LogTree(snapshot.public_log, head.checkpoint.size)
    return tuple(
        ProvenEntry(
            index=place, body=snapshot.public_log.bodies(place, place + 1)[0], path=tree.inclusion(place), head=head
        )
        for place in places
    )
