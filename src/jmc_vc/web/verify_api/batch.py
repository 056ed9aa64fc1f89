"""POST /v1/verify/batch: up to a thousand credentials in, a report on each out, one a line and in their order.

The answer goes out line by line, at the pace at which it is read: nothing is kept but the body that came, and when the
connection is cut the work ends (`batch_work`). The last line counts the lines before it; who does not get it did not
get all.
"""

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import ExitStack, aclosing
from typing import Any, Final

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from jmc_vc.errors import Error
from jmc_vc.formats.csv_table import ENCODINGS, CsvEncoding, CsvSyntax, CsvTooLarge, TooManyRows
from jmc_vc.formats.json_items import NotAList, TooManyBrackets, TooManyItems
from jmc_vc.formats.zip_archive import ArchiveTooLarge, BadArchive, TooManyFiles
from jmc_vc.verifying.batch_items import MOST, Item, NothingInBatch, from_archive, from_array, from_lines, from_table
from jmc_vc.verifying.misplaced import AnOfficeFile
from jmc_vc.verifying.policy import policy_named
from jmc_vc.web.authentication import Public
from jmc_vc.web.clients import client_of
from jmc_vc.web.media_types import WrongMediaType, media_type_of
from jmc_vc.web.openapi import answers
from jmc_vc.web.query import KnownQuery
from jmc_vc.web.service import Served
from jmc_vc.web.verify_api.batch_work import BatchWork, Outcome, Streamed
from jmc_vc.web.verify_api.gate import Gate
from jmc_vc.web.verify_api.messages import BatchLineMessage
from jmc_vc.web.verify_api.question import read_question
from jmc_vc.web.verify_api.refusals import ASKED
from jmc_vc.web.verify_api.reporting import POLICY, RECEIPT, coded, headers_in, language_of, reported

router = APIRouter(prefix="/v1", tags=["Verify"], dependencies=[Public, KnownQuery])

_LINES: Final = "application/x-ndjson"

READERS: Final[Mapping[str, Callable[[bytes], tuple[Item, ...]]]] = {
    "application/json": lambda body: from_array(body, read_question),
    _LINES: lambda body: from_lines(body, read_question),
    "application/zip": from_archive,
    "application/x-zip-compressed": from_archive,
}
TABLE: Final = "text/csv"

_BODY: Final[Mapping[str, Any]] = {
    "application/json": {"schema": {"type": "array", "minItems": 1, "maxItems": MOST, "items": {}}},
    _LINES: {"schema": {"type": "string"}},
    "application/zip": {"schema": {"type": "string", "format": "binary"}},
    "application/x-zip-compressed": {"schema": {"type": "string", "format": "binary"}},
    TABLE: {"schema": {"type": "string"}},
}


class NoBatchType(WrongMediaType):
    """What is taken here is more than JSON."""

    sentence_code = "request.content_type.batch"


@router.post(
    "/verify/batch",
    operation_id="verifyBatch",
    summary="Verify up to 1,000 credentials",
    responses=answers(
        {200: "One line for each item, and a last one that counts them."},
        *ASKED,
        NotAList,
        TooManyItems,
        TooManyBrackets,
        BadArchive,
        TooManyFiles,
        ArchiveTooLarge,
        AnOfficeFile,
        CsvEncoding,
        CsvSyntax,
        CsvTooLarge,
        TooManyRows,
        NothingInBatch,
        content={_LINES: BatchLineMessage},
    ),
    response_class=Response,
    openapi_extra={"requestBody": {"required": True, "content": _BODY}},
)
async def verify_batch(request: Request, service: Served, policy: str = POLICY, receipt: bool = RECEIPT) -> Response:
    """Checks many credentials at once. They come as a JSON array or as NDJSON, where each item is a credential, a token
    or a link of this service as text, or what `POST /v1/verify` takes with it (`{"url": "https://…"}`, `{"credential":
    …, "recipient": …}`), and may have beside it `"reference": "…"`, a name of your own; as a zip of
    files (JSON, JWT, pictures, PDF); or as a CSV with a column `link` and, if you like, `reference`, in UTF-8 or in the
    charset that `Content-Type` names. The answer is NDJSON: one line for each item, in order, and a last one that
    counts them. What is wrong with one item stands in its line. Nothing is stored."""
    media_type, charset = media_type_of(request, NoBatchType)
    if media_type not in (*READERS, TABLE) or charset not in (ENCODINGS if media_type == TABLE else ("utf-8", "utf8")):
        raise NoBatchType
    policy_named(policy)
    gate: Gate = request.app.state.gate
    gate.batches.require_place(client_of(request))  # nobody should send megabytes for nothing
    # Not `request.body()`, which keeps what it read: the items are pieces of it.
    body = b"".join([chunk async for chunk in request.stream()])
    with ExitStack() as held:
        held.enter_context(gate.batches.place(client_of(request)))  # no sooner: who sends slowly would hold it
        if media_type == TABLE:
            items = await gate.run_in_turn(client_of(request), from_table, body, encoding=charset)
        else:
            items = await gate.run_in_turn(client_of(request), READERS[media_type], body)
        del body
        request.scope["jmc_vc.told"]["items"] = str(len(items))
        lines = _lines(request, BatchWork(request, service, policy), items, receipt=receipt)
        return Streamed(lines, held.pop_all(), headers_in(language_of(request)), _LINES)


async def _lines(
    request: Request, work: BatchWork, items: tuple[Item, ...], *, receipt: bool
) -> AsyncGenerator[bytes, None]:
    """The lines of the answer."""
    counts = Counter[str]()
    async with aclosing(work.outcomes(items)) as outcomes:
        async for outcome in outcomes:
            line = await _line(request, outcome, receipt=receipt)
            counts[line["report"]["verdict"] if "report" in line else "errors"] += 1
            yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
    ends = ("valid", "invalid", "indeterminate", "errors")
    summary = {"items": len(items), **{end: counts[end] for end in ends}}
    yield orjson.dumps({"summary": summary}, option=orjson.OPT_APPEND_NEWLINE)


async def _line(request: Request, outcome: Outcome, *, receipt: bool) -> dict[str, Any]:
    named = {"index": outcome.index} | ({} if outcome.reference is None else {"reference": outcome.reference})
    if isinstance(outcome.found, Error):
        return {**named, "error": coded(outcome.found)}
    handed_in, report = outcome.found
    return {**named, "report": await reported(request, report, handed_in, receipt=receipt)}
