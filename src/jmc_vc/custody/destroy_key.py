"""Destroy the private part of a retired key. What it signed goes on verifying; nothing can ever be signed with it."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.custody.change_keys import ChangeKeys, Step, named, step
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.signing_key import KeyState, SigningKey


@dataclass(frozen=True, kw_only=True)
class DestroyKey:
    """First in the row, for good, and then where else the key lives."""

    change: ChangeKeys

    def __call__(
        self,
        owner: str,
        kid: str,
        *,
        actor: Actor,
        now: datetime,
        reason: str | None = None,
        dry_run: bool = False,
    ) -> SigningKey:
        """The key afterwards. Of a key that is destroyed already, only what may have been left on a token by a crash is
        destroyed. Raises UnknownKey, KeyMoveRefused and what the place of the key raises."""
        already: list[SigningKey] = []

        def plan(keys: tuple[SigningKey, ...]) -> list[Step]:
            key = named(keys, kid)
            if key.state is KeyState.DESTROYED:
                already[:] = [key]
                return []
            return [step(key, KeyEventKind.DESTROYED, now)]

        steps = self.change(owner, plan, actor=actor, now=now, reason=reason, dry_run=dry_run)
        key = steps[0].after if steps else already[0]
        if not dry_run:
            self.change.keyring.destroy(key)
        return key
