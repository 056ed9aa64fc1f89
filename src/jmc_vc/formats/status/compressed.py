"""The compressed bytes inside a status list: written the same way each time, expanded within a bound.

Bitstring Status List wraps them in GZIP (RFC 1952), Token Status List in ZLIB (RFC 1950); inside both is DEFLATE.
"""

import zlib
from enum import IntEnum

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.encoding import base64url

LARGEST = 16 * 1024 * 1024
"""Bytes that we expand at most: 134 million entries of one bit. A gigabyte of zeros is a megabyte of gzip."""

_LEVEL = 6
"""Of 9. A list of 131,072 with a thousand bits set takes 1.8 kB and 0.5 ms; level 9 takes 1.5 kB and 6.5 ms, and a list
is written at every change."""


class Wrapping(IntEnum):
    """The stream format, as the number by which zlib knows it."""

    ZLIB = 15
    GZIP = 31


class NotAStatusList(Unacceptable):
    """The text is not unpadded base64url of one whole stream in the format that belongs here."""

    code = "status.encoding"


class StatusListTooLarge(Unacceptable):
    """The list expands to more than `limit` bytes."""

    code = "status.limit"


def compress(data: bytes, wrapping: Wrapping) -> str:
    """`data` compressed, in base64url. The same data always give the same text: no header carries a time."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, wrapping)
    return base64url.encode(packer.compress(data) + packer.flush())


def expand(text: str, wrapping: Wrapping) -> bytes:
    """The bytes that `compress` was given. Raises status.encoding and status.limit.

    Never more than LARGEST bytes are expanded. Bytes behind the stream, a second stream among them, are refused:
    readers differ on what they mean."""
    try:
        packed = base64url.decode(text)
    except base64url.NotBase64Url as err:
        raise NotAStatusList from err
    unpacker = zlib.decompressobj(wrapping)
    try:
        data = unpacker.decompress(packed, LARGEST + 1)
    except zlib.error as err:
        raise NotAStatusList from err
    if len(data) > LARGEST:
        raise StatusListTooLarge(limit=LARGEST)
    if not unpacker.eof or unpacker.unused_data:
        raise NotAStatusList
    return data
