"""Which numbers and texts every processor of credentials writes alike, so that a signature made here verifies anywhere.

Where they do not (measured with jsonld.js 9, PyLD 3.3 and pyoxigraph 0.5):

- Floats of more than 15 significant digits are rounded by some (0.1 + 0.2), integers from 2^53 on by those that read
  doubles.
- 1e-7 is "0" in jsonld.js; 1e20 is written out by some and as 1.0E20 by others.
- RDFC-1.0 sorts statements by code point; jsonld.js sorts by UTF-16 unit, in which characters beyond U+FFFF come before
  U+E000 to U+FFFF (full-width letters, compatibility kanji), not after.

https://www.w3.org/TR/rdf-canon/#canon-algo-algo step 6
"""

from collections.abc import Iterable
from typing import Any

_EXACT = 2**53
_SMALLEST = 1e-6
_LARGEST = 1e15
_DIGITS = 15


def is_portable_number(value: object) -> bool:
    """Whether `value` is written alike by all, if it is a number at all; truth values are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    if isinstance(value, int):
        return abs(value) < _EXACT
    return value == 0 or (_SMALLEST <= abs(value) < _LARGEST and float(f"{value:.{_DIGITS}g}") == value)


def unportable_number(value: Any) -> str | None:
    """The pointer (RFC 6901) of the first number in a JSON value that is not portable."""
    if isinstance(value, dict):
        members: Iterable[tuple[object, Any]] = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    else:
        return None if is_portable_number(value) else ""
    for name, member in members:
        if type(member) is str:  # most of them: no call
            continue
        below = unportable_number(member)
        if below is not None:
            return f"/{name}{below}"
    return None


def misplaced(texts: Iterable[str]) -> str | None:
    """One of `texts` that stands in another place when they are sorted by UTF-16 unit instead of by code point.

    That happens when two of them differ first where one has a character beyond U+FFFF and the other one of U+E000 to
    U+FFFF: 😀 and Ａ, but not 𠮷野Ａ and 𠮷田.
    """
    different = set(texts)
    if len(different) < 2 or "".join(different).isascii():
        return None
    by_code_point = sorted(different)
    by_unit = sorted(by_code_point, key=_units)
    return next((here for here, there in zip(by_code_point, by_unit, strict=True) if here != there), None)


def _units(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")
