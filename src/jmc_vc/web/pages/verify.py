"""Verifying on a page: a form that needs no script and no account, and the verdict.

What is submitted is verified and forgotten. A link of ours is opened from storage; the address of somebody else is
asked only where the form says so, and then through the gateway alone (bad-input catalogue AP-13; code foreign_link).
With scripts the form also looks through a camera: its pictures come here one by one, and nothing but a QR code is
looked for in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from jmc_vc.bootstrap import Service
from jmc_vc.domain.japan_time import JST
from jmc_vc.errors import Error, TooMany, Unavailable
from jmc_vc.formats.raster import Raster, raster_of
from jmc_vc.formats.strict_json import Limits, written_size
from jmc_vc.isolation.read_code import NoCode
from jmc_vc.verifying.links import ForeignLink
from jmc_vc.verifying.misplaced import ABundle, AnArchive, AReceipt
from jmc_vc.verifying.outside import Needs, Steps, obtain
from jmc_vc.verifying.presentation_report import AnyReport, ReportOnPresentation
from jmc_vc.verifying.receipt import MEDIA_TYPE, receipt_of
from jmc_vc.verifying.take_in import HandedIn
from jmc_vc.web.authentication import Public
from jmc_vc.web.clients import client_of
from jmc_vc.web.limits import BATCH_PAGE
from jmc_vc.web.media_types import require_media_type
from jmc_vc.web.pages.identifiers import credential_uuid
from jmc_vc.web.pages.language import Language, address, language_of, same_page
from jmc_vc.web.pages.presentation import presentation_page
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.submitted import Again, NothingSubmitted, Submitted, read_submitted
from jmc_vc.web.pages.verdict import verdict_page
from jmc_vc.web.pages.verified import verified
from jmc_vc.web.problems import said_of, status_of
from jmc_vc.web.service import Served
from jmc_vc.web.verify_api.gate import Gate, finished_through_gate
from jmc_vc.web.verify_api.recognizing import recognizing

router = APIRouter(include_in_schema=False, dependencies=[Public])

_CAMERA: Final = {"Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"}
"""On this page alone a script of ours may ask for the camera."""
_FRAMES: Final = frozenset({"image/jpeg"})
_FORM: Final = 16_384
"""Bytes that the form itself takes of a request, beside the file in it."""


_PLACES: Final[Mapping[str, str]] = {
    AReceipt.code: "/verify/receipt",
    ABundle.code: "/verify/offline",
    AnArchive.code: BATCH_PAGE,
}
"""Where something belongs that is no credential."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with the input: the field, the sentence, the code, and perhaps the page where it belongs."""

    field: str
    text: str
    code: str
    place: str | None


@router.get("/verify")
async def form(request: Request, service: Served) -> Response:
    """The form; with `?credential={uuid}` the verdict on a credential that this service keeps."""
    asked = request.query_params.get("credential")
    if asked is None:
        return _form(request)
    link = service.site.credential(credential_uuid(asked)).encode()
    again = Again(address=same_page(request, language_of(request)), fields={"text": asked})
    report = await verified(request, link)
    return await run_in_threadpool(_result, request, report, again, link)


@router.post("/verify")
async def submit(request: Request, service: Served) -> Response:
    """The verdict, its receipt, or the form again with what is wrong with the input."""
    submitted = None
    try:
        submitted = await read_submitted(request)
        if named := submitted.own_credential(service.site):
            where = {"credential": named}
            return RedirectResponse(address(language_of(request), "/verify", where), status_code=303)
        handed_in = submitted.handed_in(service.site)
        with recognizing(handed_in):
            report = await verified(request, handed_in, submitted.wanted)
    except (TooMany, Unavailable):
        raise  # nothing is wrong with the input
    except Error as error:
        return _form(request, error, submitted)
    if submitted.receipt:
        return await _receipt(request, report, handed_in)
    return await run_in_threadpool(_result, request, report, submitted.again(service.site), handed_in)


@router.post("/verify/frame")
async def look_at(request: Request) -> Response:
    """Whether there is one QR code in a picture of the camera: `{"found": true}`, or what is in the way. What the code
    says is left to the verification of that picture."""
    require_media_type(request, _FRAMES)
    picture = await request.body()
    is_picture = raster_of(picture) is Raster.JPEG
    fault = await finished_through_gate(request, _fault_of(picture)) if is_picture else NoCode()
    said = None if fault is None else said_of(fault).in_language(language_of(request))
    answer = {"found": fault is None, "code": None if fault is None else fault.code, "text": said}
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _fault_of(picture: bytes) -> Steps[Error | None]:
    outside = yield from obtain(Needs((), picture=picture))
    try:
        outside.text_of_code()
    except Error as error:
        return error
    return None


def _result(request: Request, report: AnyReport, again: Again, handed_in: HandedIn) -> Response:
    if isinstance(report, ReportOnPresentation):
        return presentation_page(request, report, again, handed_in)
    return verdict_page(request, report, again, handed_in)


async def _receipt(request: Request, report: AnyReport, handed_in: HandedIn) -> Response:
    """The receipt as a file. Raises what signing raises."""
    gate: Gate = request.app.state.gate
    service: Service = request.app.state.service
    token = await gate.sign(client_of(request), service.sign_receipt, receipt_of(report, handed_in))
    name = f"verification-{report.checked_at.astimezone(JST):%Y%m%d-%H%M%S}.jwt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(token, media_type=MEDIA_TYPE, headers=headers)


def _fault(error: Error, field: str, language: Language) -> Fault:
    place = _PLACES.get(error.code)
    # The page that opens bundles has its languages inside itself.
    local = place if place is None or place == _PLACES[ABundle.code] else address(language, place)
    return Fault(field, said_of(error).in_language(language), error.code, local)


def _form(request: Request, error: Error | None = None, submitted: Submitted | None = None) -> Response:
    language = language_of(request)
    service: Service = request.app.state.service
    base_url = service.site.base_url
    field = "file" if submitted is None or isinstance(error, NothingSubmitted) else submitted.field
    largest = min(Limits().bytes, service.settings.max_body_bytes)
    return render(
        request,
        "verify.html",
        status=status_of(type(error)) if error else 200,
        script="verify.js",
        fault=_fault(error, field, language) if error else None,
        of_somebody_else=isinstance(error, ForeignLink),
        submitted=submitted,
        example=f"{base_url}/credentials/6f1d2c9e-…",
        host=base_url.partition("://")[2],
        largest=written_size(largest).replace(" ", "\u00a0"),
        largest_file=largest - _FORM,
        headers={"Cache-Control": "no-store", **_CAMERA},
    )
