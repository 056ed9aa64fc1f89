"""Bodies that are nearly tables of links. Each is refused with a typed error, or it has rows, each with its link and
what its sender calls it; what is written out again for a spreadsheet begins no formula, and says the same."""

import csv
import io
from random import Random
from time import process_time
from unicodedata import category

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.csv_table import ENCODINGS, read_csv, write_csv
from jmc_vc.verifying.batch_items import LONGEST_REFERENCE, MOST, from_table
from jmc_vc.verifying.take_in import PostedAddress

SECONDS = 0.5
_CELLS = (
    "link", "リンク", "番号", "reference", "https://verify.jmc.example/credentials/1", '"', '""', '"a\nb"', '"a"b', ",",
    ";", "\t", "\n", "\r\n", "\r", " ", "=1+1", "@SUM(A1)", "-2", "＝1", "'=1", "\0", "\ufeff", "\u202e", "é",
    "x" * 300, "\u2028", "|", "/",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))


def _made(seed: int) -> bytes:
    chance = Random(seed)
    between = (",", ",", ",", "\n", "\r\n", "")
    text = "".join(chance.choice(_CELLS) + chance.choice(between) for _ in range(chance.randint(1, 14)))
    if chance.random() < 0.3:
        text = f"リンク,番号\n{text}"
    return text.encode(chance.choice(("utf-8", "utf-8", "utf-8-sig", "cp932", "utf-16")), "replace")


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    for encoding in ("utf-8", "shift_jis"):
        started = process_time()
        try:
            items = from_table(data, encoding=encoding)
        except Error as refused:
            assert refused.code in {"csv.encoding", "csv.syntax", "csv.rows", "csv.size", "batch.empty"}  # noqa: PT017 - a value may come too
            continue
        finally:
            assert process_time() - started < SECONDS
        assert 0 < len(items) <= MOST
        text = data.decode(ENCODINGS[encoding])
        for item in items:
            assert item.line is not None
            assert item.reference != ""
            assert len(item.reference or "") <= LONGEST_REFERENCE
            assert not {"Cc", "Cf", "Zl", "Zp"} & set(map(category, item.reference or ""))
            try:
                link, _ = item.read()
            except Error as refused:
                assert refused.code == "batch.no_link"  # noqa: PT017 - likewise
                continue
            assert isinstance(link, PostedAddress)
            assert link.url.replace('"', "") in text.replace('"', "")
        _check_export(data, encoding)


def _check_export(data: bytes, encoding: str) -> None:
    rows = tuple(cells for _, cells in read_csv(data, encoding=encoding, most=MOST + 1))
    written = write_csv(rows).decode("utf-8-sig")
    again = [tuple(row) for row in csv.reader(io.StringIO(written, newline=""), strict=True)]
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) for row in again for cell in row
    )
    assert tuple(tuple(cell.removeprefix("'") for cell in row) for row in again) == rows
