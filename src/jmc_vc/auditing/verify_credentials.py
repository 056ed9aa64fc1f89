"""Credentials against what the public log says of them: places, states, and the very signatures.

For a credential that was not erased all of it can be computed again: the sealed bytes open, have the stored digest, and
the digest of their signature with the salt is the one that was logged. Of an erased one the place, the keys and the
state remain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from jmc_vc.auditing.finding import Finding, Progress, unchecked, wrong
from jmc_vc.auditing.told import Place, Told
from jmc_vc.domain.credential import Credential, CredentialState, Format, RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.errors import Error
from jmc_vc.formats.issuer_signature import signature_bytes_of
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import SALT_LENGTH, credential_digest, read_log_entry
from jmc_vc.sealing import KeyEncryptionKey, unseal
from jmc_vc.storage.ledger import LedgerRow, StoredAward, StoredDocument
from jmc_vc.storage.sealed_parts import award_context, document_context, key_context, status_text_context
from jmc_vc.storage.transaction import Snapshot

_STEP = 1_000
"""Credentials between two reports of the progress."""


@dataclass
class VerifyCredentials:
    """`kek` is None where the key-encryption key is not the database's: then nothing sealed is looked at, which is
    said."""

    snapshot: Snapshot
    told: Told
    site: Site
    kek: KeyEncryptionKey | None
    progress: Progress
    _salts: int = 0

    def __call__(self) -> Iterator[Finding]:
        left = dict(self.told.issued)
        total = self.snapshot.ledger.credential_count()
        if self.kek is None and total:
            yield unchecked("record.sealed_unchecked")
        for done, row in enumerate(self.snapshot.ledger.credentials(), start=1):
            place = (row.credential.list_number, row.credential.status_index)
            said = left.pop(place, None)
            if row.credential.row_state is not RowState.ISSUED:
                if row.entries or (said is not None and self._lost(place) is None):
                    yield wrong("record.not_issued", credential=str(row.credential.uuid))
            else:
                yield from self._issued(row, place)
            if done % _STEP == 0 or done == total:
                self.progress(done, total)
        for place in left:
            if self._lost(place) is None:
                yield wrong("record.credential_missing", list=place[0], index=place[1])
        if self.kek is not None and self._salts != self.snapshot.ledger.kept_salts():
            yield wrong("record.salts")
        yield from self._lost_ones()

    def _issued(self, row: LedgerRow, place: Place) -> Iterator[Finding]:
        credential, name = row.credential, str(row.credential.uuid)
        said = self.told.issued.get(place)
        if said is None or said.issuer != self.site.issuer_did(credential.issuer):
            yield wrong("record.credential_not_logged", credential=name)
            return
        logged = {form for form, _ in said.forms}
        if logged != set(credential.forms) or (credential.forms[0], credential.kid) not in said.forms:
            yield wrong("record.credential_forms", credential=name)
        status = self.told.statuses.get(place)
        state = CredentialState.ACTIVE if status is None else CredentialState(status.state)
        if state is not credential.state:
            yield wrong("record.credential_state", credential=name, row=credential.state, log=state)
        if row.erased:
            if any(entry.salt for entry in row.entries) or not self._salts_open(row):
                yield wrong("record.credential_joined", credential=name)
            return
        if row.award is None or not self._opens(credential, row.award):
            yield wrong("record.award", credential=name)
        yield from self._whole(row, said.forms, place)

    def _whole(self, row: LedgerRow, forms: frozenset[tuple[str, str]], place: Place) -> Iterator[Finding]:
        credential, name = row.credential, str(row.credential.uuid)
        joined: dict[str, tuple[CredentialIssued, bytes]] = {}  # of each form the entry that was written last
        known = set()
        for entry in row.entries:
            try:
                said = read_log_entry(entry.body)
            except Error:
                continue  # told already
            if isinstance(said, CredentialIssued) and (said.list_number, said.status_index) == place and entry.salt:
                known.add((said.format, said.kid))
                joined[said.format] = (said, entry.salt)
        # After a restore, what was signed between cannot be recognized: the salts were lost.
        if not (known <= forms if self.told.restored else known == forms):
            yield wrong("record.credential_unjoined", credential=name)
            return
        if {each.form for each in row.documents} != {form for form, _ in forms}:
            yield wrong("record.document_missing", credential=name)
        for document in row.documents:
            if document.form not in joined or not self._fits(credential, document, *joined[document.form]):
                yield wrong("record.document", credential=name, form=document.form)

    def _fits(self, credential: Credential, document: StoredDocument, said: CredentialIssued, salt: bytes) -> bool:
        """Whether the stored form is the one that was logged last."""
        if document.kid != said.kid or len(salt) != SALT_LENGTH:
            return False
        if document.form == credential.forms[0] and document.digest != credential.digest:
            return False
        if self.kek is None:
            return True
        try:
            form = Format(document.form)
            data_key = self.kek.unwrap(document.sealed_key, key_context(credential.uuid))
            body = unseal(data_key, document.sealed_document, document_context(credential.uuid, form))
            digest = credential_digest(salt, signature_bytes_of(form, body))
        except (Error, ValueError):
            return False
        return sha256(body).digest() == document.digest and digest == said.digest

    def _opens(self, credential: Credential, award: StoredAward) -> bool:
        """Whether what is sealed of the person opens, and so is what was sealed for this credential."""
        if self.kek is None:
            return True
        uuid = credential.uuid
        try:
            data_key = self.kek.unwrap(award.sealed_key, key_context(uuid))
            unseal(data_key, award.sealed_award, award_context(uuid))
            if award.sealed_status_text is not None:
                unseal(data_key, award.sealed_status_text, status_text_context(uuid))
        except (Error, ValueError):
            return False
        return True

    def _salts_open(self, row: LedgerRow) -> bool:
        """Whether the salts that were kept of an erased credential are those of its entries."""
        if self.kek is None:
            return True
        uuid, place = row.credential.uuid, (row.credential.list_number, row.credential.status_index)
        for entry in self.snapshot.erasures.entries(uuid, self.kek):
            said = read_log_entry(entry.body)
            fits = isinstance(said, CredentialIssued) and (said.list_number, said.status_index) == place
            if entry.salt is None or not fits:
                return False
            self._salts += 1
        return True

    def _lost(self, place: Place) -> LostCredential | None:
        return self.snapshot.lost_credentials.at_place(*place)

    def _lost_ones(self) -> Iterator[Finding]:
        """Credentials whose rows were lost for good: their places are on record, with the state that was logged."""
        for lost in self.snapshot.lost_credentials.all():
            place = (lost.list_number, lost.status_index)
            status = self.told.statuses.get(place)
            state = CredentialState.ACTIVE if status is None else CredentialState(status.state)
            if place not in self.told.issued or state is not lost.state:
                yield wrong("record.lost_state", list=place[0], index=place[1])
