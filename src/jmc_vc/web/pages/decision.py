"""A decision of the committee by its number: what it accredited, from when to when. Credentials name this address."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.domain.japan_time import jst_day
from jmc_vc.web.authentication import Public
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.service import Served

router = APIRouter(include_in_schema=False, dependencies=[Public])


@router.get("/decisions/{number}")
def decision(request: Request, service: Served, number: str) -> Response:
    """The programs that the decision accredited."""
    entries = service.find_decision(number, today=jst_day(service.clock()))
    return render(
        request,
        "decision.html",
        number=number,
        entries=entries,
        test_data=any(entry.version.fictional for entry in entries),
    )
