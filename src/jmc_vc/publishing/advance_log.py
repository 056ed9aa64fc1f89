"""The public log goes on: entries that wait get their places in the tree, and a new head is signed.

Use cases write their entries in their own transactions and wait for nobody. Here they are put in order, in one
transaction that only one process at a time can have:

1. Entries of the audit log that are new get their places in its chain of hashes; now and then the end of the chain goes
   into the public log. An installation that is older than the log enters what it holds (`log_beginning`), and each
   one once the digests of its rows (`storage.row_records`).
2. Entries that wait get the places that follow; tiles that become whole are stored.
3. The head is signed by the log's own key and stored.
4. After the commit the head, and what it adds, is written beside the database, where the settings say.

A head is never signed when the anchor shows that the database was set back (`log_anchor`), nor unless the database
still has the tree of the head before it. Nothing leaves before the commit, so two heads that contradict each other
cannot exist, whatever is interrupted; a process that comes second finds nothing to do. How long an entry waits: about a
second.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.key_event import born_active
from jmc_vc.domain.signing_key import LOG, KeyState, SigningKey
from jmc_vc.errors import Unavailable
from jmc_vc.formats.transparency import checkpoint as checkpoints
from jmc_vc.formats.transparency.merkle import HASH_LENGTH, leaf_hash, root_of
from jmc_vc.formats.transparency.tile_tree import TileTooShort, grown
from jmc_vc.publishing.audit_chain import AuditHeads, head_entry, lengthen
from jmc_vc.publishing.log_anchor import LogAnchor
from jmc_vc.publishing.log_beginning import Announcer, begin
from jmc_vc.publishing.log_key import verifier_key
from jmc_vc.publishing.log_tree import LogTree
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import Checkpoint, LogEntry
from jmc_vc.storage.transaction import Snapshot, Transaction

LEAST_AGE = timedelta(seconds=1)
"""A head is signed at most once a second (security goals §6): monitors fetch each of them, and witnesses sign it."""
_SYSTEM = Actor(kind=ActorKind.SYSTEM, id="log")
_MOST = 16_384
"""Entries of one transaction, 64 tiles: on SQLite nobody else writes meanwhile, and these take a third of a second."""


class NoLogKey(Unavailable):
    """The log has keys, and none of them is active."""

    code = "log.no_key"


class LogDamaged(Unavailable):
    """The database no longer has the tree of the last head: it was changed by hand, or damaged. No head is signed, for
    it would contradict the one before."""

    code = "log.damaged"


@dataclass
class _Pace:
    """When this process signed its last head, by a clock that only runs forwards."""

    signed_at: float | None = None


@dataclass(frozen=True, kw_only=True)
class AdvanceLog:
    """Bring the log up to date, if anything waits. `announce` tells of a key, as everywhere where keys are made;
    `random` makes bytes; `monotonic` counts seconds and never goes back."""

    database: Database
    keyring: Keyring
    site: Site
    announce: Announcer
    random: Callable[[int], bytes]
    anchor: LogAnchor
    monotonic: Callable[[], float] = time.monotonic
    _pace: _Pace = field(default_factory=_Pace, repr=False, compare=False)
    _audit_heads: AuditHeads = field(default_factory=AuditHeads, repr=False, compare=False)

    def __call__(self, *, now: datetime, audit_head: bool = False) -> Checkpoint | None:
        """The new head; None when nothing waited, or when the last one is younger than a second. `audit_head` asks for
        the end of the audit log's chain to be logged, however short ago it was. Raises NoLogKey, LogDamaged,
        RolledBack and a signer's error: then nothing has changed."""
        with self.database.read() as snapshot:
            if not self._anything_to_do(snapshot, now, audit_head=audit_head):
                self.anchor.look_after(snapshot, now=now)
                return None
        head = self.database.write(lambda tx: self._advance(tx, now, audit_head=audit_head))
        if head is not None:
            with self.database.read() as snapshot:
                self.anchor.keep(snapshot.public_log, head, now=now)  # 4
        return head

    def _anything_to_do(self, snapshot: Snapshot, now: datetime, *, audit_head: bool) -> bool:
        if snapshot.public_log.waiting(1) or snapshot.audit_chain.grows() or not snapshot.audit_log.rows_recorded():
            return True
        return self._audit_heads.due(snapshot, snapshot.audit_chain.last(), now, asked=audit_head)

    def _advance(self, tx: Transaction, now: datetime, *, audit_head: bool) -> Checkpoint | None:
        tx.public_log.alone()
        last = tx.public_log.latest()
        self.anchor.hold(tx, now=now)
        if last is not None and self._is_young(last, now):  # another process was here, or we were
            if tx.audit_log.rows_recorded():
                lengthen(tx, _MOST)  # the chain need not wait for a head: the next one tells of it
            return None
        key = self._key(tx, now)
        if last is None:
            begin(tx, self.site, self.announce, self.random, now)
        if not tx.audit_log.rows_recorded():
            tx.audit_log.record_all(_SYSTEM, now)
        link = lengthen(tx, _MOST)  # 1
        if link is not None and self._audit_heads.due(tx, link, now, asked=audit_head):
            tx.public_log.append([head_entry(link, now)])
        entries = tx.public_log.waiting(_MOST)
        if not entries:
            return None
        size, root = _placed(tx, entries, last)  # 2
        signed = self._signed(checkpoints.Checkpoint(self.site.log_origin, size, root), key)  # 3
        head = Checkpoint(
            size=size,
            root=root,
            note=signed.note.encoded.decode(),
            signed_at=now if last is None else max(now, last.signed_at),  # a clock that went back dates nothing back
        )
        tx.public_log.add_checkpoint(head)
        self._pace.signed_at = self.monotonic()
        return head

    def _is_young(self, last: Checkpoint, now: datetime) -> bool:
        """Whether the last head is younger than a second; by a clock that only runs forwards, where the other one was
        put back."""
        age = now - last.signed_at
        if age >= timedelta(0):
            return age < LEAST_AGE
        signed_at = self._pace.signed_at
        return signed_at is not None and self.monotonic() - signed_at < LEAST_AGE.total_seconds()

    def _signed(self, checkpoint: checkpoints.Checkpoint, key: SigningKey) -> checkpoints.SignedCheckpoint:
        signer = self.keyring.signer(key)
        return checkpoints.sign_checkpoint(checkpoint, verifier_key(self.site, signer.public_key), signer.sign)

    def _key(self, tx: Transaction, now: datetime) -> SigningKey:
        """The key of the log; a new one in an installation that is older than the log."""
        active = tx.signing_keys.active(LOG)
        if active is not None:
            return active
        if tx.signing_keys.of_owner(LOG):
            raise NoLogKey
        first = self.keyring.generate(LOG, "key-1", now=now, state=KeyState.ACTIVE)
        tx.signing_keys.add(first)
        self.announce(tx, LOG, born_active(first), now)
        return first


def _placed(tx: Transaction, entries: Sequence[LogEntry], last: Checkpoint | None) -> tuple[int, bytes]:
    """Give `entries` their places and store the tiles that become whole; the size and the root of the tree then."""
    size = tx.public_log.size()
    before = LogTree(tx.public_log, size)
    _require_continued(before, size, last)
    tx.public_log.place(entries, size)
    changed: dict[tuple[int, int], bytes] = {}
    for tile, hashes in grown(size, (leaf_hash(entry.body) for entry in entries), before.hashes):
        changed[tile.level or 0, tile.index] = hashes
        if tile.full:
            tx.public_log.add_tile(tile.level or 0, tile.index, hashes, _root(hashes))
    after = size + len(entries)
    return after, LogTree(tx.public_log, after, changed).root()


def _require_continued(tree: LogTree, size: int, last: Checkpoint | None) -> None:
    """Raises LogDamaged unless the tree begins with that of the last head."""
    try:
        if last is not None and (size < last.size or tree.root(last.size) != last.root):
            raise LogDamaged
    except TileTooShort as err:
        raise LogDamaged from err


def _root(hashes: bytes) -> bytes:
    return root_of(hashes[at : at + HASH_LENGTH] for at in range(0, len(hashes), HASH_LENGTH))
