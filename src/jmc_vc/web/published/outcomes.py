"""Learning outcomes as items of 1EdTech CASE 1.0, each under an address of its own, which credentials align to.

https://www.imsglobal.org/sites/default/files/CASE/casev1p0/information_model/caseservicev1p0_infomodelv1p0.html
"""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.publishing.outcome import OutcomeNotFound
from jmc_vc.web.authentication import Public
from jmc_vc.web.openapi import answers
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])


@router.get(
    "/ims/case/v1p0/CFItems/{uuid}",
    operation_id="getCFItem",
    responses=answers({200: "A CFItem."}, OutcomeNotFound),
)
async def case_item(request: Request, service: Served, uuid: UUID) -> Response:
    """A learning outcome of an accredited program version. It never changes."""
    document = await run_in_threadpool(service.case_item, uuid)
    return published(request, document, ("application/json",), cache_control="public, max-age=300")
