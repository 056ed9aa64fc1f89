"""Verifying on a page: a form that needs no script and no account, and the verdict.

What is submitted is verified and forgotten. A link is opened only if it is one of ours, and then from storage: this
page fetches nothing from addresses that somebody pastes (bad-input catalogue AP-13; code foreign_link).
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from jmc_vc.bootstrap import Service
from jmc_vc.errors import Error, Malformed, TooMany, Unacceptable, Unavailable
from jmc_vc.formats.strict_json import Limits, NotJson, NotUtf8, written_size
from jmc_vc.verifying.detect import is_token
from jmc_vc.verifying.report import Report
from jmc_vc.web.authentication import Public
from jmc_vc.web.pages.identifiers import credential_uuid
from jmc_vc.web.pages.language import address, language_of, same_page
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.verdict import Again, submitted_again, verdict_page, verified
from jmc_vc.web.problems import said_of, status_of
from jmc_vc.web.service import Served

router = APIRouter(include_in_schema=False, dependencies=[Public])

_LARGEST_FIELD: Final = Limits().bytes
"""Bytes of one field of the form; the request as a whole is limited before it gets here."""
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE | re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


class NothingSubmitted(Unacceptable):
    """Neither a file nor a text."""

    code = "verify.nothing_submitted"


class ForeignLink(Unacceptable):
    """A link of another service: not opened."""

    code = "foreign_link"


class NotRecognized(Malformed):
    """Neither JSON nor a token, a picture or a link: to say where it stops being JSON would help nobody."""

    code = "verify.not_recognized"


class FormUnreadable(Malformed):
    """The form did not arrive whole."""

    code = "verify.form"


@dataclass(frozen=True)
class Fault:
    """What is wrong with the input: the field, the sentence, the code."""

    field: str
    text: str
    code: str


@router.get("/verify")
async def form(request: Request, service: Served) -> Response:
    """The form; with `?credential={uuid}` the verdict on a credential that this service keeps."""
    asked = request.query_params.get("credential")
    if asked is None:
        return _form(request)
    fetched = await run_in_threadpool(service.fetch_credential, credential_uuid(asked), now=service.clock())
    again = Again(address=same_page(request, language_of(request)))
    report = await verified(request, fetched.body)
    return await run_in_threadpool(verdict_page, request, report, again)


@router.post("/verify")
async def submit(request: Request, service: Served) -> Response:
    """The verdict, or the form again with what is wrong with the input."""
    text, field = "", "file"
    try:
        submitted = await _submitted(request)
        text, field = submitted.text, submitted.field
        if (named := _named(text, service.site.base_url)) and field == "text":
            where = {"credential": str(named)}
            return RedirectResponse(address(language_of(request), "/verify", where), status_code=303)
        report = await _verified(request, submitted.data)
    except (TooMany, Unavailable):
        raise  # nothing is wrong with the input
    except Error as error:
        return _form(request, error, field, text)
    return await run_in_threadpool(verdict_page, request, report, submitted_again(submitted.data))


@dataclass(frozen=True)
class Submitted:
    """What came with the form: the bytes to verify; the text, to be shown again; the field that the bytes came
    from."""

    data: bytes
    text: str
    field: str


async def _submitted(request: Request) -> Submitted:
    """A file goes before a text, because a browser keeps a text in the form but never a file: whoever chose a file
    chose it now. Raises FormUnreadable, NothingSubmitted, and what reading the body raises."""
    try:
        async with request.form(max_files=1, max_fields=4, max_part_size=_LARGEST_FIELD) as fields:
            text = str(fields.get("text") or "").strip()
            file, kept = fields.get("file"), fields.get("kept")
            if isinstance(file, UploadFile) and file.size:
                return Submitted(await file.read(), text, "file")
            if kept:
                return Submitted(base64.b64decode(str(kept), validate=True), text, "file")
    except (HTTPException, binascii.Error) as err:
        raise FormUnreadable from err
    if not text:
        raise NothingSubmitted
    # A token that came by e-mail is broken over lines, which no reader of tokens takes.
    data = "".join(text.split()) if is_token(text.encode()) else text
    return Submitted(data.encode(), text, "text")


def _named(text: str, base_url: str) -> UUID | None:
    """The credential that a link or number of ours names, as people copy or type them: broken over lines, in capitals,
    without `http://`. None for any other text. Raises ForeignLink, and NoSuchPage for a link of ours to no
    credential."""
    compact = "".join(text.split())
    if _UUID.fullmatch(compact):
        return UUID(compact)
    path = compact.partition("#")[0].partition("?")[0].rstrip("/")
    for ours in (base_url, base_url.partition("://")[2]):
        if path.startswith(f"{ours}/credentials/"):
            return credential_uuid(path.removeprefix(f"{ours}/credentials/").lower())
    if _LINK.fullmatch(compact):
        raise ForeignLink
    return None


async def _verified(request: Request, data: bytes) -> Report:
    try:
        return await verified(request, data)
    except (NotJson, NotUtf8):
        if data.lstrip()[:1] == b"{":
            raise
        raise NotRecognized from None


def _form(request: Request, error: Error | None = None, field: str = "text", text: str = "") -> Response:
    language = language_of(request)
    fault = Fault(field, said_of(error).in_language(language), error.code) if error else None
    service: Service = request.app.state.service
    base_url = service.site.base_url
    return render(
        request,
        "verify.html",
        status=status_of(type(error)) if error else 200,
        fault=fault,
        text=text,
        example=f"{base_url}/credentials/6f1d2c9e-…",
        host=base_url.partition("://")[2],
        largest=written_size(min(Limits().bytes, service.settings.max_body_bytes)),
        headers={"Cache-Control": "no-store"},
    )
