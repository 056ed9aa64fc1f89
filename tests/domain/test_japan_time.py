from datetime import UTC, date, datetime, timedelta

import pytest

from jmc_vc.domain.japan_time import UnreadableDate, add_months, end_of_day, jst_day, read_moment, start_of_day


def test_the_last_second_of_march_and_the_first_of_april_in_japan() -> None:
    assert jst_day(datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)) == date(2026, 3, 31)
    assert jst_day(datetime(2026, 3, 31, 15, 0, 0, tzinfo=UTC)) == date(2026, 4, 1)


def test_a_moment_without_an_offset_has_no_day_in_japan() -> None:
    with pytest.raises(ValueError, match="offset"):
        jst_day(datetime(2026, 4, 1))  # noqa: DTZ001 - that is what is refused


def test_a_day_begins_at_midnight_in_japan_and_its_last_second_still_belongs_to_it() -> None:
    day = date(2026, 10, 1)
    assert start_of_day(day).isoformat() == "2026-10-01T00:00:00+09:00"
    assert end_of_day(day).isoformat() == "2026-10-01T23:59:59+09:00"
    assert jst_day(start_of_day(day)) == jst_day(end_of_day(day)) == day
    assert jst_day(end_of_day(day) + timedelta(seconds=1)) == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 10, 1), 60, date(2031, 10, 1)),
    ],
)
def test_months_are_added_with_the_last_day_of_the_month_as_the_end(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-01", "2026-10-01T00:00:00+09:00"),
        ("2026-10-01T09:00:00Z", "2026-10-01T09:00:00+00:00"),
        ("2026-10-01T09:00:00+05:45", "2026-10-01T09:00:00+05:45"),
        ("2026-10-01T09:00:00.5-03:30", "2026-10-01T09:00:00.500000-03:30"),
        ("2028-02-29", "2028-02-29T00:00:00+09:00"),
    ],
)
def test_a_date_or_a_date_time_with_offset_is_read(text: str, moment: str) -> None:
    assert read_moment(text).isoformat() == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-10-1",
        "2026/10/01",
        "20261001",
        "2026-W40-4",
        "2026-274",
        "2026-10-01T09:00:00",  # no offset
        "2026-10-01T09:00+09:00",  # no seconds
        "2026-10-01 09:00:00+09:00",
        "2026-10-01T24:00:00+09:00",
        "2026-10-01T23:59:60+09:00",
        "2026-10-01T09:00:00+25:00",
        "2026-10-01T09:00:00,5+09:00",
        "2026-02-29",
        "2026-04-31",
        "3月末日",
        "令和8年10月1日",
        "２０２６-10-01",
        "2026-10-01\n",
        " 2026-10-01",
        "0001-01-01",  # AP-13
        "10000-01-01",  # AP-13
        "9999-12-31T23:59:59-14:00",
        "99999999999",
    ],
)
def test_every_other_spelling_of_a_date_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate) as refusal:
        read_moment(text, pointer="/awardedDate")
    assert refusal.value.code == "request.date"
    assert refusal.value.pointer == "/awardedDate"
    assert not refusal.value.params
