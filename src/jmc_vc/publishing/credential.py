"""A credential for whoever has its address: the very bytes that were signed.

They lie sealed under a key of this one recipient. What comes out of the seal is compared with the digest of its row:
bytes that were changed in the database are never served (DB-01). When the recipient's key was destroyed, nothing can be
served any more; and when a list of revoked ids has told the address to everybody, only its issuer is served still."""

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


class WithdrawnFromView(Gone):
    """It was revoked, and its address stands in a public list: it is no secret of the holder any more."""

    code = "credential.withdrawn_from_view"


class CredentialDamaged(Unavailable):
    """The stored bytes are not those that were issued, or those of a form are missing."""

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
    """Open a credential. Whoever knows its random id may have it, as long as that is the holder's secret."""

    database: Database
    kek: KeyEncryptionKey

    def __call__(
        self,
        uuid: UUID,
        *,
        for_issuer: bool = False,
        now: datetime,  # noqa: ARG002 - every use case takes the time
    ) -> FetchedCredential:
        """The credential, also when it is revoked; `for_issuer` says that its own issuer asks. Raises
        CredentialNotFound, CredentialErased, WithdrawnFromView, CredentialDamaged."""
        with self.database.read() as snapshot:
            record = snapshot.credentials.get(uuid)
            sealed = snapshot.credentials.sealed(uuid)
        if record is None or record.row_state is not RowState.ISSUED:
            raise CredentialNotFound
        if sealed is None:
            raise CredentialErased
        if record.withdrawn_from_view and not for_issuer:
            raise WithdrawnFromView
        return FetchedCredential(record=record, representations=self._opened(record, sealed))

    def _opened(self, record: Credential, sealed: Sealed) -> tuple[Representation, ...]:
        documents = {each.format: each for each in sealed.documents}
        opened: list[Representation] = []
        for form in dict.fromkeys((*record.forms, *documents)):
            try:
                if form not in record.forms or form not in documents:
                    raise CredentialDamaged
                opened.append(self._unsealed(record, sealed.sealed_key, documents[form]))
            except (SealBroken, CredentialDamaged) as err:
                # The alarm names issuer, program and form, and not the address, which is a secret of the holder.
                events.error(
                    "credential-damaged",
                    issuer=record.issuer,
                    program=record.program_number,
                    form=form.value,
                    error=type(err).__name__,
                )
                raise CredentialDamaged from None
        return tuple(opened)

    def _unsealed(self, record: Credential, sealed_key: bytes, document: SealedDocument) -> Representation:
        data_key = self.kek.unwrap(sealed_key, key_context(record.uuid))
        body = unseal(data_key, document.sealed_document, document_context(record.uuid, document.format))
        issued = record.digest if document.format is record.forms[0] else document.digest
        if issued is None or not hmac.compare_digest(hashlib.sha256(body).digest(), issued):
            raise CredentialDamaged
        return Representation(format=document.format, kid=document.kid, body=body)
