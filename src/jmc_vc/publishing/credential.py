"""A credential for whoever has its address: the very bytes that were signed.

They lie sealed under a key of this one recipient. What comes out of the seal is compared with the digest of the row:
bytes that were changed in the database are never served (DB-01). When the recipient's key was destroyed, nothing can be
served any more."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.credential import Credential, CredentialNotFound, RowState
from jmc_vc.errors import Gone, Unavailable
from jmc_vc.event_log import events
from jmc_vc.formats import strict_json
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.sealing import KeyEncryptionKey, SealBroken, unseal
from jmc_vc.storage.credentials import Sealed
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
    """`body` are the bytes as they were issued, `document` what they say, `record` what has happened to it since."""

    record: Credential
    body: bytes
    document: JsonObject


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
        body = self._opened(record, sealed)
        return FetchedCredential(record=record, body=body, document=strict_json.parse_object(body))

    def _opened(self, record: Credential, sealed: Sealed) -> bytes:
        try:
            if sealed.sealed_document is None or record.digest is None:
                raise CredentialDamaged
            data_key = self.kek.unwrap(sealed.sealed_key, key_context(record.uuid))
            body = unseal(data_key, sealed.sealed_document, document_context(record.uuid))
            if not hmac.compare_digest(hashlib.sha256(body).digest(), record.digest):
                raise CredentialDamaged
        except (SealBroken, CredentialDamaged) as err:
            # The alarm names the list's place and not the address, which is a secret of the holder.
            events.error(
                "credential-damaged", issuer=record.issuer, program=record.program_number, error=type(err).__name__
            )
            raise CredentialDamaged from None
        return body
