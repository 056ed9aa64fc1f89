"""The first page: what this is for, and the two things that most people come to do."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.domain.accreditation import PublicState
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.web.authentication import Public
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.service import Served

router = APIRouter(include_in_schema=False, dependencies=[Public])

_SHOWN = 3


@router.get("/")
def home(request: Request, service: Served) -> Response:
    """With the first few programs that are accredited now."""
    entries = service.search_register(states=frozenset({PublicState.EFFECTIVE}), today=jst_day(service.clock()))
    newest = entries[:_SHOWN]
    return render(
        request,
        "home.html",
        entries=newest,
        total=len(entries),
        test_data=any(entry.version.fictional for entry in newest),
    )
