"""Which of the caller's credentials is meant: by its id, or by the name that the caller gave it when it was issued.

That name is the idempotency key that was sent with the request.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.identifiers import Site
from jmc_vc.issuing.command import idempotency_name
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, kw_only=True)
class FindRequested:
    """Names are each issuer's own: nobody finds another's."""

    database: Database
    site: Site
    kek: KeyEncryptionKey

    def __call__(self, credential_id: str, *, actor: Actor) -> UUID | None:
        """The credential with this id, or this last part of it, if the caller's organization has it; else the one that
        the caller called so, which may still be under way; else what is written like an id. What may be done with it,
        whoever does it asks.

        The id comes first: a credential that was called by another's id would keep that one from being revoked."""
        text = credential_id.removeprefix(f"{self.site.base_url}/credentials/")
        uuid = UUID(text) if _UUID.fullmatch(text) else None
        if actor.issuer is None:
            return uuid
        with self.database.read() as snapshot:
            known = None if uuid is None else snapshot.credentials.get(uuid)
            if known is not None and known.issuer == actor.issuer:
                return uuid
            claim = snapshot.idempotency_keys.get(actor.issuer, idempotency_name(self.kek, credential_id))
        return uuid if claim is None else claim.uuid
