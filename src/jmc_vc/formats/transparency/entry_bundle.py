"""A bundle: up to 256 entries of a log, each after its length in two bytes. https://c2sp.org/tlog-tiles#log-entries"""

from collections.abc import Sequence
from typing import Final

from jmc_vc.errors import Malformed, TooLarge
from jmc_vc.formats.transparency.tile import WIDTH

LARGEST_ENTRY: Final = 2**16 - 1
"""Bytes: what the two bytes of a length can say."""
_LENGTH: Final = 2
LARGEST_BUNDLE: Final = WIDTH * (_LENGTH + LARGEST_ENTRY)


class BadBundle(Malformed):
    """The bytes are not exactly the number of entries that the bundle should have."""

    code = "log.bundle"


class EntryTooLarge(TooLarge):
    """An entry has more bytes than a bundle can hold."""

    code = "log.entry_size"


def write_bundle(entries: Sequence[bytes]) -> bytes:
    """The bundle of these entries, 1 to 256. Raises log.bundle for another number of them, and log.entry_size."""
    if not 1 <= len(entries) <= WIDTH:
        raise BadBundle
    if max(map(len, entries)) > LARGEST_ENTRY:
        raise EntryTooLarge(limit=LARGEST_ENTRY)
    return b"".join(len(entry).to_bytes(_LENGTH) + entry for entry in entries)


def read_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """The `width` entries in `data`, neither more nor fewer. Raises log.bundle."""
    if not 1 <= width <= WIDTH or len(data) > LARGEST_BUNDLE:
        raise BadBundle
    entries: list[bytes] = []
    at = 0
    for _ in range(width):
        begin = at + _LENGTH
        at = begin + int.from_bytes(data[at:begin])
        if begin > len(data) or at > len(data):
            raise BadBundle
        entries.append(data[begin:at])
    if at != len(data):
        raise BadBundle
    return tuple(entries)
