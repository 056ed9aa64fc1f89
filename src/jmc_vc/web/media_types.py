"""Which kinds of body an endpoint takes, asked of Content-Type before the body is read."""

import re

from starlette.requests import Request

from jmc_vc.errors import Unsupported

JSON = frozenset({"application/json"})

_CONTENT_TYPE = re.compile(
    r"\s*(?P<type>[\w!#$&^.+-]+/[\w!#$&^.+-]+)\s*(?P<parameters>(?:;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.:/+-]+|\"[^\"\\]*\")\s*)*)",
    re.ASCII,
)
_CHARSET = re.compile(r";\s*charset=\"?([^\";\s]*)", re.ASCII | re.IGNORECASE)
_LONGEST = 256


class WrongMediaType(Unsupported):
    """No Content-Type, another one than the endpoint takes, or another charset than UTF-8."""

    code = "request.content_type"


def require_media_type(
    request: Request, accepted: frozenset[str], refusal: type[WrongMediaType] = WrongMediaType
) -> None:
    """Raises `refusal` unless the body is announced as one of `accepted`, in UTF-8.

    Text in another charset would be read as other characters than were meant; JSON has none but UTF-8 (RFC 8259 §8.1).
    """
    media_type, charset = media_type_of(request, refusal)
    if media_type not in accepted or charset not in ("utf-8", "utf8"):
        raise refusal


def media_type_of(request: Request, refusal: type[WrongMediaType] = WrongMediaType) -> tuple[str, str]:
    """The announced media type and charset in lower case, UTF-8 where none is named. Raises `refusal` for a header
    that cannot be read, or that names two charsets."""
    header = request.headers.get("content-type", "")
    found = _CONTENT_TYPE.fullmatch(header) if len(header) <= _LONGEST else None
    if found is None:
        raise refusal
    charsets = {charset.lower() for charset in _CHARSET.findall(found["parameters"])} or {"utf-8"}
    if len(charsets) > 1:
        raise refusal
    return found["type"].lower(), charsets.pop()
