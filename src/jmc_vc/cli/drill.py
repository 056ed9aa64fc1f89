"""The drill of the keys: years of rotations and one theft, on a copy of an installation, in the time that they take.

1. An issuer of the drill's own is registered; credentials of the real ones are sampled, from each key that signed any.
2. Every key that signs is rotated by the safe sequence, again and again; in each era the drill's issuer awards.
3. Samples of every era, real and invented, verify as before.
4. The key of the last era is stolen. Nothing more is signed with it, it is no longer for credentials in the DID
   document, and what was logged before goes on verifying, with a note.
5. Another key takes its place, and signs anew what the stolen one signed.
6. The public log of the copy goes on, and is held against all rows.

The clock of the copy moves when it is told to: waiting a minute takes no time. Nothing is signed with a key of the
original: real keys retire before anything real is signed, among them that of the log, whose heads would otherwise
contradict the true ones; and keys that follow one on a token are made in the copy.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter
from uuid import UUID

from jmc_vc.bootstrap import Service
from jmc_vc.cli.drill_issuer import DrillIssuer
from jmc_vc.custody.stage_key import FILE
from jmc_vc.domain.credential import Format
from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState, SigningKey
from jmc_vc.errors import Error
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.issuing.sign_anew import Fate
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.ruling import Verdict

SAMPLE = 20
"""Credentials of each key and era that are verified: more would say the same and take longer."""
_BEFORE_THE_THEFT = timedelta(hours=1)
"""Between the last award and the moment since which the key counts as stolen."""
_VERIFIED = (Format.JSON, Format.JWT)
"""The forms that say what an Open Badge says, which is what is verified here."""


@dataclass
class DrillClock:
    """A clock that moves only when it is told to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move(self, step: timedelta) -> None:
        self.now += step


@dataclass(frozen=True, kw_only=True)
class Step:
    """What was done: to how many, of which so many did `wrong`, in how many seconds. `refused` is the code of what
    kept it from coming to its end."""

    id: str
    count: int
    wrong: int
    seconds: float
    refused: str | None = None

    @property
    def ok(self) -> bool:
        """Whether it went as it should."""
        return self.wrong == 0 and self.refused is None

    @property
    def rate(self) -> float | None:
        """How many a second; None where there is nothing to be told from."""
        return self.count / self.seconds if self.count and self.seconds else None


@dataclass(frozen=True)
class _Came:
    """What one piece of work came to."""

    count: int
    wrong: int = 0


@dataclass(frozen=True, kw_only=True)
class _Real:
    """A credential of the installation, and what was said of it before the drill."""

    body: bytes
    verdict: Verdict
    key: Outcome


@dataclass(kw_only=True)
class Drill:
    """`service` is that of the copy, `clock` its clock. `credentials` are awarded in the eras between `rotations`."""

    service: Service
    clock: DrillClock
    credentials: int
    rotations: int
    _began: datetime = field(init=False, repr=False)
    _issuer: DrillIssuer = field(init=False, repr=False)
    _real: list[_Real] = field(default_factory=list, init=False, repr=False)
    _eras: list[list[IssuedAssertion]] = field(default_factory=list, init=False, repr=False)
    _stolen: SigningKey = field(init=False, repr=False)
    _signed_by_it: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def __call__(self) -> Iterator[Step]:
        """The steps, each when it is done. One that is refused is the last: those that follow rest on it."""
        for id_, work in self._plan():
            step = _timed(id_, work)
            yield step
            if step.refused is not None:
                return

    def _plan(self) -> Iterator[tuple[str, Callable[[], _Came]]]:
        first, *later = self._shares()
        yield "prepare", self._prepare
        yield "sample", self._sample
        yield "award", partial(self._award, first)
        for many in later:
            yield "rotate", self._rotate_all
            yield "award", partial(self._award, many)
        yield "verify_real", self._verify_real
        yield "verify_eras", self._verify_eras
        yield "compromise", self._compromise
        yield "nothing_signed", self._nothing_signed
        yield "document", self._out_of_the_document
        yield "verify_stolen", self._verify_stolen
        yield "successor", self._successor
        yield "reissue", self._reissue
        yield "verify_reissued", self._verify_reissued
        yield "log", self._advance_log
        yield "log_verify", self._verify_log

    def _shares(self) -> list[int]:
        """How many are awarded in each era: the last has the rest, for its key is the one that is stolen."""
        eras = self.rotations + 1
        share = max(1, self.credentials // eras)
        return [*[share] * self.rotations, max(1, self.credentials - share * self.rotations)]

    # --- 1 ------------------------------------------------------------------------------------------------------------

    def _prepare(self) -> _Came:
        self._issuer = DrillIssuer.register(self.service, self.clock())
        return _Came(1)

    def _sample(self) -> _Came:
        unreadable = 0
        for listed in self.service.list_keys():
            if listed.key.owner == self._issuer.slug or not listed.credentials:
                continue
            with self.service.database.read() as snapshot:
                uuids = snapshot.signed_documents.of_key(listed.key.owner, listed.key.kid, SAMPLE)
            for uuid in uuids:
                try:
                    self._real += self._as_they_are(uuid, listed.key.kid)
                except Error:
                    unreadable += 1
        return _Came(len(self._real) + unreadable, unreadable)

    def _as_they_are(self, uuid: UUID, kid: str) -> list[_Real]:
        found = self.service.fetch_credential(uuid, for_issuer=True, now=self.clock())
        bodies = [each.body for each in found.representations if each.kid == kid and each.format in _VERIFIED]
        reports = [(body, self._verified(body)) for body in bodies]
        return [_Real(body=body, verdict=said.verdict, key=said.finding("key").outcome) for body, said in reports]

    # --- 2 ------------------------------------------------------------------------------------------------------------

    def _award(self, many: int) -> _Came:
        outcomes = self._issuer.issue(self.service, many, self.clock())
        issued = [each for each in outcomes if isinstance(each, IssuedAssertion)]
        self._eras.append(issued[:SAMPLE])
        return _Came(len(issued), many - len(issued))

    def _rotate_all(self) -> _Came:
        keys = [listed.key for listed in self.service.list_keys() if listed.key.state is KeyState.ACTIVE]
        self._rotate([(key.owner, key.algorithm) for key in keys])
        return _Came(len(keys), sum(not self._is_new(key) for key in keys))

    def _is_new(self, before: SigningKey) -> bool:
        with self.service.database.read() as snapshot:
            active = snapshot.signing_keys.active(before.owner, before.algorithm)
        return active is not None and active.kid != before.kid

    def _rotate(self, kinds: Sequence[tuple[str, str]]) -> None:
        """Begin, wait until everybody knows the new keys, and activate them. A key that waited in the original takes
        its turn, and is followed at once: it is a real one as well."""
        while kinds:
            for owner, algorithm in kinds:
                self._stay_here(owner, algorithm)
            begun = [kind for kind in kinds if self._step(kind)]
            self.clock.move(KEYS_CACHED)
            for kind in begun:
                self._step(kind)
            kinds = [kind for kind in kinds if not self._made_here(kind)]

    def _step(self, kind: tuple[str, str]) -> bool:
        """Whether it is not at its end."""
        owner, algorithm = kind
        done = self.service.rotate_key(owner, algorithm, actor=self._issuer.actor, now=self.clock())
        return done.ready_at is not None

    def _stay_here(self, owner: str, algorithm: str) -> None:
        """The next key of an owner whose keys live on a token is made in the copy."""
        plan = self.service.rotate_key.plan(owner, algorithm)
        last = self._keys(owner, algorithm)[-1]
        if plan.waiting is None and not last.signer_uri.startswith(f"{FILE}:"):
            self.service.stage_key(owner, algorithm, place=FILE, actor=self._issuer.actor, now=self.clock())

    def _made_here(self, kind: tuple[str, str]) -> bool:
        return any(key.state is KeyState.ACTIVE and key.created_at >= self._began for key in self._keys(*kind))

    def _keys(self, owner: str, algorithm: str) -> list[SigningKey]:
        with self.service.database.read() as snapshot:
            return [key for key in snapshot.signing_keys.of_owner(owner) if key.algorithm == algorithm]

    # --- 3 ------------------------------------------------------------------------------------------------------------

    def _verify_real(self) -> _Came:
        reports = [(each, self._verified(each.body)) for each in self._real]
        same = [said.verdict is each.verdict and said.finding("key").outcome is each.key for each, said in reports]
        return _Came(len(same), same.count(False))

    def _verify_eras(self) -> _Came:
        bodies = [each.body for era in self._eras for each in era]
        return _Came(len(bodies), sum(self._verified(body).verdict is not Verdict.VALID for body in bodies))

    # --- 4 ------------------------------------------------------------------------------------------------------------

    def _compromise(self) -> _Came:
        self.clock.move(_BEFORE_THE_THEFT)
        (active,) = [key for key in self._keys(self._issuer.slug, "Ed25519") if key.state is KeyState.ACTIVE]
        now = self.clock()
        done = self.service.compromise_key(
            active.owner, active.kid, since=now, reason="drill", actor=self._issuer.actor, now=now
        )
        self._stolen = done.key
        with self.service.database.read() as snapshot:
            self._signed_by_it = snapshot.signed_documents.count_of_key(active.owner, active.kid)
        return _Came(1)

    def _nothing_signed(self) -> _Came:
        outcomes = self._issuer.issue(self.service, SAMPLE, self.clock())
        return _Came(len(outcomes), sum(_code(each) != "key.none_active" for each in outcomes))

    def _out_of_the_document(self) -> _Came:
        listed = self.service.did_document(self._stolen.owner)["assertionMethod"]
        name = f"{self.service.site.owner_did(self._stolen.owner)}#{self._stolen.kid}"
        return _Came(1, int(name in listed if isinstance(listed, list) else True))

    def _verify_stolen(self) -> _Came:
        reports = [self._verified(each.body) for each in self._eras[-1]]
        return _Came(len(reports), sum(_said(each) != "key.revoked_logged_before" for each in reports))

    # --- 5 ------------------------------------------------------------------------------------------------------------

    def _successor(self) -> _Came:
        self._rotate([(self._stolen.owner, self._stolen.algorithm)])
        outcomes = self._issuer.issue(self.service, 1, self.clock())
        return _Came(1, sum(isinstance(each, Error) for each in outcomes))

    def _reissue(self) -> _Came:
        done, after = 0, None
        while True:
            batch = self.service.reissue(
                self._stolen.owner, self._stolen.kid, after=after, actor=self._issuer.actor, now=self.clock()
            )
            if batch.last is None:
                return _Came(done, self._signed_by_it - done)
            done += sum(fate is Fate.REISSUED for fate in batch.fates.values())
            after = batch.last

    def _verify_reissued(self) -> _Came:
        found = [
            self.service.fetch_credential(each.credential.uuid, for_issuer=True, now=self.clock())
            for each in self._eras[-1]
        ]
        reports = [self._verified(each.body) for each in found]
        return _Came(len(reports), sum(_said(each) != "key.bound" for each in reports))

    # --- 6 ------------------------------------------------------------------------------------------------------------

    def _advance_log(self) -> _Came:
        before = after = self._size()
        while True:
            self.clock.move(timedelta(seconds=1))
            head = self.service.log.advance(now=self.clock(), audit_head=after == before)
            if head is None or head.size == after:
                return _Came(after - before)
            after = head.size

    def _size(self) -> int:
        with self.service.database.read() as snapshot:
            return snapshot.public_log.size()

    def _verify_log(self) -> _Came:
        audit = self.service.records.verify_log()
        return _Came(audit.size, sum(not each.unchecked for each in audit.findings))

    def _verified(self, body: bytes) -> Report:
        return self.service.verify(body, now=self.clock())


def _timed(id_: str, work: Callable[[], _Came]) -> Step:
    began = perf_counter()
    came, refused = _Came(0), None
    try:
        came = work()
    except Error as err:
        refused = err.code
    return Step(id=id_, count=came.count, wrong=came.wrong, seconds=perf_counter() - began, refused=refused)


def _code(outcome: IssuedAssertion | Error) -> str | None:
    return outcome.code if isinstance(outcome, Error) else None


def _said(report: Report) -> str:
    """What is said of the key of a valid credential; else the verdict."""
    return report.finding("key").code if report.verdict is Verdict.VALID else report.verdict.value
