"""Tables come in as they were written and go out harmless."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.csv_table import CsvEncoding, CsvSyntax, TooManyRows, neutral, read_csv, write_csv

FORMULAS = ["=1+1", "+81", "-2+3", "@SUM(1)", "\t=1", "\r@x", "\n=1", "＝1", "＋1", "－1", "＠x", "'=1", "'"]


@pytest.mark.parametrize("cell", FORMULAS, ids=ascii)
def test_cs_02_what_is_written_is_no_formula_and_can_be_read_back(cell: str) -> None:
    written = write_csv(((cell, "x"),)).decode("utf-8-sig")
    ((first, _),) = list(csv.reader(io.StringIO(written, newline="")))
    assert first == f"'{cell}"
    assert first.removeprefix("'") == cell


@given(st.text())
def test_a_neutral_cell_begins_with_nothing_that_a_spreadsheet_runs(text: str) -> None:
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert neutral(text).removeprefix("'") == text or neutral(text) == text


def test_a_row_has_the_number_that_it_has_in_a_spreadsheet() -> None:
    assert read_csv(b'a,"b\r\nc"\r\n\r\n,\r\nd\r\n', most=3) == ((1, ("a", "b\r\nc")), (4, ("d",)))


def test_an_encoding_is_never_guessed() -> None:
    written = "表,ソ".encode("cp932")
    assert read_csv(written, encoding="shift_jis", most=1) == ((1, ("表", "ソ")),)
    with pytest.raises(CsvEncoding):
        read_csv(written, most=1)
    with pytest.raises(CsvEncoding):
        read_csv("😀".encode(), encoding="cp932", most=1)


@given(st.binary(max_size=80))
def test_bytes_of_any_kind_are_a_table_or_refused(data: bytes) -> None:
    try:
        rows = read_csv(data, most=3)
    except (CsvEncoding, CsvSyntax, TooManyRows):
        return
    assert all(any(cells) for _, cells in rows)
