"""An issuer reads one of its own credentials again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.actor import Actor, Scope, ensure_scope
from jmc_vc.domain.credential import CredentialNotFound
from jmc_vc.publishing.credential import FetchCredential, FetchedCredential
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class FindOwnCredential:
    """A credential of the caller's organization. That of another one does not exist for it, and the attempt is on
    record."""

    database: Database
    fetch_credential: FetchCredential

    def __call__(self, uuid: UUID, *, actor: Actor, now: datetime) -> FetchedCredential:
        """The credential. Raises CredentialNotFound for unknown and foreign ones alike, and what FetchCredential
        raises."""
        ensure_scope(actor, Scope.READ)
        with self.database.read() as snapshot:
            known = snapshot.credentials.get(uuid)
        if known is None:
            raise CredentialNotFound
        if known.issuer != actor.issuer:
            with self.database.begin() as tx:
                tx.audit_log.append("foreign-credential-refused", str(uuid), actor, now)
            raise CredentialNotFound
        return self.fetch_credential(uuid, for_issuer=True, now=now)
