"""Which credential came of a request, by the caller's own name for it: the idempotency key that was sent with it."""

from dataclasses import dataclass
from uuid import UUID

from jmc_vc.domain.actor import Actor
from jmc_vc.issuing.command import idempotency_name
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class FindRequested:
    """Names are each issuer's own: nobody finds another's."""

    database: Database
    kek: KeyEncryptionKey

    def __call__(self, name: str, *, actor: Actor) -> UUID | None:
        """The credential, which may still be under way; None when the caller's organization used no such name. What may
        be done with it, whoever does it asks."""
        if actor.issuer is None:
            return None
        with self.database.read() as snapshot:
            claim = snapshot.idempotency_keys.get(actor.issuer, idempotency_name(self.kek, name))
        return None if claim is None else claim.uuid
