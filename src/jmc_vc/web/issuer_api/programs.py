"""POST /v1/programs/lint: look a program's description over before it is submitted. Nothing is stored; no key is
needed."""

from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.domain.program_rule import RuleFinding, Severity
from jmc_vc.formats import strict_json
from jmc_vc.formats.strict_json import DuplicateKey, NotAnObject, NotJson, NotUtf8
from jmc_vc.sentences import sentence
from jmc_vc.web.authentication import Public
from jmc_vc.web.issuer_api.messages import LintAnswer
from jmc_vc.web.limits import OF_BODIES
from jmc_vc.web.media_types import JSON, WrongMediaType, require_media_type
from jmc_vc.web.openapi import answers, body_of
from jmc_vc.web.service import Served

router = APIRouter(prefix="/v1/programs", tags=["Issuer API"], dependencies=[Public])


@router.post(
    "/lint",
    operation_id="lintProgram",
    summary="Check a program's description",
    responses=answers({200: LintAnswer}, *OF_BODIES, WrongMediaType, NotUtf8, NotJson, DuplicateKey, NotAnObject),
    openapi_extra=body_of("application/json"),
)
async def lint(request: Request, service: Served) -> Response:
    """Checks the metadata profile 1.0: its schema first, then its rules. Every finding comes in Japanese and
    English."""
    require_media_type(request, JSON)
    content = strict_json.parse_object(await request.body())
    findings = await run_in_threadpool(service.lint_program, content)
    message = {
        "submittable": not any(finding.severity is Severity.ERROR for finding in findings),
        "findings": [_finding(finding) for finding in findings],
    }
    return Response(orjson.dumps(message), media_type="application/json", headers={"cache-control": "no-store"})


def _finding(finding: RuleFinding) -> dict[str, Any]:
    said = sentence(finding.code, **finding.params)
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "pointer": finding.pointer,
        "message": {"ja": said.ja, "en": said.en},
    }
