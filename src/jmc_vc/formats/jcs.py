"""JSON Canonicalization Scheme (RFC 8785): one JSON value, one byte sequence.

The library `rfc8785` writes; this front refuses what has no canonical form, so that a digest never stands for two
values. Most values need none of the scheme's subtleties (numbers that are very large, very small or written with a
point they do not need; member names outside the Basic Multilingual Plane, whose UTF-16 order differs from that of the
code points): for those `orjson` writes the same bytes ten times as fast.
"""

import hashlib
from typing import Any, cast

import orjson
import rfc8785

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.strict_json import LARGEST_INTEGER, JsonValue

_FIRST_SURROGATE = chr(0xD800)
"""Below it, the order of UTF-16 units is that of code points."""
_SMALLEST_FRACTION, _LARGEST_FRACTION = 1e-4, 1e15
"""Between them both write the fewest digits that tell the number, without an exponent; whole numbers they write
differently (10 and 10.0)."""


class NotCanonicalizable(Unacceptable):
    """NaN, infinity, an integer beyond ±2^53, a lone surrogate, a member name that is no text, or nested too deep."""

    code = "canon.value"


def canonicalize(value: JsonValue) -> bytes:
    """`value` as RFC 8785 writes it: UTF-8, members in UTF-16 order, numbers as ECMAScript. Raises
    NotCanonicalizable."""
    try:
        if _is_plain(value):
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        return rfc8785.dumps(cast("Any", value))
    except (
        rfc8785.CanonicalizationError,
        orjson.JSONEncodeError,
        UnicodeEncodeError,
        RecursionError,
        AttributeError,
        TypeError,
    ) as err:
        raise NotCanonicalizable from err


def digest(value: JsonValue) -> str:
    """`sha-256:` and the hex SHA-256 of the canonical bytes."""
    return f"sha-256:{hashlib.sha256(canonicalize(value)).hexdigest()}"


def _is_plain(value: JsonValue) -> bool:
    """Whether sorting members by code point and writing numbers as `orjson` does gives the canonical form."""
    items: list[Any] = [value]
    for item in items:  # which grows meanwhile: each value is looked at once, without recursion
        kind = type(item)
        if kind is str:
            continue
        if kind is dict:
            names = "".join(item)
            if not names.isascii() and max(names) >= _FIRST_SURROGATE:
                return False
            items += item.values()
        elif kind is list:
            items += item
        elif kind is int:
            if not -LARGEST_INTEGER < item < LARGEST_INTEGER:
                return False
        elif kind is float:
            if item.is_integer() or not _SMALLEST_FRACTION < abs(item) < _LARGEST_FRACTION:
                return False
        elif kind is not bool and item is not None:
            return False
    return True
