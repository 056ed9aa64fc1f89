"""POST /vc-api/credentials/issue: an award in the shape of the credential that is to come of it."""

import asyncio

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.shape import BadContext, BadMember, BadType
from jmc_vc.formats.jsonld import ContextNotAllowed
from jmc_vc.issuing.command import Command
from jmc_vc.issuing.posted_credential import ProgramNotNamed, place_in_credential
from jmc_vc.issuing.read_posted import ContentDiffers
from jmc_vc.web.authentication import Issuing
from jmc_vc.web.openapi import SECURED, answers, body_of
from jmc_vc.web.service import Served
from jmc_vc.web.vc_api.award_refusals import AWARD
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
        {201: VerifiableCredentialAnswer}, *CALLER, *BODY, BadContext, BadMember, BadType, ContextNotAllowed,
        ProgramNotNamed, ContentDiffers, *AWARD,
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
    except Error as error:
        raise _at(error, error.pointer) from error.__cause__
    command = Command(request=award, actor=actor, idempotency_key=message.options.credential_id)
    try:
        issued = await asyncio.shield(asyncio.wrap_future(service.desk.submit(command)))
    except Error as error:  # it speaks of the award
        raise _at(error, place_in_credential(error.pointer)) from error.__cause__
    return answer(verifiable_credential(issued.representations[0]), 201)


def _at(error: Error, pointer: str | None) -> Error:
    error.pointer = None if pointer is None else f"/credential{pointer}"
    return error
