"""The one door through which keys come into being and go from state to state.

What is planned, stored, announced and written into the audit log is one transaction, alone with the keys: who plans
sees them as they are, nobody signs with them meanwhile, and what fails has changed nothing.

Before that, a key that is to be published or to sign is tried: once it is active there is no way back to the one before
it, and a token may have been exchanged, restored or emptied since the key was made. A slow token holds no lock.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Final, TypeAlias

from jmc_vc.custody.announce import Announcer
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEvent, KeyEventKind
from jmc_vc.domain.signing_key import JMC, LOG, KeyState, SigningKey, moved
from jmc_vc.errors import Conflict, NotFound
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.sealing import WrongKey
from jmc_vc.signing.keyring import Keyring, KeyUnusable
from jmc_vc.storage.audit_log import Detail
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot, Transaction


class UnknownKey(NotFound):
    """The owner has no key of this id (CL-04)."""

    code = "key.unknown"


class KeyChanged(Conflict):
    """Somebody else was first (CL-02)."""

    code = "key.changed"


class KeyKindUnused(Conflict):
    """The heads of the public log are signed with Ed25519 and nothing else."""

    code = "key.kind_unused"


class Whichever(Enum):
    """In the place of a key's id, of a caller who does not care which key is active."""

    WHICHEVER = "whichever"


WHICHEVER: Final = Whichever.WHICHEVER
Expected: TypeAlias = str | Whichever | None
"""The id of the key that the caller believes to be active; None for none. Somebody else may have been first."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One key before and after; `before` is None for a new one. A key that moves twice in one transaction has two
    steps. `after` is what the key will be; its private part is bound to the new state when the step is done.
    `even_damaged`: should it not open, be it damaged or under a lost key-encryption key, it goes along as it is. Bound
    to the state that it had, it opens in the new one no more than it did before."""

    before: SigningKey | None
    after: SigningKey
    kind: KeyEventKind
    details: Mapping[str, Detail] | None = None
    even_damaged: bool = False


Plan: TypeAlias = Callable[[tuple[SigningKey, ...]], Sequence[Step]]
"""Of the owner's keys, oldest first, the steps to take. Raises what speaks against them."""

_STATES: Mapping[KeyEventKind, KeyState] = {
    KeyEventKind.PUBLISHED: KeyState.PUBLISHED,
    KeyEventKind.ACTIVATED: KeyState.ACTIVE,
    KeyEventKind.RETIRED: KeyState.RETIRED,
    KeyEventKind.COMPROMISED: KeyState.COMPROMISED,
    KeyEventKind.DESTROYED: KeyState.DESTROYED,
}
_TRIED = frozenset({KeyEventKind.PUBLISHED, KeyEventKind.ACTIVATED})


def step(key: SigningKey, kind: KeyEventKind, now: datetime, details: Mapping[str, Detail] | None = None) -> Step:
    """The move of `key` that is told as `kind`. Raises KeyMoveRefused."""
    return Step(before=key, after=moved(key, _STATES[kind], now), kind=kind, details=details)


def named(keys: Sequence[SigningKey], kid: str) -> SigningKey:
    """The key `kid` among an owner's `keys`. Raises UnknownKey."""
    for key in keys:
        if key.kid == kid:
            return key
    raise UnknownKey


def active_of(keys: Sequence[SigningKey], algorithm: str) -> SigningKey | None:
    """The one that signs now."""
    return next((key for key in keys if key.algorithm == algorithm and key.state is KeyState.ACTIVE), None)


def require_expected(active: SigningKey | None, expected: Expected) -> None:
    """Raises KeyChanged unless the `active` key is the one that the caller believes to be it."""
    if expected is not WHICHEVER and (None if active is None else active.kid) != expected:
        raise KeyChanged


def next_kid(keys: Sequence[SigningKey]) -> str:
    """The id of an owner's next key: keys are never deleted, so no id comes twice."""
    return f"key-{len(keys) + 1}"


def require_owner(snapshot: Snapshot, owner: str, algorithm: str) -> None:
    """Raises IssuerNotFound unless `owner` is an issuer's slug, `jmc` or `log`; KeyKindUnused for a key that the owner
    has no use for."""
    if owner == LOG and algorithm != KeyAlgorithm.ED25519:
        raise KeyKindUnused(algorithm=algorithm)
    if owner not in (JMC, LOG):
        snapshot.issuers.registered(owner)


@dataclass(frozen=True, kw_only=True)
class ChangeKeys:
    """Carries out a plan."""

    database: Database
    keyring: Keyring
    announce: Announcer

    def __call__(
        self, owner: str, plan: Plan, *, actor: Actor, now: datetime, reason: str | None = None, dry_run: bool = False
    ) -> tuple[Step, ...]:
        """The steps that were taken; with `dry_run` those that would be. `plan` is asked twice, before the transaction
        and in it. Raises what it does, KeyUnusable, and what the place of a key that is tried does."""
        with self.database.read() as snapshot:
            planned = tuple(plan(snapshot.signing_keys.of_owner(owner)))
        for key in _to_be_tried(planned):
            self.keyring.try_out(key)
        if dry_run:
            return planned
        return self.database.write(
            partial(self._carry_out, owner=owner, plan=plan, actor=actor, now=now, reason=reason)
        )

    def _carry_out(
        self, tx: Transaction, *, owner: str, plan: Plan, actor: Actor, now: datetime, reason: str | None
    ) -> tuple[Step, ...]:
        done: list[Step] = []
        as_stored: dict[str, SigningKey] = {}  # keys of earlier steps, with their private part bound to the new state
        for each in plan(tx.signing_keys.of_owner_for_change(owner)):
            if each.before is None:
                after = each.after
                tx.signing_keys.add(after)
            else:
                after = self._bound(as_stored.get(each.before.kid, each.before), each)
                tx.signing_keys.save(after)
            as_stored[after.kid] = after
            done.append(replace(each, after=after))
            details: dict[str, Detail] = {"algorithm": after.algorithm, **(each.details or {})}
            tx.audit_log.append(
                f"key-{each.kind}", f"{owner}#{after.kid}", actor=actor, at=now, reason=reason, details=details
            )
        if done:
            self.announce(tx, owner, [KeyEvent(each.after, each.kind) for each in done], now)
        return tuple(done)

    def _bound(self, before: SigningKey, step: Step) -> SigningKey:
        bound = before.sealed_private
        if before.state is not step.after.state:
            try:
                bound = self.keyring.rewrap(before, step.after.state).sealed_private
            except (KeyUnusable, WrongKey):
                if not step.even_damaged:
                    raise
        return replace(step.after, sealed_private=bound)


def _to_be_tried(planned: Sequence[Step]) -> Iterator[SigningKey]:
    """The keys as they are now that will be published or sign."""
    as_now = {each.after.kid: each.before or each.after for each in reversed(planned)}  # of several steps the first
    for kid in {each.after.kid: None for each in planned if each.kind in _TRIED}:
        yield as_now[kid]
