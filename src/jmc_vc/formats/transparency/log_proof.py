"""A proof for one entry that needs no network: its place, its path, and the checkpoint to which the path leads.

https://c2sp.org/tlog-proof

    c2sp.org/tlog-proof@v1
    extra <base64>                                    may be missing; nothing vouches for it
    index 73894
    <base64 of one hash of the path a line>

    <the checkpoint with its signatures>

Who checks it knows the entry, the log's key and the witnesses that it trusts. `extra` is the place for what the entry's
digest was made with.
"""

from dataclasses import dataclass
from typing import Final

from jmc_vc.errors import Malformed
from jmc_vc.formats.transparency.checkpoint import NUMBER, SignedCheckpoint, open_checkpoint
from jmc_vc.formats.transparency.merkle import HASH_LENGTH, LARGEST_SIZE, LONGEST_PATH, verify_inclusion
from jmc_vc.formats.transparency.note_text import read_base64, write_base64
from jmc_vc.formats.transparency.signed_note import LARGEST as LARGEST_NOTE
from jmc_vc.formats.transparency.verifier_key import VerifierKey

LONGEST_EXTRA: Final = 4_096
"""Bytes; a salt has 16."""
_LARGEST: Final = LARGEST_NOTE + 2 * LONGEST_EXTRA + 64 * LONGEST_PATH
"""Bytes: base64 of a hash and its newline take 45, of the extra data four thirds."""
_FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
_EXTRA, _INDEX = "extra ", "index "


class BadLogProof(Malformed):
    """Not a proof of this form."""

    code = "log.proof"


@dataclass(frozen=True, kw_only=True)
class LogProof:
    """`path` as `merkle.inclusion_path` gives it; `checkpoint` is the signed note, byte for byte; `extra` is not empty.
    Raises log.proof when made from what the form cannot hold."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.index <= LARGEST_SIZE or len(self.path) > LONGEST_PATH:
            raise BadLogProof
        if any(len(each) != HASH_LENGTH for each in self.path) or len(self.checkpoint) > LARGEST_NOTE:
            raise BadLogProof
        if self.extra is not None and not 1 <= len(self.extra) <= LONGEST_EXTRA:
            raise BadLogProof

    @property
    def encoded(self) -> bytes:
        """The proof as it is handed out."""
        extra = () if self.extra is None else (_EXTRA + write_base64(self.extra),)
        lines = (_FIRST_LINE, *extra, f"{_INDEX}{self.index}", *map(write_base64, self.path), "")
        return "".join(f"{line}\n" for line in lines).encode() + self.checkpoint


def read_log_proof(data: bytes) -> LogProof:
    """The proof that `data` is. Nothing is verified yet, nor the checkpoint read. Raises log.proof."""
    if len(data) > _LARGEST:
        raise BadLogProof
    head, gap, checkpoint = data.partition(b"\n\n")
    if not gap or not head.isascii():
        raise BadLogProof
    first, *lines = head.decode().split("\n")
    extra = read_base64(lines.pop(0).removeprefix(_EXTRA)) if lines and lines[0].startswith(_EXTRA) else None
    index = lines.pop(0) if lines else ""
    path = tuple(map(read_base64, lines[: LONGEST_PATH + 1]))
    if first != _FIRST_LINE or not index.startswith(_INDEX) or not NUMBER.fullmatch(index.removeprefix(_INDEX)):
        raise BadLogProof
    proof = LogProof(
        index=int(index.removeprefix(_INDEX)),
        path=tuple(each or b"" for each in path),
        checkpoint=checkpoint,
        extra=extra,
    )
    if proof.encoded != data:  # one proof, one spelling
        raise BadLogProof
    return proof


def verify_log_proof(proof: LogProof, leaf: bytes, *, origin: str, key: VerifierKey) -> SignedCheckpoint:
    """The checkpoint of the log `origin` with the key `key` in which the entry with the leaf hash `leaf` is proven to
    be; its witnesses are asked of `cosignature`. Raises log.inclusion and what `open_checkpoint` raises."""
    signed = open_checkpoint(proof.checkpoint, origin=origin, key=key)
    verify_inclusion(proof.index, signed.checkpoint.size, leaf, proof.path, signed.checkpoint.root)
    return signed
