"""From a report to what is answered: in which language its text is, and its receipt."""

from typing import Any

from fastapi import Query, Request

from jmc_vc.bootstrap import Service
from jmc_vc.errors import Conflict, Error, TooMany, Unavailable
from jmc_vc.verifying.policy import POLICIES
from jmc_vc.verifying.presentation_json import any_report_json
from jmc_vc.verifying.presentation_report import AnyReport
from jmc_vc.verifying.receipt import receipt_of
from jmc_vc.verifying.take_in import HandedIn
from jmc_vc.web.clients import client_of
from jmc_vc.web.negotiation import best_language
from jmc_vc.web.problems import said_of
from jmc_vc.web.verify_api.gate import Gate

POLICY = Query(
    "default",
    description="`default` (for employers), `strict` or `technical` (no word of accreditation).",
    json_schema_extra={"enum": [*POLICIES]},
)
RECEIPT = Query(False, description="With a signed receipt of the verification, for your files.")


def language_of(request: Request) -> str:
    """The language that `Accept-Language` wants, Japanese if none of ours."""
    return best_language(request.headers.get("accept-language"))


def headers_in(language: str) -> dict[str, str]:
    """Those of an answer in `language` that nobody on the way may keep."""
    return {"cache-control": "no-store", "content-language": language, "vary": "accept-language"}


async def reported(request: Request, report: AnyReport, handed_in: HandedIn, *, receipt: bool) -> dict[str, Any]:
    """The report as it is answered to `request`; with its receipt, if that is wanted."""
    message = any_report_json(report, language_of(request))
    return message | await _receipt(request, report, handed_in) if receipt else message


async def _receipt(request: Request, report: AnyReport, handed_in: HandedIn) -> dict[str, Any]:
    """A report is worth something without its receipt, so it goes out all the same when none can be signed."""
    gate: Gate = request.app.state.gate
    service: Service = request.app.state.service
    try:
        return {"receipt": await gate.sign(client_of(request), service.sign_receipt, receipt_of(report, handed_in))}
    except (Unavailable, Conflict, TooMany) as error:
        return {"receipt": None, "receiptProblem": coded(error)}


def coded(error: Error) -> dict[str, Any]:
    """An error inside an answer that is none."""
    said = said_of(error)
    return {"code": error.code, "message": {"ja": said.ja, "en": said.en}}
