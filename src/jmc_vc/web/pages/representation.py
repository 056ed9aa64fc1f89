"""One address, several forms: the page for people, the data for programs (RFC 9110 §12.5.1).

Browsers name `text/html`, so they get the page. A client that takes anything (`*/*`, or no `Accept` at all) is a program
and gets the data, as Open Badges expects of an address that a credential names (OB 3.0, web resource; conformance D-8).
Nobody is refused: a client that names only types that we do not have gets the data under its own type, which RFC 9110
§12.4.1 allows and which tells more than a refusal.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.web.negotiation import best_type

HTML = "text/html"
DATA: tuple[str, ...] = ("application/ld+json", "application/json")
"""Forms of an achievement or a profile; the first is the default."""
CREDENTIAL: tuple[str, ...] = ("application/vc+ld+json", "application/vc", *DATA)
"""Forms of a credential: the type of Open Badges 3.0 first, then that of VC Data Model 2.0. The bytes are the same."""


def chosen(request: Request, data: Sequence[str]) -> str:
    """`text/html`, or the one of `data` that the client wants. `?format=json` asks for plain JSON whatever `Accept` says:
    the download link of a page has no other way to ask."""
    if request.query_params.get("format") == "json":
        return "application/json"
    return best_type(request.headers.get("accept"), (*data, HTML)) or data[0]


def data_response(
    request: Request, body: bytes | Mapping[str, Any], media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The data with its validator; 304 when the client has it already (RFC 9110 §13.1.2)."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    etag = f'"{hashlib.sha256(media_type.encode() + content).hexdigest()[:32]}"'
    sent = {"Vary": "Accept", "ETag": etag, "Cache-Control": "no-cache", **(headers or {})}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if known & {etag, "*"}:
        return Response(status_code=304, headers=sent)
    return Response(content, media_type=media_type, headers=sent)
