"""Texts that anybody may have written are shown so that nobody is misled by what cannot be seen."""

import json
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.web.pages.shown_text import WHOLE, displayable, shown_text

TABLE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "shown_text.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_what_cannot_be_seen_is_shown_as_such(row: dict[str, Any]) -> None:
    found = shown_text(row["text"], most=row.get("most", 200))
    assert found.text == row["shown"]
    assert found.cut is row.get("cut", False)
    assert found.altered is row.get("altered", False)
    assert found.legible is row.get("legible", True)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_what_was_shown_once_is_shown_the_same_again(row: dict[str, Any]) -> None:
    once = shown_text(row["text"]).text
    again = shown_text(once)
    assert (again.text, again.altered) == (once, False)


def test_lines_stay_apart_where_they_are_wanted() -> None:
    assert shown_text("a\r\nb\n\n\n\nc\td", lines=True).text == "a\nb\n\nc d"


def test_a_cell_is_never_blank_by_what_only_looks_so() -> None:
    assert displayable("\u00a0", most=9) == displayable("\u3164\u3164", most=9) == "\ufffd"
    assert displayable("", most=9) == ""
    assert displayable("W" * 3_000, most=200) == "W" * 200 + "…"


def test_work_is_bounded_whatever_a_text_is_made_of() -> None:
    """A megabyte of accents is looked at no further than it could be shown."""
    assert len(shown_text("Z" + "\u0350" * 1_000_000, most=WHOLE).text) < 20
    assert shown_text("a" + "\u3000" * 1_000_000 + "b").text == "a…"
