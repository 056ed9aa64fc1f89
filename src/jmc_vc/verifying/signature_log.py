"""What the public log says of a signature by one of our own keys: when it was entered, or that it never was.

No time that a credential or a proof states proves anything once others may have the key. What proves it is the entry
that was written in the transaction in which the credential came into being (security goals §2.1). It is found by the
credential's own id, and recognized by the salted digest of the signature itself: a forged credential may name the id of
a good one, a proof may be copied and a document spelled anew, and all of that changes nothing.

A credential that was signed anew has several entries of one form. Its first is told with each of them: only we write
entries, and a copy is made of what was there before, so a copy is as good as the credential that it was made of.

When a learner's data were erased, the entries are still found (`storage.erasures`). Where nothing of them was kept, the
row of the credential has the digest of its bytes: whoever shows these very bytes shows what was issued, only when
cannot be told any more. And where rows were lost, and the log was put back without their salts, a credential without a
row that stands at one of their places may be one of those; and one with a row, by the key of an entry that was put back
at its place, may be the copy that was signed anew meanwhile.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from jmc_vc.domain.credential import RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Error, Unavailable
from jmc_vc.formats.status.entry import RevocationListEntry
from jmc_vc.formats.status.token_status_list import TokenStatusReference
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import credential_digest, read_log_entry
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import LogEntry
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.evidence import LogAnswer, Logged, NoRecord
from jmc_vc.verifying.own_lists import own_list, own_uuid
from jmc_vc.verifying.presented import Presented


@dataclass(frozen=True)
class SaltedEntry:
    """An entry with the salt under which a signature is recognized in it; None where the salt was lost with a database,
    and the entry was put back."""

    said: CredentialIssued
    salt: bytes | None

    def by(self, owner: str, key: SigningKey) -> bool:
        """Whether the signature that was entered was made with `key`."""
        return (self.said.issuer, self.said.kid) == (owner, key.kid)


@dataclass(frozen=True, kw_only=True)
class CredentialLog:
    """The entries of one credential, oldest first; None stands for one that cannot be read. `otherwise` is what is to
    be said of a signature that is in none of them."""

    site: Site
    entries: tuple[SaltedEntry | None, ...] = ()
    otherwise: LogAnswer = NoRecord.NOT_LOGGED

    def answer(self, key: SigningKey, signature: bytes) -> LogAnswer:
        """What is on record of `signature` by `key`. One that was entered twice counts from the first time on."""
        owner = self.site.owner_did(key.owner)
        by_key = [entry for entry in self.entries if entry is not None and entry.by(owner, key)]
        shown = [
            entry.said
            for entry in by_key
            if entry.salt is not None
            and hmac.compare_digest(entry.said.digest, credential_digest(entry.salt, signature))
        ]
        if not shown:
            # It could be the one whose salt was lost, but only if that one is by the same key.
            return NoRecord.NOT_READABLE if any(entry.salt is None for entry in by_key) else self.otherwise
        for entry in self.entries:
            if entry is None:
                return NoRecord.NOT_READABLE  # it may have been the first
            if (entry.said.issuer, entry.said.format) == (owner, shown[0].format):
                return Logged(at=min(said.at for said in shown), first_at=entry.said.at, first_kid=entry.said.kid)
        return self.otherwise


@dataclass(frozen=True, kw_only=True)
class SignatureLog:
    """Reads it in a transaction of its own: when the log cannot be read, all the rest can still be checked."""

    database: Database
    site: Site
    kek: KeyEncryptionKey

    def __call__(self, presented: Presented) -> CredentialLog:
        """What is on record of the credential. Never raises for a log that cannot be read."""
        try:
            with self.database.read() as tx:
                uuid = own_uuid(self.site, presented) or uuid_at_place(tx, self.site, presented)
                rows = () if uuid is None else self._rows(tx, uuid)
                if not rows:
                    return CredentialLog(site=self.site, otherwise=self._of_row(tx, uuid, presented))
        except Unavailable:
            return CredentialLog(site=self.site, otherwise=NoRecord.NOT_READABLE)
        entries = tuple(map(_read, rows))
        otherwise = NoRecord.NOT_READABLE if None in entries else NoRecord.NOT_LOGGED
        return CredentialLog(site=self.site, entries=entries, otherwise=otherwise)

    def _rows(self, tx: Snapshot, uuid: UUID) -> Sequence[LogEntry | None]:
        """What was logged of the credential, oldest first; None for one of which nothing can be recognized."""
        joined = tx.public_log.of_credential(uuid)
        if joined and all(entry.salt for entry in joined):
            return joined  # none of them is kept sealed
        erased = tx.erasures.entries(uuid, self.kek)
        found = sorted((*joined, *erased), key=lambda entry: entry.id)
        unopened = {entry.id for entry in erased if entry.salt is None}
        return [None if entry.id in unopened else entry for entry in found]

    def _of_row(self, tx: Snapshot, uuid: UUID | None, presented: Presented) -> NoRecord:
        """What is to be said where nothing of the log is joined to the credential."""
        if uuid is None and "id" in presented.document:
            return NoRecord.NOT_LOGGED
        row = None if uuid is None else tx.credentials.get(uuid)
        if uuid is None or row is None:
            return NoRecord.NOT_READABLE if self._at_lost_place(tx, presented) else NoRecord.NOT_LOGGED
        if row.row_state is not RowState.ISSUED or tx.credentials.sealed(uuid) is not None:
            return NoRecord.NOT_LOGGED
        same = row.digest is not None and hmac.compare_digest(row.digest, sha256(presented.data).digest())
        return NoRecord.NO_TIME if same else NoRecord.NOT_READABLE

    def _at_lost_place(self, tx: Snapshot, presented: Presented) -> bool:
        """Whether the credential says to stand at a place whose row was lost; one whose entry names no place, in a list
        with such places."""
        for entry in presented.statuses:
            if isinstance(entry, Error) or (number := own_list(self.site, entry)) is None:
                continue
            index = None if isinstance(entry, RevocationListEntry) else entry.index
            if tx.lost_credentials.any_at(presented.issuer_id or "", number, index):
                return True
        return False


def _read(row: LogEntry | None) -> SaltedEntry | None:
    """None where it is damaged: it may have been the one."""
    if row is None:
        return None
    try:
        said = read_log_entry(row.body)
    except Error:
        return None
    return SaltedEntry(said, row.salt) if isinstance(said, CredentialIssued) else None


def uuid_at_place(tx: Snapshot, site: Site, presented: Presented) -> UUID | None:
    """Of an SD-JWT VC whose holder keeps its id back: that of the credential at its place in the list of states, which
    nobody can keep back."""
    if "id" in presented.document:
        return None
    for each in presented.statuses:
        if isinstance(each, TokenStatusReference):
            number = own_list(site, each)
            row = None if number is None else tx.credentials.at_place(number, each.index)
            return None if row is None else row.uuid
    return None
