"""Revoke, suspend or reinstate a credential. The bit is in the published list at its next reading, and the public log
says that it changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.actor import Actor, Scope, ensure_scope
from jmc_vc.domain.credential import Credential, CredentialNotFound, RevocationReason, RowState, StatusAction, change
from jmc_vc.domain.identifiers import Site
from jmc_vc.issuing.logged import status_entry
from jmc_vc.sealing import KeyEncryptionKey, seal
from jmc_vc.storage.database import Database
from jmc_vc.storage.sealed_parts import key_context, status_text_context
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class ChangeStatus:
    """Change the state of one of the caller's own credentials (domain model §5-G, INV-26)."""

    database: Database
    site: Site
    kek: KeyEncryptionKey

    def __call__(
        self,
        uuid: UUID,
        action: StatusAction,
        *,
        reason: RevocationReason | None,
        text: str | None,
        actor: Actor,
        now: datetime,
        require: Callable[[Credential], None] = lambda _: None,
    ) -> Credential:
        """The credential afterwards. `require` raises if what the caller says of the credential beside its id is not
        so: then nothing changes. `text` is a note for the holder, sealed with the holder's own data. A revocation
        that repeats itself changes nothing and is no error. Raises CredentialNotFound, RevokedFinal, NotSuspended,
        ReasonRequired, ReasonTextRefused, MyNumberRejected."""
        ensure_scope(actor, Scope.STATUS)

        def work(tx: Transaction) -> Credential | None:
            credential = tx.credentials.get(uuid)
            if credential is None or credential.row_state is not RowState.ISSUED:
                raise CredentialNotFound
            if credential.issuer != actor.issuer:
                tx.audit_log.append("foreign-credential-refused", str(uuid), actor, now)
                return None
            require(credential)
            changed = change(credential, action, reason=reason, text=text, at=now)
            if changed != credential:
                tx.credentials.save_status(changed, self._sealed(tx, uuid, text))
                tx.status_lists.bump(changed.list_number)
                tx.audit_log.append(
                    f"credential-{action}",
                    str(uuid),
                    actor=actor,
                    at=now,
                    reason=None if reason is None else str(reason),
                )
                tx.public_log.append([status_entry(changed, site=self.site, at=now)])
            return changed

        found = self.database.write(work)
        if found is None:
            raise CredentialNotFound  # after the commit: the attempt stays on record
        return found

    def _sealed(self, tx: Transaction, uuid: UUID, text: str | None) -> bytes | None:
        """None where the holder's data were erased: then nobody is left whom the note could be for."""
        sealed = None if text is None else tx.credentials.sealed(uuid)
        if text is None or sealed is None:
            return None
        data_key = self.kek.unwrap(sealed.sealed_key, key_context(uuid))
        return seal(data_key, text.encode(), status_text_context(uuid))
