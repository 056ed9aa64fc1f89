"""Calendar dates in Japan, and the moments that they stand for.

Every window is one of Japanese calendar dates: 2026-03-31T15:00:00Z is already 1 April in Japan (domain model §1-7).
Japan has had one offset and no summer time since 1952, so a fixed offset is exact and needs no time zone database.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone

from jmc_vc.errors import Unacceptable

JST = timezone(timedelta(hours=9), "JST")

EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
"""Outside of these a date is a slip of the pen; and Python's own ends, the years 1 and 9999, overflow when moved to
Japan."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
)


class UnreadableDate(Unacceptable):
    """Not `2026-10-01`, and not a date-time with seconds and offset (RFC 3339), or a day that does not exist."""

    code = "request.date"


def jst_day(moment: datetime) -> date:
    """The calendar date in Japan at `moment`, which must be aware."""
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset has no calendar date in Japan")
    return moment.astimezone(JST).date()


def start_of_day(day: date) -> datetime:
    """00:00:00 in Japan."""
    return datetime.combine(day, time(0, 0, 0), JST)


def end_of_day(day: date) -> datetime:
    """23:59:59 in Japan: the last second that belongs to the day."""
    return datetime.combine(day, time(23, 59, 59), JST)


def to_the_second(moment: datetime) -> str:
    """`2026-11-23 12:00:00 (JST)`; a fraction of a second counts as a whole one, for from then on it holds."""
    rounded = moment + timedelta(microseconds=-moment.microsecond % 1_000_000)
    return rounded.astimezone(JST).strftime("%Y-%m-%d %H:%M:%S (JST)")


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day: 31 August + 6 = 28 or 29 February
    (INV-09)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def read_moment(text: str, *, pointer: str | None = None) -> datetime:
    r"""A date stands for 00:00 in Japan; a date-time carries its offset. Raises `UnreadableDate` for anything else.

    The grammar is checked before Python's parser sees the text, because that one also takes week dates, missing
    seconds and, with `\d`, the digits of other scripts.
    """
    try:
        if _DAY.fullmatch(text):
            moment = start_of_day(date.fromisoformat(text))
        elif _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(_six_digits_of_fraction(text))
        else:
            raise UnreadableDate(pointer=pointer)
    except ValueError as err:
        raise UnreadableDate(pointer=pointer) from err
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise UnreadableDate(pointer=pointer)
    return moment


def _six_digits_of_fraction(text: str) -> str:
    return re.sub(r"\.[0-9]+", lambda found: found.group().ljust(7, "0"), text)
