"""The application: routers, and around them the layers that every request passes, the outermost first.

    (the server)    length and time of the request head: http_protocol.py
    Telemetry       a number for the request, the log line, the figures
    AnswerHeaders   security headers, CORS, HEAD
    RequestLimits   Host, lengths, size and time of the body
    Guard           errors of the layers below become problems; nothing unknown gets out
    the routes

Nothing is generated for browsing (`/docs`): openapi.yaml is the documentation, and those pages load scripts of other
hosts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import urandom

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware

from jmc_vc.bootstrap import Service
from jmc_vc.web import conformance, explanations, health, openapi_route
from jmc_vc.web.addresses import require_printable_path
from jmc_vc.web.guessing import Misses
from jmc_vc.web.headers import AnswerHeaders
from jmc_vc.web.issuer_api import assertions, programs
from jmc_vc.web.limits import RequestLimits
from jmc_vc.web.pages import ROUTERS as PAGES
from jmc_vc.web.pages import failure_page
from jmc_vc.web.problems import Guard, install
from jmc_vc.web.published import keys, log, namespace, outcomes, status_lists
from jmc_vc.web.telemetry import Figures, NoteRoute, Telemetry
from jmc_vc.web.vc_api import ROUTERS as VC_API
from jmc_vc.web.verify_api import batch, receipt, verify
from jmc_vc.web.verify_api.gate import Gate
from jmc_vc.web.viewer import routes as viewer

ROUTERS = (
    assertions.router,
    programs.router,
    verify.router,
    batch.router,
    receipt.router,
    *VC_API,
    keys.router,
    status_lists.router,
    outcomes.router,
    namespace.router,
    log.router,
    viewer.router,
    *PAGES,
    explanations.router,
    health.router,
    openapi_route.router,
)


def create_app(service: Service) -> FastAPI:
    """The application that answers for `service`. Its start opens the issuing desk and sets the log keeper to
    work, its end closes both."""
    base_url = service.site.base_url
    figures = Figures()
    service.gateway.figures.register(figures.registry)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[dict[str, str]]:
        app.state.gate = Gate()
        service.desk.open()
        if service.kek_matches:  # else nothing can be signed, and what waits is safe
            service.log.keeper.open()
        try:
            yield {"base_url": base_url}  # for what the server answers by itself (web/http_protocol.py)
        finally:
            service.desk.close()
            service.log.keeper.close()
            app.state.gate.close()

    app = FastAPI(
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(require_printable_path)],
        middleware=[
            Middleware(Telemetry, figures=figures, random=urandom),
            Middleware(AnswerHeaders, base_url=base_url),
            Middleware(RequestLimits, base_url=base_url, body_limit=service.settings.max_body_bytes),
            Middleware(Guard, base_url=base_url),
            Middleware(NoteRoute),
        ],
    )
    app.state.service = service
    app.state.figures = figures
    app.state.misses = Misses()
    install(app, base_url, failure_page)
    for router in ROUTERS:
        app.include_router(router)
    if service.conformance is not None:
        app.include_router(conformance.router)
    return app
