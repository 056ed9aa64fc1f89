"""POST /v1/verify/receipt: is this receipt of a verification one of ours, and what does it say?"""

import re

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from jmc_vc.errors import Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.verifying.receipt import MEDIA_TYPE
from jmc_vc.verifying.receipt_json import receipt_json
from jmc_vc.verifying.verify_receipt import ACredential, NotAReceipt
from jmc_vc.web.authentication import Public
from jmc_vc.web.limits import OF_BODIES
from jmc_vc.web.media_types import WrongMediaType, require_media_type
from jmc_vc.web.openapi import answers, body_of
from jmc_vc.web.problems import QueryRefused
from jmc_vc.web.query import KnownQuery
from jmc_vc.web.rooms import Crowded, TooManyFromOne
from jmc_vc.web.service import Served
from jmc_vc.web.verify_api.gate import through_gate
from jmc_vc.web.verify_api.messages import ReceiptReportMessage, VerifyReceiptMessage
from jmc_vc.web.verify_api.refusals import JSON
from jmc_vc.web.verify_api.reporting import headers_in, language_of

router = APIRouter(prefix="/v1", tags=["Verify"], dependencies=[Public, KnownQuery])

RECEIPTS = frozenset({"application/json", "text/plain", "application/jwt", MEDIA_TYPE})
_DIGEST = re.compile(r"sha-256:[0-9a-f]{64}", re.ASCII)


class BadDigest(Unacceptable):
    """The digest to compare with is not of the form in which receipts have it."""

    code = "receipt.digest"


class NoReceiptType(WrongMediaType):
    """What is taken here is more than JSON."""

    sentence_code = "request.content_type.receipt"


@router.post(
    "/verify/receipt",
    operation_id="verifyReceipt",
    summary="Verify the receipt of a verification",
    responses=answers(
        {200: ReceiptReportMessage},
        *OF_BODIES,
        WrongMediaType,
        QueryRefused,
        *JSON,
        NotAReceipt,
        ACredential,
        BadDigest,
        TooManyFromOne,
        Crowded,
    ),
    openapi_extra=body_of(*sorted(RECEIPTS), model=VerifyReceiptMessage),
)
async def verify_receipt(request: Request, service: Served) -> Response:
    """Checks a receipt that `POST /v1/verify?receipt=true` gave, as text or as `{"receipt": …}`; with the digest of a
    file, also whether it is about that file. A receipt by a key that was retired since is as good as ever; of one by a
    key that came into other hands it cannot be told whether it is ours."""
    require_media_type(request, RECEIPTS, NoReceiptType)
    data, digest = _asked(await request.body())
    report = await through_gate(request, service.verify_receipt, data, now=service.clock())
    language = language_of(request)
    message = receipt_json(report, digest=digest, language=language)
    return Response(orjson.dumps(message), media_type="application/json", headers=headers_in(language))


def _asked(body: bytes) -> tuple[bytes, str | None]:
    """The receipt, and the digest to compare with. Raises NotAReceipt, BadDigest, and what the JSON reader raises."""
    if not body.lstrip().startswith(b"{"):
        return body, None
    asked = strict_json.parse_object(body)
    receipt, digest = asked.get("receipt"), asked.get("digest")
    if not isinstance(receipt, str) or asked.keys() - {"receipt", "digest"}:
        raise NotAReceipt(pointer="/receipt")
    if digest is None:
        return receipt.encode(), None
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise BadDigest(pointer="/digest")
    return receipt.encode(), digest
