"""Revoke, suspend or reinstate a credential. The bit is in the published list at its next reading."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.actor import Actor, Scope, ensure_scope
from jmc_vc.domain.credential import Credential, RevocationReason, RowState, StatusAction, change
from jmc_vc.errors import NotFound
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


class CredentialNotFound(NotFound):
    """There is no such credential, or it is another issuer's: the same answer."""

    code = "credential.not_found"


@dataclass(frozen=True, kw_only=True)
class ChangeStatus:
    """Change the state of one of the caller's own credentials (domain model §5-G, INV-26)."""

    database: Database

    def __call__(
        self,
        uuid: UUID,
        action: StatusAction,
        *,
        reason: RevocationReason | None,
        text: str | None,
        actor: Actor,
        now: datetime,
    ) -> Credential:
        """The credential afterwards. A revocation that repeats itself changes nothing and is no error."""
        ensure_scope(actor, Scope.STATUS)

        def work(tx: Transaction) -> Credential:
            credential = None if actor.issuer is None else tx.credentials.for_issuer(actor.issuer, uuid)
            if credential is None or credential.row_state is not RowState.ISSUED:
                raise CredentialNotFound
            changed = change(credential, action, reason=reason, text=text, at=now)
            if changed != credential:
                tx.credentials.save_status(changed)
                tx.status_lists.bump(changed.list_number)
                tx.audit_log.append(
                    f"credential-{action}",
                    str(uuid),
                    actor=actor,
                    at=now,
                    reason=None if reason is None else str(reason),
                )
            return changed

        return self.database.write(work)
