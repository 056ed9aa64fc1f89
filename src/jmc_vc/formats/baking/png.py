"""Badges in PNG pictures: one uncompressed iTXt chunk with the keyword `openbadgecredential` (OB-07).

https://www.imsglobal.org/spec/ob/v3p0/#png and https://www.w3.org/TR/png-3/ (5.3 chunk layout, 11.3.3.4 iTXt). Only the
chunks are walked. Pixels are never decoded, so a picture of 60,000 by 60,000 costs no more than its file.
"""

import struct
import zlib
from dataclasses import dataclass
from typing import Final

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.baking.baked import (
    LARGEST_CREDENTIAL,
    LARGEST_PICTURE,
    AmbiguousPicture,
    Baked,
    DamagedPicture,
    NotBaked,
    OlderBakedBadge,
    PictureTooComplex,
    read_text,
    require_size,
)

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS: Final = 10_000
"""Writers put 8 to 64 KB of pixels into a chunk, so the largest picture has some hundreds."""

_KEYWORD = b"openbadgecredential"
_OLDER_KEYWORD = b"openbadges"
"""Of Open Badges 1 and 2."""
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_UNCOMPRESSED = b"\0\0\0\0\0"
"""Behind the keyword: its end, compression flag and method, an empty language tag, an empty translated keyword."""


class UnknownCompression(Unacceptable):
    """The text is compressed in a way that PNG does not have."""

    code = "image.compression"


@dataclass(frozen=True, kw_only=True)
class _Chunk:
    """One chunk: `whole` has its length and check sum, `data` only what is between them."""

    type: bytes
    data: bytes
    whole: bytes

    @property
    def keyword(self) -> bytes | None:
        """What a text chunk says it is about; None for any other chunk."""
        return self.data.partition(b"\0")[0] if self.type in _TEXTS else None

    @property
    def claims(self) -> bool:
        """Whether some reader may take it for the badge. A credential in `tEXt` is none, but lenient readers exist."""
        return self.keyword in {_KEYWORD, _OLDER_KEYWORD}


def bake(picture: bytes, credential: bytes) -> bytes:
    """`picture` with `credential` (a compact JWS, or JSON; UTF-8) in it, in place of every badge that was there before.
    All its other chunks are unchanged; what stands behind the end of the picture is left out, since it is no part of it
    (PN-16). Raises what `unbake` raises for a bad picture, and image.limit, image.encoding and image.content for a bad
    credential."""
    header, *others = _chunks(picture)
    badge = _chunk(b"iTXt", _KEYWORD + _UNCOMPRESSED + read_text(credential).data)
    kept = [chunk.whole for chunk in others if not chunk.claims]
    baked = b"".join([SIGNATURE, header.whole, badge, *kept])
    unbake(baked)  # with the badge it may be past a limit; then nobody could read it here
    return baked


def unbake(picture: bytes) -> Baked:
    """The credential in `picture`. Raises image.limit, image.complex, image.damaged, image.not_baked, image.ambiguous,
    image.open_badges_2, image.compression, image.encoding and image.content.

    The specification lets a reader take the first of several badges. Here they are refused: other readers take the
    last, and so would a second badge of an older version be shown by some."""
    claims = [chunk for chunk in _chunks(picture) if chunk.claims]
    if not claims:
        raise NotBaked
    if len(claims) > 1:
        raise AmbiguousPicture
    (badge,) = claims
    if badge.keyword == _OLDER_KEYWORD:
        raise OlderBakedBadge
    if badge.type != b"iTXt":
        raise NotBaked
    return read_text(_text(badge))


def _chunks(picture: bytes) -> list[_Chunk]:
    """The chunks up to IEND; bytes behind it are not looked at (PN-08)."""
    require_size(picture, LARGEST_PICTURE)
    if not picture.startswith(SIGNATURE):
        raise DamagedPicture
    chunks: list[_Chunk] = []
    start = len(SIGNATURE)
    while len(chunks) < MOST_CHUNKS:
        chunk = _read_chunk(picture, start)
        if (chunk.type == b"IHDR") != (not chunks) or (chunk.type == b"IHDR" and len(chunk.data) != 13):
            raise DamagedPicture
        chunks.append(chunk)
        start += len(chunk.whole)
        if chunk.type == b"IEND":
            if chunk.data:
                raise DamagedPicture
            return chunks
    raise PictureTooComplex


def _read_chunk(picture: bytes, start: int) -> _Chunk:
    if start + 12 > len(picture):
        raise DamagedPicture
    length, type_ = struct.unpack_from(">I4s", picture, start)
    end = start + 12 + length
    # This holds for 2^31 and more too, which PNG forbids: no picture is that long.
    if end > len(picture) or not type_.isalpha():
        raise DamagedPicture
    whole = picture[start:end]
    if zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:], "big"):
        raise DamagedPicture
    return _Chunk(type=type_, data=whole[8:-4], whole=whole)


def _chunk(type_: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + type_ + data + struct.pack(">I", zlib.crc32(type_ + data))


def _text(badge: _Chunk) -> bytes:
    """The text of an iTXt chunk. We never compress, as the specification demands; we read what others did compress."""
    _keyword, _end, rest = badge.data.partition(b"\0")
    _language, end_of_language, behind = rest[2:].partition(b"\0")
    _translated, end_of_translated, text = behind.partition(b"\0")
    if not end_of_language or not end_of_translated:
        raise DamagedPicture
    flag, method = rest[0], rest[1]
    if flag > 1 or method:
        raise UnknownCompression
    return _inflated(text) if flag else text


def _inflated(data: bytes) -> bytes:
    """Never more than one byte above the limit is expanded (PN-04)."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, LARGEST_CREDENTIAL + 1)
    except zlib.error as err:
        raise DamagedPicture from err
    require_size(text, LARGEST_CREDENTIAL)
    if not unpacker.eof or unpacker.unused_data:
        raise DamagedPicture
    return text
