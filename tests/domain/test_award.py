from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jmc_vc.domain.award import (
    ActivityAfterAward,
    ActivityReversed,
    AlreadyExpired,
    AwardInFuture,
    Evidence,
    ResultLevelUnknown,
    ResultMissing,
    ResultNotMet,
    ResultOutOfRange,
    ResultTwice,
    ResultUnknown,
    ResultUnreadable,
    check_dates,
    check_results,
    ensure_still_valid,
    results_json,
    valid_until,
)
from jmc_vc.domain.evidence import EvidenceLinkRefused, EvidenceTextRefused, TooMuchEvidence
from jmc_vc.domain.evidence import check as check_evidence
from jmc_vc.domain.japan_time import read_moment
from jmc_vc.errors import Unacceptable
from tests.builders.programs import EXAMPLE_SITE, PROGRAMS, award_with, content_of

NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
URL = "https://mc.example.jp/programs/JMC-P-900001/v/1"


def test_inv_12_the_results_of_the_example_are_those_of_the_example() -> None:
    award = award_with(("A2", "L3"), ("A1", "82"))
    check_results(award, content_of())
    assert results_json(award, content_of(), EXAMPLE_SITE) == [
        {"type": ["Result"], "resultDescription": f"{URL}#A1", "value": "82", "status": "Completed"},
        {"type": ["Result"], "resultDescription": f"{URL}#A2", "achievedLevel": f"{URL}#A2-L3", "status": "Completed"},
    ]


@pytest.mark.parametrize("value", ["60", "60.0", "60.00", "82", "99.99", "100", "100.00"])
def test_inv_12_a_value_that_is_at_least_what_is_asked_is_met_and_kept_as_written(value: str) -> None:
    award = award_with(("A1", value), ("A2", "L2"))
    check_results(award, content_of())
    assert results_json(award, content_of(), EXAMPLE_SITE)[0]["value"] == value


def test_inv_12_a_status_is_completed() -> None:
    content = PROGRAMS["JMC-P-900003"]
    award = award_with(("A1", "70"), ("A2", "Completed"))
    check_results(award, content)
    assert results_json(award, content, EXAMPLE_SITE)[1].keys() == {"type", "resultDescription", "status"}


REFUSED: list[tuple[str, tuple[tuple[str, str], ...], type[Unacceptable]]] = [
    ("none at all", (), ResultMissing),
    ("one missing", (("A1", "82"),), ResultMissing),
    ("one twice", (("A1", "82"), ("A2", "L2"), ("A1", "82")), ResultTwice),
    ("one unknown", (("A1", "82"), ("A2", "L2"), ("A3", "82")), ResultUnknown),
    ("just below", (("A1", "59.99"), ("A2", "L2")), ResultNotMet),
    ("level below", (("A1", "82"), ("A2", "L1")), ResultNotMet),
    ("level unknown", (("A1", "82"), ("A2", "L9")), ResultLevelUnknown),
    ("a number for a level", (("A1", "82"), ("A2", "2")), ResultLevelUnknown),
    ("a status for a number", (("A1", "Completed"), ("A2", "L2")), ResultUnreadable),
    ("above the greatest (AP-20)", (("A1", "100.01"), ("A2", "L2")), ResultOutOfRange),
    ("below the least", (("A1", "-1"), ("A2", "L2")), ResultOutOfRange),
    *(
        (f"AP-20 {value!r}", (("A1", value), ("A2", "L2")), ResultUnreadable)
        for value in [
            "", " ", "NaN", "nan", "sNaN", "Infinity", "inf", "1e999", "8e1", "+82", "082", "82.", ".5", "82.123",
            "0x52",
            "82 ", " 82", "82\n", "8_2", "８２",
            "٨٢", "-0", "-0.00", "82,5", "59.999999999999999999", "1" * 400, "true",
        ]
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "results", "kind"), REFUSED, ids=[case for case, _, _ in REFUSED])
def test_inv_12_a_result_that_is_missing_doubled_unreadable_or_below_blocks_signing(
    case: str, results: tuple[tuple[str, str], ...], kind: type[Unacceptable]
) -> None:
    with pytest.raises(kind) as refusal:
        check_results(award_with(*results), content_of())
    assert refusal.value.code.startswith("request.result_")
    assert (refusal.value.pointer or "").startswith("/results")


def test_inv_12_a_failed_status_blocks_signing() -> None:
    content = PROGRAMS["JMC-P-900003"]
    with pytest.raises(ResultNotMet):
        check_results(award_with(("A1", "70"), ("A2", "Failed")), content)
    with pytest.raises(ResultUnreadable):
        check_results(award_with(("A1", "70"), ("A2", "completed")), content)


def test_inv_12_decimals_are_compared_as_they_are_written() -> None:
    content = content_of(assessment__0__result={"type": "RawScore", "min": 0, "max": 0.3, "requiredValue": 0.3})
    check_results(award_with(("A1", "0.30"), ("A2", "L2")), content)
    with pytest.raises(ResultNotMet):
        check_results(award_with(("A1", "0.29"), ("A2", "L2")), content)


def dated(awarded: str, start: str | None = None, end: str | None = None) -> Any:
    return award_with(
        awarded_at=read_moment(awarded),
        activity_start=read_moment(start) if start else None,
        activity_end=read_moment(end) if end else None,
    )


def test_inv_08_dates_in_their_order_are_taken() -> None:
    check_dates(dated("2026-10-01", "2026-06-01", "2026-09-20"), NOW)
    check_dates(dated("2026-10-01", "2026-10-01", "2026-10-01"), NOW)
    check_dates(dated("2026-10-01", "2019-04-01"), NOW)  # before the accreditation: allowed


@pytest.mark.parametrize(
    ("award", "kind"),
    [
        (dated("2026-10-06"), AwardInFuture),
        (dated("2026-10-05T10:05:01+09:00"), AwardInFuture),
        (dated("2026-10-01", "2026-09-21", "2026-09-20"), ActivityReversed),
        (dated("2026-10-01", "2026-06-01", "2026-10-02"), ActivityAfterAward),
        (dated("2026-10-01", None, "2026-10-01T00:00:01+09:00"), ActivityAfterAward),
        (dated("2026-10-01", "2026-10-02"), ActivityAfterAward),
    ],
)
def test_inv_08_dates_out_of_order_are_refused(award: Any, kind: type[Unacceptable]) -> None:
    with pytest.raises(kind):
        check_dates(award, NOW)


def test_inv_08_five_minutes_of_clock_skew_are_forgiven() -> None:
    check_dates(dated("2026-10-05T10:05:00+09:00"), NOW)


@pytest.mark.parametrize(
    ("months", "award_day", "end"),
    [
        (6, date(2026, 8, 31), "2027-02-28T23:59:59+09:00"),
        (6, date(2027, 8, 31), "2028-02-29T23:59:59+09:00"),
        (24, date(2026, 10, 1), "2028-10-01T23:59:59+09:00"),
        (60, date(2028, 2, 29), "2033-02-28T23:59:59+09:00"),
    ],
)
def test_inv_09_the_end_is_computed_from_the_award_date(months: int, award_day: date, end: str) -> None:
    found = valid_until(content_of("JMC-P-900002", validity__months=months), award_day)
    assert found is not None
    assert found.isoformat() == end


def test_inv_09_an_unlimited_validity_has_no_end() -> None:
    assert valid_until(content_of(), date(2026, 10, 1)) is None
    ensure_still_valid(content_of(), date(2026, 10, 1), NOW)


def test_inv_09_a_credential_cannot_end_before_it_begins() -> None:
    content = PROGRAMS["JMC-P-900005"]
    end = valid_until(content, date(2026, 4, 1))
    assert end is not None
    ensure_still_valid(content, date(2026, 4, 1), end - timedelta(seconds=1))
    with pytest.raises(AlreadyExpired):
        ensure_still_valid(content, date(2026, 4, 1), end)


@pytest.mark.parametrize(
    "url", ["https://hoshimigaoka.example/e/1?x=%E5%AD%A6#a", "https://xn--fiqs8s.example:8443/", "HTTPS://a.example"]
)
def test_a_public_https_link_is_evidence(url: str) -> None:
    check_evidence([Evidence(url=url, name="報告書", narrative="**根拠**\n- [x](javascript:alert(1))")])  # AP-18: inert


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",  # AP-17
        "http://a.example/",
        "data:text/html,x",
        "//a.example",
        "https://",
        "https://localhost/",
        "https://intranet/",
        "https://db.internal/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://user:pw@a.example/",
        "https://a.example\\@b.example/",
        "https://a.example:99999/",
        "https://a.example/ x",
        "https://大学.example/",
        "https://a.example/" + "x" * 2048,
    ],
)
def test_any_other_link_is_refused(url: str) -> None:
    with pytest.raises(EvidenceLinkRefused) as refusal:
        check_evidence([Evidence(name="ok"), Evidence(url=url)])
    assert refusal.value.pointer == "/evidence/1/id"


def test_too_much_evidence_and_unreadable_texts_are_refused() -> None:
    with pytest.raises(TooMuchEvidence):
        check_evidence([Evidence(name="x")] * 21)  # AP-16
    for text in ("", " ", "a\x00b", "a\x9bb", "a\u202eb", "a\u2066b", "x" * 201):
        with pytest.raises(EvidenceTextRefused):
            check_evidence([Evidence(name=text)])
