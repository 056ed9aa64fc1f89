"""The bitstring of a Bitstring Status List: the entries side by side, gzipped, base64url.

https://www.w3.org/TR/vc-bitstring-status-list/ sections 2.2, 3.3 (generate) and 3.4 (expand); index 0 is the left-most
bit, the most significant bit of the first byte.
"""

from collections.abc import Iterable

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.status.compressed import NotAStatusList, Wrapping, compress, expand

MINIMUM = 131_072
"""Entries that a list must have at least (section 2.2): asking for it must not tell whose credential is meant."""


class StatusListTooShort(Unacceptable):
    """The list has fewer entries than the specification asks for, `minimum`."""

    code = "status.length"


class PastTheEnd(Unacceptable):
    """The index lies behind the last entry of the list."""

    code = "status.range"


def encode(indexes: Iterable[int], size: int) -> str:
    """The `encodedList` of a list of `size` one-bit entries in which exactly `indexes` are set.

    The same bits always give the same text. Raises ValueError for a size that is no multiple of 8 or below MINIMUM, and
    for an index outside: those are mistakes of our own."""
    if size < MINIMUM or size % 8:
        raise ValueError(f"a status list has at least {MINIMUM} entries in whole bytes, not {size}")
    bits = bytearray(size // 8)
    for index in indexes:
        if not 0 <= index < size:
            raise ValueError(f"index {index} is outside a list of {size}")
        bits[index >> 3] |= 0x80 >> (index & 7)
    return "u" + compress(bytes(bits), Wrapping.GZIP)


def decode(encoded: str) -> bytes:
    """The bits of an `encodedList`, in bounded memory. Raises status.encoding, status.limit and status.length."""
    if not encoded.startswith("u"):
        raise NotAStatusList
    bits = expand(encoded[1:], Wrapping.GZIP)
    if len(bits) * 8 < MINIMUM:
        raise StatusListTooShort(minimum=MINIMUM)
    return bits


def bit(bits: bytes, index: int) -> bool:
    """Whether the entry of `index` is set in a list of one-bit entries. Raises status.range."""
    return status(bits, index, 1) == 1


def status(bits: bytes, index: int, size: int) -> int:
    """The entry of `index` in a list of entries of `size` bits (1 or more). Raises status.length and status.range.

    The length is judged in entries, bits / `size`, as section 3.2 says."""
    if len(bits) * 8 // size < MINIMUM:
        raise StatusListTooShort(minimum=MINIMUM)
    first = index * size
    if index < 0 or first + size > len(bits) * 8:
        raise PastTheEnd
    window = int.from_bytes(bits[first >> 3 : (first + size + 7) >> 3], "big")
    behind = -(first + size) % 8
    return window >> behind & (1 << size) - 1
