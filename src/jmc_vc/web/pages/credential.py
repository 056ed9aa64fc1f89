"""A credential at its own address: a certificate for people, the issued bytes for programs.

Whoever knows the address sees it, nobody else finds it: no search engine may list it, no cache may keep it, and the
browser tells no other site where its reader came from (design §6). The verdict on top is made anew for every reader.
"""

import io
from functools import partial
from uuid import UUID

import segno
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.bootstrap import Service
from jmc_vc.domain.credential import CredentialNotFound, CredentialState, Format
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.publishing.credential import CredentialDamaged, CredentialErased, FetchedCredential, WithdrawnFromView
from jmc_vc.verifying.report import Report
from jmc_vc.web.authentication import Public
from jmc_vc.web.guessing import TooManyMisses, looked_up
from jmc_vc.web.openapi import answers
from jmc_vc.web.pages.identifiers import credential_uuid
from jmc_vc.web.pages.language import address, language_of
from jmc_vc.web.pages.lapse import lapse
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.representation import FORM_NAMES, FormNotIssued, credential_form
from jmc_vc.web.pages.shown import shown
from jmc_vc.web.pages.verdict import TONES, headline
from jmc_vc.web.pages.verified import verified_credential
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])

_FILES = frozenset({Format.JSON, Format.JWT})
"""The forms that people save. An SD-JWT VC is for wallets, which fetch it by its media type: as a file it would show
all that a learner may keep back, and no page takes it."""
_UNLISTED = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@router.get(
    "/credentials/{uuid}",
    operation_id="getCredential",
    summary="A credential: as issued, or as a certificate to look at",
    responses=answers(
        {200: "The credential."},
        CredentialNotFound,
        FormNotIssued,
        CredentialErased,
        TooManyMisses,
        WithdrawnFromView,
        CredentialDamaged,
    ),
)
async def credential(request: Request, service: Served, uuid: str) -> Response:
    """`Accept: text/html` gets the certificate. Everybody else gets the bytes exactly as they were signed, in one of
    the forms in which the credential was issued, under the media type asked for: JSON as `application/vc+ld+json`,
    `application/vc`, `application/ld+json` or `application/json`; a JWT as `text/plain`, `application/jwt` or, for who
    names it, `application/vc+jwt`; an SD-JWT VC as `application/dc+sd-jwt` or by its older name
    `application/vc+sd-jwt`. `*/*` gets the primary form, the first of these that exists. `?format=` with `json`, `jwt`
    or `sd-jwt` asks for a form whatever `Accept` says.
    """
    identifier = credential_uuid(uuid)
    with looked_up(request):
        fetched = await run_in_threadpool(service.fetch_credential, identifier, now=service.clock())
    issued = [each.format for each in fetched.representations]
    if wanted := credential_form(request, issued):
        form, media_types = wanted
        found = fetched.representations[issued.index(form)]
        answer = published(request, found.body, media_types, cache_control="private, no-cache")
        answer.headers.update(_UNLISTED)
        return answer
    report = await verified_credential(request, fetched.body)
    return await run_in_threadpool(_certificate, request, service, fetched, report)


@router.get("/credentials/{uuid}/qr.svg", include_in_schema=False)
def qr_code(request: Request, service: Served, uuid: str) -> Response:
    """The credential's own address as a QR code: only of credentials that exist, so that nobody gets other codes made
    here."""
    identifier = credential_uuid(uuid)
    with looked_up(request):
        service.fetch_credential(identifier, now=service.clock())
    picture = io.BytesIO()
    code = segno.make(service.site.credential(identifier), error="m", micro=False)
    code.save(picture, kind="svg", border=4, omitsize=True, svgclass=None, lineclass=None, light="#fff", dark="#000")
    return Response(picture.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-store", **_UNLISTED})


def _certificate(request: Request, service: Service, fetched: FetchedCredential, report: Report) -> Response:
    language, record = language_of(request), fetched.record
    identifier = record.uuid
    first, more = headline(report, language)
    content = shown(report, language)
    since = record.status_at if record.state is CredentialState.SUSPENDED else None
    here = partial(address, language)
    return render(
        request,
        "credential.html",
        private=True,
        test_data=content is not None and content.test_data,
        tone=TONES[report.verdict].value,
        headline=" ".join([first, *more]) if language == "en" else "".join([first, *more]),
        checked_at=report.checked_at,
        shown=content,
        lapse=lapse(report, since=since),
        uuid=identifier,
        link=service.site.credential(identifier),
        verify_address=f"{service.site.base_url}/verify",
        result_page=here("/verify", {"credential": str(identifier)}),
        files=[
            (
                FORM_NAMES[each.format],
                f"/credentials/{identifier}?format={each.format}",
                _file_name(identifier, each.format),
            )
            for each in fetched.representations
            if each.format in _FILES
        ],
        revocation_is_public=record.status_form is StatusForm.REVOCATION_LIST,
    )


def _file_name(identifier: UUID, form: Format) -> str:
    """With the extension that Open Badges gives to a JSON file and to a token (conformance OB-05)."""
    return f"credential-{identifier.hex[:8]}.{form}"
