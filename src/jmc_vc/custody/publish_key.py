"""Publish a key: from now on verifiers can know it, and it waits until all of them do."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.custody.change_keys import ChangeKeys, named, step
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.signing_key import SigningKey


@dataclass(frozen=True, kw_only=True)
class PublishStagedKey:
    """The key is in the owner's DID document, and signs nothing yet."""

    change: ChangeKeys

    def __call__(self, owner: str, kid: str, *, actor: Actor, now: datetime, dry_run: bool = False) -> SigningKey:
        """The key afterwards. Raises UnknownKey, KeyMoveRefused."""
        (done,) = self.change(
            owner,
            lambda keys: [step(named(keys, kid), KeyEventKind.PUBLISHED, now)],
            actor=actor,
            now=now,
            dry_run=dry_run,
        )
        return done.after
