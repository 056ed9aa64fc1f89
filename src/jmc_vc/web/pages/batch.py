"""Many verifications on a page: files, a zip, a table of links or pasted links in; a row for each out, or a CSV.

The rows go out as they are found, also without scripts, and the page ends with how many there are of each: a page
without that end is not whole. Nothing is kept: for the CSV the page carries what was submitted, and all is verified
anew.
"""

import base64
import binascii
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Error, TooMany, Unacceptable, Unavailable
from jmc_vc.formats import baking
from jmc_vc.formats.csv_table import CsvEncoding
from jmc_vc.formats.json_items import TooManyItems
from jmc_vc.formats.raster import raster_of
from jmc_vc.formats.strict_json import written_size
from jmc_vc.verifying.axes import Axis
from jmc_vc.verifying.batch_items import (
    MOST,
    Item,
    NothingInBatch,
    Question,
    from_archive,
    from_array,
    from_table,
    shown_reference,
)
from jmc_vc.verifying.detect import is_token
from jmc_vc.verifying.misplaced import AnOfficeFile, is_archive, is_office_file
from jmc_vc.verifying.presentation_report import ReportOnPresentation
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.report_json import besides
from jmc_vc.verifying.take_in import PostedAddress
from jmc_vc.verifying.wanted import NOTHING_MORE
from jmc_vc.web.authentication import Public
from jmc_vc.web.clients import client_of
from jmc_vc.web.limits import BATCH_PAGE, BATCH_PAGE_LIMIT
from jmc_vc.web.pages.batch_table import NOT_VERIFIED, file_name, headings, lines_of
from jmc_vc.web.pages.language import language_of
from jmc_vc.web.pages.presentation import Entry, entries_of, headline_of
from jmc_vc.web.pages.rendering import headers_of, render, rendered
from jmc_vc.web.pages.shown import Shown, shown
from jmc_vc.web.pages.submitted import LARGEST_FIELD, FormUnreadable
from jmc_vc.web.pages.verdict import TONES, head, in_a_row, two_sentences
from jmc_vc.web.problems import said_of, status_of
from jmc_vc.web.service import Served
from jmc_vc.web.verify_api.batch_work import BatchWork, Outcome, Streamed
from jmc_vc.web.verify_api.gate import Gate, through_gate
from jmc_vc.web.verify_api.question import read_question

router = APIRouter(include_in_schema=False, dependencies=[Public])

_LARGEST_KEPT: Final = 1_048_576
"""Bytes of files that the page carries for the CSV; with more, the form is used again."""
_ROWS: Final = b"<!-- rows -->"
_END: Final = b"<!-- end -->"
"""Where the pieces go in."""
_MOST_FIELDS: Final = 2 * MOST + 8
"""Of a page that carries as many files as there may be: two each, and what the form has besides."""


class TableEncoding(Unacceptable):
    """A table neither in UTF-8 nor in Shift_JIS, in UTF-16 for one. Nobody can name an encoding on a page."""

    code = "batch.table_encoding"


@dataclass(frozen=True)
class Submission:
    """`files` are names with bytes; `elsewhere`: whether links of somebody else may be opened; `as_table`: not the page
    is wanted, but a CSV."""

    files: tuple[tuple[str, bytes], ...]
    text: str
    elsewhere: bool
    as_table: bool

    def items(self) -> tuple[Item, ...]:
        """What is to be verified. Raises what reading archives and tables raises, NothingInBatch and TooManyItems."""
        found = [item for name, data in self.files for item in _in_file(name, data)]
        found += [Item(None, partial(_in_line, line), line=number) for number, line in _lines(self.text)]
        if not found:
            raise NothingInBatch
        if len(found) > MOST:
            raise TooManyItems(limit=MOST)
        return tuple(found if self.elsewhere else map(_own_links_only, found))

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields that submit the same; none if it is too large to be carried."""
        if sum(len(data) for _, data in self.files) > _LARGEST_KEPT:
            return []
        kept = [
            pair for name, data in self.files for pair in (("kept", base64.b64encode(data).decode()), ("called", name))
        ]
        return [*kept, ("text", self.text), *([("elsewhere", "yes")] if self.elsewhere else [])]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One item: its sign, the sentence, why, and what may be shown. `verdict` and `summary` are codes; `presented` are
    the credentials that a presentation shows; `axes` are the answers to be unfolded, and `alone` is the credential's
    number if it is kept here, so that it has a page of its own."""

    tone: str
    verdict: str
    summary: str
    headline: str
    more: tuple[str, ...] = ()
    shown: Shown | None = None
    presented: tuple[Entry, ...] | None = None
    axes: tuple[Axis, ...] = ()
    alone: str | None = None
    checked_at: datetime | None = None

    @property
    def test_data(self) -> bool:
        """Whether anything in it is, by the register."""
        contents = (self.shown, *(each.shown for each in self.presented or ()))
        return any(each is not None and each.test_data for each in contents)


@router.get(BATCH_PAGE)
async def form(request: Request) -> Response:
    """The form."""
    return _form(request)


@router.post(BATCH_PAGE)
async def submit(request: Request, service: Served) -> Response:
    """The rows, as page or CSV; or the form again with what is wrong with the input."""
    submission = None
    gate: Gate = request.app.state.gate
    with ExitStack() as held:
        gate.batches.require_place(client_of(request))  # nobody should send megabytes for nothing
        try:
            submission = await _submitted(request)
            held.enter_context(gate.batches.place(client_of(request)))  # no sooner: who sends slowly would hold it
            items = await through_gate(request, submission.items)
        except (TooMany, Unavailable):
            raise  # nothing is wrong with the input
        except Error as error:
            return _form(request, error, submission)
        request.scope["jmc_vc.told"]["items"] = str(len(items))
        work = BatchWork(request, service, "default")
        headers = headers_of(language_of(request), private=True)
        if submission.as_table:
            headers["Content-Disposition"] = f'attachment; filename="{file_name(service.clock())}"'
            return Streamed(_table(request, work, items), held.pop_all(), headers, "text/csv; charset=utf-8")
        pieces = _page(request, work, items, submission.fields)
        return Streamed(pieces, held.pop_all(), headers, "text/html; charset=utf-8")


async def _submitted(request: Request) -> Submission:
    try:
        async with request.form(max_files=MOST, max_fields=_MOST_FIELDS, max_part_size=LARGEST_FIELD * 2) as fields:
            files = [
                (each.filename or "", await each.read())
                for each in fields.getlist("file")
                if isinstance(each, UploadFile) and each.size
            ]
            kept = [base64.b64decode(str(each), validate=True) for each in fields.getlist("kept")]
            called = [str(each) for each in fields.getlist("called")]
            return Submission(
                files=(*files, *zip(called, kept, strict=False)),
                text=str(fields.get("text") or "").strip(),
                elsewhere=bool(fields.get("elsewhere")),
                as_table=bool(fields.get("csv")),
            )
    except (HTTPException, binascii.Error) as err:
        raise FormUnreadable from err


def _in_file(name: str, data: bytes) -> tuple[Item, ...]:
    """What is in a file, which its bytes tell and never its name: a zip, a list in JSON, one credential, or a table.
    Raises what reading archives, lists and tables raises, AnOfficeFile and TableEncoding."""
    begins = data.lstrip()[:1]
    if is_archive(data):
        return from_archive(data)
    if is_office_file(data):
        raise AnOfficeFile
    if begins == b"[":
        return from_array(data, read_question)
    if begins == b"{" or raster_of(data) is not None or baking.is_picture(data) or is_token(data):
        return (Item(shown_reference(name) or None, lambda: (data, NOTHING_MORE)),)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise TableEncoding
    for encoding in ("utf-8", "shift_jis"):  # as spreadsheets in Japan write it; links read the same in both
        try:
            return from_table(data, encoding=encoding)
        except CsvEncoding:
            continue
    raise TableEncoding


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip())


def _in_line(line: str) -> Question:
    """A link or a token."""
    return (PostedAddress(line) if "://" in line else line.encode()), NOTHING_MORE


def _own_links_only(item: Item) -> Item:
    """The same, with a link taken as one that stood in a text: that of somebody else is not opened."""

    def read() -> Question:
        handed_in, wanted = item.read()
        return (handed_in.url.encode() if isinstance(handed_in, PostedAddress) else handed_in), wanted

    return replace(item, read=read)


async def _page(
    request: Request, work: BatchWork, items: tuple[Item, ...], fields: Iterable[tuple[str, str]]
) -> AsyncGenerator[bytes, None]:
    about: dict[str, Any] = {"items": len(items), "started_at": work.service.clock(), "policy": work.policy}
    page: bytes = render(request, "batch_result.html", private=True, **about).body  # type: ignore[assignment]  # a page is never a memoryview
    above, _, rest = page.partition(_ROWS)
    between, _, below = rest.partition(_END)
    yield above
    counts, fictional = Counter[str](), False
    async with aclosing(work.outcomes(items)) as outcomes:
        async for outcome in outcomes:
            row = _row(outcome, language_of(request), work.service.site)
            counts[row.tone] += 1
            fictional = fictional or row.test_data
            yield rendered(request, "batch_row.html", row=row, outcome=outcome).encode()
    yield between
    end = {"counts": counts, "items": len(items), "fields": list(fields), "fictional": fictional}
    yield rendered(request, "batch_end.html", **end).encode()
    yield below


async def _table(request: Request, work: BatchWork, items: tuple[Item, ...]) -> AsyncGenerator[bytes, None]:
    language = language_of(request)
    yield headings()
    async with aclosing(work.outcomes(items)) as outcomes:
        async for outcome in outcomes:
            yield lines_of(outcome, language)


def _row(outcome: Outcome, language: str, site: Site) -> Row:
    if isinstance(outcome.found, Error):
        first, more = two_sentences(said_of(outcome.found).in_language(language))
        return Row(tone="neutral", verdict=NOT_VERIFIED, summary=outcome.found.code, headline=first, more=more)
    _, report = outcome.found
    row = Row(
        tone=TONES[report.verdict].value,
        verdict=report.verdict.value,
        summary=report.summary,
        headline="",
        axes=report.axes,
        checked_at=report.checked_at,
    )
    if isinstance(report, ReportOnPresentation):
        first, more = headline_of(report, language)
        return replace(row, headline=first, more=more, presented=entries_of(report, language))
    top = head(report, language)
    return replace(
        row,
        headline=in_a_row([top["headline"], *besides(report, language)[:1]], language),
        more=top["more"],
        shown=shown(report, language),
        alone=_kept_here(report, site),
    )


def _kept_here(report: Report, site: Site) -> str | None:
    """Only of one of ours, whose page then tells the same."""
    own = report.credential.id if report.credential and report.registered.issuer else None
    if own is None:
        return None
    place, _, number = own.rpartition("/")
    return number if place == f"{site.base_url}/credentials" else None


def _form(request: Request, error: Error | None = None, submission: Submission | None = None) -> Response:
    language = language_of(request)
    return render(
        request,
        "batch.html",
        status=status_of(type(error)) if error else 200,
        fault=None if error is None else {"text": said_of(error).in_language(language), "code": error.code},
        submission=submission,
        most=MOST,
        largest=written_size(BATCH_PAGE_LIMIT).replace(" ", "\u00a0"),
        headers={"Cache-Control": "no-store"},
    )
