"""Destroy the private part of a key that signs no more, or never did. What it signed goes on verifying; nothing can be
signed with it ever again.

A compromised key stays compromised. In its row nothing opens it; but one on a token could be used by whoever has the
PIN, so there it is destroyed.
"""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.custody.change_keys import ChangeKeys, Step, named, step
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.proposal import DoneInPart
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Unavailable


class StillInItsPlace(DoneInPart, Unavailable):
    """What is on record is done, and no process signs with the key; the token that holds it does not answer."""

    code = "key.still_in_place"


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
        """The key afterwards. Of a key that is destroyed already, only what may have been left on a token is
        destroyed; of a compromised one, what is on a token. Raises UnknownKey, KeyMoveRefused; and StillInItsPlace when
        all is on record, and only the place of the key does not answer."""
        already: list[SigningKey] = []

        def plan(keys: tuple[SigningKey, ...]) -> list[Step]:
            key = named(keys, kid)
            if key.state is KeyState.DESTROYED or _stolen_on_a_token(key):
                already[:] = [key]
                return []
            return [step(key, KeyEventKind.DESTROYED, now)]

        steps = self.change(owner, plan, actor=actor, now=now, reason=reason, dry_run=dry_run)
        key = steps[0].after if steps else already[0]
        if dry_run:
            return key
        if _stolen_on_a_token(key):
            with self.change.database.begin() as tx:
                name, details = f"{owner}#{kid}", {"state": key.state.value}
                tx.audit_log.append("key-destroyed", name, actor, now, reason=reason, details=details)
        try:
            self.change.keyring.destroy(key)
        except Unavailable as err:
            raise StillInItsPlace(owner=owner, kid=kid, place=key.signer_uri) from err
        return key


def _stolen_on_a_token(key: SigningKey) -> bool:
    return key.state is KeyState.COMPROMISED and not key.signer_uri.startswith("file:")
