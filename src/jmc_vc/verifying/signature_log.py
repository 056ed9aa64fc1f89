"""What the public log says of a signature by one of our own keys: when it was entered, or that it never was.

No time that a credential or a proof states proves anything once others may have the key. What proves it is the entry
that was written in the transaction in which the credential came into being (security goals §2.1). It is found by the
credential's own id, and recognized by the salted digest of the signature itself: a forged credential may name the id of
a good one, a proof may be copied and a document spelled anew, and all of that changes nothing.

When a learner's data were erased, the salts went with them. Then the row of the credential still has the digest of its
bytes: whoever shows these very bytes shows what was issued, only when cannot be told any more. And where rows of an
issuer were lost, and the log was put back without their salts, a credential without a row may be one of those.
"""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from jmc_vc.domain.credential import RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Error, Unavailable
from jmc_vc.formats.status.token_status_list import TokenStatusReference
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import credential_digest, read_log_entry
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import LogEntry
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.evidence import LogAnswer, Logged, NoRecord
from jmc_vc.verifying.presented import Presented


@dataclass(frozen=True, kw_only=True)
class CredentialLog:
    """The entries of one credential with their salts. `otherwise` is what is to be said of a signature that is in none
    of them."""

    site: Site
    entries: tuple[tuple[CredentialIssued, bytes], ...] = ()
    otherwise: LogAnswer = NoRecord.NOT_LOGGED

    def answer(self, key: SigningKey, signature: bytes) -> LogAnswer:
        """What is on record of `signature` by `key`. One that was entered twice counts from the first time on."""
        owner = self.site.owner_did(key.owner)
        times = [
            entry.at
            for entry, salt in self.entries
            if (entry.issuer, entry.kid) == (owner, key.kid)
            and hmac.compare_digest(entry.digest, credential_digest(salt, signature))
        ]
        return Logged(min(times)) if times else self.otherwise


@dataclass(frozen=True, kw_only=True)
class SignatureLog:
    """Reads it in a transaction of its own: when the log cannot be read, all the rest can still be checked."""

    database: Database
    site: Site

    def __call__(self, presented: Presented) -> CredentialLog:
        """What is on record of the credential. Never raises for a log that cannot be read."""
        try:
            with self.database.read() as tx:
                uuid = own_uuid(self.site, presented) or uuid_at_place(tx, self.site, presented)
                if uuid is None:
                    return CredentialLog(site=self.site)
                rows = tx.public_log.of_credential(uuid)
                if not rows:
                    row = tx.credentials.get(uuid)
                    if row is None and presented.issuer_id and tx.lost_credentials.any_of(presented.issuer_id):
                        return CredentialLog(site=self.site, otherwise=NoRecord.NOT_READABLE)
                    if row is None or row.row_state is not RowState.ISSUED or tx.credentials.sealed(uuid) is not None:
                        return CredentialLog(site=self.site)
                    same = row.digest is not None and hmac.compare_digest(row.digest, sha256(presented.data).digest())
                    return CredentialLog(site=self.site, otherwise=Logged(None) if same else NoRecord.NOT_READABLE)
        except Unavailable:
            return CredentialLog(site=self.site, otherwise=NoRecord.NOT_READABLE)
        return self._of(rows)

    def _of(self, rows: tuple[LogEntry, ...]) -> CredentialLog:
        entries: list[tuple[CredentialIssued, bytes]] = []
        otherwise: LogAnswer = NoRecord.NOT_LOGGED
        for row in rows:
            try:
                entry = read_log_entry(row.body)
            except Error:  # damaged: it may have been the one
                otherwise = NoRecord.NOT_READABLE
                continue
            if isinstance(entry, CredentialIssued) and row.salt is not None:
                entries.append((entry, row.salt))
        return CredentialLog(site=self.site, entries=tuple(entries), otherwise=otherwise)


def own_uuid(site: Site, presented: Presented) -> UUID | None:
    """The last part of the credential's id, if the id is one of ours."""
    credential_id = presented.document.get("id")
    prefix = f"{site.base_url}/credentials/"
    if not isinstance(credential_id, str) or not credential_id.startswith(prefix):
        return None
    try:
        return UUID(credential_id.removeprefix(prefix))
    except ValueError:
        return None


def uuid_at_place(tx: Snapshot, site: Site, presented: Presented) -> UUID | None:
    """Of an SD-JWT VC whose holder keeps its id back: that of the credential at its place in the list of states, which
    nobody can keep back."""
    if "id" in presented.document:
        return None
    for each in presented.statuses:
        if isinstance(each, TokenStatusReference):
            number = re.fullmatch(re.escape(f"{site.base_url}/status/") + r"([1-9][0-9]{0,9})/token", each.list_url)
            row = None if number is None else tx.credentials.at_place(int(number[1]), each.index)
            return None if row is None else row.uuid
    return None
