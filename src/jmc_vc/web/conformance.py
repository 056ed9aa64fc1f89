"""/conformance/{feature}/…: the VC API as the public test suites of W3C call it. Only with `JMC_VC_CONFORMANCE`.

The suites read the status alone: what is bad is refused, so a report about a bad credential is no success. Therefore
every refusal, of whatever kind, is 400 (conformance D-6, SF-04). Nobody proves here who he is.
"""

from collections.abc import Callable
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.conforming.conformance import Conformance
from jmc_vc.conforming.features import feature_named
from jmc_vc.conforming.status_list import PATH
from jmc_vc.conforming.verify import CHECKS, Verified
from jmc_vc.errors import Error, TooMany, Unavailable
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.formats.strict_json import JsonObject, JsonValue, NotAnObject
from jmc_vc.issuing.strict_message import MissingMember, WrongValue
from jmc_vc.web.authentication import Public
from jmc_vc.web.media_types import JSON, require_media_type
from jmc_vc.web.problems import MEDIA_TYPE
from jmc_vc.web.published.answer import published
from jmc_vc.web.published.status_lists import LIST
from jmc_vc.web.service import Served, service_of
from jmc_vc.web.vc_api.problem_details import problem_detail

router = APIRouter(prefix="/conformance", include_in_schema=False, dependencies=[Public])

_KEPT = (Unavailable, TooMany)
"""These say nothing against what was sent."""


@router.post("/{feature}/credentials/issue")
async def issue(request: Request, feature: str) -> Response:
    """The posted credential, secured. 201, or 400 with a problem."""

    def work(asked: JsonObject, conformance: Conformance) -> dict[str, Any]:
        secured = conformance.issue(
            feature_named(feature),
            _object(asked, "credential"),
            mandatory_pointers=_texts(_options(asked), "mandatoryPointers"),
            now=service_of(request).clock(),
        )
        return {"verifiableCredential": secured}

    try:
        answer = await _answer(request, work)
    except Error as error:
        if isinstance(error, _KEPT):
            raise
        problem = problem_detail(error, request.scope, base_url=service_of(request).site.base_url)
        return Response(orjson.dumps({**problem, "status": 400}), 400, media_type=MEDIA_TYPE)
    return Response(orjson.dumps(answer), 201, media_type="application/json")


@router.post("/{feature}/credentials/verify")
async def verify_credential(request: Request, feature: str) -> Response:
    """Whether the posted credential holds: 200, or 400 when it does not."""

    def work(asked: JsonObject, conformance: Conformance) -> Verified:
        feature_named(feature)
        options = _options(asked)
        return conformance.verify_credential(
            _object(asked, "verifiableCredential"),
            expected=_expected(options),
            checks=_checks(options),
            now=service_of(request).clock(),
        )

    return await _verdict(request, work)


@router.post("/{feature}/presentations/verify")
async def verify_presentation(request: Request, feature: str) -> Response:
    """Whether the posted presentation holds, with all in it: 200, or 400 when it does not."""

    def work(asked: JsonObject, conformance: Conformance) -> Verified:
        feature_named(feature)
        options = _options(asked)
        return conformance.verify_presentation(
            _object(asked, "verifiablePresentation"),
            expected=_expected(options),
            checks=_checks(options),
            now=service_of(request).clock(),
        )

    return await _verdict(request, work)


@router.get(PATH.removeprefix("/conformance"))
async def status_list(request: Request, service: Served) -> Response:
    """The status list of the test credentials."""
    conformance = _conformance(request)
    signed = await run_in_threadpool(conformance.status_list, now=service.clock())
    return published(request, signed, LIST, cache_control="no-store")


async def _verdict(request: Request, work: Callable[[JsonObject, Conformance], Verified]) -> Response:
    base_url = service_of(request).site.base_url
    try:
        verified = await _answer(request, work)
    except Error as error:
        if isinstance(error, _KEPT):
            raise
        found = {"verified": False, "problemDetails": [problem_detail(error, request.scope, base_url=base_url)]}
        return Response(orjson.dumps(found), 400, media_type="application/json")
    answer = {
        "verified": True,
        "document": verified.document,
        "mediaType": verified.media_type,
        "controller": list(verified.controllers),
        "problemDetails": [problem_detail(each, request.scope, base_url=base_url) for each in verified.warnings],
    }
    return Response(orjson.dumps(answer), media_type="application/json")


async def _answer(request: Request, work: Callable[[JsonObject, Conformance], Any]) -> Any:
    require_media_type(request, JSON)
    asked = strict_json.parse_object(await request.body())
    return await run_in_threadpool(work, asked, _conformance(request))


def _conformance(request: Request) -> Conformance:
    found = service_of(request).conformance
    assert found is not None  # the routes are there only with it
    return found


def _object(asked: JsonObject, name: str) -> JsonObject:
    if name not in asked:
        raise MissingMember(pointer=f"/{name}", member=name)
    found = asked[name]
    if not isinstance(found, dict):
        raise NotAnObject(pointer=f"/{name}")
    return found


def _options(asked: JsonObject) -> JsonObject:
    return _object(asked, "options") if asked.get("options") is not None else {}


def _expected(options: JsonObject) -> Expected:
    return Expected(
        domain=_text(options.get("domain"), "domain"), challenge=_text(options.get("challenge"), "challenge")
    )


def _checks(options: JsonObject) -> list[str]:
    """Names of which we know none would leave everything out but the proof."""
    named = _texts(options, "checks")
    for position, each in enumerate(named):
        if each not in CHECKS:
            raise WrongValue(pointer=f"/options/checks/{position}")
    return named


def _texts(options: JsonObject, name: str) -> list[str]:
    listed = [] if options.get(name) is None else options[name]
    if not isinstance(listed, list):
        raise WrongValue(pointer=f"/options/{name}")
    texts = [each for each in listed if isinstance(each, str)]
    if len(texts) != len(listed):
        raise WrongValue(pointer=f"/options/{name}")
    return texts


def _text(value: JsonValue, name: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise WrongValue(pointer=f"/options/{name}")
    return value
