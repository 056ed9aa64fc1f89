"""A table in CSV (RFC 4180), read strictly: the whole of it, or nothing.

Spreadsheets in Japan write Shift_JIS (in truth its extension CP932) as often as UTF-8, and many texts are good in both
and mean something else: so another encoding than UTF-8 is read only where the sender names it. A cell is text, whatever
it begins with; what a spreadsheet would take for a formula is made harmless where cells are written (`neutral`), and
never where they are read.
https://www.rfc-editor.org/rfc/rfc4180, https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
from collections.abc import Mapping
from typing import Final

from jmc_vc.errors import TooLarge, Unacceptable
from jmc_vc.formats.strict_json import written_size

ENCODINGS: Final[Mapping[str, str]] = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "cp932": "cp932",
    "ms932": "cp932",
}
"""Names by which a sender may tell the encoding. A byte-order mark before UTF-8 is what spreadsheets write."""
LARGEST: Final = 2 << 20
"""Bytes: a thousand rows with a link and a remark."""
_LONGEST_CELL: Final = 16_384
"""Characters: eight times the longest link."""
_BLANK: Final = 10
"""Rows that may be there for each that counts: blank ones cost time too."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets take for the beginning of a formula, full-width forms too (＝＋－＠)."""


class CsvEncoding(Unacceptable):
    """Not in the encoding that was named, or in UTF-8 where none was."""

    code = "csv.encoding"


class CsvSyntax(Unacceptable):
    """A quote that never ends, a character behind one, NUL: `row` is where reading stopped."""

    code = "csv.syntax"


class TooManyRows(TooLarge):
    """More than `limit` rows."""

    code = "csv.rows"


class CsvTooLarge(TooLarge):
    """More than `limit` bytes."""

    code = "csv.size"


def read_csv(data: bytes, *, encoding: str = "utf-8", most: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows that are not blank, each with its number in a spreadsheet (from 1). `encoding` is one
    of ENCODINGS. Raises CsvTooLarge, CsvEncoding, CsvSyntax and TooManyRows (more than `most`)."""
    if len(data) > LARGEST:
        if data.count(b'"') % 2:  # not a long table, but a quote that never ends
            raise CsvSyntax(row=data.count(b"\n", 0, data.rindex(b'"')) + 1)
        raise CsvTooLarge(limit=written_size(LARGEST))
    try:
        text = data.decode(ENCODINGS[encoding])
    except UnicodeDecodeError as err:
        raise CsvEncoding from err
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, tuple[str, ...]]] = []
    number = 0
    try:
        for number, row in enumerate(rows, start=1):
            cells = tuple(cell.strip() for cell in row)
            if any(len(cell) > _LONGEST_CELL or "\0" in cell for cell in cells):
                raise CsvSyntax(row=number)
            if number > _BLANK * most or (any(cells) and len(found) == most):
                raise TooManyRows(limit=most)
            if any(cells):
                found.append((number, cells))
    except csv.Error as err:
        raise CsvSyntax(row=number + 1) from err
    return tuple(found)


def neutral(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula: an apostrophe goes before it, and before one that is
    there already, so that who reads our export back gets the text by taking one apostrophe off."""
    # What stands behind blanks counts too: some programs take them off.
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith((*_FORMULA, "'")) else text


def write_csv(rows: "tuple[tuple[str, ...], ...]") -> bytes:
    """The table with every cell neutral, in UTF-8 with the byte-order mark by which spreadsheets know it."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([neutral(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")
