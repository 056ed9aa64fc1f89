"""A number for every request, one line in the log, and figures for Prometheus.

The number (`X-Request-Id`, `traceId` in problems) is drawn here: one that came with the request would let a client
write into the log. The route's pattern is logged, not the path, and never a query, a body or an address of a client.
"""

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jmc_vc.event_log import events

_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines: counted, not logged."""
_CUT = 499
"""For a connection that the client cut before there was an answer: nobody's fault here, and no status that is ever
sent."""


class Figures:
    """The counters of one application, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "jmc_vc_requests", "Requests answered", ("route", "method", "status"), registry=self.registry
        )
        self._seconds = Histogram("jmc_vc_request_seconds", "Time to answer", ("route",), registry=self.registry)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def page(self) -> bytes:
        """The figures in the text format of Prometheus."""
        return generate_latest(self.registry)


class Telemetry:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, figures: Figures, random: Callable[[int], bytes]) -> None:
        self._app = app
        self._figures = figures
        self._random = random

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = self._random(16).hex()
        # Inner layers may hand a copy of the scope on; this dictionary is shared by all of them.
        told: dict[str, str] = {}
        scope = {**scope, "jmc_vc.trace_id": number, "jmc_vc.told": told}
        status = _CUT
        begun = time.perf_counter()

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = number
            await send(message)

        try:
            await self._app(scope, receive, numbered)
        except Exception:
            status = 500
            raise
        finally:
            seconds = time.perf_counter() - begun
            route, method = told.get("route", "none"), _METHODS.get(scope["method"], "other")
            self._figures.answered(route, method, status, seconds)
            if route not in _QUIET:
                events.info(
                    "request",
                    route=route,
                    method=method,
                    status=status,
                    milliseconds=round(seconds * 1000, 1),
                    trace_id=number,
                    **{name: value for name, value in told.items() if name != "route"},
                )


class NoteRoute:
    """The innermost layer: tells `Telemetry` which route answered, which only the router below knows."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "http" and (route := scope.get("route")) is not None:
                scope["jmc_vc.told"]["route"] = getattr(route, "path", "none")


_METHODS = {method: method for method in ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH")}
