"""What a request may be before any route sees it: one Host that is ours, a body of bounded size and time, nothing
encoded.

Pure ASGI, outside the framework: the framework would read an endless body to its end, and gives routes what the client
put into Host. The base URL is this installation's identity (design decision), so no answer is ever built from Host."""

import asyncio
import re
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jmc_vc.errors import Error, Malformed, TooLarge, Unsupported
from jmc_vc.formats.strict_json import written_size
from jmc_vc.web.clients import client_in
from jmc_vc.web.problems import problem
from jmc_vc.web.rooms import Room

BODY_LIMIT = 2 * 1024 * 1024
"""Bytes. A badge with a picture inside is 400 KB, a baked picture from a good printer 1.5 MB; nothing honest is
larger."""
BATCH = "/v1/verify/batch"
BATCH_LIMIT = 24 * 1024 * 1024
"""The same of a thousand credentials at once, of 24 kB each; their route limits how many such bodies are held."""
BATCH_PAGE = "/verify/batch"
BATCH_PAGE_LIMIT = 8 * 1024 * 1024
"""The same on the page, whose form is held twice while it is read: a few dozen certificates as PDF, or a zip."""
_LIMITS_OF_BATCHES = {BATCH: BATCH_LIMIT, BATCH_PAGE: BATCH_PAGE_LIMIT}
MOST_LARGE = 4 * BATCH_LIMIT
"""Bytes of all bodies of batches together, as far as each is beyond what any request may have: they are held until the
answer is out. One client has as many as one batch may have, so that nobody takes all of them."""
BODY_TIME = 30.0
"""Seconds for a whole body: 2 MiB over a poor mobile line. Slower ones are let go, so that they cannot pile up
(HT-05)."""

_HOST = re.compile(rb"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
_DEFAULT_PORT = {"http": 80, "https": 443}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_SINGLE = (b"authorization", b"content-encoding", b"content-length", b"content-type", b"host", b"idempotency-key",
           b"transfer-encoding")  # fmt: skip


class BodyTooLarge(TooLarge):
    """The body is larger than `limit`, which is a size for people."""

    code = "request.body_size"


class BodyTooSlow(Malformed):
    """The body did not arrive in time."""

    code = "request.body_time"


OF_BODIES: tuple[type[Error], ...] = (BodyTooLarge, BodyTooSlow)
"""What every endpoint that takes a body can refuse."""


class EncodedBody(Unsupported):
    """The body is compressed: a small one can unpack to more than any limit (AP-22)."""

    code = "request.content_encoding"


class WrongHost(Malformed):
    """There is not exactly one Host header, or it names another host."""

    code = "request.host"


class AmbiguousRequest(Malformed):
    """Two lengths, or a header twice that may be there once: what two readers could read in two ways (RFC 9112
    §11.2)."""

    code = "request.ambiguous"


class RequestLimits:
    """Refuses what no route should see, and counts the body while it comes."""

    def __init__(
        self,
        app: ASGIApp,
        base_url: str,
        *,
        body_limit: int = BODY_LIMIT,
        body_time: float = BODY_TIME,
        most_large: int = MOST_LARGE,
    ) -> None:
        self._app = app
        self._base_url = base_url
        self._hosts = hosts_of(base_url)
        self._body_limit = body_limit
        self._body_time = body_time
        self._large = Room(most_from_one=BATCH_LIMIT, most=most_large)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = max(self._body_limit, _LIMITS_OF_BATCHES.get(scope["path"], 0))
        beyond = _Beyond(self._large, client_in(scope), self._body_limit)
        body = _Body(receive, send, limit, self._body_time, beyond, announced=_announced(scope))
        if fault := self._fault(scope):
            await problem(fault, scope, base_url=self._base_url)(scope, body.receive, body.send)
            return
        # A server may ignore Range (RFC 9110 §14.2). Ours are small documents, and thousands of ranges over one of them
        # are the work of CVE-2025-62727.
        headers = [header for header in scope["headers"] if header[0] not in (b"range", b"if-range")]
        try:
            await self._app({**scope, "headers": headers}, body.receive, body.send)
        finally:
            beyond.let_go()

    def _fault(self, scope: Scope) -> Error | None:
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        names = [name for name, _ in headers]
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            return WrongHost()
        if hosts[0].lower() not in self._hosts and scope["path"] not in _PROBES:
            return WrongHost()
        if any(names.count(name) > 1 for name in _SINGLE):
            return AmbiguousRequest()
        if b"content-length" in names and b"transfer-encoding" in names:
            return AmbiguousRequest()
        values = dict(headers)
        if values.get(b"content-encoding", b"identity").strip().lower() not in (b"", b"identity"):
            return EncodedBody()
        length = values.get(b"content-length", b"0")
        if not re.fullmatch(rb"[0-9]{1,20}", length):
            return AmbiguousRequest()
        return None


def hosts_of(base_url: str) -> frozenset[bytes]:
    """The Host values that mean this installation: with and without the default port; on a loopback name, all three
    names."""
    parts = urlsplit(base_url)
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    names = _LOOPBACK if name in _LOOPBACK else (name,)
    default = _DEFAULT_PORT[parts.scheme]
    port = parts.port or default
    with_port = {f"{each}:{port}".encode() for each in names}
    return frozenset(with_port | ({each.encode() for each in names} if port == default else set()))


class _Beyond:
    """What one body takes of the `room` for bytes that are beyond `free`."""

    def __init__(self, room: Room, client: str, free: int) -> None:
        self._room = room
        self._client = client
        self._free = free
        self._taken = 0

    def grow(self, size: int) -> None:
        """The body has `size` bytes now. Raises TooManyFromOne, Crowded."""
        more = max(0, size - self._free) - self._taken
        if more:
            self._room.take(self._client, more)
            self._taken += more

    def let_go(self) -> None:
        """Nobody holds the body any more."""
        if self._taken:
            self._room.leave(self._client, self._taken)
            self._taken = 0


class _Body:
    """Counts and times the body, and closes the connection when an answer goes out before the body has come in.

    What remains of an unread body would be read as the next request, or for ever (AP-21).
    """

    def __init__(
        self, receive: Receive, send: Send, limit: int, time: float, beyond: _Beyond, *, announced: int | None
    ) -> None:
        self._beyond = beyond
        self._receive = receive
        self._send = send
        self._limit = limit
        self._time = time
        self._size = 0
        self._deadline: float | None = None
        self._announced = announced
        self._complete = announced == 0

    async def receive(self) -> Message:
        if self._complete:
            return await self._receive()
        if self._announced is not None and self._announced > self._limit:
            raise BodyTooLarge(
                limit=written_size(self._limit)
            )  # to whoever reads it, so that a form can answer as a form
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + self._time
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise BodyTooSlow from None
        if message["type"] != "http.request":
            return message
        self._size += len(message.get("body", b""))
        if self._size > self._limit:
            raise BodyTooLarge(limit=written_size(self._limit))
        self._beyond.grow(self._size)
        self._complete = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and not self._complete:
            message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
        await self._send(message)


def _announced(scope: Scope) -> int | None:
    """Bytes of the body that follows, 0 for none, None when only its end will tell."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    length: bytes = headers.get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0
