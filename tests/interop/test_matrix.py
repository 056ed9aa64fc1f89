"""docs/reference/interop.md is the table that the tests prove."""

from xml.etree import ElementTree as ET

import pytest

from tests.interop.matrix import PAGE, ROWS, page, report


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_each_row_has_an_id_of_its_own() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)


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
