"""Reading a public log, over HTTPS, from a folder with a copy, or from this installation itself. Its head is believed
when it is signed by a key that the reader was told."""

from collections.abc import Sequence

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.transparency.checkpoint import SignedCheckpoint, open_checkpoint
from jmc_vc.formats.transparency.entry_bundle import read_bundle
from jmc_vc.formats.transparency.signed_note import NoteUnsigned, read_note
from jmc_vc.formats.transparency.tile import WIDTH, Tile
from jmc_vc.formats.transparency.verifier_key import VerifierKey, read_verifier_key
from jmc_vc.storage.log_folder import LogSource


class NoLogKeyKnown(Unacceptable):
    """The reader was never told the log's verifier key."""

    code = "mirror.no_key"


def open_by_any(data: bytes, origin: str, keys: Sequence[VerifierKey]) -> tuple[SignedCheckpoint, VerifierKey]:
    """The checkpoint in `data`, and which of `keys` signed it. Raises as `open_checkpoint`."""
    for key in keys:
        try:
            return open_checkpoint(data, origin=origin, key=key), key
        except NoteUnsigned:
            continue
    read_note(data)  # whether it is a note at all comes before who signed it
    raise NoteUnsigned


def read_keys(text: str) -> tuple[VerifierKey, ...]:
    """Verifier keys, one a line. Raises log.key, and NoLogKeyKnown when there is none."""
    keys = tuple(read_verifier_key(line) for line in text.splitlines() if line.strip())
    if not keys:
        raise NoLogKeyKnown
    return keys


def entries_from(source: LogSource, first: int, size: int) -> list[bytes]:
    """The entries from place `first` on to the end of the bundle that it is in, in a log of `size` entries. Raises
    log.bundle."""
    index = first // WIDTH
    width = min(WIDTH, size - index * WIDTH)
    bundle = read_bundle(source.tile(Tile(None, index, width).path), width)
    return list(bundle[first - index * WIDTH :])
