"""Lists in pages: an opaque cursor and a limit.

A cursor names the entry after which the next page begins. It carries an authentication code over that and over whose
list it is, so that a cursor that somebody made up, changed or borrowed is refused instead of read (DB-08)."""

import base64
import binascii
import hmac
import re
from collections.abc import Callable
from uuid import UUID

from jmc_vc.errors import Malformed

MOST = 200
"""Entries of a page: some 0.1 MB."""
USUAL = 50

_CODE_BYTES = 16
_UUID_BYTES = 16
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")

Tag = Callable[[str, str], bytes]
"""A keyed hash of a value for a purpose: `KeyEncryptionKey.lookup_hash`."""


class BadCursor(Malformed):
    """The cursor is not one that this service gave to this caller."""

    code = "request.cursor"


class BadLimit(Malformed):
    """The limit is no whole number from 1 to `most`."""

    code = "request.limit"


def write_cursor(after: UUID, owner: str, tag: Tag) -> str:
    """The cursor of the page that follows the entry `after` in the list of `owner`."""
    return base64.urlsafe_b64encode(after.bytes + _code(after, owner, tag)).decode().rstrip("=")


def read_cursor(text: str | None, owner: str, tag: Tag) -> UUID | None:
    """The entry that a cursor names; None if there is none. Raises BadCursor."""
    if text is None:
        return None
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadCursor from None
    if len(data) != _UUID_BYTES + _CODE_BYTES:
        raise BadCursor
    after = UUID(bytes=data[:_UUID_BYTES])
    if not hmac.compare_digest(text.encode(), write_cursor(after, owner, tag).encode()):
        raise BadCursor
    return after


def read_limit(text: str | None) -> int:
    """The number of entries asked for. Raises BadLimit."""
    if text is None:
        return USUAL
    if not _NUMBER.fullmatch(text) or int(text) > MOST:
        raise BadLimit(most=MOST)
    return int(text)


def _code(after: UUID, owner: str, tag: Tag) -> bytes:
    return tag("cursor", f"{owner}\0{after}")[:_CODE_BYTES]
