"""The items of a JSON array, or of NDJSON, as the bytes that were written.

A signature may be over these very bytes and a receipt names them by their digest, so a list of credentials is not
parsed and written again: it is only cut, and each piece goes to the strict reader like everything else. What is cut
wrongly here (brackets of two kinds that do not match) is no JSON for that reader either.
https://www.rfc-editor.org/rfc/rfc8259, https://github.com/ndjson/ndjson-spec
"""

import json
import re
from typing import Final

from jmc_vc.errors import Malformed, TooLarge

MOST_BRACKETS: Final = 1_000_000
"""Of one list: 0.3 s. A thousand credentials of 24 kB have 300,000."""
_BLANK: Final = 10
"""Lines that may be there for each that counts: blank ones cost time too."""
_MOST_MEMBERS: Final = 32

_WHITE = rb"[ \t\r\n]*+"
_STRING = rb'"(?:[^"\\]++|(?:\\.)++)*+"?'  # possessive, and one that never ends goes to the end: linear whatever comes
_TO_COMMA_OR_BRACKET = re.compile(rb'(?:[^"\[\]{},]++|' + _STRING + rb")*+", re.DOTALL)
_TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|' + _STRING + rb")*+", re.DOTALL)
_OPENING = re.compile(_WHITE + rb"([\[{])")
_MEMBER = re.compile(rb"(" + _STRING + rb")" + _WHITE + rb":" + _WHITE + rb"(.*)", re.DOTALL)
_REST = re.compile(_WHITE)


class NotAList(Malformed):
    """Not a JSON array, or one that never ends."""

    code = "batch.not_a_list"


class TooManyItems(TooLarge):
    """More than `limit` items."""

    code = "batch.items"


class TooManyBrackets(TooLarge):
    """More brackets than any list of credentials has."""

    code = "batch.values"


def array_items(data: bytes, *, most: int) -> tuple[bytes, ...]:
    """The items of the array `data`. Raises NotAList, TooManyItems (more than `most`) and TooManyBrackets."""
    return _parts(data, b"[", most)


def object_members(data: bytes, *, most: int) -> tuple[bytes, ...]:
    """The members of the object `data`, each as `"name": value`. Raises as `array_items`."""
    return _parts(data, b"{", most)


def member_of(data: bytes, name: str) -> bytes:
    """The value of the member `name` of the object `data`, which was read strictly before and has one, as the bytes
    that were written. Raises as `array_items`."""
    found = (_MEMBER.fullmatch(each) for each in object_members(data, most=_MOST_MEMBERS))
    # Compared as it is read: any character of a name may be written as an escape.
    return next((match[2] for match in found if match and json.loads(match[1]) == name), b"")


def lines(data: bytes, *, most: int) -> tuple[bytes, ...]:
    """The lines of NDJSON that are not blank. Raises TooManyItems."""
    found: list[bytes] = []
    for number, line in enumerate(re.finditer(rb"[^\n]++", data)):
        text = line[0].strip()
        if number >= _BLANK * most or (text and len(found) == most):
            raise TooManyItems(limit=most)
        if text:
            found.append(text)
    return tuple(found)


def _parts(data: bytes, opening: bytes, most: int) -> tuple[bytes, ...]:
    begins = _OPENING.match(data)
    if begins is None or begins[1] != opening:
        raise NotAList
    found: list[bytes] = []
    depth, brackets, start, place = 1, 0, begins.end(), begins.end()
    while True:
        # Both match where there is nothing to skip, too.
        place = (_TO_COMMA_OR_BRACKET if depth == 1 else _TO_BRACKET).match(data, place).end()  # type: ignore[union-attr]
        sign = data[place : place + 1]
        if not sign:
            raise NotAList
        place += 1
        if sign != b",":
            brackets += 1
            if brackets > MOST_BRACKETS:
                raise TooManyBrackets
            depth += 1 if sign in b"[{" else -1
        if depth == 0 or (depth == 1 and sign == b","):
            part = data[start : place - 1].strip(b" \t\r\n")
            if not part and (depth == 1 or found):
                raise NotAList  # an empty place between two commas
            if part:
                if len(found) == most:
                    raise TooManyItems(limit=most)
                found.append(part)
            start = place
        if depth == 0:
            if _REST.fullmatch(data, place) is None:
                raise NotAList
            return tuple(found)
