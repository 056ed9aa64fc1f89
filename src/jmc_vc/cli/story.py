"""The whole story of an accredited program, on an installation of its own, told by an injected clock.

Each step has a moment, says what it expects, and is really done; what comes out is compared. Dates are Japanese
calendar dates: the boundaries of the accreditation are tried to the second.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.bootstrap import Service
from jmc_vc.cli.demo_site import demo_programs, fictional_issuer
from jmc_vc.domain.actor import Actor, ActorKind, Scope
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.japan_time import read_moment
from jmc_vc.errors import Error
from jmc_vc.issuing.command import Command, IssuedAssertion
from jmc_vc.issuing.request import read_request

_PROGRAM, _VERSION, _SLUG = "JMC-P-900001", "1", "hoshimigaoka"
_FIRST, _LAST = date(2027, 4, 1), date(2030, 3, 31)
_ACTOR = Actor(kind=ActorKind.SYSTEM, id="demo", issuer=_SLUG, scopes=frozenset(Scope))


@dataclass
class StoryClock:
    """A clock that moves only when it is told to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move_to(self, moment: datetime) -> None:
        self.now = moment


@dataclass
class Stage:
    """The installation, its clock, and the credentials that were issued so far, by a name of the story's own."""

    service: Service
    clock: StoryClock
    issued: dict[str, IssuedAssertion] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """`act` is done at the moment `at` and must answer `expected`; a refusal answers with its code."""

    id: str
    at: str
    expected: str
    act: Callable[[Stage], str]

    @property
    def sentence(self) -> str:
        return f"story.{self.id}"


@dataclass(frozen=True)
class Told:
    """A step and what came of it."""

    step: Step
    got: str

    @property
    def ok(self) -> bool:
        return self.got == self.step.expected


def tell(stage: Stage) -> list[Told]:
    """Do all steps, each whatever came of those before it. The database is initialized and empty."""
    stage.clock.move_to(read_moment(STORY[0].at))
    issuer = fictional_issuer(demo_programs()[_PROGRAM]["issuer"], registered_from=date(2026, 4, 1))
    stage.service.register_issuer(issuer, actor=_ACTOR, now=stage.clock())
    return [_told(step, stage) for step in STORY]


def _told(step: Step, stage: Stage) -> Told:
    stage.clock.move_to(read_moment(step.at))
    try:
        return Told(step, step.act(stage))
    except Error as refusal:
        return Told(step, str(getattr(refusal, "sentence_code", refusal.code)))
    except KeyError:
        return Told(step, "missing")  # a credential that an earlier step should have issued


def _import(stage: Stage) -> str:
    version, _ = stage.service.import_program(
        dict(demo_programs()[_PROGRAM]), records={}, actor=_ACTOR, now=stage.clock()
    )
    return version.state.value


def _approve(stage: Stage) -> str:
    return stage.service.approve_program(
        _PROGRAM,
        _VERSION,
        effective_from=_FIRST,
        effective_until=_LAST,
        decision="JMC-D-900001",
        actor=_ACTOR,
        now=stage.clock(),
    ).state.value


def _award(name: str, awarded: str) -> Callable[[Stage], str]:
    """An award at the moment `awarded` to a learner of its own."""
    body = {
        "program": _PROGRAM,
        "recipient": {"name": {"fullName": f"Test Learner ({name})"}},
        "externalId": name,
        "awardedDate": awarded,
        "results": [{"assessment": "A1", "value": "82"}, {"assessment": "A2", "value": "L3"}],
    }

    def act(stage: Stage) -> str:
        request = read_request(json.dumps(body).encode())
        command = Command(request=request, actor=_ACTOR, idempotency_key=None)
        (outcome,) = stage.service.issue([command], now=stage.clock())
        if isinstance(outcome, Error):
            raise outcome
        stage.issued[name] = outcome
        return "issued"

    return act


def _verify(name: str) -> Callable[[Stage], str]:
    return lambda stage: stage.service.verify(stage.issued[name].body, now=stage.clock()).summary


def _verify_altered(stage: Stage) -> str:
    altered = stage.issued["first"].body.replace(b'"82"', b'"92"')
    return stage.service.verify(altered, now=stage.clock()).summary


def _revoke(stage: Stage) -> str:
    return stage.service.change_status(
        stage.issued["second"].credential.uuid,
        StatusAction.REVOKE,
        reason=RevocationReason.ISSUED_IN_ERROR,
        text=None,
        actor=_ACTOR,
        now=stage.clock(),
    ).state.value


def _rotate(stage: Stage) -> str:
    return stage.service.rotate_key(_SLUG, immediate=True, actor=_ACTOR, now=stage.clock()).new.kid


def _sanction(sanction: Sanction) -> Callable[[Stage], str]:
    return lambda stage: (
        stage.service.sanction_program(
            _PROGRAM, _VERSION, sanction, reason="demo", actor=_ACTOR, now=stage.clock()
        ).state.value
    )


_OUTSIDE = "program_not_approved_on_award_date"

STORY: tuple[Step, ...] = (
    Step("import", "2027-02-01T09:00:00+09:00", "submitted", _import),
    Step("award_before_approval", "2027-02-02", f"{_OUTSIDE}.never", _award("early", "2027-02-02")),
    Step("approve", "2027-03-01T14:00:00+09:00", "approved", _approve),
    Step(
        "award_last_second_before", "2027-03-31T14:59:59Z", f"{_OUTSIDE}.before",
        _award("too-early", "2027-03-31T23:59:59+09:00"),
    ),
    Step("award_first_second", "2027-03-31T15:00:00Z", "issued", _award("first", "2027-04-01T00:00:00+09:00")),
    Step("verify_first", "2027-04-01T09:00:00+09:00", "valid", _verify("first")),
    Step("verify_altered", "2027-04-01T09:01:00+09:00", "not_trustworthy", _verify_altered),
    Step("award_outside", "2027-06-01T09:00:00+09:00", f"{_OUTSIDE}.before", _award("outside", "2026-06-01")),
    Step("award_second", "2027-06-01T09:01:00+09:00", "issued", _award("second", "2027-06-01")),
    Step("verify_second", "2027-06-01T09:02:00+09:00", "valid", _verify("second")),
    Step("revoke", "2027-06-02T09:00:00+09:00", "revoked", _revoke),
    Step("verify_revoked", "2027-06-02T09:01:00+09:00", "revoked", _verify("second")),
    Step("verify_unaffected", "2027-06-02T09:02:00+09:00", "valid", _verify("first")),
    Step("rotate", "2027-10-01T09:00:00+09:00", "key-2", _rotate),
    Step("verify_old_key", "2027-10-01T09:01:00+09:00", "valid", _verify("first")),
    Step("award_new_key", "2027-10-01T09:02:00+09:00", "issued", _award("third", "2027-10-01")),
    Step("verify_new_key", "2027-10-01T09:03:00+09:00", "valid", _verify("third")),
    Step("suspend", "2028-01-14T09:00:00+09:00", "suspended", _sanction(Sanction.SUSPEND)),
    Step("verify_suspended", "2028-01-15T09:00:00+09:00", "valid", _verify("first")),
    Step("award_suspended", "2028-01-15T09:01:00+09:00", "program.suspended", _award("suspended", "2028-01-15")),
    Step("reinstate", "2028-01-20T09:00:00+09:00", "approved", _sanction(Sanction.REINSTATE)),
    Step("award_last_second", "2030-03-31T14:59:59Z", "issued", _award("last", "2030-03-31T14:59:59Z")),
    Step("award_second_after", "2030-03-31T15:00:00Z", f"{_OUTSIDE}.after", _award("late", "2030-03-31T15:00:00Z")),
    Step("verify_ended", "2030-04-01T09:00:00+09:00", "valid_accreditation_ended", _verify("first")),
    Step("withdraw", "2030-04-02T09:00:00+09:00", "withdrawn", _sanction(Sanction.WITHDRAW)),
    Step("verify_withdrawn", "2030-04-03T09:00:00+09:00", "valid_accreditation_ended", _verify("first")),
    Step("award_withdrawn", "2030-04-03T09:01:00+09:00", "program.withdrawn", _award("withdrawn", "2029-10-01")),
)  # fmt: skip
