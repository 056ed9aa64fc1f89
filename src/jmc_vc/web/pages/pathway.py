"""A pathway: where a credential can count, who decides it, and which programs lead there. Credentials name this
address."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.domain.japan_time import jst_day
from jmc_vc.web.authentication import Public
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.service import Served

router = APIRouter(include_in_schema=False, dependencies=[Public])


@router.get("/pathways/{pathway_id}")
def pathway(request: Request, service: Served, pathway_id: str) -> Response:
    """The pathway with its programs."""
    found = service.find_pathway(pathway_id, today=jst_day(service.clock()))
    return render(
        request,
        "pathway.html",
        number=pathway_id,
        pathway=found.pathway,
        entries=found.programs,
        test_data=any(entry.version.fictional for entry in found.programs),
    )
