"""Every check is described where callers look, and stands below one answer of the page."""

import re
from pathlib import Path

import pytest

from jmc_vc.sentences import SENTENCES
from jmc_vc.verifying.checks import CHECKS
from jmc_vc.web.pages.verdict import CHECKS_OF

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z]+)` \|", REFERENCE, re.MULTILINE)


def test_the_reference_lists_the_checks_in_their_order() -> None:
    assert [name for name, _ in CHECKS] == ROWS


@pytest.mark.parametrize("name", [name for name, _ in CHECKS])
def test_a_check_stands_below_one_answer_of_the_page(name: str) -> None:
    assert [name in below for below in CHECKS_OF.values()].count(True) == 1


def test_the_reference_names_no_code_that_nobody_answers() -> None:
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", REFERENCE)) - {"summary.code"}
    assert named <= SENTENCES.keys(), named - SENTENCES.keys()
