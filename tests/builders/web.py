"""A client of the whole application, all layers included, without sockets."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.types import ASGIApp, Message

from jmc_vc.bootstrap import Service
from jmc_vc.web.app import create_app

Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True)
class RawAnswer:
    """What the application sent to a request that no client would make."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class WebClient:
    """Speaks to the application. Redirects are not followed."""

    def __init__(self, app: ASGIApp, portal: BlockingPortal, base_url: str) -> None:
        self._app = app
        self._portal = portal
        self._base_url = base_url

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """As httpx.request. A content that is a list of bytes goes out in chunks, without a length; `client` is the
        address that the request comes from."""
        if isinstance(content := options.get("content"), list):
            options["content"] = _chunks(content)
        answer: httpx.Response = self._portal.call(self._request, method, path, options)
        return answer

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def many(self, requests: Iterable[tuple[str, str, Mapping[str, Any]]]) -> list[httpx.Response]:
        """All of them at once."""
        waiting = [
            self._portal.start_task_soon(self._request, method, path, dict(options))
            for method, path, options in requests
        ]
        return [each.result() for each in waiting]

    def raw(
        self, method: str, path: str, headers: Headers, chunks: Iterable[bytes] = (), *, endless: bytes | None = None
    ) -> RawAnswer:
        """A request with exactly these headers. `endless` is sent again and again, while the application reads."""
        return self._portal.call(self._raw, method, path, list(headers), list(chunks), endless)

    async def _request(self, method: str, path: str, options: Mapping[str, Any]) -> httpx.Response:
        # The lowest layer of the application lets no exception out; one that does get out should fail the test.
        sent = {name: value for name, value in options.items() if name != "client"}
        transport = httpx.ASGITransport(self._app, client=(options.get("client", "127.0.0.1"), 50_000))
        async with httpx.AsyncClient(transport=transport, base_url=self._base_url) as client:
            return await client.request(method, path, **sent)

    async def _raw(
        self, method: str, path: str, headers: list[tuple[bytes, bytes]], chunks: list[bytes], endless: bytes | None
    ) -> RawAnswer:
        sent: list[Message] = []
        waiting = [*chunks]

        async def receive() -> Message:
            if endless is not None:
                return {"type": "http.request", "body": endless, "more_body": True}
            body = waiting.pop(0) if waiting else b""
            return {"type": "http.request", "body": body, "more_body": bool(waiting)}

        async def send(message: Message) -> None:
            sent.append(message)

        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": headers,
            "client": ("192.0.2.1", 50_000),
            "server": ("127.0.0.1", 8000),
        }
        await self._app(scope, receive, send)
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return RawAnswer(sent[0]["status"], found, b"".join(each.get("body", b"") for each in sent[1:]))


@contextmanager
def web_client(service: Service) -> Iterator[WebClient]:
    """The application of `service`, started, and stopped at the end."""
    app = create_app(service)
    with start_blocking_portal() as portal:
        life: AbstractContextManager[Any] = portal.wrap_async_context_manager(app.router.lifespan_context(app))
        with life:
            yield WebClient(app, portal, service.site.base_url)


async def _chunks(content: list[bytes]) -> AsyncIterator[bytes]:
    for chunk in content:
        yield chunk
