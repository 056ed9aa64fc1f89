"""The public log as monitors and witnesses read it: checkpoints, tiles and keys, and proofs for those who want one.

https://c2sp.org/tlog-tiles: a tile never changes and may be kept for ever, a partial one too, for its width is in its
name. Only the checkpoint moves on, at most once a second.
"""

import re
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.errors import Malformed
from jmc_vc.formats.transparency.checkpoint import NUMBER, BadCheckpoint
from jmc_vc.formats.transparency.cosignature import CosignatureForged
from jmc_vc.formats.transparency.merkle import OutsideTree, leaf_hash
from jmc_vc.formats.transparency.note_text import write_base64
from jmc_vc.formats.transparency.signed_note import BadNote, NoteTooLarge
from jmc_vc.formats.transparency.tile import NoSuchTile
from jmc_vc.publishing.log_head import LogEmpty, NotCosigned
from jmc_vc.publishing.log_proof import ProvenEntry
from jmc_vc.publishing.take_cosignature import CosignedInFuture, UnknownHead, UnknownWitness
from jmc_vc.web.authentication import Public
from jmc_vc.web.limits import OF_BODIES
from jmc_vc.web.media_types import WrongMediaType, require_media_type
from jmc_vc.web.openapi import answers, body_of
from jmc_vc.web.problems import NotAcceptable
from jmc_vc.web.published.answer import published
from jmc_vc.web.published.log_messages import ConsistencyAnswer, LogEntryAnswer
from jmc_vc.web.service import Served

router = APIRouter(prefix="/log", tags=["Public log"], dependencies=[Public])

TEXT = ("text/plain; charset=utf-8",)
TILE = ("application/octet-stream",)
JSON = ("application/json",)
PROOF_FORM = "tlog-proof"
_MOVES_ON = "public, max-age=1"
_FOR_EVER = "public, max-age=31536000, immutable"
_KEYS_CACHE = "public, max-age=60"

Index = Annotated[str, Path(pattern=rf"^(?:{NUMBER.pattern})$", description="The place of an entry, from 0.")]


class BadRange(Malformed):
    """`from` or `to` is no size of a log, or `from` is the larger one."""

    code = "log.range"


class FormNotOffered(NotAcceptable):
    """Another `format` than we have for log entries."""

    code = "log.form"


@router.get(
    "/checkpoint",
    operation_id="getLogCheckpoint",
    responses=answers({200: "A signed note with the size and the root of the log."}, LogEmpty),
)
async def checkpoint(request: Request, service: Served) -> Response:
    """The latest checkpoint, signed by the log, with the cosignatures of witnesses
    (https://c2sp.org/tlog-checkpoint)."""
    head = await run_in_threadpool(service.log.head)
    return published(request, head.note, TEXT, cache_control=_MOVES_ON)


@router.get(
    "/checkpoint/cosigned",
    operation_id="getCosignedLogCheckpoint",
    responses=answers({200: "A signed note with the size and the root of the log."}, NotCosigned),
)
async def cosigned_checkpoint(request: Request, service: Served) -> Response:
    """The latest checkpoint that a witness has signed, with all cosignatures. It may be older than the latest one: for
    who relies on witnesses (https://c2sp.org/tlog-cosignature)."""
    head = await run_in_threadpool(service.log.cosigned_head)
    return published(request, head.note, TEXT, cache_control=_MOVES_ON)


@router.get(
    "/key",
    operation_id="getLogKeys",
    responses=answers({200: "Verifier keys (`name+hash+base64`), one a line."}),
)
async def keys(request: Request, service: Served) -> Response:
    """The keys of the log: the one that signs now, then former ones, with which older checkpoints can be verified
    (https://c2sp.org/signed-note)."""
    found = await run_in_threadpool(service.log.verifier_keys)
    text = "".join(f"{key.text}\n" for key in found)
    return published(request, text.encode(), TEXT, cache_control=_KEYS_CACHE)


@router.get(
    "/tile/{path:path}",
    operation_id="getLogTile",
    responses=answers({200: "A hash tile or a bundle of entries."}, NoSuchTile, OutsideTree, LogEmpty),
)
async def tile(request: Request, service: Served, path: str) -> Response:
    """A piece of the log, such as `0/x001/234`, `1/000.p/17` or `entries/000`. It never changes
    (https://c2sp.org/tlog-tiles)."""
    found = await run_in_threadpool(service.log.tile, f"tile/{path}")
    return published(request, found, TILE, cache_control=_FOR_EVER)


@router.get(
    "/entries/{index}",
    operation_id="getLogEntry",
    responses=answers({200: LogEntryAnswer}, OutsideTree, LogEmpty, NotCosigned, FormNotOffered),
)
async def entry(
    request: Request,
    service: Served,
    index: Index,
    form: str | None = Query(
        None, alias="format", description=f"`{PROOF_FORM}` for the proof as a text (https://c2sp.org/tlog-proof)."
    ),
    cosigned: bool = Query(False, description="Prove it under the latest checkpoint that a witness has signed."),
) -> Response:
    """One entry, and the proof that it is in the log of the latest checkpoint. Hashes are in base64."""
    if form not in (None, PROOF_FORM):
        raise FormNotOffered
    found = await run_in_threadpool(service.log.entry, int(index), cosigned=cosigned)
    if form == PROOF_FORM:
        return published(request, found.proof().encoded, TEXT, cache_control=_MOVES_ON)
    return published(request, _entry(found), JSON, cache_control=_MOVES_ON)


@router.get(
    "/consistency",
    operation_id="getLogConsistency",
    responses=answers({200: ConsistencyAnswer}, BadRange, OutsideTree, LogEmpty),
)
async def consistency(
    request: Request,
    service: Served,
    old: str = Query(alias="from", description="The smaller size."),
    new: str | None = Query(
        None, alias="to", description="The larger size; without it, that of the latest checkpoint."
    ),
) -> Response:
    """The proof that the log of one size begins with the log of another (RFC 9162 §2.1.4). Hashes are in base64."""
    start, end = _size(old), None if new is None else _size(new)
    if end is not None and end < start:
        raise BadRange
    found = await run_in_threadpool(service.log.growth, start, end)
    document = {
        "from": found.old,
        "to": found.new,
        "fromRoot": write_base64(found.old_root),
        "toRoot": write_base64(found.new_root),
        "path": [write_base64(each) for each in found.path],
    }
    return published(request, document, JSON, cache_control=_MOVES_ON if end is None else _FOR_EVER)


@router.post(
    "/cosignatures",
    operation_id="addLogCosignature",
    status_code=204,
    responses=answers(
        {204: "Taken, or known already."},
        *OF_BODIES,
        WrongMediaType,
        BadNote,
        NoteTooLarge,
        BadCheckpoint,
        CosignatureForged,
        UnknownWitness,
        UnknownHead,
        CosignedInFuture,
    ),
    openapi_extra=body_of("text/plain"),
)
async def cosignature(request: Request, service: Served) -> Response:
    """A witness hands in a checkpoint of this log with its signature under it (https://c2sp.org/tlog-cosignature). Only
    witnesses that this service was told of are heard."""
    require_media_type(request, frozenset({"text/plain"}))
    body = await request.body()
    await run_in_threadpool(service.log.take_cosignature, body, now=service.clock())
    return Response(status_code=204, headers={"cache-control": "no-store"})


def _entry(found: ProvenEntry) -> dict[str, Any]:
    return {
        "index": found.index,
        "entry": orjson.loads(found.body),
        "leafHash": write_base64(leaf_hash(found.body)),
        "size": found.head.checkpoint.size,
        "path": [write_base64(each) for each in found.path],
        "checkpoint": found.head.note.decode(),
    }


def _size(text: str) -> int:
    if not re.fullmatch(NUMBER, text):
        raise BadRange
    return int(text)
