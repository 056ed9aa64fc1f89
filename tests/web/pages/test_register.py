"""Searching the register, and a program's page."""

from datetime import UTC, date, datetime

from jmc_vc.domain.accreditation import Approval, ProgramState, Suspension
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.web.pages.program import events_of
from tests.builders.web import WebClient
from tests.web.pages.test_every_page import HTML


def found(web: WebClient, query: str) -> list[str]:
    page = web.get(f"/programs?{query}", headers=HTML).text
    return [number for number in (f"JMC-P-90000{place}" for place in range(1, 7)) if f"/programs/{number}/v/" in page]


def test_without_filters_the_programs_accredited_now_are_listed(web: WebClient) -> None:
    assert found(web, "") == ["JMC-P-900001", "JMC-P-900003", "JMC-P-900005", "JMC-P-900006"]


def test_a_filter_narrows_and_words_search(web: WebClient) -> None:
    assert found(web, "level=6") == ["JMC-P-900001"]
    assert found(web, "mode=online") == ["JMC-P-900005"]
    assert found(web, "state=suspended") == ["JMC-P-900004"]
    assert found(web, "state=ended") == ["JMC-P-900002"]
    assert found(web, "q=statistical") == ["JMC-P-900001"]
    assert found(web, "q=%E7%B5%B1%E8%A8%88&level=4") == []


def test_nothing_found_says_so_and_offers_a_wider_search(web: WebClient) -> None:
    page = web.get("/programs?q=%E7%A7%BB%E4%B9%97", headers=HTML).text
    assert "当てはまるプログラムがありません" in page
    wider = "/programs?q=%E7%A7%BB%E4%B9%97&state=now&state=upcoming&state=suspended&state=ended"
    assert wider.replace("&", "&amp;") in page
    assert found(web, wider.partition("?")[2]) == ["JMC-P-900002"]


def test_values_that_the_form_does_not_have_are_left_out(web: WebClient) -> None:
    assert found(web, "level=x&mode=nowhere&state=gone&level=99") == found(web, "")


def test_a_search_is_shown_back_inert(web: WebClient) -> None:
    page = web.get("/programs?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", headers=HTML).text
    assert "<script" not in page


def test_one_form_keeps_what_the_other_one_asked_for(web: WebClient) -> None:
    page = web.get("/programs?q=data&level=6&state=now&lang=en", headers=HTML).text
    search, filters = page.split("<form")[1:3]
    assert '<input type="hidden" name="level" value="6">' in search
    assert '<input type="hidden" name="q" value="data">' in filters
    assert search.count('name="lang" value="en"') == filters.count('name="lang" value="en"') == 1


def test_a_withdrawn_program_says_so_and_whom_it_does_not_touch(web: WebClient) -> None:
    page = web.get("/programs/JMC-P-900002/v/1", headers=HTML).text
    assert "この認証は2026年11月23日に取り消されました。" in page
    assert "授与された証明には影響しません。" in page


def test_the_history_has_what_happened_and_nothing_that_lies_ahead() -> None:
    version = ProgramVersion(
        number="JMC-P-900001",
        version="1",
        issuer="x",
        content={},
        content_digest="",
        submitted_at=datetime(2026, 1, 1, tzinfo=UTC),
        state=ProgramState.APPROVED,
        approval=Approval(
            decision="JMC-D-900001",
            decided_on=date(2026, 3, 10),
            effective_from=date(2026, 4, 1),
            effective_until=date(2029, 3, 31),
            approved_at=datetime(2026, 3, 19, 15, 0, tzinfo=UTC),
        ),
        suspensions=(
            Suspension(from_day=date(2026, 6, 1), until_day=date(2026, 7, 1), reason=""),
            Suspension(from_day=date(2027, 1, 1), until_day=None, reason=""),
        ),
    )
    assert [(event.day, event.kind) for event in events_of(version, date(2026, 12, 31))] == [
        (date(2026, 7, 1), "reinstated"),
        (date(2026, 6, 1), "suspended"),
        (date(2026, 4, 1), "starts"),
        (date(2026, 3, 10), "decided"),
    ]
    assert events_of(version, date(2029, 4, 1))[0].kind == "until"
