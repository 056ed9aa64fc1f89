"""Two files to take along: the bundle of a credential, and the page that opens bundles without a network.

Whoever knows the address of a credential may have its bundle, as they may have the credential (design §6): no search
engine may list it, no cache may keep it. The page is the same file that `jmc-vc viewer` writes, under the policy that
it states itself.
"""

from typing import Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.domain.credential import CredentialNotFound
from jmc_vc.formats.bundle import FILE_ENDING, MEDIA_TYPE
from jmc_vc.publishing.bundle import BundleIncomplete, NoBundleKey, NotLoggedYet
from jmc_vc.publishing.credential import CredentialDamaged, CredentialErased, WithdrawnFromView
from jmc_vc.publishing.status_list import NoStatusKey
from jmc_vc.web.authentication import Public
from jmc_vc.web.guessing import TooManyMisses, looked_up
from jmc_vc.web.openapi import answers
from jmc_vc.web.pages.identifiers import credential_uuid
from jmc_vc.web.pages.wording import wording_of
from jmc_vc.web.published.answer import published
from jmc_vc.web.rooms import Crowded, TooManyFromOne
from jmc_vc.web.service import Served
from jmc_vc.web.verify_api.gate import through_gate
from jmc_vc.web.viewer.page import viewer_page

router = APIRouter(tags=["Published"], dependencies=[Public])

_UNLISTED: Final = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@router.get(
    "/credentials/{uuid}/bundle",
    operation_id="getCredentialBundle",
    summary="A credential with everything that its verification needs, in one file",
    responses=answers(
        {200: "The bundle (schema: `/schema/credential-bundle/1.0/bundle.json`)."},
        CredentialNotFound,
        CredentialErased,
        TooManyMisses,
        WithdrawnFromView,
        CredentialDamaged,
        BundleIncomplete,
        NoBundleKey,
        NotLoggedYet,
        NoStatusKey,
        TooManyFromOne,
        Crowded,
    ),
)
async def credential_bundle(request: Request, service: Served, uuid: str) -> Response:
    """One file for verifying without a network and for keeping: the credential as issued, keys, status lists, an
    extract of the register and the proof from the public log, as of now, signed by this organization. It is signed anew
    for every reader. `jmc-vc verify --offline` and the page at `/verify/offline` open it."""
    identifier = credential_uuid(uuid)
    with looked_up(request):
        body = await through_gate(request, service.bundle, identifier, now=service.clock())  # as long as a verdict
    name = f"credential-{identifier.hex[:8]}.{FILE_ENDING}"
    headers = {
        **_UNLISTED,
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(body, headers=headers, media_type=MEDIA_TYPE)


@router.get("/verify/offline", include_in_schema=False)
async def viewer(request: Request, service: Served) -> Response:
    """The page; to be saved, or used here."""
    document = await run_in_threadpool(service.did_document, None)
    page = await run_in_threadpool(viewer_page, document, wording_of(service.settings))
    answer = published(request, page.html.encode(), ("text/html; charset=utf-8",), cache_control="no-cache")
    answer.headers["content-security-policy"] = f"{page.policy}; frame-ancestors 'none'"
    return answer
