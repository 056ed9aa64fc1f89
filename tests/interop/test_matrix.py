"""docs/reference/interop.md is the table that the tests prove, and the table has no hole without a reason."""

from xml.etree import ElementTree as ET

import pytest

from tests.interop.formats import FORMATS
from tests.interop.matrix import BACK, BOTH, HOLES, NOTES, ONLY_VERIFIED, ROWS, TABLE, Way
from tests.interop.page import SHOWN, page
from tests.interop.peers import PEERS
from tests.interop.report import PAGE, report

CELLS = [(format_, peer) for format_, each in FORMATS.items() for peer in PEERS if each.family in PEERS[peer].families]
"""Those where one may expect something."""


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_a_direction_is_missing_for_a_reason_and_for_no_other() -> None:
    incomplete = {
        (format_, peer)
        for format_, peer in CELLS
        if TABLE[format_].get(peer, Way(0)) != (BACK if format_ in ONLY_VERIFIED else BOTH)
    }
    assert incomplete == set(HOLES)


def test_each_cell_and_each_remark_is_of_a_peer_that_has_the_family() -> None:
    assert TABLE.keys() == FORMATS.keys()
    assert {(format_, peer) for format_, peers in TABLE.items() for peer in peers} <= set(CELLS)
    assert set(NOTES) <= set(CELLS)
    assert {each.family for each in FORMATS.values()} == SHOWN.keys()


def test_a_row_that_no_test_proves_is_an_error() -> None:
    results = ET.fromstring("<testsuites/>")
    with pytest.raises(LookupError, match=ROWS[0].id):
        report(results)


def test_one_failure_fails_its_row_and_no_other() -> None:
    cases = "".join(
        f"<testcase>{'<failure/>' if number == 1 else ''}"
        f'<properties><property name="row" value="{row.id}"/></properties></testcase>'
        for number, row in enumerate([ROWS[0], *ROWS])
    )
    outcomes = [row["outcome"] for row in report(ET.fromstring(f"<testsuite>{cases}</testsuite>"))]
    assert outcomes == ["failed"] + ["passed"] * (len(ROWS) - 1)
