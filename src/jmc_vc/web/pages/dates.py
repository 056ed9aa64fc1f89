"""Dates as people read them: 2026年10月1日（令和8年10月1日） and 1 October 2026, always as days in Japan.

The era beside the year is for dates of certificates, which people compare with papers that carry the era alone.
"""

from datetime import UTC, date, datetime

from jmc_vc.domain.japan_time import jst_day
from jmc_vc.sentences import written_date, written_time

_ERAS: tuple[tuple[date, str], ...] = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
)
"""First day and name, newest first (元号法; the days on which the present and past eras began)."""


def day(value: date | datetime, language: str) -> str:
    """The day, a moment as the day it falls on in Japan."""
    return written_date(_day(value), language)


def moment(value: datetime, language: str) -> str:
    """The day and time in Japan."""
    return written_time(value, language)


def era(value: date | datetime) -> str | None:
    """令和8年10月1日; the first year of an era is 元年. None for days before the eras that we write."""
    found = _day(value)
    for first, name in _ERAS:
        if found >= first:
            year = found.year - first.year + 1
            return f"{name}{'元' if year == 1 else year}年{found.month}月{found.day}日"
    return None


def machine_day(value: date | datetime) -> str:
    """For the `datetime` attribute of `<time>`."""
    return _day(value).isoformat()


def machine_moment(value: datetime) -> str:
    """For the `datetime` attribute of `<time>`, in UTC to the second."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(value: date | datetime) -> date:
    return jst_day(value) if isinstance(value, datetime) else value
