"""A checkpoint: how large a log is and what its root is, signed by the log. https://c2sp.org/tlog-checkpoint

    log.example/public
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

The three lines are the text of a signed note. Two checkpoints of one log must never contradict each other: that is
what `merkle.verify_consistency` is for. Further lines are other logs' own; we write none, keep those that we read, and
give them no meaning.
"""

import re
from dataclasses import dataclass
from typing import Final

from jmc_vc.errors import Malformed, Unacceptable
from jmc_vc.formats.transparency.merkle import EMPTY_ROOT, HASH_LENGTH, LARGEST_SIZE
from jmc_vc.formats.transparency.note_text import is_text, read_base64, write_base64
from jmc_vc.formats.transparency.signed_note import Sign, SignedNote, read_note, sign_note, verify_note
from jmc_vc.formats.transparency.verifier_key import VerifierKey

NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
"""A size or an index: no leading zeros, and no more digits than 2^63 has."""


class BadCheckpoint(Malformed):
    """The text is not that of a checkpoint."""

    code = "log.checkpoint"


class OtherLog(Unacceptable):
    """The checkpoint is one of another log than was asked for."""

    code = "log.origin"


@dataclass(frozen=True)
class Checkpoint:
    """`origin` names the log, customarily its address without scheme; `size` counts its entries; `root` has 32 bytes.
    Raises log.checkpoint when made from what a checkpoint cannot say."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not all(line and "\n" not in line and is_text(line + "\n") for line in lines):
            raise BadCheckpoint
        if not 0 <= self.size <= LARGEST_SIZE or len(self.root) != HASH_LENGTH:
            raise BadCheckpoint
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise BadCheckpoint

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), write_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint and the note that it came in, with the signatures."""

    checkpoint: Checkpoint
    note: SignedNote


def read_checkpoint(text: str) -> Checkpoint:
    """What the text of a note says. Raises log.checkpoint."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop():  # the last line, too, has ended
        raise BadCheckpoint
    origin, size, root, *extensions = lines
    found = read_base64(root)
    if not NUMBER.fullmatch(size) or found is None:
        raise BadCheckpoint
    return Checkpoint(origin, int(size), found, tuple(extensions))


def sign_checkpoint(checkpoint: Checkpoint, key: VerifierKey, sign: Sign) -> SignedCheckpoint:
    """The checkpoint signed by its log. Raises log.signature when `sign` has another key than `key`."""
    note = SignedNote(checkpoint.text, (sign_note(checkpoint.text, key, sign),))
    return SignedCheckpoint(checkpoint, note)


def open_checkpoint(data: bytes, *, origin: str, key: VerifierKey) -> SignedCheckpoint:
    """The checkpoint of the log `origin`, signed by its `key`, in the note `data`. Signatures of others are left to
    `cosignature`. Raises log.note, log.note_size, log.unsigned, log.signature, log.checkpoint and log.origin."""
    note = read_note(data)
    verify_note(note, (key,))  # before a line of the text is looked at
    checkpoint = read_checkpoint(note.text)
    if checkpoint.origin != origin:
        raise OtherLog
    return SignedCheckpoint(checkpoint, note)
