"""POST /v1/verify: a credential in, a report out, 200 whatever the verdict.

A bad credential is a result. Only what keeps us from working at all is an error: a body that is no JSON, one that is
too large."""

from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from jmc_vc.formats.raster import MEDIA_TYPES
from jmc_vc.web.authentication import Public
from jmc_vc.web.guessing import verify_for
from jmc_vc.web.media_types import WrongMediaType, media_type_of, require_media_type
from jmc_vc.web.openapi import answers, body_of
from jmc_vc.web.query import KnownQuery
from jmc_vc.web.service import Served
from jmc_vc.web.verify_api.gate import finished_through_gate
from jmc_vc.web.verify_api.messages import VerificationMessage
from jmc_vc.web.verify_api.question import BadQuestion, QuestionMessage, read_question
from jmc_vc.web.verify_api.recognizing import recognizing
from jmc_vc.web.verify_api.refusals import ASKED, CREDENTIAL, JSON, LINK, PICTURE
from jmc_vc.web.verify_api.reporting import POLICY, RECEIPT, headers_in, language_of, reported

router = APIRouter(prefix="/v1", tags=["Verify"], dependencies=[Public, KnownQuery])

_JSON = frozenset({"application/json", "application/vc", "application/vc+ld+json", "application/ld+json"})
CREDENTIALS = frozenset(
    _JSON
    | {"application/vp", "application/vp+jwt", "application/vp+sd-jwt"}
    | {"text/plain", "application/vc+jwt", "application/jwt"}
    | {"application/dc+sd-jwt", "application/vc+sd-jwt"}
    | {"image/svg+xml", *MEDIA_TYPES.values()}
)
"""A credential by any of the names that it has as JSON (OB 3.0 §6.1, VCDM 2.0 §C), as a token (VC-JOSE-COSE §6.1), or
in a picture; or a picture or PDF that shows its QR code. What it is, is judged from the bytes."""


class NoCredentialType(WrongMediaType):
    """What is taken here is more than JSON."""

    sentence_code = "request.content_type.credential"


_BODY: dict[str, Any] = body_of(*sorted(CREDENTIALS))
_BODY["requestBody"]["content"]["application/json"]["schema"] = {
    "anyOf": [{"$ref": f"#/components/schemas/{QuestionMessage.__name__}"}, {"type": "object"}]
}


@router.post(
    "/verify",
    operation_id="verify",
    summary="Verify a credential",
    responses=answers({200: VerificationMessage}, *ASKED, *JSON, *CREDENTIAL, *PICTURE, *LINK, BadQuestion),
    openapi_extra=_BODY,
)
async def verify(
    request: Request,
    service: Served,
    policy: str = POLICY,
    receipt: bool = RECEIPT,
) -> Response:
    """Checks a credential and says what was found, in Japanese and English. It may be JSON, a VC-JWT or an SD-JWT as
    text, a PNG or SVG picture with a credential baked in, a picture or PDF with its QR code, or the link of a
    credential of this service; or a presentation, whose credentials are told one by one in `credentials`. Only
    `{"url": "https://…"}` makes us fetch a credential from elsewhere. In `{"credential": …, "recipient": {"name": …,
    "email": …, "did": …}, "domain": …, "challenge": …}` you can ask besides whose it is, and whether its holder shows
    it to you now: then `valid` needs that answer too. Nothing of it is stored. The answer is 200 for valid, invalid and
    indeterminate credentials alike. Its JSON Schema is published at
    `/schema/verification-report/1.0/report.json`."""
    require_media_type(request, CREDENTIALS, NoCredentialType)
    handed_in, wanted = read_question(await request.body())
    steps = verify_for(request).steps(handed_in, policy=policy, now=service.clock(), wanted=wanted)
    with recognizing(handed_in, as_json=media_type_of(request)[0] in _JSON):
        report = await finished_through_gate(request, steps)
    request.scope["jmc_vc.told"]["verdict"] = report.verdict.value
    message = await reported(request, report, handed_in, receipt=receipt)
    headers = headers_in(language_of(request))
    return Response(orjson.dumps(message), media_type="application/json", headers=headers)
