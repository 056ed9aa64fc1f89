"""The items of a batch: what somebody hands in at once, cut into what is verified one by one.

The batch as a whole is read before the first item is verified: too many items, a bomb or a file that never ends are
refused at once. What is wrong with one item is told of that item.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.csv_table import TooManyRows, read_csv
from jmc_vc.formats.json_items import NotAList, TooManyItems, array_items, lines, object_members
from jmc_vc.formats.strict_json import NotAnObject
from jmc_vc.formats.zip_archive import ArchivedFile, files_of
from jmc_vc.verifying.misplaced import OFFICE_PARTS, AnOfficeFile
from jmc_vc.verifying.take_in import HandedIn, PostedAddress
from jmc_vc.verifying.wanted import NOTHING_MORE, Wanted

MOST: Final = 1_000
"""Items of one batch: the applicants of a large employer, some seconds of work."""
LONGEST_REFERENCE: Final = 200
"""Characters that are given back of what a caller calls an item."""

_WRAPPED = re.compile(rb'\s*\{\s*"(?:reference|credential|url|recipient|domain|challenge)"\s*:')
"""No credential has a member of these names, so nobody has to look further into one."""
_REFERENCE = re.compile(rb'"reference"\s*:')
_MOST_MEMBERS: Final = 8
_LINK_COLUMNS: Final = frozenset({"link", "url", "リンク", "リンク先", "アドレス", "証明のリンク"})
_REFERENCE_COLUMNS: Final = frozenset({"reference", "id", "no", "番号", "管理番号", "整理番号"})
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, and what turns the direction of writing or takes no room: a name may not look like another one."""

Question: TypeAlias = tuple[HandedIn, Wanted]
"""What is to be verified, and what is wanted besides."""
ReadBody: TypeAlias = Callable[[bytes], Question]


class NothingInBatch(Unacceptable):
    """There is no item in it."""

    code = "batch.empty"


class BadReference(Unacceptable):
    """`reference` is no text, or stands beside nothing."""

    code = "batch.reference"


class NoLinkInRow(Unacceptable):
    """The row has nothing in the column of links."""

    code = "batch.no_link"


@dataclass(frozen=True)
class Item:
    """One of a batch. `reference` is what the caller calls it: a file name, a text of theirs, to be shown and nothing
    else. `line` is where it stood in a table or text, from 1. `read` gives what is to be verified, or raises why that
    cannot be."""

    reference: str | None
    read: Callable[[], Question]
    line: int | None = None


def from_array(data: bytes, read_body: ReadBody) -> tuple[Item, ...]:
    """Of a JSON array: credentials, tokens and links as texts, and whatever else `read_body` takes, which reads the
    body of a single request. Each may be in an object with the caller's own `reference` beside it. Raises NotAList,
    TooManyItems, TooManyBrackets and NothingInBatch."""
    return _some(_item(each, read_body) for each in array_items(data, most=MOST))


def from_lines(data: bytes, read_body: ReadBody) -> tuple[Item, ...]:
    """Of NDJSON: the same, one a line. Raises TooManyItems and NothingInBatch."""
    return _some(_item(each, read_body) for each in lines(data, most=MOST))


def from_archive(data: bytes) -> tuple[Item, ...]:
    """Of a zip archive: files of any kind that is taken by itself. What a file is, its bytes tell and never its name.
    Raises BadArchive, TooManyFiles, ArchiveTooLarge, AnOfficeFile and NothingInBatch."""
    files = files_of(data, most=MOST)
    if any(each.name in OFFICE_PARTS for each in files):
        raise AnOfficeFile
    return _some(Item(shown_reference(each.name), partial(_alone, each)) for each in files)


def from_table(data: bytes, *, encoding: str = "utf-8") -> tuple[Item, ...]:
    """Of a CSV of links: those of the column that is called so, or where the first row has no such name, of the first
    column. The reference is what stands in the column of references, if anything does. Raises CsvEncoding, CsvSyntax,
    TooManyRows and NothingInBatch."""
    rows = read_csv(data, encoding=encoding, most=MOST + 1)
    names = [cell.casefold() for cell in rows[0][1]] if rows else []
    links = next((place for place, name in enumerate(names) if name in _LINK_COLUMNS), None)
    references = next((place for place, name in enumerate(names) if name in _REFERENCE_COLUMNS), None)
    if links is None:
        links, references = 0, None
    else:
        rows = rows[1:]
    if len(rows) > MOST:
        raise TooManyRows(limit=MOST)
    return _some(_row(number, cells, links, references) for number, cells in rows)


def shown_reference(text: str) -> str:
    """`text` as it may be given back: without what cannot be seen, and not too long."""
    cut = text[:LONGEST_REFERENCE]
    return "".join("\ufffd" if unicodedata.category(each) in _INVISIBLE else each for each in cut)


def _some(items: Iterable[Item]) -> tuple[Item, ...]:
    found = tuple(items)
    if not found:
        raise NothingInBatch
    return found


def _row(number: int, cells: tuple[str, ...], links: int, references: int | None) -> Item:
    link = cells[links] if links < len(cells) else ""
    named = cells[references] if references is not None and references < len(cells) else ""

    def read() -> Question:
        if not link:
            raise NoLinkInRow
        return PostedAddress(link), NOTHING_MORE

    return Item(shown_reference(named) or None, read, line=number)


def _alone(file: ArchivedFile) -> Question:
    return file.read(), NOTHING_MORE


def _item(written: bytes, read_body: ReadBody) -> Item:
    if not _WRAPPED.match(written):
        return Item(None, partial(_question, written, read_body))
    try:
        reference, rest = _apart(written)
    except Error as error:
        return Item(None, partial(_raise, error))
    return Item(reference, partial(_question, rest, read_body))


def _question(written: bytes, read_body: ReadBody) -> Question:
    if written[:1] != b'"':
        return read_body(written)
    text = strict_json.parse(written)
    assert isinstance(text, str)
    return text.strip().encode(), NOTHING_MORE


def _apart(written: bytes) -> tuple[str | None, bytes]:
    """The caller's reference if there is one, and what it stands beside, in the very bytes that were written."""
    try:
        members = object_members(written, most=_MOST_MEMBERS)
    except NotAList as err:
        raise NotAnObject from err
    except TooManyItems:
        return None, written  # of which its reader tells what it is not
    own = [each for each in members if _REFERENCE.match(each)]
    others = [each for each in members if not _REFERENCE.match(each)]
    if not own:
        return None, written
    reference = strict_json.parse_object(b"{" + b",".join(own) + b"}")["reference"]
    if not isinstance(reference, str) or not others:
        raise BadReference(pointer="/reference")
    if len(others) == 1 and (alone := re.match(rb'"credential"\s*:\s*', others[0])):
        return shown_reference(reference), others[0][alone.end() :]
    return shown_reference(reference), b"{" + b",".join(others) + b"}"


def _raise(error: Error) -> Question:
    raise error
