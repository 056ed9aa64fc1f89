"""Which form, which language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.web.negotiation import best_language, best_type, prefers_html

OFFERS = ("application/vc", "application/ld+json", "application/json")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/vc"),
        ("", "application/vc"),
        ("*/*", "application/vc"),
        ("application/*", "application/vc"),
        ("application/json", "application/json"),
        ("APPLICATION/JSON", "application/json"),
        ("application/json, text/plain, */*", "application/json"),
        ("application/ld+json, application/json", "application/ld+json"),
        ("application/ld+json;q=0.1, application/json;q=0.2", "application/json"),
        ("application/json;q=0, */*", "application/vc"),
        ("application/vc;q=0, */*;q=0.1", "application/ld+json"),
        ("*/*;q=0", None),
        ("text/html", None),
        ("application/json;q=2", None),
        ("application/json;q=x", None),
        ('application/ld+json; profile="https://x"', "application/ld+json"),
        (",,;q=1,", "application/vc"),
        ("text/html," * 40 + "application/json", None),
    ],
)
def test_the_type_that_is_liked_most_wins(accept: str | None, chosen: str | None) -> None:
    assert best_type(accept, OFFERS) == chosen


def test_browsers_get_pages_and_programs_data() -> None:
    assert prefers_html(BROWSER)
    assert not prefers_html(None)
    assert not prefers_html("*/*")
    assert not prefers_html("application/json")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "ja"),
        ("en-GB,en;q=0.9", "en"),
        ("fr", "ja"),
        ("fr,*;q=0.1", "ja"),
        ("en;q=0.5,ja;q=0.4", "en"),
        ("EN", "en"),
    ],
)
def test_the_language_that_is_wanted_most_wins(header: str | None, language: str) -> None:
    assert best_language(header) == language


@given(st.text())
def test_no_header_breaks_it(header: str) -> None:
    assert best_type(header, OFFERS) in (*OFFERS, None)
    assert best_language(header) in ("ja", "en")
