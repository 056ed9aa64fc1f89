"""The issuer of a drill: invented, with a program and learners of its own, in the copy and nowhere else.

What is signed in a drill is signed for it, so that no test ever ends in a credential of a real issuer.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from jmc_vc.bootstrap import Service
from jmc_vc.cli.demo_site import demo_programs, fictional_issuer
from jmc_vc.domain.actor import Actor, ActorKind, Scope
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.errors import Error
from jmc_vc.issuing.command import Command, IssuedAssertion
from jmc_vc.issuing.request import read_request

_MODEL, _MODEL_SLUG = "JMC-P-900001", "hoshimigaoka"
_YEAR = timedelta(days=365)
_TOGETHER = 500
"""Awards of one call, as many as the service takes together."""


@dataclass(frozen=True, kw_only=True)
class DrillIssuer:
    """`slug` and `program` are free in the installation that was copied."""

    slug: str
    program: str
    actor: Actor
    _learners: "count[int]" = field(default_factory=count, repr=False, compare=False)

    @staticmethod
    def register(service: Service, now: datetime) -> "DrillIssuer":
        """Register it, with an accredited program after the model of the demonstration's first."""
        slug, program, number = _free(service)
        text = json.dumps(demo_programs()[_MODEL]).replace(_MODEL, program).replace(f"/{_MODEL_SLUG}", f"/{slug}")
        content = json.loads(text)
        today = jst_day(now)
        # Its number is free; that of the model may stand in the register already.
        model = fictional_issuer(demo_programs()[_MODEL]["issuer"], registered_from=today - _YEAR)
        actor = Actor(kind=ActorKind.SYSTEM, id="drill", issuer=slug, scopes=frozenset(Scope))
        service.register_issuer(replace(model, slug=slug, number=number), actor=actor, now=now)
        service.import_program(content, records={}, actor=actor, now=now)
        service.approve_program(
            program,
            content["version"],
            effective_from=today - _YEAR,
            effective_until=today + _YEAR,
            decision="JMC-D-9999-9999",
            actor=actor,
            now=now,
        )
        return DrillIssuer(slug=slug, program=program, actor=actor)

    def issue(self, service: Service, many: int, now: datetime) -> Sequence[IssuedAssertion | Error]:
        """Award `many` learners; what came of each."""
        outcomes: list[IssuedAssertion | Error] = []
        while left := many - len(outcomes):
            commands = [self._command(now) for _ in range(min(left, _TOGETHER))]
            outcomes += service.issue(commands, now=now)
        return outcomes

    def _command(self, now: datetime) -> Command:
        number = next(self._learners)
        body = {
            "program": self.program,
            "recipient": {"name": {"fullName": f"Drill Learner {number}"}},
            "externalId": f"drill-{number}",
            "awardedDate": jst_day(now).isoformat(),
            "results": [{"assessment": "A1", "value": "82"}, {"assessment": "A2", "value": "L3"}],
        }
        return Command(request=read_request(json.dumps(body).encode()), actor=self.actor, idempotency_key=None)


def _free(service: Service) -> tuple[str, str, str]:
    """A slug, a program number and an issuer number that nobody has, from the upper end of the numbers."""
    issuers = service.list_issuers()
    slugs, numbers = {each.slug for each in issuers}, {each.number for each in issuers}
    slug = next(name for place in count() if (name := f"drill-{place}") not in slugs)
    number = next(name for place in count() if (name := f"JMC-I-{99999 - place}") not in numbers)
    with service.database.read() as snapshot:
        program = next(name for place in count() if not snapshot.programs.versions(name := f"JMC-P-{999999 - place}"))
    return slug, program, number
