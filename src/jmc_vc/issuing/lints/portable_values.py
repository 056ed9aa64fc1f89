"""Numbers that every processor writes alike.

jsonld.js writes 1e-7 as "0", rounds integers past 2^53 and prints floats beyond 15 digits in other ways than PyLD and
pyoxigraph (measured): such a credential would verify in one place and fail in another. Texts have no such trap but one:
RDFC-1.0 sorts by code point and jsonld.js by UTF-16 unit, which matters only for two values of one property that begin
with an astral and a full-width character; it is left to the differential tests.
"""

from typing import Any

from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.lints.facts import Facts

_EXACT = 2**53
_SMALLEST = 1e-6
_LARGEST = 1e15
_DIGITS = 15


def lint(document: JsonObject, facts: Facts) -> str | None:
    """Every number is one that all processors write alike. Returns the pointer of what is not so."""
    return _unportable(document, "")


def _unportable(value: Any, pointer: str) -> str | None:
    if isinstance(value, dict):
        children = ((name, member) for name, member in value.items())
    elif isinstance(value, list):
        children = ((str(position), member) for position, member in enumerate(value))
    else:
        return None if _is_portable(value) else pointer
    for name, member in children:
        fault = _unportable(member, f"{pointer}/{name}")
        if fault is not None:
            return fault
    return None


def _is_portable(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return True
    if isinstance(value, int):
        return abs(value) < _EXACT
    return value == 0 or (_SMALLEST <= abs(value) < _LARGEST and float(f"{value:.{_DIGITS}g}") == value)
