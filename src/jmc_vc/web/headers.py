"""Headers that every answer carries, and CORS for what anyone may fetch.

Answers are inert by default: no script, no frame, no plug-in, no referrer. A route that needs more sets its own header,
which is then left alone. What a credential names (keys, status lists, outcomes, contexts) may be read by scripts of any
site, errors included: a verifier in a browser must be able to tell "not there" from "not reachable". Nothing there
depends on a cookie."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SECURITY_HEADERS: Mapping[str, str] = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",  # the address of a credential is a secret of its holder
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
HSTS = "max-age=31536000"
"""A year; without includeSubDomains, because other hosts below this name are not ours to decide on."""

FETCHED = (
    "/.well-known/", "/credentials/", "/decisions/", "/ims/", "/issuers/", "/keys/", "/log/", "/ns/", "/pathways/",
    "/problems/", "/programs/", "/schema/", "/status/",
)  # fmt: skip
"""Paths of what credentials name: open to scripts of every site."""
_CORS: Mapping[str, str] = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Content-Language, X-Request-Id",
}
_PREFLIGHT: Mapping[str, str] = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "Accept, Accept-Language, If-None-Match, Cache-Control",
    "access-control-max-age": "86400",
}


class AnswerHeaders:
    """Adds the headers above, answers preflights of fetched paths, and answers HEAD as GET without the body."""

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self._app = app
        self._always = dict(SECURITY_HEADERS)
        if base_url.startswith("https:"):
            self._always["strict-transport-security"] = HSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        fetched = scope["path"].startswith(FETCHED)
        head = scope["method"] == "HEAD"

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
                headers.setdefault("cross-origin-resource-policy", "cross-origin" if fetched else "same-origin")
                if fetched:
                    headers.update(_CORS)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if fetched and scope["method"] == "OPTIONS":
            headers = [(name.encode(), value.encode()) for name, value in _PREFLIGHT.items()]
            await dressed({"type": "http.response.start", "status": 204, "headers": headers})
            await dressed({"type": "http.response.body", "body": b""})
            return
        # The framework gives a GET route no HEAD of its own; RFC 9110 §9.1 asks for both.
        await self._app({**scope, "method": "GET"} if head else scope, receive, dressed)
