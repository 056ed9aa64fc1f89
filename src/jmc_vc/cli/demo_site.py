"""Labelled test data in an installation: six invented issuers and a partner, their programs, credentials of invented
learners. Whatever these name at our own address is there.

Everything is done through the same use cases as real work, and may be done again: what is there stays. Dates follow
from the current fiscal year of Japan (April to March), so that the data are as fresh in five years as today.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from jmc_vc.accrediting.import_program import TEST_CONFIRMATION
from jmc_vc.bootstrap import Service
from jmc_vc.domain.accreditation import ProgramState
from jmc_vc.domain.actor import Actor, ActorKind, Scope
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.issuer import Issuer, IssuerState
from jmc_vc.domain.japan_time import add_months, jst_day
from jmc_vc.domain.program import unchecked_alignments
from jmc_vc.errors import Conflict, Error
from jmc_vc.issuing.command import Command, idempotency_name
from jmc_vc.issuing.request import read_request

SCHOOL, PROGRAM = "hoshimigaoka", "JMC-P-900001"
"""Whose API key the demonstration shows, and for which program."""

_LOADER = Actor(kind=ActorKind.SYSTEM, id="demo")
_YEARS: Mapping[str, int] = {"JMC-P-900004": 2, "JMC-P-900005": 1}
"""How long an accreditation lasts; three years unless told otherwise."""
_DECIDED_BEFORE = timedelta(weeks=5)
"""How long before an accreditation begins the committee decides."""
_RESULTS: Mapping[str, Mapping[str, str]] = {
    "JMC-P-900001": {"A1": "82", "A2": "L3"},
    "JMC-P-900002": {"A1": "18", "A2": "14"},
    "JMC-P-900003": {"A1": "85", "A2": "Completed"},
    "JMC-P-900004": {"A1": "3", "A2": "9"},
    "JMC-P-900005": {"A1": "27", "A2": "L3"},
    "JMC-P-900006": {"A1": "L3", "A2": "78"},
}


class DemoNotAlone(Conflict):
    """There are issuers that are no test data."""

    code = "cli.demo_not_alone"


@dataclass(frozen=True)
class _Award:
    """One learner's award; `former` is the name before a change, `days` how long ago, within the accreditation."""

    learner: str
    program: str
    days: int
    former: bool = False

    @property
    def key(self) -> str:
        return f"demo-{self.learner}{'-former' if self.former else ''}"


_AWARDS: tuple[_Award, ...] = (
    _Award("learner-01", "JMC-P-900001", 40),
    _Award("learner-02", "JMC-P-900002", 35),
    _Award("learner-03", "JMC-P-900003", 30),
    _Award("learner-04", "JMC-P-900004", 25),
    _Award("learner-05", "JMC-P-900005", 20),
    # Whose name changed: the first credential is replaced by the second.
    _Award("learner-06", "JMC-P-900006", 60, former=True),
    _Award("learner-06", "JMC-P-900006", 60),
    _Award("learner-07a", "JMC-P-900001", 15),
    _Award("learner-07b", "JMC-P-900002", 10),
    _Award("learner-08", "JMC-P-900003", 5),
)


@dataclass(frozen=True)
class DemoCredential:
    """A credential of the test data, and whether it was replaced."""

    url: str
    replaced: bool


@cache
def demo_programs() -> Mapping[str, Mapping[str, Any]]:
    """The descriptions of the six programs, by number."""
    return {each["programNumber"]: each for each in _data("programs.json")}


def fictional_issuer(described: Mapping[str, Any], *, registered_from: date) -> Issuer:
    """The issuer, or partner, as a program's description names it. Issuers and programs are numbered alike; the
    partners follow."""
    named = {each["issuer"]["id"]: f"JMC-I-9{number[-4:]}" for number, each in demo_programs().items()}
    numbers = {partner["id"]: f"JMC-I-9{place:04}" for place, partner in enumerate(_partners(), len(named) + 1)} | named
    return Issuer(
        number=numbers[described["id"]],
        slug=described["id"].rpartition("/")[2],
        name_ja=described["name"]["ja"],
        name_en=described["name"]["en"],
        name_kana=described["name"].get("kana"),
        org_type=described["orgType"],
        country=described["country"],
        region=described.get("region"),
        url=described.get("url"),
        email=None,
        state=IssuerState.REGISTERED,
        registered_from=registered_from,
        registered_until=None,
        fictional=True,
    )


def fiscal_year_start(day: date) -> date:
    """1 April of the Japanese fiscal year that holds `day`."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def load(service: Service, *, now: datetime) -> None:
    """Bring in what is missing of the test data. Raises DemoNotAlone in an installation that holds anything else."""
    issuers = service.list_issuers()
    if not all(issuer.fictional for issuer in issuers):
        raise DemoNotAlone
    start = fiscal_year_start(jst_day(now))
    known = {issuer.slug for issuer in issuers}
    for described in (*(each["issuer"] for each in demo_programs().values()), *_partners()):
        issuer = fictional_issuer(described, registered_from=add_months(start, -12))
        if issuer.slug not in known:
            service.register_issuer(issuer, actor=_LOADER, now=now)
    for number, content in demo_programs().items():
        first = _first_day(service, content) or start
        if "supersedes" in content:
            earlier = add_months(first, -12)
            _accredit(
                service,
                _predecessor(content),
                earlier,
                first - timedelta(days=1),
                decision=f"JMC-D-90001{number[-1]}",
                now=now,
            )
        until = add_months(first, 12 * _YEARS.get(number, 3)) - timedelta(days=1)
        _accredit(service, content, first, until, decision=f"JMC-D-{number[-6:]}", now=now)
    for award in _AWARDS:
        _issue(service, award, now)


def credentials(service: Service) -> tuple[DemoCredential, ...]:
    """The credentials of the test data, as many as there are."""
    found = [(award, _issued(service, award)) for award in _AWARDS]
    return tuple(
        DemoCredential(url=service.site.credential(uuid), replaced=award.former)
        for award, uuid in found
        if uuid is not None
    )


def _partners() -> tuple[Mapping[str, Any], ...]:
    """Organizations that the programs name at our address and that have no program of their own."""
    return tuple(partner for each in demo_programs().values() for partner in each.get("deliveryPartners", ()))


def _predecessor(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The version that `content` says it supersedes: the same program, a year earlier."""
    earlier = {name: value for name, value in content.items() if name != "supersedes"}
    return earlier | {"id": content["supersedes"], "version": content["supersedes"].rpartition("/")[2]}


def _first_day(service: Service, content: Mapping[str, Any]) -> date | None:
    """When the accreditation began, if it is there already: it may be of an earlier year."""
    with service.database.read() as snapshot:
        version = snapshot.programs.get(content["programNumber"], content["version"])
    return None if version is None or version.approval is None else version.approval.effective_from


def _accredit(
    service: Service, content: Mapping[str, Any], first: date, last: date, *, decision: str, now: datetime
) -> None:
    version, _ = service.import_program(dict(content), records={}, actor=_LOADER, now=now)
    if version.state is not ProgramState.SUBMITTED:
        return
    for target in {alignment["targetUrl"] for alignment in unchecked_alignments(version)}:
        service.confirm_alignment(
            version.number, version.version, target, note=TEST_CONFIRMATION, actor=_LOADER, now=now
        )
    service.approve_program(
        version.number,
        version.version,
        effective_from=first,
        effective_until=last,
        decision=decision,
        decided_on=first - _DECIDED_BEFORE,
        actor=_LOADER,
        now=now,
    )


def _issue(service: Service, award: _Award, now: datetime) -> None:
    if _issued(service, award) is not None:
        return
    command = Command(
        request=read_request(_body(service, award, now)), actor=_acting_for(award), idempotency_key=award.key
    )
    (outcome,) = service.issue([command], now=now)
    if isinstance(outcome, Error):
        raise outcome
    if award.former:
        service.change_status(
            outcome.credential.uuid,
            StatusAction.REVOKE,
            reason=RevocationReason.SUPERSEDED,
            text=None,
            actor=_acting_for(award),
            now=now,
        )


def _issued(service: Service, award: _Award) -> UUID | None:
    """By the idempotency key: an award keeps it for ever, also when the date of a second load is another."""
    with service.database.read() as snapshot:
        claim = snapshot.idempotency_keys.get(str(_acting_for(award).issuer), idempotency_name(service.kek, award.key))
    return None if claim is None else claim.uuid


def _acting_for(award: _Award) -> Actor:
    slug = demo_programs()[award.program]["issuer"]["id"].rpartition("/")[2]
    return Actor(kind=ActorKind.SYSTEM, id=_LOADER.id, issuer=slug, scopes=frozenset(Scope))


def _body(service: Service, award: _Award, now: datetime) -> bytes:
    content = demo_programs()[award.program]
    with service.database.read() as snapshot:
        version = snapshot.programs.get(award.program, content["version"])
    assert version is not None
    assert version.approval is not None
    awarded = max(version.approval.effective_from, jst_day(now) - timedelta(days=award.days))
    learner = _learners()[award.learner]
    return json.dumps(
        {
            "program": award.program,
            "recipient": {"name": _name(learner, former=award.former), "email": learner["email"]},
            "awardedDate": awarded.isoformat(),
            "activityEndDate": (awarded - timedelta(days=7)).isoformat(),
            "results": [{"assessment": name, "value": value} for name, value in _RESULTS[award.program].items()],
            "retake": "nameHistory" in learner and not award.former,
        }
    ).encode()


def _name(learner: Mapping[str, Any], *, former: bool) -> dict[str, Any]:
    written = {name: learner[name] for name in ("fullName", "ja", "kana", "latn", "order") if name in learner}
    return written | learner["nameHistory"][0] if former else written


@cache
def _learners() -> Mapping[str, Mapping[str, Any]]:
    return {each["id"]: each for each in _data("learners.json")["learners"]}


def _data(name: str) -> Any:
    return json.loads((files("jmc_vc.cli") / "demo_data" / name).read_bytes())
