"""Badges baked into pictures: the credential travels inside the image that people save and send.

https://www.imsglobal.org/spec/ob/v3p0/#baked-badge. What a file is, is judged from its first bytes and not from its
name or media type. A new format of pictures is a file with `bake` and `unbake`, and a line in PICTURE_FORMATS.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jmc_vc.errors import Unsupported, Wording
from jmc_vc.formats.baking import png, svg
from jmc_vc.formats.baking.baked import Baked, DamagedPicture


class UnsupportedPicture(Unsupported):
    """A file of another `format` than PNG and SVG, the only ones that a badge may be baked into."""

    code = "image.unsupported"


@dataclass(frozen=True, kw_only=True)
class PictureFormat:
    """`begins` matches how its files begin; `bake(picture, credential)` and `unbake(picture)` are its module's."""

    media_type: str
    begins: re.Pattern[bytes]
    bake: Callable[[bytes, bytes], bytes]
    unbake: Callable[[bytes], Baked]


PICTURE_FORMATS: tuple[PictureFormat, ...] = (
    PictureFormat(media_type="image/png", begins=re.compile(rb"\x89PNG"), bake=png.bake, unbake=png.unbake),
    # Any XML, also in UTF-16, with a mark or without: its reader sees what it is, and says what is wrong with it.
    PictureFormat(
        media_type="image/svg+xml",
        begins=re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<"),
        bake=svg.bake,
        unbake=svg.unbake,
    ),
)

_UNSUPPORTED: Mapping[str, re.Pattern[bytes]] = {
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "GIF": re.compile(rb"GIF8"),
    "WebP": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "AVIF/HEIC": re.compile(rb".{4}ftyp", re.DOTALL),
    "PDF": re.compile(rb"%PDF"),
    "gzip": re.compile(rb"\x1f\x8b"),  # svgz; it is never inflated (SV-11)
    "HTML": re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE),
}


def is_picture(data: bytes) -> bool:
    """Whether `data` are a picture, or a file of another format that people send for one: no credential by itself."""
    return _format(data) is not None or _unsupported(data) is not None


def picture_format(data: bytes) -> PictureFormat:
    """The format of `data`. Raises image.unsupported, and image.damaged for no bytes at all."""
    if not data:
        raise DamagedPicture
    unsupported = _unsupported(data)
    found = _format(data)
    if unsupported or not found:
        raise UnsupportedPicture(format=unsupported or Wording("不明", "unknown"))
    return found


def bake(picture: bytes, credential: bytes) -> bytes:
    """`picture` with `credential` in it (a compact JWS, or JSON; UTF-8), in place of any that was there. Raises errors
    with an `image.` code."""
    return picture_format(picture).bake(picture, credential)


def unbake(picture: bytes) -> Baked:
    """The one credential in `picture`. Raises errors with an `image.` code."""
    return picture_format(picture).unbake(picture)


def _format(data: bytes) -> PictureFormat | None:
    return next((each for each in PICTURE_FORMATS if each.begins.match(data)), None)


def _unsupported(data: bytes) -> str | None:
    return next((name for name, pattern in _UNSUPPORTED.items() if pattern.match(data)), None)
