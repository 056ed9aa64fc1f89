"""What the bytes are, judged from themselves and not from a file name or media type: a picture, a token, or JSON."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jmc_vc.formats import baking
from jmc_vc.formats.baking.baked import Kind
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose.compact_jws import LONGEST_HEADER
from jmc_vc.verifying.input import Source
from jmc_vc.verifying.misplaced import AnArchive, AnOfficeFile, is_archive, is_office_file

_FIRST_PART = re.compile(rb"[A-Za-z0-9_\s-]*")
_OBJECT = re.compile(rb"[ \t\r\n]*\{[ \t\r\n]*[\"}]")
"""How a header begins as JSON."""


_PICTURES: Mapping[str, Source] = {"image/png": Source.PNG, "image/svg+xml": Source.SVG}


class Notation(StrEnum):
    """How a credential is written."""

    JSON = "json"
    TOKEN = "token"  # noqa: S105 - a notation, not a secret


@dataclass(frozen=True)
class Detected:
    """The credential itself, out of its picture; a token without the white space around it."""

    notation: Notation
    data: bytes
    source: Source = Source.TEXT


def detect(data: bytes) -> Detected:
    """What `data` is. Anything that is neither a picture nor a token is taken for JSON, whose reader tells what is
    wrong. Raises errors with an `image.` code, AnOfficeFile and AnArchive."""
    if is_office_file(data):
        raise AnOfficeFile
    if is_archive(data):
        raise AnArchive
    if baking.is_picture(data):
        source = _PICTURES[baking.picture_format(data).media_type]
        baked = baking.unbake(data)
        return Detected(Notation.TOKEN if baked.kind is Kind.JWS else Notation.JSON, baked.data, source)
    if is_token(data):
        return Detected(Notation.TOKEN, data.strip())
    return Detected(Notation.JSON, data)


def is_token(data: bytes) -> bool:
    """Whether `data` begins as every compact JWS does: with base64url of a JSON object, which no JSON text does. What
    is wrong with the rest, white space inside it for one, is for its reader to say."""
    begins = _FIRST_PART.match(data, 0, LONGEST_HEADER)
    text = b"".join(begins[0].split()).decode() if begins else ""
    # Cut anywhere, the characters may stop in the middle of a byte: `A`, six bits of nothing, fills it up.
    return _OBJECT.match(base64url.decode(text + "A" * (-len(text) % 4))) is not None
