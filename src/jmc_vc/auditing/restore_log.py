"""Bring a database that was set back up to what was published since, from a copy of the public log.

1. The head of the copy is signed by a key of the log; the copy begins with the log that the database has, and contains
   the anchored head.
2. The very same entries are put behind those that the database has, in the same places: the log goes on and does not
   fork. Entries that were waiting in the old database and got their place since are those rows.
3. What they tell of is done to the rows (`replay`): revoked stays revoked, used places stay used, a key that was
   retired or compromised is so.
4. What may have been taken back since then, and no public log tells of, is not believed: API keys are revoked.
5. The log says that this was done (`restart`), the audit log too.

What a log without personal data cannot give back is listed: the credentials themselves, private keys, the audit log of
the time between. All of it is one transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from jmc_vc.auditing.finding import Progress, unseen
from jmc_vc.auditing.log_source import entries_from, open_by_any, read_keys
from jmc_vc.auditing.replay import Replay, Replayed
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.credential import RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Unacceptable
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.transparency import checkpoint as checkpoints
from jmc_vc.formats.transparency.checkpoint import read_checkpoint
from jmc_vc.formats.transparency.entry_types import CredentialIssued, LogEntry, LogRestarted
from jmc_vc.formats.transparency.log_entry import ENTRY_TYPES, read_log_entry
from jmc_vc.formats.transparency.merkle import HASH_LENGTH, leaf_hash, root_at, root_of
from jmc_vc.formats.transparency.signed_note import NoteSignature, NoteUnsigned, SignedNote, read_note
from jmc_vc.formats.transparency.tile_tree import Hashes, grown, subtree_of
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.storage import public_log
from jmc_vc.storage.audit_log import LOG_RESTORED
from jmc_vc.storage.database import Database
from jmc_vc.storage.log_folder import LogFolder, LogSource, hashes_of
from jmc_vc.storage.public_log import Checkpoint, NewEntry, ReadPublicLog
from jmc_vc.storage.transaction import Snapshot, Transaction

_PAGE = 16_384
"""Entries that are put back at once."""
_KINDS = {each.entry: kind for kind, each in ENTRY_TYPES.items()}


class MirrorTooShort(Unacceptable):
    """The copy does not reach what was published: with it, the end of the log would be cut off."""

    code = "restore.mirror_short"


class MirrorUnsigned(Unacceptable):
    """The head of the copy is signed by no key of the log that is known here: the key was changed since the backup."""

    code = "restore.mirror_unsigned"


class MirrorForeign(Unacceptable):
    """The copy is not one of the log that the database has, or not of the one that is anchored."""

    code = "restore.mirror_foreign"


@dataclass(frozen=True)
class Gap:
    """What there is to put back: the database has `kept` entries, the copy has those of `head`."""

    kept: int
    head: checkpoints.Checkpoint


@dataclass(frozen=True)
class Restored:
    """The gap that was closed, and what became of the rows."""

    gap: Gap
    replayed: Replayed


@dataclass(frozen=True, kw_only=True)
class RestoreLog:
    """`keys` gives the log's keys as the database knows them; `anchored` the anchored head, None without one; `replay`
    does to the rows what entries tell of; `hashes` gives the hash tiles over the first entries of a log in the
    database."""

    database: Database
    site: Site
    keys: Callable[[], tuple[VerifierKey, ...]]
    anchored: Callable[[], checkpoints.Checkpoint | None]
    hashes: Callable[[ReadPublicLog, int], Hashes]
    replay: Replay

    def gap(self, mirror: LogFolder, log_key: VerifierKey | None = None) -> Gap:
        """What a restore would close. `log_key` is a key of the log that the database has lost. Raises MirrorUnsigned,
        MirrorTooShort, MirrorForeign and what reading the copy raises; nothing is changed."""
        with self.database.read() as snapshot:
            return self._gap(snapshot, mirror, log_key)[0]

    def __call__(
        self,
        mirror: LogFolder,
        *,
        log_key: VerifierKey | None = None,
        reason: str,
        actor: Actor,
        now: datetime,
        progress: Progress = unseen,
    ) -> Restored:
        """Close the gap. Raises as `gap` does, and log.entry, log.entry_syntax for an entry that this program does not
        know; then nothing has changed."""

        def work(tx: Transaction) -> Restored:
            tx.public_log.alone()
            gap, note = self._gap(tx, mirror, log_key)  # 1
            self._put_back(tx, mirror, gap, note, progress)  # 2
            said = [read_log_entry(entry.body) for entry in tx.public_log.entries(gap.kept, gap.head.size)]
            replayed = self.replay(tx, said, now=now)  # 3
            if gap.kept < gap.head.size:
                replayed.by_hand += self.replay.doubt(tx, now=now)  # 4
            if gap.kept < gap.head.size or tx.changed:
                self._tell(tx, gap, replayed, reason=reason, actor=actor, now=now)  # 5
            return Restored(gap, replayed)

        return self.database.write(work)

    def _gap(self, snapshot: Snapshot, mirror: LogFolder, log_key: VerifierKey | None) -> tuple[Gap, SignedNote]:
        last, anchored = snapshot.public_log.latest(), self.anchored()
        signed, key = self._opened(mirror, anchored, log_key)
        head = signed.checkpoint
        kept = 0 if last is None else last.size
        for needed in (kept, 0 if anchored is None else anchored.size):
            if head.size < needed:
                raise MirrorTooShort(size=head.size, needed=needed)
        tree = subtree_of(hashes_of(mirror, head.size))
        if root_at(head.size, tree) != head.root or (last is not None and root_at(kept, tree) != last.root):
            raise MirrorForeign
        if anchored is not None and root_at(anchored.size, tree) != anchored.root:
            raise MirrorForeign
        # Only our own signature: those of witnesses stand beside it, and they sign again when they look next.
        own = tuple(NoteSignature(key.name, key.id, each) for each in signed.note.signatures_by(key))
        return Gap(kept, head), replace(signed.note, signatures=own)

    def _opened(
        self, mirror: LogFolder, anchored: checkpoints.Checkpoint | None, log_key: VerifierKey | None
    ) -> tuple[checkpoints.SignedCheckpoint, VerifierKey]:
        """The head of the copy, and the key that signed it: one that the database knows, one that was told, or, where
        the head is the very one that is anchored, one that lies in the copy."""
        note = mirror.checkpoint()
        known = (*self.keys(), *(() if log_key is None else (log_key,)))
        if anchored is not None and mirror.has("keys") and read_checkpoint(read_note(note).text) == anchored:
            known += read_keys(mirror.read("keys").decode(errors="replace"))
        try:
            return open_by_any(note, self.site.log_origin, known)
        except NoteUnsigned as err:
            raise MirrorUnsigned from err

    def _put_back(
        self,
        tx: Transaction,
        mirror: LogSource,
        gap: Gap,
        note: SignedNote,
        progress: Progress,
    ) -> None:
        size, head = gap.kept, gap.head
        while size < head.size:
            bodies: list[bytes] = []
            while len(bodies) < _PAGE and size + len(bodies) < head.size:
                bodies += entries_from(mirror, size + len(bodies), head.size)
            before = self.hashes(tx.public_log, size)
            _place(tx, bodies, size)
            for tile, hashes in grown(size, map(leaf_hash, bodies), before):
                if tile.full:
                    tx.public_log.add_tile(tile.level or 0, tile.index, hashes, _root(hashes))
            size += len(bodies)
            progress(size, head.size)
        if root_at(head.size, subtree_of(self.hashes(tx.public_log, head.size))) != head.root:
            raise MirrorForeign  # the entries of the copy are not those under its head
        if gap.kept == head.size:
            return
        last, (newest,) = tx.public_log.latest(), tx.public_log.entries(head.size - 1, head.size)
        tx.public_log.add_checkpoint(
            Checkpoint(
                size=head.size,
                root=head.root,
                note=note.encoded.decode(),
                # Not before its last entry; when exactly, the copy does not say.
                signed_at=newest.at if last is None else max(newest.at, last.signed_at),
            )
        )

    def _tell(self, tx: Transaction, gap: Gap, replayed: Replayed, *, reason: str, actor: Actor, now: datetime) -> None:
        entry = LogRestarted(
            at=now,
            reason="restored",
            origin=self.site.log_origin,
            size=gap.head.size,
            root=base64url.encode(gap.head.root),
            kept=gap.kept,
        )
        if gap.kept < gap.head.size:
            tx.public_log.append([NewEntry.of(entry)])
        details = {"kept": gap.kept, "size": gap.head.size, "lostCredentials": replayed.lost_credentials}
        tx.audit_log.append(LOG_RESTORED, self.site.log_origin, actor, now, reason=reason, details=details)


def _place(tx: Transaction, bodies: Sequence[bytes], first: int) -> None:
    """Give these entries the places from `first` on: rows that wait for a place are taken where they say the same, so
    that they stay joined to their credentials; the others are written."""
    waiting = _waiting(tx)
    missing = [body for body in bodies if not _taken(waiting, body)]
    said = [(body, read_log_entry(body)) for body in missing]
    tx.public_log.append(
        NewEntry(kind=_KINDS[type(each)], at=each.at, body=body, credential=_signed_anew(tx, each))
        for body, each in said
    )
    waiting = _waiting(tx)
    rows = [_taken(waiting, body) for body in bodies]
    tx.public_log.place([row for row in rows if row is not None], first)


def _signed_anew(tx: Transaction, said: LogEntry) -> UUID | None:
    """The credential that is issued already at the place of which `said` tells: it was signed anew since. The entry is
    joined to it without its salt, so that the copy which its holder has is not taken for a forgery."""
    row = tx.credentials.at_place(said.list_number, said.status_index) if isinstance(said, CredentialIssued) else None
    return row.uuid if row is not None and row.row_state is RowState.ISSUED else None


def _waiting(tx: Transaction) -> dict[bytes, list[public_log.LogEntry]]:
    """Entries without a place by what they say, the latest first."""
    found: dict[bytes, list[public_log.LogEntry]] = defaultdict(list)
    after = -1
    while page := tx.ledger.waiting(after, _PAGE):
        for entry in page:
            found[entry.body].insert(0, entry)
        after = page[-1].id
    return found


def _taken(waiting: dict[bytes, list[public_log.LogEntry]], body: bytes) -> public_log.LogEntry | None:
    return waiting[body].pop() if waiting.get(body) else None


def _root(hashes: bytes) -> bytes:
    return root_of(hashes[at : at + HASH_LENGTH] for at in range(0, len(hashes), HASH_LENGTH))
