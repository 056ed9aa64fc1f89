"""An answer that may be cached: a strong validator, 304 for who has it already, and how long it may be kept."""

import hashlib
from collections.abc import Mapping, Sequence

import orjson
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.web.negotiation import best_type


def published(
    request: Request,
    content: bytes | Mapping[str, object],
    media_types: Sequence[str],
    *,
    cache_control: str,
    etag: str | None = None,
) -> Response:
    """`content` under the one of `media_types` (best first) that the client wants; under the first if it wants none of
    them.

    A credential names these addresses and their answer is one document, so nobody is turned away for an `Accept` header
    (RFC 9110 §12.4.1). The validator is that of the bytes: `etag` if they have one, else made of them (§8.8.3).
    """
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    media_type = best_type(request.headers.get("accept"), media_types) or media_types[0]
    tag = f'"{etag or hashlib.sha256(body).hexdigest()[:32]}-{media_types.index(media_type)}"'
    headers = {"etag": tag, "cache-control": cache_control}
    if len(media_types) > 1:
        headers["vary"] = "accept"
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, {**headers, "content-type": media_type})


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether the client holds what `tag` names (RFC 9110 §13.1.2, weak comparison)."""
    known = {each.strip().removeprefix("W/") for each in (if_none_match or "").split(",")}
    return not known.isdisjoint({tag, "*"})
