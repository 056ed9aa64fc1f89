"""The one reader of JSON that somebody else wrote (RFC 8259, made strict as RFC 7493 I-JSON asks).

Two readers that take the same bytes differently are a hole: what one verifies, another displays. So whatever leaves
room for that is refused: other encodings than UTF-8, a byte-order mark, a member named twice, NaN and numbers that a
double cannot hold, lone surrogates, NUL. Depth, values and bytes are limited before any value is built, in linear
time.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn, TypeAlias

import orjson

from jmc_vc.errors import Malformed, TooLarge

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
JsonObject: TypeAlias = dict[str, JsonValue]

LARGEST_INTEGER: Final = 2**53
"""RFC 7493 §2.2: beyond it a receiver that reads doubles sees another number than we do."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one document may cost. The defaults hold the largest honest badge several times over."""

    bytes: int = 2 << 20
    """As much as a request may have, so that one figure is told everywhere. A badge with a picture inside its data: URI
    is 400 KB. What costs time is the number of values; 2 MiB of one text are read in 6 to 15 ms."""
    depth: int = 32
    """Badges nest 12 deep with an endorsed endorser; every reader after us recurses."""
    values: int = 5_000
    """A credential of 18 kB has 700 values; what comes later costs up to 0.1 ms a value."""


class TooManyBytes(TooLarge):
    """More than `limit` bytes."""

    code = "parse.size"


class NotUtf8(Malformed):
    """Not UTF-8, or with a byte-order mark (RFC 8259 §8.1)."""

    code = "parse.encoding"


class NotJson(Malformed):
    """Not JSON; `position` is the character where it stops being JSON."""

    code = "parse.syntax"


class DuplicateKey(Malformed):
    """An object has the same member twice."""

    code = "parse.duplicate_key"


class BadNumber(Malformed):
    """NaN, Infinity, a number that a double cannot hold, or an integer beyond ±2^53."""

    code = "parse.number"


class BadUnicode(Malformed):
    """A lone surrogate in a string, which UTF-8 cannot carry, or U+0000, which PostgreSQL cannot store."""

    code = "parse.unicode"


class TooDeep(Malformed):
    """Nested deeper than `limit`."""

    code = "parse.depth"


class TooManyValues(Malformed):
    """More than `limit` values."""

    code = "parse.limit"


class NotAnObject(Malformed):
    """JSON, but not a JSON object."""

    code = "parse.not_an_object"


_OTHER_THAN_BRACKETS: Final = re.compile(r"[^\[\]{}]+")
# Only these two escapes can make a character that UTF-8 cannot carry; text written in plain UTF-8 skips the walk.
_SUSPECT_ESCAPES: Final = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_UNWANTED: Final = re.compile(r"[\x00\ud800-\udfff]")
_IDENTIFIER: Final = re.compile(r"[@A-Za-z_][A-Za-z0-9:_.-]{0,39}")
_LONGEST_INTEGER: Final = len(str(-LARGEST_INTEGER))
_LARGE: Final = b"0" * len(str(LARGEST_INTEGER))
_DIGITS_AS_ZERO: Final = bytes.maketrans(b"123456789", b"000000000")
_UNDECIDED: Final = object()


def parse(data: bytes, limits: Limits = Limits()) -> JsonValue:
    """The value that `data` says. Raises a Malformed with a `parse.` code, or TooManyBytes."""
    if len(data) > limits.bytes:
        raise TooManyBytes(limit=written_size(limits.bytes))
    found = _parse_fast(data, limits)
    return _parse_slowly(data, limits) if found is _UNDECIDED else found


def _parse_fast(data: bytes, limits: Limits) -> Any:
    """The value when some cheap looks at `data` are enough to know that it is within all rules, else _UNDECIDED.

    orjson reads three times as fast as the reader below, and refuses most of what that refuses, but takes a member
    named twice, integers beyond ±2^53 and NUL. What it read, written again, shows the rest: a member that was lost took
    its quotes with it, and every level is indented by two more spaces.
    """
    if b"\\u00" in data:
        return _UNDECIDED  # perhaps NUL, or a quote, which is written again with more quotes
    if _may_hold_large_integer(data):
        return _UNDECIDED
    # At most two of three bytes begin a value or a container, as in `[],[],`; shorter data need no count.
    if 2 * len(data) >= 3 * limits.values and data.count(b",") + data.count(b"[") + data.count(b"{") >= limits.values:
        return _UNDECIDED  # every value but the first stands after a comma or is the first in its container
    try:
        value = orjson.loads(data)
        written = orjson.dumps(value, option=orjson.OPT_INDENT_2)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return _UNDECIDED
    if b"\n" + b"  " * limits.depth in written:
        return _UNDECIDED
    # Most writers leave no blanks, and then the same bytes come out again: a quicker look than counting.
    if orjson.dumps(value) != data and written.count(b'"') != data.count(b'"'):
        return _UNDECIDED
    return value


def _may_hold_large_integer(data: bytes) -> bool:
    """Whether as many digits as 2^53 has stand in a row where a number begins; inside texts hardly anything does."""
    digits = data.translate(_DIGITS_AS_ZERO)
    at = digits.find(_LARGE)
    while at >= 0:
        if at == 0 or digits[at - 1] in b"-:,[ \t\r\n":
            return True
        at = digits.find(_LARGE, at + len(_LARGE))
    return False


def _parse_slowly(data: bytes, limits: Limits) -> JsonValue:
    """The rules themselves. Raises what `parse` raises."""
    if data[:3] == b"\xef\xbb\xbf":
        raise NotUtf8
    try:
        text = data.decode()
    except UnicodeDecodeError as err:
        raise NotUtf8 from err
    _require_bounded(text, limits)
    value: JsonValue = None
    wrong_at: int | None = None
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as err:
        wrong_at = err.pos
    if wrong_at is not None:
        # Raised out here: the library's error carries the whole document, which would end in logs as the context.
        raise NotJson(position=wrong_at)
    if _SUSPECT_ESCAPES.search(text):
        _require_plain_text(value)
    return value


def parse_object(data: bytes, limits: Limits = Limits()) -> JsonObject:
    """As `parse`, for callers that can only use a JSON object. Raises NotAnObject too."""
    value = parse(data, limits)
    if not isinstance(value, dict):
        raise NotAnObject
    return value


def shown_name(name: str) -> str:
    """The name of a member as an error may repeat it: only if it looks like an identifier. In the wrong place, even a
    learner's name is the name of a member."""
    return name if _IDENTIFIER.fullmatch(name) else "…"


def written_size(size: int) -> str:
    """A number of bytes for people: 2 MB, 64 KB."""
    unit, name = (1 << 20, "MB") if size >= 1 << 20 else (1 << 10, "KB")
    return f"{size / unit:.3g} {name}"


def _require_bounded(text: str, limits: Limits) -> None:
    """Count values and depth without building anything: the text without its strings is brackets, commas and
    numbers."""
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    # Without escapes every second piece between quotes is a string. Text that is no JSON may be cut wrongly, but only
    # after the point where the parser, which reads from the left, stops.
    skeleton = "".join(text.split('"')[::2])
    # Every value but the first stands after a comma or is the first in its container.
    if skeleton.count(",") + skeleton.count("[") + skeleton.count("{") >= limits.values:
        brackets = _OTHER_THAN_BRACKETS.sub("", skeleton[: limits.values * 4])
        _require_shallow(brackets, limits)
        raise TooManyValues(limit=limits.values)
    _require_shallow(_OTHER_THAN_BRACKETS.sub("", skeleton), limits)


def _require_shallow(brackets: str, limits: Limits) -> None:
    depth = 0
    for bracket in brackets:
        if bracket in "[{":
            depth += 1
            if depth > limits.depth:
                raise TooDeep(limit=limits.depth)
        else:
            depth -= 1


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) != len(members):
        seen: set[str] = set()
        for name, _ in members:
            if name in seen:
                raise DuplicateKey(member=shown_name(name))
            seen.add(name)
    return found


def _integer(digits: str) -> int:
    # Length first: reading 5,000 digits is quadratic work for nothing.
    if len(digits) > _LONGEST_INTEGER or abs(number := int(digits)) > LARGEST_INTEGER:
        raise BadNumber
    return number


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadNumber
    return number


def _constant(_: str) -> NoReturn:
    raise BadNumber


def _require_plain_text(value: JsonValue) -> None:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if _UNWANTED.search(item):
                raise BadUnicode
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant, strict=True
)
