"""The public log, told in words: what it is for, how far it is, and how others can check it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.formats.transparency.note_text import write_base64
from jmc_vc.publishing.log_head import LogEmpty
from jmc_vc.web.authentication import Public
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.service import Served

router = APIRouter(include_in_schema=False, dependencies=[Public])


@router.get("/log")
def log(request: Request, service: Served) -> Response:
    """The page, with the latest checkpoint."""
    try:
        head = service.log.head().checkpoint
    except LogEmpty:
        head = None
    return render(
        request,
        "log.html",
        head=head,
        root="" if head is None else write_base64(head.root),
        origin=service.site.log_origin,
        keys=[key.text for key in service.log.verifier_keys()],
    )
