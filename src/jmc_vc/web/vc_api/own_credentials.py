"""GET /vc-api/credentials/{id} and POST /vc-api/credentials/status: an issuer's own credentials."""

import re
from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.domain.credential import CredentialNotFound, RevokedFinal, StatusAction, read_reason
from jmc_vc.domain.identifiers import Site
from jmc_vc.issuing.strict_message import WrongValue
from jmc_vc.web.authentication import ChangingStatus, Reading
from jmc_vc.web.openapi import SECURED, answers, body_of
from jmc_vc.web.service import Served
from jmc_vc.web.vc_api.body import BODY, CALLER, answer, member, read_body, verifiable_credential
from jmc_vc.web.vc_api.messages import UpdatedStatusAnswer, UpdateStatusMessage, VerifiableCredentialAnswer
from jmc_vc.web.vc_api.route import VcApiRoute

router = APIRouter(prefix="/vc-api", tags=["VC API"], route_class=VcApiRoute)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_ACTIONS: Mapping[tuple[str, bool], StatusAction] = {
    ("revocation", True): StatusAction.REVOKE,
    ("suspension", True): StatusAction.SUSPEND,
    ("suspension", False): StatusAction.REINSTATE,
}
"""What the bit of a purpose is to be → what is done. Nothing takes a revocation back (INV-26)."""


@router.post(
    "/credentials/status",
    operation_id="vcApiUpdateStatus",
    summary="Change the status of a credential",
    responses=answers({200: UpdatedStatusAnswer}, *CALLER, *BODY, CredentialNotFound, RevokedFinal),
    openapi_extra={**body_of("application/json", model=UpdateStatusMessage), **SECURED},
)
async def update_status(request: Request, service: Served, actor: ChangingStatus) -> Response:
    """Revokes, suspends or reinstates one of the caller's own credentials. To revoke, `reasonCode` is needed."""
    document, message = await read_body(request, UpdateStatusMessage)
    purpose = message.credential_status.status_purpose
    action = _ACTIONS.get((purpose, message.status))
    if action is None:
        raise WrongValue(pointer="/status")
    await run_in_threadpool(
        service.change_status,
        _uuid(message.credential_id, service.site),
        action,
        reason=None if message.reason_code is None else read_reason(message.reason_code),
        text=message.reason,
        actor=actor,
        now=service.clock(),
    )
    return answer(
        {
            "credentialId": message.credential_id,
            "credentialStatus": member(document, "credentialStatus"),
            "status": message.status,
        }
    )


@router.get(
    "/credentials/{id}",
    operation_id="vcApiGetCredential",
    summary="Read one of one's own credentials",
    responses=answers({200: VerifiableCredentialAnswer}, *CALLER, CredentialNotFound),
    openapi_extra=SECURED,
)
async def read_one(service: Served, actor: Reading, id: UUID) -> Response:  # noqa: A002 - its name in the VC API
    """The credential as it was signed. `id` is the last part of the credential's own."""
    found = await run_in_threadpool(service.find_assertion, id, actor=actor, now=service.clock())
    return answer(verifiable_credential(found.representations[0]))


def _uuid(credential_id: str, site: Site) -> UUID:
    """Of the credential's own id, or of its last part."""
    text = credential_id.removeprefix(f"{site.base_url}/credentials/")
    if not _UUID.fullmatch(text):
        raise CredentialNotFound
    return UUID(text)
