"""The register: search first, filters beside. A GET form, so that every search has an address that can be sent on."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.domain.accreditation import PublicState
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.vocabulary import VOCABULARIES
from jmc_vc.web.authentication import Public
from jmc_vc.web.pages.language import language_of, with_query
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.service import Served

router = APIRouter(include_in_schema=False, dependencies=[Public])

LEVELS = range(8, 0, -1)
MODES = tuple(VOCABULARIES["participation-mode"])
STATES: Mapping[str, frozenset[PublicState]] = {
    "now": frozenset({PublicState.EFFECTIVE}),
    "upcoming": frozenset({PublicState.UPCOMING}),
    "suspended": frozenset({PublicState.SUSPENDED}),
    "ended": frozenset({PublicState.ENDED, PublicState.SUPERSEDED, PublicState.WITHDRAWN}),
}
"""The choices of the form and the states that they stand for."""
_LONGEST_QUERY = 200


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is searched for. Without a state: programs that are accredited now, for that is what most people want."""

    query: str
    levels: frozenset[int]
    modes: frozenset[str]
    states: tuple[str, ...]

    @property
    def public_states(self) -> frozenset[PublicState]:
        return frozenset[PublicState]().union(*(STATES[name] for name in self.states))

    @property
    def everything(self) -> bool:
        """Whether no filter leaves anything out."""
        return not self.levels and not self.modes and len(self.states) == len(STATES)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The search as the names and values of the form."""
        return [
            *([("q", self.query)] if self.query else []),
            *(("level", str(level)) for level in sorted(self.levels)),
            *(("mode", mode) for mode in sorted(self.modes)),
            *(("state", state) for state in self.states),
        ]


def read_search(query: QueryParams) -> Search:
    """The search in an address; values that the form does not have are left out, as a form must not fail on an old
    link."""
    states = tuple(name for name in STATES if name in query.getlist("state"))
    return Search(
        query=query.get("q", "").strip()[:_LONGEST_QUERY],
        levels=frozenset(level for level in LEVELS if str(level) in query.getlist("level")),
        modes=frozenset(mode for mode in MODES if mode in query.getlist("mode")),
        states=states or ("now",),
    )


@router.get("/programs")
def register(request: Request, service: Served) -> Response:
    """The programs that fit."""
    search = read_search(request.query_params)
    today = jst_day(service.clock())
    entries = service.search_register(
        query=search.query, levels=search.levels, modes=search.modes, states=search.public_states, today=today
    )
    everywhere = [("q", search.query), *(("state", name) for name in STATES)]
    return render(
        request,
        "register.html",
        search=search,
        entries=entries,
        today=today,
        levels=LEVELS,
        modes=MODES,
        everywhere=with_query(language_of(request), "/programs", everywhere),
        test_data=any(entry.version.fictional for entry in entries),
    )
