"""The credential inside a picture, and what can be wrong with a picture.

Open Badges 3.0 section 5.3 (https://www.imsglobal.org/spec/ob/v3p0/#baked-badge): a badge picture carries either the
compact JWS of a badge or the JSON of one with an embedded proof. Its pixels are never decoded; nobody learns more from
a picture here than which text is in it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jmc_vc.errors import TooLarge, Unacceptable
from jmc_vc.formats.strict_json import written_size

LARGEST_PICTURE: Final = 2 << 20
"""As much as a request may have: a larger picture could be baked, but not be verified. Badge pictures have 20 to
400 KB."""
LARGEST_CREDENTIAL: Final = 1 << 20
"""Bytes of text inside, compressed or not. A badge with a picture inside its data: URI is 400 KB."""

_JWS = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_WHITE_SPACE = b" \t\r\n"


class NotBaked(Unacceptable):
    """A good picture without a credential in it."""

    code = "image.not_baked"


class AmbiguousPicture(Unacceptable):
    """More than one credential in a picture: what one reader verifies, another would show otherwise."""

    code = "image.ambiguous"


class OlderBakedBadge(Unacceptable):
    """An Open Badges 1 or 2 assertion is baked in, often only an address. Nothing is fetched."""

    code = "image.open_badges_2"


class DamagedPicture(Unacceptable):
    """The file is cut, altered or not written as its format asks."""

    code = "image.damaged"


class BadPictureEncoding(Unacceptable):
    """Text of the picture is not UTF-8."""

    code = "image.encoding"


class NoCredentialText(Unacceptable):
    """The text is neither a JSON object nor a compact JWS."""

    code = "image.content"


class PictureTooLarge(TooLarge):
    """The picture, or the text inside it, has more than `limit` bytes."""

    code = "image.limit"


class PictureTooComplex(Unacceptable):
    """More parts, or more levels of them, than a badge picture has."""

    code = "image.complex"


class Kind(StrEnum):
    """How the credential is secured, which decides where an SVG keeps it."""

    JSON = "json"
    JWS = "jws"


@dataclass(frozen=True)
class Baked:
    """A credential as text: `data` is UTF-8, the JSON as it was written or the JWS alone."""

    kind: Kind
    data: bytes


def read_text(text: bytes) -> Baked:
    """The credential that `text` is, judged by its form alone: whoever verifies it reads it. White space around a JWS
    is no part of it (files end with a line feed); around JSON it is. Raises image.limit, image.encoding and
    image.content."""
    require_size(text, LARGEST_CREDENTIAL)
    try:
        text.decode()
    except UnicodeDecodeError as err:
        raise BadPictureEncoding from err
    bare = text.strip(_WHITE_SPACE)
    if _JWS.fullmatch(bare):
        return Baked(Kind.JWS, bare)
    if bare.startswith(b"{") and bare.endswith(b"}") and b"\0" not in bare:
        return Baked(Kind.JSON, text)
    raise NoCredentialText


def require_size(data: bytes, limit: int) -> None:
    """Raises PictureTooLarge."""
    if len(data) > limit:
        raise PictureTooLarge(limit=written_size(limit))
