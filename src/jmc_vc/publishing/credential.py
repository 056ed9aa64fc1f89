"""A credential for whoever has its address: the very bytes that were signed.

They lie sealed under a key of this one recipient. What comes out of the seal is compared with the digest of its row:
bytes that were changed in the database are never served (DB-01). When the recipient's key was destroyed, nothing can be
served any more."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.credential import Credential, CredentialNotFound, Representation, RowState
from jmc_vc.errors import Gone, Unavailable
from jmc_vc.event_log import events
from jmc_vc.sealing import KeyEncryptionKey, SealBroken, unseal
from jmc_vc.storage.credentials import Sealed, SealedDocument
from jmc_vc.storage.database import Database
from jmc_vc.storage.sealed_parts import document_context, key_context


class CredentialErased(Gone):
    """The personal data were erased, and the credential with them."""

    code = "credential.erased"


class CredentialDamaged(Unavailable):
    """The stored bytes are not those that were issued."""

    code = "credential.damaged"


@dataclass(frozen=True, kw_only=True)
class FetchedCredential:
    """`representations` are the bytes of each form as they were issued, the primary one first; `record` is what has
    happened to the credential since."""

    record: Credential
    representations: tuple[Representation, ...]

    @property
    def body(self) -> bytes:
        """The bytes of the primary form."""
        return self.representations[0].body


@dataclass(frozen=True, kw_only=True)
class FetchCredential:
    """Open a credential. Whoever knows its random id may have it."""

    database: Database
    kek: KeyEncryptionKey

    def __call__(self, uuid: UUID, *, now: datetime) -> FetchedCredential:  # noqa: ARG002 - every use case takes the time
        """The credential, also when it is revoked. Raises CredentialNotFound, CredentialErased, CredentialDamaged."""
        with self.database.read() as snapshot:
            record = snapshot.credentials.get(uuid)
            sealed = snapshot.credentials.sealed(uuid)
        if record is None or record.row_state is not RowState.ISSUED:
            raise CredentialNotFound
        if sealed is None:
            raise CredentialErased
        return FetchedCredential(record=record, representations=self._opened(record, sealed))

    def _opened(self, record: Credential, sealed: Sealed) -> tuple[Representation, ...]:
        try:
            if not sealed.documents or record.digest != sealed.documents[0].digest:
                raise CredentialDamaged
            data_key = self.kek.unwrap(sealed.sealed_key, key_context(record.uuid))
            return tuple(_unsealed(record.uuid, data_key, each) for each in sealed.documents)
        except (SealBroken, CredentialDamaged) as err:
            # The alarm names the list's place and not the address, which is a secret of the holder.
            events.error(
                "credential-damaged", issuer=record.issuer, program=record.program_number, error=type(err).__name__
            )
            raise CredentialDamaged from None


def _unsealed(uuid: UUID, data_key: bytes, document: SealedDocument) -> Representation:
    body = unseal(data_key, document.sealed_document, document_context(uuid, document.format))
    if not hmac.compare_digest(hashlib.sha256(body).digest(), document.digest):
        raise CredentialDamaged
    return Representation(format=document.format, kid=document.kid, body=body)
