"""/v1/assertions: award a credential, list one's own, read one, change its status."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.authorizing.authenticate import BadApiKey
from jmc_vc.domain.actor import ScopeMissing
from jmc_vc.domain.credential import Credential, CredentialNotFound, Format, Representation, read_reason
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.errors import Malformed
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp
from jmc_vc.formats.strict_json import DuplicateKey, NotJson, NotUtf8, TooDeep
from jmc_vc.issuing.command import Command
from jmc_vc.issuing.desk import DeskFull
from jmc_vc.issuing.request import AssertionMessage, read_request
from jmc_vc.issuing.reserve import DuplicateAward, IdempotencyConflict
from jmc_vc.issuing.strict_message import ExtraMember, MissingMember, TooManyMembers, WrongValue, read_message
from jmc_vc.publishing.credential import CredentialErased
from jmc_vc.publishing.own_credential import OwnLogEntry
from jmc_vc.web.authentication import ChangingStatus, Issuing, KeyInQuery, NoKey, Reading
from jmc_vc.web.issuer_api.messages import (
    AssertionAnswer,
    AssertionLogAnswer,
    AssertionPage,
    AssertionReading,
    StatusAnswer,
    StatusMessage,
)
from jmc_vc.web.limits import OF_BODIES
from jmc_vc.web.media_types import JSON, WrongMediaType, require_media_type
from jmc_vc.web.openapi import SECURED, answers, body_of
from jmc_vc.web.paging import BadCursor, BadLimit, read_cursor, read_limit, write_cursor
from jmc_vc.web.service import Served

router = APIRouter(prefix="/v1/assertions", tags=["Issuer API"])

_IDEMPOTENCY_KEY = re.compile(r"[!-~]{1,255}")
_SHORT_BODY = 16_384
"""Bytes. A usual award is 1 KB and read in 0.1 ms, about what handing it to a thread costs; long ones must not hold the
loop."""
_CALLER = (NoKey, KeyInQuery, BadApiKey, ScopeMissing)
_BODY = (
    *OF_BODIES, WrongMediaType, NotUtf8, NotJson, DuplicateKey, TooDeep, TooManyMembers, ExtraMember, MissingMember,
    WrongValue,
)  # fmt: skip
_STATUS_LISTS: Mapping[StatusForm, Callable[[Site, int], str]] = {
    StatusForm.BITSTRING: lambda site, number: site.status_list(number, "revocation"),
    StatusForm.REVOCATION_LIST: Site.revocation_list,
}
_PRIVATE = {"cache-control": "no-store"}


class BadIdempotencyKey(Malformed):
    """The Idempotency-Key is not 1 to 255 visible ASCII characters."""

    code = "request.idempotency_key"


@router.post(
    "",
    operation_id="createAssertion",
    summary="Award a credential",
    status_code=201,
    responses=answers(
        {201: AssertionAnswer}, *_CALLER, *_BODY, BadIdempotencyKey, IdempotencyConflict, DuplicateAward, DeskFull
    ),
    openapi_extra={**body_of("application/json", model=AssertionMessage), **SECURED},
)
async def create(request: Request, service: Served, actor: Issuing) -> Response:
    """Issues a credential of an accredited program to one learner. Everything about the program comes from its
    accredited version. With the header `Idempotency-Key` a repeat of the same body gives the same credential, byte for
    byte."""
    require_media_type(request, JSON)
    idempotency_key = _idempotency_key(request)
    body = await request.body()
    award = read_request(body) if len(body) <= _SHORT_BODY else await run_in_threadpool(read_request, body)
    waiting = service.desk.submit(Command(request=award, actor=actor, idempotency_key=idempotency_key))
    # Shielded: a request that is cut short must not cancel what the desk is about to answer.
    issued = await asyncio.shield(asyncio.wrap_future(waiting))
    location = _links(service.site, issued.credential)["self"]
    return _json(_answer(service.site, issued.credential, issued.representations), 201, {"location": location})


@router.get(
    "",
    operation_id="listAssertions",
    summary="List one's own credentials",
    responses=answers({200: AssertionPage}, *_CALLER, BadCursor, BadLimit),
    openapi_extra=SECURED,
)
async def list_own(
    service: Served,
    actor: Reading,
    cursor: str | None = Query(None, description="`next` of the page before."),
    limit: str | None = Query(None, description="Entries of a page, 1 to 200; 50 unless told."),
) -> Response:
    """The credentials that the caller's organization issued, the latest first, without the learners' data."""
    owner = actor.issuer or ""
    most, after = read_limit(limit), read_cursor(cursor, owner, service.kek.lookup_hash)
    page = await run_in_threadpool(service.list_assertions, actor=actor, after=after, limit=most)
    following = None if page.next is None else write_cursor(page.next, owner, service.kek.lookup_hash)
    items = [_entry(service.site, credential) for credential in page.credentials]
    return _json(orjson.dumps({"items": items, "next": following}))


@router.get(
    "/{uuid}",
    operation_id="getAssertion",
    summary="Read one of one's own credentials",
    responses=answers({200: AssertionReading}, *_CALLER, CredentialNotFound),
    openapi_extra=SECURED,
)
async def read_one(service: Served, actor: Reading, uuid: UUID) -> Response:
    """The credential as it was signed, with its present status and its places in the public log. Another issuer's
    credential is not found."""
    found = await run_in_threadpool(service.find_assertion, uuid, actor=actor, now=service.clock())
    places = {form.value: _place(service.site, index) for form, index in found.logged.items()}
    return _json(_answer(service.site, found.record, found.representations, log=places))


@router.get(
    "/{uuid}/log",
    operation_id="getAssertionLog",
    summary="Read what the public log says of one of one's own credentials",
    responses=answers({200: AssertionLogAnswer}, *_CALLER, CredentialNotFound, CredentialErased),
    openapi_extra=SECURED,
)
async def read_log(service: Served, actor: Reading, uuid: UUID) -> Response:
    """That each form of the credential was signed, and when, with proofs. Entries appear here about a second after the
    credential was issued."""
    found = await run_in_threadpool(service.find_assertion_log, uuid, actor=actor, now=service.clock())
    return _json(orjson.dumps({"entries": [_logged(service.site, entry) for entry in found]}))


@router.post(
    "/{uuid}/status",
    operation_id="changeStatus",
    summary="Revoke, suspend or reinstate a credential",
    responses=answers({200: StatusAnswer}, *_CALLER, *_BODY, CredentialNotFound),
    openapi_extra={**body_of("application/json", model=StatusMessage), **SECURED},
)
async def change(request: Request, service: Served, actor: ChangingStatus, uuid: UUID) -> Response:
    """Changes the status of one of the caller's own credentials. To revoke twice changes nothing and is no error."""
    require_media_type(request, JSON)
    message = read_message(StatusMessage, await request.body())
    changed = await run_in_threadpool(
        service.change_status,
        uuid,
        message.action,
        reason=None if message.reason_code is None else read_reason(message.reason_code),
        text=message.reason,
        actor=actor,
        now=service.clock(),
    )
    return _json(orjson.dumps(_status(service.site, changed)))


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
        raise BadIdempotencyKey
    return key


def _answer(
    site: Site, credential: Credential, representations: Sequence[Representation], **more: Mapping[str, Any]
) -> bytes:
    """The signed bytes are put in as they are: written anew they would be another text with the same meaning. A token
    is a text. `more` are members behind them."""
    address, primary = site.credential(credential.uuid), representations[0]
    body = primary.body if primary.format is Format.JSON else orjson.dumps(primary.body.decode())
    forms = {each.format.value: f"{address}?format={each.format}" for each in representations}
    head = orjson.dumps({"id": address, "status": credential.state})
    links = _links(site, credential)
    rest = orjson.dumps({"links": {**links, "forms": forms, "log": f"{links['self']}/log"}, **more})
    return b'%s,"credential":%s,%s' % (head[:-1], body, rest[1:])


def _place(site: Site, index: int) -> dict[str, Any]:
    return {"index": index, "entry": site.log_entry(index)}


def _logged(site: Site, entry: OwnLogEntry) -> dict[str, Any]:
    return {
        "format": entry.form,
        "at": write_date_time_stamp(entry.at),
        **_place(site, entry.proven.index),
        "salt": base64url.encode(entry.salt),
        "proof": entry.proven.proof(entry.salt).encoded.decode(),
    }


def _entry(site: Site, credential: Credential) -> dict[str, Any]:
    issued_at = credential.issued_at or credential.reserved_at
    return {
        "id": site.credential(credential.uuid),
        "status": credential.state,
        "statusReason": credential.status_reason,
        "program": credential.program_number,
        "version": credential.program_version,
        "awardDate": credential.award_day.isoformat(),
        "issuedAt": write_date_time_stamp(issued_at),
        "links": _links(site, credential),
    }


def _status(site: Site, credential: Credential) -> dict[str, Any]:
    at = credential.status_at
    return {
        "id": site.credential(credential.uuid),
        "status": credential.state,
        "statusReason": credential.status_reason,
        "changedAt": None if at is None else write_date_time_stamp(at),
        "links": _links(site, credential),
    }


def _links(site: Site, credential: Credential) -> dict[str, str]:
    own = f"{site.base_url}/v1/assertions/{credential.uuid}"
    return {
        "self": own,
        "credential": site.credential(credential.uuid),
        "status": f"{own}/status",
        "program": site.program_version(credential.program_number, credential.program_version),
        "statusList": _STATUS_LISTS[credential.status_form](site, credential.list_number),
    }


def _json(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status, {**_PRIVATE, **(headers or {})}, "application/json")
