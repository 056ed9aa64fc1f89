"""POST /vc-api/credentials/verify and /vc-api/presentations/verify: 200 whatever the verdict, `verified` tells it."""

from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity import verify_proof
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.formats.data_model.enveloped import (
    BadDataUrl,
    BadEnvelope,
    EnvelopeMediaType,
    is_enveloped,
    read_envelope,
)
from jmc_vc.formats.data_model.presentation import BadHolder, BadPresented, NestedPresentation, TooManyPresented
from jmc_vc.formats.data_model.shape import BadContext, BadId, BadMember, BadType
from jmc_vc.formats.did.document import UnknownKey
from jmc_vc.formats.encoding.base64url import NotBase64Url
from jmc_vc.formats.jose import claims
from jmc_vc.formats.jose.claims import ClaimMismatch, ClaimNotAllowed
from jmc_vc.formats.jose.compact_jws import (
    AlgorithmUnsupported,
    NotAToken,
    TokenAlgorithm,
    TokenCritical,
    TokenTooLong,
)
from jmc_vc.formats.jose.disclosures import (
    BadDigests,
    BadDisclosure,
    RepeatedDisclosure,
    UnreferencedDisclosure,
    UnsupportedHash,
)
from jmc_vc.formats.jose.numeric_date import NotANumericDate
from jmc_vc.formats.jose.sd_jwt import TooManyDisclosures
from jmc_vc.formats.jose.token_kind import TokenType
from jmc_vc.formats.strict_json import BadNumber, BadUnicode, JsonObject, NotAnObject, TooManyValues
from jmc_vc.verifying.policy import PolicyUnknown
from jmc_vc.verifying.presentation_ruling import PresentationReport, PresentedReport
from jmc_vc.verifying.presented import APresentation, NotACredential, OlderOpenBadge, TooManyParts
from jmc_vc.verifying.presented_token import UnsupportedToken, read_token
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.report_json import report_json
from jmc_vc.verifying.ruling import Verdict
from jmc_vc.web.authentication import Reading
from jmc_vc.web.openapi import SECURED, answers, body_of
from jmc_vc.web.rooms import Crowded, TooManyFromOne
from jmc_vc.web.service import Served
from jmc_vc.web.vc_api.body import BODY, CALLER, OF_MANY, answer, member, read_body
from jmc_vc.web.vc_api.messages import (
    VerifyCredentialAnswer,
    VerifyCredentialMessage,
    VerifyOptions,
    VerifyPresentationAnswer,
    VerifyPresentationMessage,
)
from jmc_vc.web.vc_api.problem_details import problem_detail, problem_details
from jmc_vc.web.vc_api.route import VcApiRoute
from jmc_vc.web.verify_api.gate import finished_through_gate
from jmc_vc.web.verify_api.reporting import language_of

router = APIRouter(prefix="/vc-api", tags=["VC API"], route_class=VcApiRoute)

_REFUSED = (
    *CALLER, *BODY, PolicyUnknown, TooManyFromOne, Crowded, BadContext, BadDataUrl, BadEnvelope, BadType,
    EnvelopeMediaType, TokenTooLong,
)  # fmt: skip
_NO_CREDENTIAL = (APresentation, NotACredential, OlderOpenBadge, TooManyParts, UnsupportedToken)
_NO_TOKEN = (
    AlgorithmUnsupported, BadDigests, BadDisclosure, BadNumber, BadUnicode, ClaimMismatch, ClaimNotAllowed, NotAnObject,
    NotANumericDate, NotAToken, NotBase64Url, RepeatedDisclosure, TokenAlgorithm, TokenCritical, TokenType,
    TooManyDisclosures, TooManyValues, UnknownKey, UnreferencedDisclosure, UnsupportedHash, UnsupportedToken,
)  # fmt: skip
_NO_PRESENTATION = (
    BadHolder, BadId, BadMember, BadPresented, NestedPresentation, TooManyPresented, *_NO_TOKEN,
)  # fmt: skip


@router.post(
    "/credentials/verify",
    operation_id="vcApiVerifyCredential",
    summary="Verify a credential",
    responses=answers({200: VerifyCredentialAnswer}, *_REFUSED, *_NO_CREDENTIAL),
    openapi_extra={**body_of("application/json", model=VerifyCredentialMessage), **SECURED},
)
async def verify_credential(request: Request, service: Served, actor: Reading) -> Response:
    """Checks a credential as `/v1/verify` does. `challenge` and `domain`, when they are given, have to stand in its
    proofs; in a token they are `nonce` and `aud`."""
    document, message = await read_body(request, VerifyCredentialMessage)
    credential, options = member(document, "verifiableCredential"), message.options
    # It came inside other bytes, which were read strictly: written again it reads as the very same.
    report: Report = await _finished(
        request, service.verify.steps(orjson.dumps(credential), policy=options.policy, now=service.clock())
    )
    found = problem_details(report, request.scope, base_url=service.site.base_url)
    fault = _not_meant_for_us(credential, options)
    if fault is not None and fault.code not in {each["code"] for each in found}:
        found.append(problem_detail(fault, request.scope, base_url=service.site.base_url))
    verified = report.verdict is Verdict.VALID and fault is None
    told = {"problemDetails": found} if options.return_problem_details else {}
    return answer(
        {
            "verified": verified,
            **_shown(credential, report, options),
            **told,
            "report": report_json(report, language_of(request)),
        }
    )


@router.post(
    "/presentations/verify",
    operation_id="vcApiVerifyPresentation",
    summary="Verify a presentation",
    responses=answers({200: VerifyPresentationAnswer}, *_REFUSED, *_NO_PRESENTATION),
    openapi_extra={**body_of("application/json", model=VerifyPresentationMessage), **SECURED},
)
async def verify_presentation(request: Request, service: Served, actor: Reading) -> Response:
    """Checks who presents, and each credential on its own. `challenge` and `domain` are what the presentation was asked
    for with; in a token they are `nonce` and `aud`."""
    document, message = await read_body(request, VerifyPresentationMessage, OF_MANY)
    options = message.options
    presented = document["verifiablePresentation"]
    assert isinstance(presented, dict | str)
    expected = Expected(domain=options.domain, challenge=options.challenge)
    report: PresentationReport = await _finished(
        request,
        service.verify_presentation.steps(presented, expected=expected, policy=options.policy, now=service.clock()),
    )
    base_url = service.site.base_url
    details = [problem_detail(each, request.scope, base_url=base_url) for each in report.faults]
    told = {"problemDetails": details} if options.return_problem_details else {}
    shown = {"presentation": report.document} if options.return_presentation and report.document is not None else {}
    return answer(
        {
            "verified": report.verdict is Verdict.VALID or report.shows_the_holder_alone,
            "verdict": report.verdict.value,
            "holder": report.holder,
            "signers": list(report.signers),
            **shown,
            **told,
            "warnings": [problem_detail(each, request.scope, base_url=base_url) for each in report.warnings],
            "credentials": [_presented(each, request, options) for each in report.credentials],
        }
    )


def _presented(each: PresentedReport, request: Request, options: VerifyOptions) -> dict[str, Any]:
    base_url: str = request.app.state.service.site.base_url
    shown: dict[str, Any] = {}
    if isinstance(each.report, Error):
        details, report = [problem_detail(each.report, request.scope, base_url=base_url)], None
    else:
        details, report = (
            problem_details(each.report, request.scope, base_url=base_url),
            report_json(each.report, language_of(request)),
        )
        shown = _shown(each.document, each.report, options)
    told = {"problemDetails": details} if options.return_problem_details else {}
    return {
        "pointer": each.pointer,
        "verified": each.verdict is Verdict.VALID,
        "aboutHolder": each.about_holder,
        **shown,
        **told,
        "report": report,
    }


async def _finished(request: Request, steps: Any) -> Any:
    found = await finished_through_gate(request, steps)
    request.scope["jmc_vc.told"]["verdict"] = found.verdict.value
    return found


def _shown(credential: JsonObject, report: Report, options: VerifyOptions) -> dict[str, Any]:
    """The credential, out of its token, if it was asked for and is genuine: nothing else is ever shown (SR-2)."""
    if not options.return_credential or report.credential is None:
        return {}
    if not is_enveloped(credential):
        return {"credential": credential}
    token = read_token(read_envelope(credential).text)
    return {"credential": credential if token.claims is not None else token.document}  # claims are no document


def _not_meant_for_us(credential: JsonObject, options: VerifyOptions) -> Error | None:
    """What its token or its proofs say of whom they are for: whether they hold, the report tells."""
    expected = Expected(domain=options.domain, challenge=options.challenge)
    if expected == Expected():
        return None
    try:
        if is_enveloped(credential):
            claims.require_meant_for(read_token(read_envelope(credential).text).jws.claims(), expected)
            return None
        for proof in read_proofs(credential):
            verify_proof.require_meant_for(proof, domain=expected.domain, challenge=expected.challenge)
    except Error as err:
        return err
    return None
