"""What must hold for every input: the permutation, names, dates, results, My Number."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from unicodedata import category, digit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jmc_vc.domain.accreditation import AwardDuringSuspension, accredited_on, ensure_awardable
from jmc_vc.domain.award import ResultNotMet, ResultOutOfRange, ResultUnreadable, check_results, valid_until
from jmc_vc.domain.exact_number import exact, plain, written
from jmc_vc.domain.japan_time import (
    UnreadableDate,
    add_months,
    end_of_day,
    jst_day,
    read_moment,
    start_of_day,
)
from jmc_vc.domain.my_number import MyNumberRejected, holds_my_number, is_my_number, refuse_my_number
from jmc_vc.domain.person_name import NameParts, PersonName, check, name_json, search_key, signed_name
from jmc_vc.domain.program import reinstate, suspend
from jmc_vc.domain.recipient import EmailRefused, Recipient
from jmc_vc.domain.recipient import check as check_recipient
from jmc_vc.domain.status_list import StatusList, index_at
from jmc_vc.errors import Unacceptable
from tests.builders.programs import FIRST_DAY, LAST_DAY, approved, award_with, content_of

DAYS = st.dates(date(1900, 1, 1), date(2900, 12, 31))
MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2998, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
PARTS = st.text(min_size=1, max_size=30)
CONTENT = content_of()


@given(size=st.integers(2, 300), key=st.binary(min_size=32, max_size=32))
def test_a_permutation_of_any_size_gives_every_index_once(size: int, key: bytes) -> None:
    whole = StatusList(number=1, issuer="a", size=size, allotted=0, change=0, permutation_key=key)
    assert sorted(index_at(whole, n) for n in range(size)) == list(range(size))


@given(day=DAYS, months=st.integers(0, 1200))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int) -> None:
    then = add_months(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(days=1)).day == 1)


@given(day=DAYS)
def test_a_day_in_japan_has_86400_seconds_and_reads_back(day: date) -> None:
    assert jst_day(start_of_day(day)) == jst_day(end_of_day(day)) == day
    assert end_of_day(day) - start_of_day(day) == timedelta(seconds=86_399)
    assert read_moment(day.isoformat()) == start_of_day(day)


@given(moment=MOMENTS)
def test_a_moment_reads_back_whatever_its_fraction(moment: datetime) -> None:
    assert read_moment(moment.isoformat()) == moment


@given(text=st.text() | st.from_regex(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?"))
def test_any_other_text_is_refused_and_nothing_else_happens(text: str) -> None:
    with suppress(UnreadableDate):
        assert read_moment(text).tzinfo is not None


@given(day=st.dates(FIRST_DAY, LAST_DAY), length=st.integers(0, 500), award=st.dates(FIRST_DAY, LAST_DAY))
def test_inv_01_an_award_date_counts_exactly_if_no_suspension_touches_it(day: date, length: int, award: date) -> None:
    lifted = day + timedelta(days=length)
    version = reinstate(suspend(approved(), day, ""), lifted)
    if day <= award <= lifted:
        with pytest.raises(AwardDuringSuspension):
            ensure_awardable(version, award)
    else:
        ensure_awardable(version, award)
        assert accredited_on(version, award)


@given(months=st.integers(1, 1200), award_day=DAYS)
def test_inv_09_the_end_lies_after_the_award_date(months: int, award_day: date) -> None:
    end = valid_until({"validity": {"kind": "period", "months": months}}, award_day)
    assert end is not None
    assert end > end_of_day(award_day)


@given(value=st.decimals(min_value=-10, max_value=200, places=2))
def test_inv_12_a_number_is_met_exactly_from_the_required_value_to_the_greatest(value: Decimal) -> None:
    award = award_with(("A1", format(value, "f")), ("A2", "L2"))
    try:
        check_results(award, CONTENT)
    except ResultOutOfRange:
        assert not 0 <= value <= 100
    except ResultNotMet:
        assert 0 <= value < 60
    else:
        assert 60 <= value <= 100


@given(text=st.text(max_size=20) | st.from_regex(r"[0-9eE.+\-NaIinf_ ]{1,8}"))
def test_inv_12_any_text_is_a_good_result_or_a_refusal(text: str) -> None:
    with suppress(ResultUnreadable, ResultOutOfRange, ResultNotMet):
        check_results(award_with(("A1", text), ("A2", "L2")), CONTENT)
        assert 60 <= Decimal(text) <= 100


@given(number=st.decimals(min_value=0, max_value=10**9, places=3))
def test_numbers_are_written_as_people_wrote_them(number: Decimal) -> None:
    assert Decimal(written(number)) == exact(plain(number)) == number
    assert "E" not in written(number)


@given(family=PARTS, given_name=PARTS, order=st.sampled_from(["family-first", "given-first"]))
def test_inv_33_what_is_signed_is_what_was_given_to_the_code_point(family: str, given_name: str, order: str) -> None:
    name = PersonName(ja=NameParts(family=family, given=given_name), order=order)  # type: ignore[arg-type]
    parts = [family, given_name] if order == "family-first" else [given_name, family]
    assert signed_name(name) == " ".join(parts)
    assert name_json(name)["ja"] == {"family": family, "given": given_name}


@given(text=st.text(max_size=60))
def test_a_name_that_is_taken_has_no_invisible_or_private_character(text: str) -> None:
    with suppress(Unacceptable):
        check(PersonName(full_name=text))
        assert not any(category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") for c in text)


@given(text=st.text(max_size=40))
def test_folding_for_search_is_stable(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(left=st.text(max_size=12), right=st.text(max_size=12))
def test_a_space_never_decides_a_search(left: str, right: str) -> None:
    assume(left.isascii() or right.isascii())
    assert search_key(f"{left} {right}") == search_key(f"{left}\u3000{right}")


@given(email=st.emails())
def test_an_address_is_taken_as_it_is_or_refused(email: str) -> None:
    with suppress(EmailRefused):
        check_recipient(Recipient(name=PersonName(full_name="A"), email=email))
        assert len(email) <= 254
        assert email.isascii()
        assert email.count("@") == 1
        assert not any(c.isspace() for c in email)


@given(digits=st.from_regex(r"[0-9]{11}", fullmatch=True), around=st.text(alphabet="abc あ。", max_size=5))
def test_inv_34_every_number_has_exactly_one_check_digit_and_is_found_in_any_text(digits: str, around: str) -> None:
    (number,) = [digits + str(n) for n in range(10) if is_my_number(digits + str(n))]
    assert holds_my_number(f"{around}{number}{around}")
    assert holds_my_number(f"{number[:4]}-{number[4:8]}-{number[8:]}")
    assert holds_my_number("".join(chr(ord(each) + 0xFEE0) for each in number))


_DIGITS = [chr(code) for code in range(0x110000) if digit(chr(code), None) is not None]
_SHAPES = {value: [shape for shape in _DIGITS if digit(shape) == value] for value in range(10)}
_BETWEEN = st.text(alphabet=" \u3000\n-‐–ー−./／_＿・･，,~～．\u200b", max_size=2)


@given(
    digits=st.from_regex(r"[0-9]{11}", fullmatch=True),
    around=st.text(alphabet="abc あ。(「", max_size=5),
    data=st.data(),
)
def test_inv_34_a_number_is_found_in_every_script_with_every_separator(
    digits: str, around: str, data: st.DataObject
) -> None:
    (number,) = [digits + str(n) for n in range(10) if is_my_number(digits + str(n))]
    written = "".join(data.draw(st.sampled_from(_SHAPES[int(each)])) + data.draw(_BETWEEN) for each in number)
    with pytest.raises(MyNumberRejected):
        refuse_my_number({"note": f"{around}{written}{around}"})


@given(text=st.text(), digits=st.text(alphabet=[*_DIGITS, *" -・"], max_size=60))
def test_any_text_can_be_looked_through(text: str, digits: str) -> None:
    for each in (text, digits, f"{text}{digits}"):
        with suppress(MyNumberRejected):
            refuse_my_number({"note": each, each: None})
