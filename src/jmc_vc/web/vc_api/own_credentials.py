"""GET /vc-api/credentials/{id} and POST /vc-api/credentials/status: an issuer's own credentials."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.credential import (
    Credential,
    CredentialNotFound,
    CredentialState,
    NotSuspended,
    ReasonRequired,
    ReasonTextRefused,
    ReasonUnknown,
    RevokedFinal,
    StatusAction,
    read_reason,
)
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.my_number import MyNumberRejected
from jmc_vc.domain.status_list import StatusForm, StatusPurpose
from jmc_vc.formats.status.entry import bitstring_entry, revocation_list_entry
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.strict_message import WrongValue
from jmc_vc.publishing.credential import CredentialErased
from jmc_vc.web.authentication import ChangingStatus, Reading
from jmc_vc.web.openapi import SECURED, answers, body_of
from jmc_vc.web.service import Served
from jmc_vc.web.vc_api.body import BODY, CALLER, answer, member, read_body, verifiable_credential
from jmc_vc.web.vc_api.messages import UpdatedStatusAnswer, UpdateStatusMessage, VerifiableCredentialAnswer
from jmc_vc.web.vc_api.route import VcApiRoute

router = APIRouter(prefix="/vc-api", tags=["VC API"], route_class=VcApiRoute)

_ACTIONS: Mapping[tuple[StatusPurpose, bool], StatusAction] = {
    (StatusPurpose.REVOCATION, True): StatusAction.REVOKE,
    (StatusPurpose.SUSPENSION, True): StatusAction.SUSPEND,
    (StatusPurpose.SUSPENSION, False): StatusAction.REINSTATE,
}
"""What the bit of a purpose is to be → what is done. Nothing takes a revocation back (INV-26)."""
_SET: Mapping[StatusPurpose, CredentialState] = {
    StatusPurpose.REVOCATION: CredentialState.REVOKED,
    StatusPurpose.SUSPENSION: CredentialState.SUSPENDED,
}


@router.post(
    "/credentials/status",
    operation_id="vcApiUpdateStatus",
    summary="Change the status of a credential",
    responses=answers(
        {200: UpdatedStatusAnswer}, *CALLER, *BODY, CredentialNotFound, RevokedFinal, NotSuspended, ReasonRequired,
        ReasonUnknown, ReasonTextRefused, MyNumberRejected,
    ),
    openapi_extra={**body_of("application/json", model=UpdateStatusMessage), **SECURED},
)  # fmt: skip
async def update_status(request: Request, service: Served, actor: ChangingStatus) -> Response:
    """Revokes, suspends or reinstates one of the caller's own credentials. To revoke, `reasonCode` is needed. Members
    of `credentialStatus` that say where the status stands have to be right. The answer is what is true afterwards."""
    document, message = await read_body(request, UpdateStatusMessage)
    purpose = message.credential_status.purpose
    action = _ACTIONS.get((purpose, message.status))
    if action is None:
        raise WrongValue(pointer="/status")
    stated = member(document, "credentialStatus")

    def require_stated(credential: Credential) -> None:
        entry = {"statusPurpose": purpose, **_entry(credential, purpose, service.site)}
        for name, value in stated.items():
            if name not in entry or value != entry[name]:
                raise WrongValue(pointer=f"/credentialStatus/{name}")

    changed = await run_in_threadpool(
        service.change_status,
        await _uuid(message.credential_id, service, actor),
        action,
        reason=None if message.reason_code is None else read_reason(message.reason_code),
        text=message.reason,
        actor=actor,
        now=service.clock(),
        require=require_stated,
    )
    return answer(
        {
            "credentialId": service.site.credential(changed.uuid),
            "credentialStatus": _entry(changed, purpose, service.site),
            "status": changed.state is _SET[purpose],
        }
    )


@router.get(
    "/credentials/{id:path}",
    operation_id="vcApiGetCredential",
    summary="Read one of one's own credentials",
    responses=answers({200: VerifiableCredentialAnswer}, *CALLER, CredentialNotFound, CredentialErased),
    openapi_extra=SECURED,
)
async def read_one(service: Served, actor: Reading, id: str) -> Response:  # noqa: A002 - its name in the VC API
    """The credential as it was signed. `id` is the last part of the credential's own, or the `credentialId` that was
    given when it was issued."""
    uuid = await _uuid(id, service, actor)
    found = await run_in_threadpool(service.find_assertion, uuid, actor=actor, now=service.clock())
    return answer(verifiable_credential(found.representations[0]))


async def _uuid(credential_id: str, service: Served, actor: Actor) -> UUID:
    """Of the credential's own id, of the last part of that, or of what the caller called it when it was issued."""
    found = await run_in_threadpool(service.find_requested, credential_id, actor=actor)
    if found is None:
        raise CredentialNotFound
    return found


def _entry(credential: Credential, purpose: StatusPurpose, site: Site) -> JsonObject:
    """Where the status stands for this purpose: the entry that the credential has, or the one of its suspension."""
    if credential.status_form is StatusForm.REVOCATION_LIST:
        return revocation_list_entry(list_url=site.revocation_list(credential.list_number))
    return bitstring_entry(
        list_url=site.status_list(credential.list_number, purpose), index=credential.status_index, purpose=purpose.value
    )
