"""GET /openapi.json: the description of this very service."""

from typing import Any

import orjson
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from jmc_vc.issuing.request import AssertionMessage
from jmc_vc.web.authentication import Public
from jmc_vc.web.issuer_api.messages import StatusMessage
from jmc_vc.web.openapi import export
from jmc_vc.web.vc_api.messages import (
    DeriveCredentialMessage,
    IssueCredentialMessage,
    UpdateStatusMessage,
    VerifyCredentialMessage,
    VerifyPresentationMessage,
)
from jmc_vc.web.verify_api.messages import BatchLineMessage, VerifyReceiptMessage
from jmc_vc.web.verify_api.question import QuestionMessage

router = APIRouter(include_in_schema=False, dependencies=[Public])

BODIES = (
    AssertionMessage,
    StatusMessage,
    IssueCredentialMessage,
    VerifyCredentialMessage,
    VerifyPresentationMessage,
    DeriveCredentialMessage,
    UpdateStatusMessage,
    BatchLineMessage,
    QuestionMessage,
    VerifyReceiptMessage,
)
"""Messages that endpoints read themselves, because they read strictly."""


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """The OpenAPI document; `openapi.yaml` in the repository says the same."""
    headers = {"cache-control": "public, max-age=300"}
    return Response(orjson.dumps(description(request.app)), headers=headers, media_type="application/json")


def description(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of `app`, made once."""
    if not hasattr(app.state, "openapi"):
        app.state.openapi = export(app, base_url=app.state.service.site.base_url, models=BODIES)
    made: dict[str, Any] = app.state.openapi
    return made
