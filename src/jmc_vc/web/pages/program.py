"""A program: the page for people, the Achievement of Open Badges for programs, at one address.

The address with the version is the `id` of the achievement in every credential, so it answers for ever.
"""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.domain.accreditation import PublicState
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramNotFound, ProgramVersion
from jmc_vc.web.authentication import Public
from jmc_vc.web.openapi import answers
from jmc_vc.web.pages.language import language_of
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.representation import DATA, PUBLIC, data_forms
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])


@dataclass(frozen=True, order=True)
class Event:
    """Something that happened to a version, on a Japanese calendar date."""

    day: date
    kind: str


@router.get("/programs/{number}", include_in_schema=False)
def current(request: Request, service: Served, number: str) -> Response:
    """The page of the version that counts today."""
    return _page(request, service, number, None)


@router.get(
    "/programs/{number}/v/{version}",
    operation_id="getAchievement",
    summary="A program version as an Achievement",
    responses=answers({200: "The Achievement."}, ProgramNotFound),
)
def program(request: Request, service: Served, number: str, version: str) -> Response:
    """The Achievement in Open Badges 3.0 (`application/ld+json`, `application/json`; `?lang=en` for its English
    texts), or with `Accept: text/html` the page."""
    if forms := data_forms(request, DATA):
        document = service.achievement(number, version, language_of(request))
        return published(request, document, forms, cache_control=PUBLIC)
    return _page(request, service, number, version)


def events_of(version: ProgramVersion, today: date) -> tuple[Event, ...]:
    """The history, newest first; nothing that lies ahead."""
    found: list[Event] = []
    if version.approval:
        found.append(Event(version.approval.decided_on, "decided"))
        found.append(Event(version.approval.effective_from, "starts"))
        if version.approval.effective_until < today:
            found.append(Event(version.approval.effective_until, "until"))
    for suspension in version.suspensions:
        found.append(Event(suspension.from_day, "suspended"))
        if suspension.until_day:
            found.append(Event(suspension.until_day, "reinstated"))
    if version.withdrawn_at:
        found.append(Event(jst_day(version.withdrawn_at), "withdrawn"))
    return tuple(sorted((event for event in found if event.day <= today), reverse=True))


def _page(request: Request, service: Served, number: str, version: str | None) -> Response:
    today = jst_day(service.clock())
    found = service.find_program(number, version, today=today)
    entry = found.entry
    in_force = next((one.version for one in found.versions if one.state is PublicState.EFFECTIVE), None)
    return render(
        request,
        "program.html",
        entry=entry,
        versions=found.versions,
        newer=in_force if entry.state is PublicState.SUPERSEDED else None,
        events=events_of(entry.version, today),
        test_data=entry.version.fictional,
    )
