"""dateTimeStamp, the one form of time in a credential: text with an offset, read strictly.

https://www.w3.org/TR/vc-data-model-2.0/#validity-period and https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp

Taken is what XSD `dateTimeStamp` and RFC 3339 both allow, so that no reader can understand another moment than we do:
four-digit years from 0001 on, a capital T, at most twelve digits of a second, `Z` or an offset of at most 14 hours.
Refused therefore: a missing offset, a bare date, a blank for the T, week dates, hour 24, and the leap second
`23:59:60`, which XSD does not know and which Python cannot hold.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from jmc_vc.errors import Unacceptable

FIRST = datetime(1, 1, 2, tzinfo=UTC)
LAST = datetime(9999, 12, 30, 23, 59, 59, tzinfo=UTC)
"""The ends between which instants are kept. A day short of the calendar's own ends, because turning a moment of the
last day (`9999-12-31T23:59:59-14:00`, but also the customary "for ever" `…Z` in Japanese time) into another zone
overflows."""

_FORM = re.compile(
    r"(?!0000)([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-5][0-9])(?:\.([0-9]{1,12}))?"
    r"(?:Z|([+-])(0[0-9]|1[0-3]|14(?=:00)):([0-5][0-9]))"
)


class NotADateTimeStamp(Unacceptable):
    """The text is no dateTimeStamp, or names a moment that no calendar has."""

    code = "schema.datetime"


@dataclass(frozen=True)
class DateTimeStamp:
    """`text` as it was signed, `instant` in UTC for comparing, to the microsecond (further digits are cut off)."""

    text: str
    instant: datetime


def read_date_time_stamp(value: object, *, pointer: str | None = None) -> DateTimeStamp:
    """The moment that `value` names. Raises NotADateTimeStamp for anything else, numbers and digit strings included."""
    found = _FORM.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise NotADateTimeStamp(pointer=pointer)
    year, month, day, hour, minute, second, fraction, sign, offset_hours, offset_minutes = found.groups()
    microsecond = int(fraction[:6].ljust(6, "0")) if fraction else 0
    try:
        local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), microsecond, UTC)
    except ValueError as err:
        raise NotADateTimeStamp(pointer=pointer) from err
    offset = timedelta(hours=int(offset_hours or 0), minutes=int(offset_minutes or 0))
    try:
        instant = local + offset if sign == "-" else local - offset
    except OverflowError:
        instant = LAST if sign == "-" else FIRST
    return DateTimeStamp(found.group(), min(max(instant, FIRST), LAST))


def read_date_time(value: object, *, pointer: str | None = None) -> DateTimeStamp:
    """The moment that `value` names, one without an offset being taken for UTC: a verifier has to read what others
    wrote so (VC-07, https://www.w3.org/TR/vc-data-model-2.0/#validity-period). Raises NotADateTimeStamp."""
    try:
        return read_date_time_stamp(value, pointer=pointer)
    except NotADateTimeStamp:
        if not isinstance(value, str):
            raise
    return DateTimeStamp(value, read_date_time_stamp(f"{value}Z", pointer=pointer).instant)


def write_date_time_stamp(moment: datetime) -> str:
    """`moment`, which must know its offset, to the second: `2026-10-05T10:00:00+09:00`, or `…Z` for UTC.

    Offsets that the form cannot carry (local mean times with seconds, or beyond 14 hours) are written in UTC."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a dateTimeStamp needs an offset")
    if offset % timedelta(minutes=1) or abs(offset) > timedelta(hours=14):
        return write_date_time_stamp(moment.astimezone(UTC))
    text = moment.replace(microsecond=0, tzinfo=timezone(offset)).isoformat(timespec="seconds")
    return text.removesuffix("+00:00") + "Z" if not offset else text
