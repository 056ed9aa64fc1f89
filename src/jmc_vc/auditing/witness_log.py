"""Witness another's public log: sign its head when, as far as we ever saw, it only grew.

1. The head is signed by a key of the log that we were told.
2. It contains the last head that we signed; of that the tiles are the proof.
3. What we saw is on disk before we sign: whoever asks again, and shows another log, is refused.
4. We sign the head (https://c2sp.org/tlog-cosignature), and hand the line to the log.

A head that contradicts the one before is kept as evidence, with the log's own signature under both.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from jmc_vc.auditing.log_source import open_by_any, read_keys
from jmc_vc.auditing.mirror_log import LogShrank
from jmc_vc.formats.transparency.checkpoint import Checkpoint
from jmc_vc.formats.transparency.cosignature import cosign
from jmc_vc.formats.transparency.merkle import NotConsistent, consistency_path, verify_consistency
from jmc_vc.formats.transparency.signed_note import Sign, SignedNote
from jmc_vc.formats.transparency.tile_tree import subtree_of
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.storage.log_folder import LogFolder, LogSource, hashes_of


class WitnessedLog(LogSource, Protocol):
    """A log that takes cosignatures."""

    def cosign(self, text: str) -> None:
        """Hand in a note: a checkpoint with a signature of ours under it."""


@dataclass(frozen=True, kw_only=True)
class WitnessLog:
    """Of the log `origin`. `state` is where we keep what we saw, and the log's keys; `key` and `sign` are ours."""

    log: WitnessedLog
    state: LogFolder
    origin: str
    key: VerifierKey
    sign: Sign

    def __call__(self, *, now: datetime) -> Checkpoint:
        """The head that we signed; for who holds the folder. Raises LogShrank, log.consistency, NoLogKeyKnown and what
        reading the log raises: then nothing was signed."""
        keys = read_keys(self.state.read("keys").decode(errors="replace"))
        note = self.log.checkpoint()
        signed, _ = open_by_any(note, self.origin, keys)  # 1
        if self.state.has("checkpoint"):
            seen = open_by_any(self.state.checkpoint(), self.origin, keys)[0].checkpoint
            try:
                self._require_grown(seen, signed.checkpoint)  # 2
            except (LogShrank, NotConsistent):
                self.state.write(f"contradicts-{seen.size}", note)
                raise
        self.state.write("checkpoint", note)  # 3
        line = cosign(signed, key=self.key, sign=self.sign, now=now)  # 4
        self.log.cosign(SignedNote(signed.note.text, (line,)).encoded.decode())
        return signed.checkpoint

    def _require_grown(self, seen: Checkpoint, head: Checkpoint) -> None:
        if head.size < seen.size:
            raise LogShrank(old=seen.size, new=head.size)
        path = consistency_path(seen.size, head.size, subtree_of(hashes_of(self.log, head.size)))
        verify_consistency(seen.size, head.size, path, seen.root, head.root)
