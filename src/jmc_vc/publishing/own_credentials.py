"""An issuer lists its own credentials: what happened to each, without the learners' data."""

from dataclasses import dataclass
from uuid import UUID

from jmc_vc.domain.actor import Actor, Scope, ensure_scope
from jmc_vc.domain.credential import Credential
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class CredentialPage:
    """A page of the list; `next` is the entry after which the following one begins, None on the last."""

    credentials: tuple[Credential, ...]
    next: UUID | None


@dataclass(frozen=True, kw_only=True)
class ListOwnCredentials:
    """The credentials of the caller's organization, the latest first."""

    database: Database

    def __call__(self, *, actor: Actor, after: UUID | None, limit: int) -> CredentialPage:
        """At most `limit` credentials that follow `after`."""
        ensure_scope(actor, Scope.READ)
        if actor.issuer is None:
            return CredentialPage(credentials=(), next=None)
        with self.database.read() as snapshot:
            # One more than asked for tells whether there is another page.
            found = snapshot.credentials.list_of_issuer(actor.issuer, limit + 1, after)
        page = found[:limit]
        return CredentialPage(credentials=page, next=page[-1].uuid if len(found) > limit else None)
