from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jmc_vc.domain.accreditation import (
    AwardAfterAccreditation,
    AwardBeforeAccreditation,
    AwardDuringSuspension,
    NeverAccredited,
    NotApprovedOnAwardDate,
    ProgramSuspended,
    ProgramWithdrawn,
    PublicState,
    accredited_on,
    ensure_awardable,
    is_public,
    public_state,
)
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramVersion, approve, reinstate, suspend, version_for, withdraw
from jmc_vc.sentences import sentence
from tests.builders.programs import FIRST_DAY, LAST_DAY, approval, approved, content_of, submitted

DAY = timedelta(days=1)
SUSPENDED_FROM, LIFTED_ON = date(2026, 6, 10), date(2026, 6, 20)


def interrupted() -> ProgramVersion:
    """Suspended from 10 June, lifted on 20 June."""
    return reinstate(suspend(approved(), SUSPENDED_FROM, "reason"), LIFTED_ON)


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_inv_01_the_first_and_the_last_day_of_the_window_count(day: date) -> None:
    ensure_awardable(approved(), day)


@pytest.mark.parametrize(
    ("moment", "ok"),
    [("2026-03-31T14:59:59+00:00", False), ("2026-03-31T15:00:00+00:00", True)],
)
def test_inv_01_the_award_date_is_a_date_in_japan(moment: str, ok: bool) -> None:
    day = jst_day(datetime.fromisoformat(moment))
    with nullcontext() if ok else pytest.raises(AwardBeforeAccreditation):
        ensure_awardable(approved(), day)


def test_inv_01_an_award_date_outside_the_window_is_refused_with_its_side() -> None:
    for day, kind in [(FIRST_DAY - DAY, AwardBeforeAccreditation), (LAST_DAY + DAY, AwardAfterAccreditation)]:
        with pytest.raises(kind) as refusal:
            ensure_awardable(approved(), day)
        assert refusal.value.code == "program_not_approved_on_award_date"
        assert refusal.value.pointer == "/awardedDate"


def test_the_refusal_says_the_date_and_the_period_as_people_write_them() -> None:
    with pytest.raises(NotApprovedOnAwardDate) as refusal:
        ensure_awardable(approved(), date(2026, 3, 31))
    text = sentence(refusal.value.sentence_code, **refusal.value.params)
    assert text.ja == "授与日（2026年3月31日）は認証期間（2026年4月1日～）の前です。証明は発行していません。"
    assert text.en.startswith("The award date (31 March 2026) is before the accreditation period (from 1 April 2026).")


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (SUSPENDED_FROM - DAY, True),
        (SUSPENDED_FROM, False),
        (SUSPENDED_FROM + DAY, False),
        (LIFTED_ON, False),
        (LIFTED_ON + DAY, True),
    ],
)
def test_inv_01_a_day_of_suspension_does_not_count_its_first_and_its_last_included(day: date, counts: bool) -> None:
    if counts:
        ensure_awardable(interrupted(), day)
    else:
        with pytest.raises(AwardDuringSuspension):
            ensure_awardable(interrupted(), day)


def test_inv_01_nothing_is_signed_while_the_version_is_suspended_or_withdrawn_whatever_the_award_date() -> None:
    with pytest.raises(ProgramSuspended):
        ensure_awardable(suspend(approved(), date(2027, 1, 1), ""), date(2026, 5, 1))
    with pytest.raises(ProgramWithdrawn):
        ensure_awardable(withdraw(approved(), datetime(2027, 1, 1, tzinfo=UTC)), date(2026, 5, 1))


def test_inv_01_a_version_that_was_only_submitted_can_be_awarded_on_no_day() -> None:
    with pytest.raises(NeverAccredited):
        ensure_awardable(submitted(), FIRST_DAY)
    with pytest.raises(NeverAccredited):
        version_for([submitted()], FIRST_DAY)


def test_inv_25_what_was_awarded_on_the_day_of_a_suspension_or_withdrawal_stays_accredited_for_verifiers() -> None:
    today = date(2026, 6, 10)
    assert accredited_on(suspend(approved(), today, ""), today)
    assert not accredited_on(suspend(approved(), today, ""), today + DAY)
    assert accredited_on(interrupted(), LIFTED_ON)
    assert not accredited_on(interrupted(), LIFTED_ON - DAY)
    gone = withdraw(approved(), datetime(2026, 6, 10, 3, tzinfo=UTC))
    assert accredited_on(gone, today)
    assert not accredited_on(gone, today + DAY)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (FIRST_DAY - DAY, PublicState.UPCOMING),
        (FIRST_DAY, PublicState.EFFECTIVE),
        (SUSPENDED_FROM - DAY, PublicState.EFFECTIVE),
        (SUSPENDED_FROM, PublicState.SUSPENDED),
        (LIFTED_ON - DAY, PublicState.SUSPENDED),
        (LIFTED_ON, PublicState.EFFECTIVE),
        (LAST_DAY, PublicState.EFFECTIVE),
        (LAST_DAY + DAY, PublicState.ENDED),
    ],
)
def test_the_register_shows_the_state_of_each_day(day: date, state: PublicState) -> None:
    assert public_state(interrupted(), day) is state


def test_the_register_of_a_past_day_knows_nothing_of_a_later_withdrawal() -> None:
    gone = withdraw(approved(), datetime(2026, 6, 9, 15, 0, tzinfo=UTC))  # 10 June in Japan
    assert public_state(gone, date(2026, 6, 9)) is PublicState.EFFECTIVE
    assert public_state(gone, date(2026, 6, 10)) is PublicState.WITHDRAWN
    assert public_state(gone, LAST_DAY + DAY) is PublicState.WITHDRAWN


def test_a_suspension_that_still_runs_when_the_window_ends_is_shown_as_the_end() -> None:
    assert public_state(suspend(approved(), LAST_DAY, ""), LAST_DAY + DAY) is PublicState.ENDED


def test_an_ended_version_is_superseded_once_its_successor_has_begun() -> None:
    old = approved(last=date(2027, 3, 31))
    new = approve(submitted(content_of(version="2")), approval(date(2027, 10, 1)), [old])
    assert public_state(old, date(2027, 9, 30), [old, new]) is PublicState.ENDED
    assert public_state(old, date(2027, 10, 1), [old, new]) is PublicState.SUPERSEDED
    assert public_state(new, date(2027, 10, 1), [old, new]) is PublicState.EFFECTIVE


def test_a_submitted_version_has_no_public_state() -> None:
    assert not is_public(submitted(), FIRST_DAY)
    assert is_public(approved(), date(2026, 3, 20))
    assert not is_public(approved(), date(2026, 3, 19))
    with pytest.raises(ValueError, match="never approved"):
        public_state(submitted(), FIRST_DAY)


def test_the_version_of_an_award_date_is_the_one_whose_window_holds_it() -> None:
    first = approved(last=date(2027, 3, 31))
    second = approve(submitted(content_of(version="2")), approval(date(2027, 10, 1)), [first])
    versions = [second, first, replace(submitted(content_of(version="3")))]
    assert version_for(versions, date(2027, 3, 31)) is first
    assert version_for(versions, date(2027, 10, 1)) is second
    with pytest.raises(AwardAfterAccreditation) as between:
        version_for(versions, date(2027, 4, 1))
    assert between.value.params["approvedUntil"] == date(2027, 3, 31)
    with pytest.raises(AwardBeforeAccreditation):
        version_for(versions, FIRST_DAY - DAY)
    with pytest.raises(AwardAfterAccreditation) as late:
        version_for(versions, LAST_DAY + DAY)
    assert late.value.params["approvedUntil"] == LAST_DAY


def test_a_suspended_version_is_found_so_that_the_refusal_can_say_why() -> None:
    stopped = suspend(approved(), SUSPENDED_FROM, "")
    assert version_for([stopped], SUSPENDED_FROM) is stopped
