"""Keep a copy of a public log in a folder, up to its latest head: what a restore is made from, and what shows that the
log only ever grew.

1. The head is signed by a key of the log that we know.
2. Entries that are new are fetched; the hash tiles over them are computed, and not taken from anybody.
3. The root that comes out is the one that was signed, and it contains what the copy had before: else nothing is taken
   over, because the log contradicts itself.
4. The head is written last, so that a copy that was interrupted is the copy that it was.
"""

from dataclasses import dataclass

from jmc_vc.auditing.finding import Progress, unseen
from jmc_vc.auditing.log_source import entries_from, open_by_any, read_keys
from jmc_vc.errors import Unacceptable
from jmc_vc.formats.transparency.checkpoint import Checkpoint, OtherLog, read_checkpoint
from jmc_vc.formats.transparency.merkle import NotConsistent, root_at
from jmc_vc.formats.transparency.signed_note import read_note
from jmc_vc.formats.transparency.tile import WIDTH
from jmc_vc.formats.transparency.tile_tree import subtree_of
from jmc_vc.storage.log_folder import LogFolder, LogSource, hashes_of


class LogShrank(Unacceptable):
    """The log is smaller than the copy of it: it was set back, or another log is served in its place."""

    code = "log.shrank"


@dataclass(frozen=True)
class Mirrored:
    """The copy had `before` entries, and has those of `head` now."""

    before: int
    head: Checkpoint


@dataclass(frozen=True, kw_only=True)
class MirrorLog:
    """Of the log `origin`. The folder knows the log's keys, in its file `keys`."""

    source: LogSource
    folder: LogFolder
    origin: str

    def __call__(self, progress: Progress = unseen) -> Mirrored:
        """Bring the copy up to date; for who holds the folder. Raises LogShrank, log.consistency, log.bundle,
        NoLogKeyKnown and what `open_by_any`, the source and the folder raise."""
        keys = read_keys(self.folder.read("keys").decode(errors="replace"))
        note = self.source.checkpoint()
        head = open_by_any(note, self.origin, keys)[0].checkpoint  # 1
        old = self._copied()
        if old is not None and head.size < old.size:
            raise LogShrank(old=old.size, new=head.size)
        size = 0 if old is None else old.size
        while size < head.size:  # 2
            size = self.folder.extend(size, entries_from(self.source, size - size % WIDTH, head.size))
            progress(size, head.size)
        tree = subtree_of(hashes_of(self.folder, head.size))
        if root_at(head.size, tree) != head.root or (old is not None and root_at(old.size, tree) != old.root):
            raise NotConsistent  # 3
        self.folder.write("checkpoint", note)  # 4
        before = 0 if old is None else old.size
        self.folder.tidy(before, head.size)
        return Mirrored(before, head)

    def _copied(self) -> Checkpoint | None:
        """The head of the copy. Its signature was verified when it was taken over; its key may not be believed now."""
        if not self.folder.has("checkpoint"):
            return None
        head = read_checkpoint(read_note(self.folder.checkpoint()).text)
        if head.origin != self.origin:
            raise OtherLog
        return head
