"""The bitstring of a Bitstring Status List: one bit a credential, gzipped, base64url.

https://www.w3.org/TR/vc-bitstring-status-list/ sections 2.2, 3.3 (generate) and 3.4 (expand); index 0 is the left-most
bit, the most significant bit of the first byte.
"""

import zlib
from collections.abc import Iterable

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.encoding import base64url

MINIMUM = 131_072
"""Entries that a list must have at least (section 2.2): asking for it must not tell whose credential is meant."""

LARGEST = 16 * 1024 * 1024
"""Bytes that we expand at most: 134 million entries. A gigabyte of zeros is a megabyte of gzip."""

_GZIP = 31
_LEVEL = 6


class NotAStatusList(Unacceptable):
    """The text is not `u`, unpadded base64url and one whole gzip stream."""

    code = "status.encoding"


class StatusListTooLarge(Unacceptable):
    """The list expands to more than `limit` bytes."""

    code = "status.limit"


class StatusListTooShort(Unacceptable):
    """The list has fewer entries than the specification asks for, `minimum`."""

    code = "status.length"


class PastTheEnd(Unacceptable):
    """The index lies behind the last entry of the list."""

    code = "status.range"


def encode(indexes: Iterable[int], size: int) -> str:
    """The `encodedList` of a list of `size` one-bit entries in which exactly `indexes` are set.

    The same bits always give the same text (the gzip header carries no time). Raises ValueError for a size that is no
    multiple of 8 or below MINIMUM, and for an index outside: those are mistakes of our own."""
    if size < MINIMUM or size % 8:
        raise ValueError(f"a status list has at least {MINIMUM} entries in whole bytes, not {size}")
    bits = bytearray(size // 8)
    for index in indexes:
        if not 0 <= index < size:
            raise ValueError(f"index {index} is outside a list of {size}")
        bits[index >> 3] |= 0x80 >> (index & 7)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return "u" + base64url.encode(packer.compress(bits) + packer.flush())


def decode(encoded: str) -> bytes:
    """The bits of an `encodedList`. Raises status.encoding, status.limit and status.length.

    Never more than LARGEST bytes are expanded. Bytes behind the gzip stream, a second stream among them, are refused:
    readers differ on what they mean."""
    if not encoded.startswith("u"):
        raise NotAStatusList
    try:
        packed = base64url.decode(encoded[1:])
    except base64url.NotBase64Url as err:
        raise NotAStatusList from err
    unpacker = zlib.decompressobj(_GZIP)
    try:
        bits = unpacker.decompress(packed, LARGEST + 1)
    except zlib.error as err:
        raise NotAStatusList from err
    if len(bits) > LARGEST:
        raise StatusListTooLarge(limit=LARGEST)
    if not unpacker.eof or unpacker.unused_data:
        raise NotAStatusList
    if len(bits) * 8 < MINIMUM:
        raise StatusListTooShort(minimum=MINIMUM)
    return bits


def bit(bits: bytes, index: int) -> bool:
    """Whether the entry of `index` is set in a list of one-bit entries. Raises status.range."""
    return status(bits, index, 1) == 1


def status(bits: bytes, index: int, size: int) -> int:
    """The entry of `index` in a list of entries of `size` bits. Raises status.length and status.range."""
    if len(bits) * 8 // size < MINIMUM:
        raise StatusListTooShort(minimum=MINIMUM)
    first = index * size
    if index < 0 or first + size > len(bits) * 8:
        raise PastTheEnd
    window = int.from_bytes(bits[first >> 3 : (first + size + 7) >> 3], "big")
    behind = -(first + size) % 8
    return window >> behind & (1 << size) - 1
