"""Status lists: signed by the issuer, ready as bytes, kept by nobody for longer than a few seconds.

https://www.w3.org/TR/vc-bitstring-status-list/ §2.2, §3.2. The path says the list and the purpose, and nothing about
whose credential is asked for."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.publishing.status_list import NoStatusKey, StatusListNotFound
from jmc_vc.web.authentication import Public
from jmc_vc.web.openapi import answers
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])

Number = Annotated[str, Path(pattern=r"^[1-9][0-9]{0,8}$", description="The number of the list.")]
LIST = ("application/vc", "application/vc+ld+json", "application/ld+json", "application/json")


@router.get(
    "/status/{number}/{purpose}",
    operation_id="getStatusList",
    responses=answers({200: "A BitstringStatusListCredential."}, StatusListNotFound, NoStatusKey),
)
async def status_list(request: Request, service: Served, number: Number, purpose: str) -> Response:
    """A status list. `purpose` is `revocation` or `suspension`; both have the same places."""
    found = await run_in_threadpool(service.status_list, int(number), purpose, now=service.clock())
    cache_control = f"public, max-age={service.settings.status_max_age_seconds}"
    return published(request, found.body, LIST, cache_control=cache_control, etag=found.etag)
