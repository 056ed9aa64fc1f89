"""/healthz, /readyz and /metrics: is the process alive, can it do its work, and how much does it do.

Readiness says what is off in words that an operator can act on. Issuing and verifying are told apart, because they need
different things: with the wrong key-encryption key nothing can be signed, and verification goes on (CF-07).
"""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.bootstrap import Service
from jmc_vc.errors import Error, Unavailable
from jmc_vc.issuing.signing_time import latest_time
from jmc_vc.publishing.log_anchor import AnchorLags
from jmc_vc.sentences import sentence
from jmc_vc.web.authentication import Public
from jmc_vc.web.negotiation import prefers_html
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.service import Served
from jmc_vc.web.telemetry import Figures

router = APIRouter(include_in_schema=False, dependencies=[Public])

_NO_STORE = {"Cache-Control": "no-store"}


class WrongKek(Unavailable):
    """The key-encryption key is not the one that this database was made with."""

    code = "ready.kek"


class ClockBehind(Unavailable):
    """The clock is behind the last entry of the audit log: what would be signed now would claim to be older than it
    is."""

    code = "ready.clock"


@router.get("/healthz")
async def alive() -> Response:
    """The process answers. It says nothing of the database, so that a database that is down restarts no process."""
    return Response(b'{"status":"ok"}', media_type="application/json", headers=_NO_STORE)


@router.get("/readyz")
async def ready(request: Request, service: Served) -> Response:
    """200 if everything works, 503 with what is off if not; for people, as a page."""
    faults = await run_in_threadpool(_faults, service)
    hindering = {name for name, fault in faults.items() if not isinstance(fault, AnchorLags)}  # which is told, no more
    issue, verify = not hindering, not (hindering & _NEEDED_BY_VERIFYING)
    if prefers_html(request.headers.get("accept")):
        return render(
            request,
            "status.html",
            status=503 if hindering else 200,
            issue=issue,
            verify=verify,
            checks=[(name, faults.get(name)) for name in CHECKS],
            asked_at=service.clock(),
            headers=_NO_STORE,
        )
    message: dict[str, Any] = {
        "status": "off" if hindering else "ok",
        "issue": issue,
        "verify": verify,
        "checks": {name: _said(faults.get(name)) for name in CHECKS},
    }
    headers = {**_NO_STORE, "vary": "accept"}
    return Response(orjson.dumps(message), 503 if hindering else 200, headers, "application/json")


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Figures in the text format of Prometheus: counts and times by route, nothing about anybody."""
    figures: Figures = request.app.state.figures
    return Response(figures.page(), headers={**_NO_STORE, "content-type": CONTENT_TYPE_LATEST})


def _database(service: Service) -> None:
    with service.database.read() as snapshot:
        snapshot.site_record.get()


def _schema(service: Service) -> None:
    service.database.require_current_schema()


def _kek(service: Service) -> None:
    with service.database.read() as snapshot:
        record = snapshot.site_record.get()
    if record is None or record.kek_check != service.kek.check_value:
        raise WrongKek


def _clock(service: Service) -> None:
    with service.database.read() as snapshot:
        latest = latest_time(snapshot)
    if latest is not None and service.clock() < latest:
        raise ClockBehind


def _anchor(service: Service) -> None:
    service.log.anchor.require_for_issuing(service.clock())
    service.log.anchor.require_written()


CHECKS: Mapping[str, Callable[[Service], None]] = {
    "database": _database,
    "schema": _schema,
    "kek": _kek,
    "clock": _clock,
    "anchor": _anchor,
}
_NEEDED_BY_VERIFYING = frozenset({"database", "schema"})


def _faults(service: Service) -> dict[str, Error]:
    faults: dict[str, Error] = {}
    for name, check in CHECKS.items():
        try:
            check(service)
        except Error as error:
            faults[name] = error
    return faults


def _said(fault: Error | None) -> dict[str, Any]:
    if fault is None:
        return {"ok": True}
    said = sentence(fault.code, **fault.params)
    return {"ok": False, "code": fault.code, "message": {"ja": said.ja, "en": said.en}}
