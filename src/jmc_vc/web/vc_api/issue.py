"""POST /vc-api/credentials/issue: an award in the shape of the credential that is to come of it."""

import asyncio

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.errors import Error
from jmc_vc.issuing.command import Command
from jmc_vc.issuing.desk import DeskFull
from jmc_vc.issuing.posted_credential import ProgramNotNamed, place_in_credential
from jmc_vc.issuing.read_posted import ContentDiffers
from jmc_vc.issuing.reserve import DuplicateAward, IdempotencyConflict, ProgramUnknown
from jmc_vc.web.authentication import Issuing
from jmc_vc.web.openapi import SECURED, answers, body_of
from jmc_vc.web.service import Served
from jmc_vc.web.vc_api.body import BODY, CALLER, answer, member, read_body, verifiable_credential
from jmc_vc.web.vc_api.messages import IssueCredentialMessage, VerifiableCredentialAnswer
from jmc_vc.web.vc_api.route import VcApiRoute

router = APIRouter(prefix="/vc-api", tags=["VC API"], route_class=VcApiRoute)


@router.post(
    "/credentials/issue",
    operation_id="vcApiIssue",
    summary="Issue a credential",
    status_code=201,
    responses=answers(
        {201: VerifiableCredentialAnswer}, *CALLER, *BODY, ProgramNotNamed, ProgramUnknown, ContentDiffers,
        IdempotencyConflict, DuplicateAward, DeskFull,
    ),
    openapi_extra={**body_of("application/json", model=IssueCredentialMessage), **SECURED},
)  # fmt: skip
async def issue(request: Request, service: Served, actor: Issuing) -> Response:
    """Issues a credential of an accredited program. What was posted is never signed: the learner, the dates, the
    results and the evidence are read from it, the rest has to be what was accredited, and comes from there."""
    document, message = await read_body(request, IssueCredentialMessage)
    credential = member(document, "credential")
    try:
        award = await run_in_threadpool(service.read_posted_credential, credential, actor=actor, now=service.clock())
        command = Command(request=award, actor=actor, idempotency_key=message.options.credential_id)
        issued = await asyncio.shield(asyncio.wrap_future(service.desk.submit(command)))
    except Error as error:
        place = place_in_credential(error.pointer)
        error.pointer = None if place is None else f"/credential{place}"
        raise
    return answer(verifiable_credential(issued.representations[0]), 201)
