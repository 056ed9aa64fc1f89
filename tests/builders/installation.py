"""A whole installation for a test: real database, real keys, one registered issuer with an accredited program.

Its clock stands still until a test moves it. `make_installation` builds one on any database URL.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from jmc_vc import bootstrap, settings
from jmc_vc.bootstrap import Service
from jmc_vc.cli.demo_site import demo_programs, fictional_issuer
from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.errors import Error
from jmc_vc.installation import initialize
from jmc_vc.issuing.command import Command, IssuedAssertion
from jmc_vc.issuing.request import read_request
from jmc_vc.issuing.set_issuing_settings import SettingsSet
from jmc_vc.verifying.report import Report

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""23 November 2026, noon in Japan."""
OPERATOR = Actor(kind=ActorKind.OPERATOR, id="operator")
PROGRAMS: Mapping[str, dict[str, Any]] = {number: dict(each) for number, each in demo_programs().items()}
FROM, UNTIL = date(2026, 4, 1), date(2029, 3, 31)
"""The accreditation window that programs get unless told otherwise."""


@dataclass
class Clock:
    """A clock that moves only when it is told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **step: float) -> None:
        self.now += timedelta(**step)


class RunningClock(Clock):
    """The machine's clock, so much `ahead` of it; a test that moves it changes that."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    @now.setter
    def now(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)


@dataclass
class Installation:
    """A service with its clock and the API keys of its issuers by slug."""

    service: Service
    clock: Clock
    api_keys: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.clock.now

    def register(self, number: str = "JMC-P-900001") -> str:
        """Register the issuer of an example program; the answer is its slug."""
        issuer = fictional_issuer(PROGRAMS[number]["issuer"], registered_from=date(2025, 4, 1))
        self.api_keys[issuer.slug] = self.service.register_issuer(issuer, actor=OPERATOR, now=self.now)
        return issuer.slug

    def import_program(self, number: str = "JMC-P-900001", content: Mapping[str, Any] | None = None) -> None:
        document = dict(content or PROGRAMS[number])
        self.service.import_program(document, records={}, actor=OPERATOR, now=self.now)

    def approve(
        self,
        number: str = "JMC-P-900001",
        *,
        version: str = "1",
        effective_from: date = FROM,
        effective_until: date = UNTIL,
        decision: str = "JMC-D-900001",
    ) -> None:
        self.service.approve_program(
            number,
            version,
            effective_from=effective_from,
            effective_until=effective_until,
            decision=decision,
            actor=OPERATOR,
            now=self.now,
        )

    def set_issuing(self, number: str = "JMC-P-900001", **settings: Any) -> SettingsSet:
        """Settings that hold now: they were set a minute ago, so that everybody knows the keys that they needed."""
        then = self.now - KEYS_CACHED
        return self.service.set_issuing_settings(number, **settings, actor=OPERATOR, now=then)

    def actor(self, slug: str = "hoshimigaoka") -> Actor:
        return self.service.authenticate(self.api_keys[slug], now=self.now)

    def issue_all(
        self,
        bodies: Sequence[Mapping[str, Any]],
        *,
        slug: str = "hoshimigaoka",
        keys: Sequence[str | None] | None = None,
    ) -> list[IssuedAssertion | Error]:
        """Run the issuance cycle once over all bodies."""
        actor = self.actor(slug)
        commands = [
            Command(request=read_request(encode(body)), actor=actor, idempotency_key=key)
            for body, key in zip(bodies, keys or [None] * len(bodies), strict=True)
        ]
        return self.service.issue(commands, now=self.now)

    def issue(
        self, body: Mapping[str, Any] | None = None, *, slug: str = "hoshimigaoka", key: str | None = None
    ) -> IssuedAssertion:
        """Issue one credential, or raise its refusal."""
        (outcome,) = self.issue_all([body or award()], slug=slug, keys=[key])
        if isinstance(outcome, Error):
            raise outcome
        return outcome

    def verify(self, body: bytes, policy: str = "default") -> Report:
        return self.service.verify(body, policy=policy, now=self.now)

    def rows(self) -> list[UUID]:
        """Every credential that was issued, of every issuer."""
        with self.service.database.read() as snapshot:
            return [
                credential.uuid
                for issuer in snapshot.issuers.all()
                for credential in snapshot.credentials.list_of_issuer(issuer.slug, 1_000)
            ]


def make_installation(
    folder: Path,
    database_url: str | None = None,
    *,
    base_url: str = "http://localhost:8000",
    empty: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Installation:
    """A new installation with Hoshimigaoka University and program 900001, accredited from FROM until UNTIL, unless
    `empty`. `environment` has further settings."""
    environment = {"JMC_VC_DATA_DIR": str(folder), "JMC_VC_BASE_URL": base_url, **(environment or {})}
    if database_url is not None:
        environment["JMC_VC_DATABASE_URL"] = database_url
    clock = Clock()
    configured = settings.load(environment)
    initialize(configured, clock=clock)
    service = bootstrap.build(configured, clock=clock, resolve=_nowhere)
    installation = Installation(service=service, clock=clock)
    if not empty:
        installation.register()
        installation.import_program()
        installation.approve()
    return installation


def _nowhere(host: str) -> Sequence[str]:
    """Names of other hosts lead nowhere: what a test wants fetched it brings along (`tests.simulators`)."""
    raise OSError(host)


def copy_of(original: Installation, folder: Path, database_url: str | None = None) -> Installation:
    """An installation as `make_installation` makes it, a tenth of its work: the files of `original`, which is closed,
    in another folder; on PostgreSQL with a copy of its database."""
    shutil.copytree(original.service.settings.data_dir, folder, dirs_exist_ok=True)
    environment = {"JMC_VC_DATA_DIR": str(folder), "JMC_VC_BASE_URL": original.service.settings.base_url}
    if database_url is not None:
        environment["JMC_VC_DATABASE_URL"] = database_url
    clock = Clock(original.now)
    service = bootstrap.build(settings.load(environment), clock=clock, resolve=_nowhere)
    return Installation(service=service, clock=clock, api_keys=dict(original.api_keys))


def award(**changes: Any) -> dict[str, Any]:
    """The body of a good award of program 900001; `changes` replace members, and None takes one away."""
    body: dict[str, Any] = {
        "program": "JMC-P-900001",
        "recipient": {
            "name": {
                "ja": {"family": "𠮷野", "given": "葛󠄀葉"},
                "kana": {"family": "ヨシノ", "given": "クズハ"},
                "latn": {"family": "YOSHINO", "given": "Kuzuha"},
            },
            "email": "learner-01@learners.example",
        },
        "awardedDate": "2026-10-01",
        "activityStartDate": "2026-06-01",
        "activityEndDate": "2026-09-20",
        "results": [{"assessment": "A1", "value": "82"}, {"assessment": "A2", "value": "L3"}],
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}


def encode(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
