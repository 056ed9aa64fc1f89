"""What endpoints of the VC API share about their bodies and answers."""

from typing import Any, TypeVar

import orjson
from fastapi import Request
from starlette.responses import Response

from jmc_vc.authorizing.authenticate import BadApiKey
from jmc_vc.domain.actor import ScopeMissing
from jmc_vc.domain.credential import Format, Representation
from jmc_vc.formats.data_model.enveloped import ENVELOPED_CREDENTIAL, Token, TokenMediaType, write_envelope
from jmc_vc.formats.strict_json import DuplicateKey, JsonObject, Limits, NotJson, NotUtf8, TooDeep
from jmc_vc.issuing.strict_message import (
    ExtraMember,
    MissingMember,
    StrictMessage,
    TooManyMembers,
    WrongValue,
    read_document,
    validated,
)
from jmc_vc.web.authentication import KeyInQuery, NoKey
from jmc_vc.web.limits import OF_BODIES
from jmc_vc.web.media_types import JSON, WrongMediaType, require_media_type

CALLER = (NoKey, KeyInQuery, BadApiKey, ScopeMissing)
BODY = (
    *OF_BODIES, WrongMediaType, NotUtf8, NotJson, DuplicateKey, TooDeep, TooManyMembers, ExtraMember, MissingMember,
    WrongValue,
)  # fmt: skip
"""What every endpoint of this kind can refuse."""

_TOKENS = {Format.JWT: TokenMediaType.JWT, Format.SD_JWT: TokenMediaType.DC_SD_JWT}

OF_ONE = Limits()
OF_MANY = Limits(values=20_000)
"""For a body that holds as many credentials as a presentation may: twenty of 700 values (`Limits`) are 14,000, and the
proof of a presentation is over all of them. Each one is read again by itself when it is verified, within the limits of
one."""

Message = TypeVar("Message", bound=StrictMessage)


async def read_body(request: Request, kind: type[Message], limits: Limits = OF_ONE) -> tuple[JsonObject, Message]:
    """The body as it was read strictly, and as a message: what is somebody's document is taken from the first."""
    require_media_type(request, JSON)
    body = await request.body()
    return read_document(body, limits), validated(kind, body)


def member(document: JsonObject, name: str) -> JsonObject:
    """The object in `document` that its message has as a document."""
    found = document[name]
    assert isinstance(found, dict)
    return found


def verifiable_credential(primary: Representation) -> bytes:
    """`{"verifiableCredential": …}` with the bytes that were signed, or with the token in an envelope."""
    if primary.format is Format.JSON:
        return b'{"verifiableCredential":%s}' % primary.body
    token = Token(_TOKENS[primary.format], primary.body.decode())
    return orjson.dumps({"verifiableCredential": write_envelope(ENVELOPED_CREDENTIAL, token)})


def answer(content: bytes | dict[str, Any], status: int = 200) -> Response:
    """An answer about somebody's credential, which nobody keeps."""
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    return Response(body, status, {"cache-control": "no-store"}, "application/json")
