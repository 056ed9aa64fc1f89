"""Rotate a signing key: publish a new one, wait until everybody can know it, let it take the place of the active one.

1. Nothing waits: a new key is made and published, in one transaction. One that was staged is published.
2. The published key is not known everywhere yet: there is nothing to do but to wait.
3. It is: it is activated and the old key retires, in one transaction.

Each call does what is next. So a rotation that was interrupted goes on where it stopped when it is called again; there
is never no active key and never two.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.custody.activate_key import activation, known_everywhere
from jmc_vc.custody.change_keys import (
    WHICHEVER,
    ChangeKeys,
    Expected,
    Step,
    active_of,
    next_kid,
    require_expected,
    require_owner,
    step,
)
from jmc_vc.custody.stage_key import FILE, Overtaken, destroyed_if_refused
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Conflict


class NoKeyOfThatKind(Conflict):
    """The owner never had a key of this kind: no program of it needs one."""

    code = "key.none_of_kind"


@dataclass(frozen=True, kw_only=True)
class RotationPlan:
    """Where an owner's keys of one kind stand: the `active` one, if any, and the one that waits to follow it.
    `ready_at` is from when on this one may sign; None while it is not published, or not even made."""

    active: SigningKey | None
    waiting: SigningKey | None

    @property
    def ready_at(self) -> datetime | None:
        waits = self.waiting is not None and self.waiting.state is KeyState.PUBLISHED
        return known_everywhere(self.waiting) if waits and self.waiting is not None else None


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """How far it is. `new` is the key that signs now, or, until `ready_at`, waits; `ready_at` is None when all is done.
    `retired` is the key that signed before: none if there was none, or nothing changed yet."""

    new: SigningKey
    retired: SigningKey | None
    ready_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class RotateKey:
    """The next step of a rotation, or, `immediate`, all of it at once: then verifiers that hold the owner's keys
    without the new one refuse what it signs, for up to a minute."""

    change: ChangeKeys

    def plan(self, owner: str, algorithm: str = "Ed25519", *, expected: Expected = WHICHEVER) -> RotationPlan:
        """Where it would begin; a key that waits is tried. Raises IssuerNotFound, NoKeyOfThatKind, KeyChanged,
        KeyUnusable and what the place of the key raises."""
        begun = _planned(self._keys(owner, algorithm), algorithm)
        require_expected(begun.active, expected)
        if begun.waiting is not None:
            self.change.keyring.try_out(begun.waiting)
        return begun

    def __call__(
        self,
        owner: str,
        algorithm: str = "Ed25519",
        *,
        immediate: bool = False,
        expected: Expected = WHICHEVER,
        actor: Actor,
        now: datetime,
        reason: str | None = None,
    ) -> Rotation:
        """`owner` is an issuer's slug, `jmc` or `log`; `algorithm` the kind of key; `expected` says which key is to
        retire. Raises IssuerNotFound, NoKeyOfThatKind, KeyChanged, KeyUnusable and what the place of the key raises,
        and changes nothing then."""
        while True:
            seen = self._keys(owner, algorithm)
            begun = _planned(seen, algorithm)
            require_expected(begun.active, expected)
            new = begun.waiting or self._made(seen, algorithm, owner, now)

            def plan(
                keys: tuple[SigningKey, ...],
                seen: tuple[SigningKey, ...] = seen,
                begun: RotationPlan = begun,
                new: SigningKey = new,
            ) -> list[Step]:
                if keys != seen:
                    raise Overtaken
                return _steps(begun, new, immediate=immediate, now=now)

            try:
                with nullcontext() if begun.waiting else destroyed_if_refused(self.change.keyring, new):
                    steps = self.change(owner, plan, actor=actor, now=now, reason=reason)
            except Overtaken:
                continue
            return _outcome(steps, new)

    def _keys(self, owner: str, algorithm: str) -> tuple[SigningKey, ...]:
        with self.change.database.read() as snapshot:
            require_owner(snapshot, owner, algorithm)
            return snapshot.signing_keys.of_owner(owner)

    def _made(self, keys: Sequence[SigningKey], algorithm: str, owner: str, now: datetime) -> SigningKey:
        # Where the last one of its kind lives: keys do not leave a token because they are rotated.
        last = next(key for key in reversed(keys) if key.algorithm == algorithm)
        place = last.signer_uri.partition(":")[0] or FILE
        # Before the transaction: an RSA key may take a second, and everybody who signs would wait for it.
        return self.change.keyring.generate(owner, next_kid(keys), algorithm, now=now, place=place)


def _planned(keys: Sequence[SigningKey], algorithm: str) -> RotationPlan:
    of_kind = [key for key in keys if key.algorithm == algorithm]
    if not of_kind:
        raise NoKeyOfThatKind(algorithm=algorithm)
    return RotationPlan(active=active_of(keys, algorithm), waiting=_successor(of_kind))


def _successor(keys: Sequence[SigningKey]) -> SigningKey | None:
    """Which of an owner's `keys` of one kind is next: the one that was published first, else the one that was made
    last."""
    published = [key for key in keys if key.state is KeyState.PUBLISHED]
    if published:
        return min(published, key=known_everywhere)
    return next((key for key in reversed(keys) if key.state is KeyState.CREATED), None)


def _steps(begun: RotationPlan, new: SigningKey, *, immediate: bool, now: datetime) -> list[Step]:
    steps: list[Step] = []
    if begun.waiting is None:
        steps.append(Step(before=None, after=new, kind=KeyEventKind.CREATED))
    if new.state is KeyState.CREATED:
        steps.append(step(new, KeyEventKind.PUBLISHED, now))
        new = steps[-1].after
    if immediate or now >= known_everywhere(new):
        steps += activation(new, begun.active, now)
    return steps


def _outcome(steps: Sequence[Step], new: SigningKey) -> Rotation:
    retired = next((each.after for each in steps if each.kind is KeyEventKind.RETIRED), None)
    after = next((each.after for each in reversed(steps) if each.after.kid == new.kid), new)
    return Rotation(
        new=after,
        retired=retired,
        ready_at=known_everywhere(after) if after.state is KeyState.PUBLISHED else None,
    )
