"""dateTimeStamp, read strictly, and always the same way as the schema reads it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.openbadges.date_time import (
    LAST,
    NotADateTimeStamp,
    read_date_time_stamp,
    write_date_time_stamp,
)
from jmc_vc.formats.openbadges.schema import Schema, violations
from tests.builders.open_badge import badge

TAKEN = [
    ("2026-10-05T10:00:00+09:00", datetime(2026, 10, 5, 1, tzinfo=UTC)),
    ("2026-10-05T01:00:00Z", datetime(2026, 10, 5, 1, tzinfo=UTC)),
    ("2026-10-05T01:00:00-00:00", datetime(2026, 10, 5, 1, tzinfo=UTC)),
    ("2026-10-05T01:00:00.5Z", datetime(2026, 10, 5, 1, 0, 0, 500_000, tzinfo=UTC)),
    ("2026-10-05T01:00:00.123456789012Z", datetime(2026, 10, 5, 1, 0, 0, 123_456, tzinfo=UTC)),
    ("2026-10-05T15:00:00+14:00", datetime(2026, 10, 5, 1, tzinfo=UTC)),
    ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
]

REFUSED = [
    ("VJ-50 number", 99999999999),
    ("VJ-50 digit string", "99999999999"),
    ("VJ-51 no zone", "2026-10-05T10:00:00"),
    ("VJ-51 date only", "2026-10-05"),
    ("VJ-51 ISO week date", "2026-W41-1T10:00:00Z"),
    ("VJ-51 blank instead of T", "2026-10-05 10:00:00Z"),
    ("VJ-53 leap second, which XSD does not know", "2016-12-31T23:59:60Z"),
    ("small t", "2026-10-05t10:00:00Z"),
    ("small z", "2026-10-05T10:00:00z"),
    ("hour 24", "2026-10-05T24:00:00Z"),
    ("30 February", "2026-02-30T00:00:00Z"),
    ("29 February of no leap year", "2026-02-29T00:00:00Z"),
    ("year 0", "0000-01-01T00:00:00Z"),
    ("five-digit year", "12026-10-05T10:00:00Z"),
    ("negative year", "-2026-10-05T10:00:00Z"),
    ("offset of 15 hours", "2026-10-05T10:00:00+15:00"),
    ("offset of 14:01", "2026-10-05T10:00:00+14:01"),
    ("offset without colon", "2026-10-05T10:00:00+0900"),
    ("point without digits", "2026-10-05T10:00:00.Z"),
    ("thirteen digits of a second", "2026-10-05T10:00:00.1234567890123Z"),
    ("digits of another script", "２０２６-10-05T10:00:00Z"),
    ("line feed at the end", "2026-10-05T10:00:00Z\n"),
    ("nothing", ""),
    ("null", None),
    ("true", True),
    ("list", ["2026-10-05T10:00:00Z"]),
]


@pytest.mark.parametrize(("text", "instant"), TAKEN)
def test_a_moment_with_an_offset_is_taken_and_keeps_its_text(text: str, instant: datetime) -> None:
    stamp = read_date_time_stamp(text)
    assert (stamp.text, stamp.instant) == (text, instant)


@pytest.mark.parametrize("value", [value for _, value in REFUSED], ids=[name for name, _ in REFUSED])
def test_everything_else_is_refused_with_its_place(value: Any) -> None:
    with pytest.raises(NotADateTimeStamp) as refusal:
        read_date_time_stamp(value, pointer="/validFrom")
    assert (refusal.value.code, refusal.value.pointer) == ("schema.datetime", "/validFrom")


@pytest.mark.parametrize("value", [value for _, value in REFUSED], ids=[name for name, _ in REFUSED])
def test_the_schema_refuses_what_the_reader_refuses(value: Any) -> None:
    found = violations(badge("/validFrom", value), Schema.OPEN_BADGE)
    assert {(each.pointer, each.code) for each in found} == {("/validFrom", "schema.datetime")}


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59-14:00",  # VJ-52
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00Z",
    ],
)
def test_the_ends_of_the_calendar_can_be_compared_and_written_in_any_zone(text: str) -> None:
    instant = read_date_time_stamp(text).instant
    for hours in (-14, 0, 9, 14):
        assert instant.astimezone(timezone(timedelta(hours=hours))) == instant
    assert (instant < datetime(2026, 1, 1, tzinfo=UTC)) == text.startswith("0001")
    assert violations(badge("/validFrom", text), Schema.OPEN_BADGE) == ()


def test_validity_is_compared_by_instant_and_not_by_text() -> None:
    # VJ-49, VJ-54: as text the second is the smaller one
    earlier, later = read_date_time_stamp("2026-10-05T09:00:00+09:00"), read_date_time_stamp("2026-10-05T01:00:00Z")
    assert earlier.instant < later.instant
    assert read_date_time_stamp("9999-12-31T23:59:59Z").instant == LAST


@given(st.datetimes(min_value=datetime(2, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))])))  # noqa: DTZ001
def test_what_we_write_we_read(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert read_date_time_stamp(write_date_time_stamp(moment)).instant == min(whole, LAST)


def test_a_moment_without_offset_is_not_written() -> None:
    with pytest.raises(ValueError, match="offset"):
        write_date_time_stamp(datetime(2026, 1, 1))  # noqa: DTZ001


@given(st.from_regex(r"(000|202|999)[0-9]-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,3})?"
                     r"(Z|z|[+-][0-2][0-9]:[0-6][0-9])?", fullmatch=True))  # fmt: skip
def test_schema_and_reader_agree_on_every_text_that_looks_like_a_moment(text: str) -> None:
    try:
        read_date_time_stamp(text)
        taken = True
    except NotADateTimeStamp:
        taken = False
    assert taken == (violations(badge("/awardedDate", text), Schema.OPEN_BADGE) == ())
