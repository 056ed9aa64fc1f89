"""POST /v1/verify: a credential in, a report out, 200 whatever the verdict.

A bad credential is a result. Only what keeps us from working at all is an error: a body that is no JSON, one that is
too large."""

from typing import Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from jmc_vc.formats.strict_json import NotJson, NotUtf8
from jmc_vc.verifying.policy import PolicyUnknown
from jmc_vc.verifying.presented import TooManyParts
from jmc_vc.verifying.presented_token import UnsupportedToken
from jmc_vc.verifying.report_json import report_json
from jmc_vc.web.authentication import Public
from jmc_vc.web.limits import BodyTooLarge
from jmc_vc.web.media_types import WrongMediaType, require_media_type
from jmc_vc.web.openapi import answers, body_of
from jmc_vc.web.service import Served
from jmc_vc.web.verify_api.gate import Crowded, TooManyFromOne, through_gate
from jmc_vc.web.verify_api.messages import ReportMessage

router = APIRouter(prefix="/v1", tags=["Verify"], dependencies=[Public])

CREDENTIALS = frozenset(
    {"application/json", "application/vc", "application/vc+ld+json", "application/ld+json"}
    | {"text/plain", "application/vc+jwt", "application/jwt"}
    | {"application/dc+sd-jwt", "application/vc+sd-jwt"}
    | {"image/png", "image/svg+xml"}
)
"""A credential by any of the names that it has as JSON (OB 3.0 §6.1, VCDM 2.0 §C), as a token (VC-JOSE-COSE §6.1), or
in a picture. What it is, is judged from the bytes. An SD-JWT is taken so that its sender learns that it is not verified
here (UnsupportedToken), and not that we do not know the name."""


@router.post(
    "/verify",
    operation_id="verify",
    summary="Verify a credential",
    responses=answers(
        {200: ReportMessage},
        BodyTooLarge,
        WrongMediaType,
        NotUtf8,
        NotJson,
        PolicyUnknown,
        UnsupportedToken,
        TooManyParts,
        TooManyFromOne,
        Crowded,
    ),
    openapi_extra=body_of(*sorted(CREDENTIALS)),
)
async def verify(
    request: Request,
    service: Served,
    policy: str = Query(
        "default", description="`default` (for employers), `strict` or `technical` (no word of accreditation)."
    ),
) -> Response:
    """Checks a credential and says what was found, in Japanese and English. It may be JSON, a VC-JWT as text, or a PNG
    or SVG picture with a credential baked in. Nothing of it is stored. The answer is 200 for valid, invalid and
    indeterminate credentials alike."""
    require_media_type(request, CREDENTIALS)
    body = await request.body()
    report = await through_gate(request, service.verify, body, policy=policy, now=service.clock())
    request.scope["jmc_vc.told"]["verdict"] = report.verdict.value
    message: dict[str, Any] = report_json(report)
    return Response(orjson.dumps(message), media_type="application/json", headers={"cache-control": "no-store"})
