"""Retire the active key without a successor: what it signed goes on verifying, and nothing more is signed."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.custody.change_keys import ChangeKeys, named, step
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.signing_key import SigningKey


@dataclass(frozen=True, kw_only=True)
class RetireKey:
    """Until another key of the kind is activated the owner signs nothing that needs one: neither credentials nor status
    lists. That may be what is wanted, of an issuer that leaves or of a kind that no program uses any more."""

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
        """The key afterwards. Raises UnknownKey, KeyMoveRefused."""
        (done,) = self.change(
            owner,
            lambda keys: [step(named(keys, kid), KeyEventKind.RETIRED, now)],
            actor=actor,
            now=now,
            reason=reason,
            dry_run=dry_run,
        )
        return done.after
