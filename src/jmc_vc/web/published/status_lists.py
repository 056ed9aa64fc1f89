"""Status lists: signed by the issuer, ready as bytes, kept by nobody for longer than a few seconds.

https://www.w3.org/TR/vc-bitstring-status-list/ §2.2, §3.2; https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/
§8; https://www.imsglobal.org/spec/vcrl/v1p0/. All forms are made from the same rows. The path says the list and its
form, and nothing about whose credential is asked for."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.bootstrap import Service
from jmc_vc.domain.status_list import ListForm
from jmc_vc.publishing.status_list import NoStatusKey, StatusListNotFound
from jmc_vc.web.authentication import Public
from jmc_vc.web.openapi import answers
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])

Number = Annotated[str, Path(pattern=r"^[1-9][0-9]{0,8}$", description="The number of the list.")]
TOKEN = ("application/statuslist+jwt",)
REVOCATION_LIST = ("application/json",)
LIST = ("application/vc", "application/vc+ld+json", "application/ld+json", "application/json")


@router.get(
    "/status/{number}/revoked",
    operation_id="getRevocationList",
    responses=answers({200: "A 1EdTechRevocationList."}, StatusListNotFound),
)
async def revocation_list(request: Request, service: Served, number: Number) -> Response:
    """The ids of the revoked credentials that name their status in this form, unsigned."""
    body = await run_in_threadpool(service.revocation_list, int(number))
    return published(request, body, REVOCATION_LIST, cache_control=_cache_control(service))


@router.get(
    "/status/{number}/token",
    operation_id="getTokenStatusList",
    responses=answers({200: "A Status List Token."}, StatusListNotFound, NoStatusKey),
)
async def token_status_list(request: Request, service: Served, number: Number) -> Response:
    """The states of SD-JWT VCs: 0 valid, 1 revoked, 2 suspended."""
    found = await run_in_threadpool(service.status_list, int(number), ListForm.TOKEN, now=service.clock())
    return published(request, found.body, TOKEN, cache_control=_cache_control(service), etag=found.etag)


@router.get(
    "/status/{number}/{purpose}",
    operation_id="getStatusList",
    responses=answers({200: "A BitstringStatusListCredential."}, StatusListNotFound, NoStatusKey),
)
async def status_list(request: Request, service: Served, number: Number, purpose: str) -> Response:
    """A status list. `purpose` is `revocation` or `suspension`; both have the same places."""
    found = await run_in_threadpool(service.status_list, int(number), purpose, now=service.clock())
    return published(request, found.body, LIST, cache_control=_cache_control(service), etag=found.etag)


def _cache_control(service: Service) -> str:
    return f"public, max-age={service.settings.status_max_age_seconds}"
