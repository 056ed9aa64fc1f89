"""Let a published key sign: it takes the place of the active one of its kind, which retires."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.custody.change_keys import WHICHEVER, ChangeKeys, Expected, Step, active_of, named, require_expected, step
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState, SigningKey
from jmc_vc.errors import Conflict


class NotYetKnown(Conflict):
    """Verifiers may still hold the owner's keys without this one: what it signs now, they would refuse."""

    code = "key.not_yet_known"


@dataclass(frozen=True, kw_only=True)
class Activated:
    """`key` signs from now on; `retired` is the one that did before, if any."""

    key: SigningKey
    retired: SigningKey | None


@dataclass(frozen=True, kw_only=True)
class ActivateKey:
    """Both moves are one transaction: there is never no active key and never two. The new key has signed on trial
    before: none takes the place of one that works without working itself."""

    change: ChangeKeys

    def __call__(
        self,
        owner: str,
        kid: str,
        *,
        immediate: bool = False,
        expected: Expected = WHICHEVER,
        actor: Actor,
        now: datetime,
        reason: str | None = None,
        dry_run: bool = False,
    ) -> Activated:
        """Both keys afterwards. `immediate`: although not every verifier may know the key yet. `expected`: which key is
        to retire. Raises UnknownKey, KeyMoveRefused, NotYetKnown, KeyChanged, KeyUnusable and what the place of the key
        raises, and changes nothing then."""

        def plan(keys: tuple[SigningKey, ...]) -> list[Step]:
            key = named(keys, kid)
            active = active_of(keys, key.algorithm)
            require_expected(active, expected)
            if key.state is KeyState.PUBLISHED and not immediate and now < known_everywhere(key):
                raise NotYetKnown(kid=kid, moment=known_everywhere(key))
            return activation(key, active, now)

        return outcome(self.change(owner, plan, actor=actor, now=now, reason=reason, dry_run=dry_run))


def known_everywhere(key: SigningKey) -> datetime:
    """From when on no cache holds the owner's keys without this published one."""
    return (key.published_at or key.created_at) + KEYS_CACHED


def activation(key: SigningKey, active: SigningKey | None, now: datetime) -> list[Step]:
    """The steps by which `key` takes the place of the `active` one. Raises KeyMoveRefused."""
    activated = step(key, KeyEventKind.ACTIVATED, now, None if active is None else {"retired": active.kid})
    if active is None:
        return [activated]
    # The old one first: the database never sees two active ones. It signs nothing more, so it need not open; under a
    # lost key-encryption key, which could seal nothing for good, the new one does not open either.
    retired = replace(step(active, KeyEventKind.RETIRED, now, {"successor": key.kid}), even_damaged=True)
    return [retired, activated]


def outcome(steps: Sequence[Step]) -> Activated:
    """What the steps of an activation came to."""
    retired = next((each.after for each in steps if each.kind is KeyEventKind.RETIRED), None)
    return Activated(key=steps[-1].after, retired=retired)
