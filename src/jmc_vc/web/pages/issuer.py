"""An issuer: the page for people, the Profile of Open Badges for programs, at one address."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from jmc_vc.domain.issuer import IssuerNotFound
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.web.authentication import Public
from jmc_vc.web.openapi import answers
from jmc_vc.web.pages.identifiers import is_issuer_number
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.representation import DATA, PUBLIC, data_forms
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])


@router.get(
    "/issuers/{slug}",
    operation_id="getIssuerProfile",
    summary="An issuer as a Profile",
    responses=answers({200: "The Profile.", 308: "The address with the slug."}, IssuerNotFound),
)
def issuer(request: Request, service: Served, slug: str) -> Response:
    """The Profile in Open Badges 3.0 (`application/ld+json`, `application/json`), or with `Accept: text/html` the
    page. A register number leads to the address with the slug."""
    found = service.find_issuer(slug, today=jst_day(service.clock()))
    if is_issuer_number(slug):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/issuers/{found.issuer.slug}{query}", status_code=308)
    if forms := data_forms(request, DATA):
        return published(request, service.issuer_profile(slug), forms, cache_control=PUBLIC)
    return render(
        request,
        "issuer.html",
        issuer=found.issuer,
        entries=found.programs,
        did=service.site.issuer_did(slug),
        test_data=found.issuer.fictional,
    )
