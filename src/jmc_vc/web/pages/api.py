"""The interface for programs, told in words: what the footer's "API" leads to. `/openapi.json` says it in full."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.web.authentication import Public
from jmc_vc.web.pages.rendering import render

router = APIRouter(include_in_schema=False, dependencies=[Public])


@router.get("/api")
def api(request: Request) -> Response:
    """The page."""
    return render(request, "api.html")
