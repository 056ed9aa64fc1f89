"""The anchor of the public log: a database that is older than what was published is noticed, and not worked with.

A backup that is put back would forget revocations, give places of status lists away twice, and sign heads of the log
that contradict those that others hold. So the last signed head lies outside the database too, and beside it a copy of
the log up to that head: what the way back is made from. Who starts, and who signs the next head, looks there first.

While the anchor cannot be written issuing goes on, for the database is as it was; the state of the service says so.
After two days without an anchor issuing stops: by then a loss could no longer be told from the truth (security goals
F-20). Nothing starts without reading it: that a disk is not mounted must not let an old database in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from jmc_vc.errors import Error, Unavailable
from jmc_vc.event_log import events
from jmc_vc.formats.transparency import checkpoint as checkpoints
from jmc_vc.formats.transparency.checkpoint import read_checkpoint
from jmc_vc.formats.transparency.merkle import NotConsistent
from jmc_vc.formats.transparency.signed_note import read_note
from jmc_vc.formats.transparency.tile import WIDTH
from jmc_vc.formats.transparency.tile_tree import TileTooShort
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.publishing.log_tree import LogTree
from jmc_vc.storage.anchor_file import AnchorFile, AnchorUnreachable
from jmc_vc.storage.log_folder import LogFolder, LogFolderBusy, LogFolderUnreadable
from jmc_vc.storage.public_log import Checkpoint, ReadPublicLog
from jmc_vc.storage.transaction import Snapshot

LONGEST_LAG = timedelta(hours=48)
"""How long issuing goes on without an anchor."""
_LOOK = timedelta(minutes=1)


class RolledBack(Unavailable):
    """The database is older than what was published, or another one: its log is shorter than the anchored head, or has
    another root at that size."""

    code = "config.rolled_back"


class AnchorDamaged(Unavailable):
    """The anchor file holds something else than a head of this log."""

    code = "anchor.damaged"


class AnchorLags(Unavailable):
    """The anchor could not be written for some time."""

    code = "anchor.lags"


class AnchorLost(Unavailable):
    """The anchor could not be written for so long that nothing is issued any more."""

    code = "anchor.lost"


@dataclass(kw_only=True)
class LogAnchor:
    """`file` is None where the settings name none: then nothing is held against anything. `keys` are those of the log:
    they lie in the copy, for the day on which the database has lost the one that signed."""

    file: AnchorFile | None
    origin: str
    keys: Callable[[], Sequence[VerifierKey]] = tuple
    _lags_since: datetime | None = None
    _looked_at: datetime | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def hold(self, snapshot: Snapshot, *, now: datetime, starting: bool = False) -> None:
        """Raises RolledBack unless the database has the anchored head, and AnchorDamaged. An anchor that cannot be
        reached says nothing against the database that was held against it before; for who is `starting`, and has seen
        nothing yet, it raises AnchorUnreachable."""
        try:
            anchored = self.read()
        except AnchorUnreachable:
            if starting:
                raise
            self._note(now)
            return
        if self.file is None:
            return
        last = snapshot.public_log.latest()
        size, held = 0 if last is None else last.size, 0 if anchored is None else anchored.size
        if anchored is not None and (
            size < held or (last is not None and _root(snapshot, held, last) != anchored.root)
        ):
            raise RolledBack(anchored=held, found=size, file=self._name)
        if held < size and self._lags_since is None:
            # What came since was not anchored: by a process that could not, and perhaps for long.
            self._lags_since = snapshot.public_log.signed_after(held)

    def read(self) -> checkpoints.Checkpoint | None:
        """The anchored head; None without a file. Its signature is not verified: a key that the database has lost may
        have made it, and who can write the file could remove it as well. Raises AnchorDamaged, AnchorUnreachable."""
        data = None if self.file is None else self.file.read()
        return None if data is None else self._head(data)

    def keep(self, log: ReadPublicLog, head: Checkpoint | None, *, now: datetime) -> None:
        """Write `head`, which is committed in `log`, and before it what the copy lacks. What goes wrong is remembered
        and told by `require_written`, and nothing else."""
        if self.file is None or head is None:
            return
        note = head.note.encode()
        try:
            self.file.read()  # before anything is made in the place of a disk that is not there
            with LogFolder(self.copy) as copy:
                self._bring_up(copy, log, head)
            self.file.replace(note, unless=lambda there: there is not None and self._head(there).size >= head.size)
        except LogFolderBusy:
            self._looked_at = None  # another process is at it with a head of its own; look again soon
            return
        except (AnchorUnreachable, AnchorDamaged, LogFolderUnreadable, NotConsistent) as err:
            if self._note(now):
                events.error("log-not-anchored", error=err.code, file=str(err.params.get("file", "")), size=head.size)
            return
        with self._lock:
            self._lags_since = None

    @property
    def copy(self) -> Path:
        """The folder of the copy, beside the file."""
        assert self.file is not None
        return self.file.path.with_name(f"{self.file.path.name}.log")

    def _bring_up(self, copy: LogFolder, log: ReadPublicLog, head: Checkpoint) -> None:
        """The copy up to `head`; one that lacks a file, or holds something else, is made anew: the database, which was
        held against the anchor, has all of it."""
        keys = "".join(f"{key.text}\n" for key in self.keys()).encode()
        if not copy.has("keys") or copy.read("keys") != keys:
            copy.write("keys", keys)
        try:
            before = self._head(copy.checkpoint()).size if copy.has("checkpoint") else 0
            if before < head.size:
                self._copy(copy, log, head, before)
        except (AnchorDamaged, LogFolderUnreadable, NotConsistent) as err:
            events.error("log-copy-made-anew", error=err.code, file=str(err.params.get("file", self.copy)))
            self._copy(copy, log, head, 0)

    @staticmethod
    def _copy(copy: LogFolder, log: ReadPublicLog, head: Checkpoint, before: int) -> None:
        size = before
        while size < head.size:
            first = size - size % WIDTH
            size = copy.extend(size, log.bodies(first, min(first + WIDTH, head.size)))
        copy.write("checkpoint", head.note.encode())
        copy.tidy(before, head.size)

    def look_after(self, snapshot: Snapshot, *, now: datetime) -> None:
        """Write the last head if it is not anchored: this process or another one could not. For who looks often: the
        file is looked at once a minute, or each time while it lags."""
        if self._lags_since is None and self._looked_at is not None and timedelta(0) <= now - self._looked_at < _LOOK:
            return
        self._looked_at = now
        self.keep(snapshot.public_log, snapshot.public_log.latest(), now=now)

    def require_written(self) -> None:
        """Raises AnchorLags when the last head is not anchored: what the state of the service says."""
        since = self._lags_since
        if since is not None:
            raise AnchorLags(since=since, file=self._name)

    def require_for_issuing(self, now: datetime) -> None:
        """Raises AnchorLost when nothing may be issued any more."""
        since = self._lags_since
        if since is not None and now - since > LONGEST_LAG:
            raise AnchorLost(since=since, hours=LONGEST_LAG // timedelta(hours=1))

    def _note(self, now: datetime) -> bool:
        """From `now` on the anchor lags; False when it did already."""
        with self._lock:
            first = self._lags_since is None
            if first:
                self._lags_since = now
            return first

    def _head(self, data: bytes) -> checkpoints.Checkpoint:
        try:
            head = read_checkpoint(read_note(data).text)
        except Error as err:
            raise AnchorDamaged(file=self._name) from err
        if head.origin != self.origin:
            raise AnchorDamaged(file=self._name)
        return head

    @property
    def _name(self) -> str:
        return "" if self.file is None else str(self.file.path)


def _root(snapshot: Snapshot, size: int, last: Checkpoint) -> bytes | None:
    """The root over the first `size` entries of the database, whose last head is `last`."""
    if size == last.size:
        return last.root
    try:
        return LogTree(snapshot.public_log, last.size).root(size)
    except TileTooShort:
        return None
