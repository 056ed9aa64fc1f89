"""Erasing what is held of a person, and recognizing a credential that was erased when its holder shows it.

With the data key every copy of the award and of the signed bytes is gone. The entries stay in the public log; what
joined them to the credential, their salts, is kept sealed, under a key that the key-encryption key gives for this
credential alone: whoever has the database cannot try documents against the log, and our own verifier goes on knowing
which signature was entered, in every form and spelling, and when (threat 33 of the security goals).
"""

from uuid import UUID

from sqlalchemy import select

from jmc_vc.sealing import KeyEncryptionKey, SealBroken, seal, unseal
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.bulk import insert_rows
from jmc_vc.storage.log_tables import erased_salts, log_entries
from jmc_vc.storage.public_log import LogEntry, entry_of
from jmc_vc.storage.sealed_parts import salt_context
from jmc_vc.storage.tables import award_keys, credentials, sealed_awards, sealed_documents


class ReadErasures(Aggregate):
    """What is left of credentials that were erased."""

    def entries(self, uuid: UUID, kek: KeyEncryptionKey) -> tuple[LogEntry, ...]:
        """What was logged of an erased credential, oldest first; without salt where that does not open. Raises
        WrongKey."""
        statement = (
            select(log_entries, erased_salts.c.sealed_salt)
            .join_from(erased_salts, log_entries, log_entries.c.id == erased_salts.c.entry)
            .where(erased_salts.c.credential == uuid)
            .order_by(log_entries.c.id)
        )
        found = []
        for row in self._all(statement):
            columns = dict(row)
            salt = _opened(kek, uuid, row["id"], bytes(columns.pop("sealed_salt")))
            found.append(entry_of({**columns, "credential": uuid, "salt": salt}))
        return tuple(found)


class Erasures(ReadErasures):
    """As read, and erases."""

    locks = True

    def erase(self, uuid: UUID, kek: KeyEncryptionKey) -> None:
        """Drop the data key, the award, the documents and the hashes to find them by. What remains says nothing of a
        person, and the status goes on being published. Raises WrongKey."""
        row = select(credentials.c.uuid).where(credentials.c.uuid == uuid)
        self._connection.execute(self._reserved(row))  # so that nobody signs it anew meanwhile
        logged = self._all(select(log_entries.c.id, log_entries.c.salt).where(log_entries.c.credential == uuid))
        key = _key(kek, uuid)
        insert_rows(
            self._connection,
            erased_salts,
            [
                {
                    "entry": row["id"],
                    "credential": uuid,
                    "sealed_salt": seal(key, bytes(row["salt"]), salt_context(uuid, row["id"])),
                }
                for row in logged
                if row["salt"] is not None
            ],
        )
        for table in (award_keys, sealed_documents, sealed_awards):
            self._connection.execute(table.delete().where(table.c.credential == uuid))
        # An entry whose salt was lost before stays joined: it says of the credential that a signature of it was lost.
        salted = log_entries.update().where(log_entries.c.credential == uuid, log_entries.c.salt.is_not(None))
        self._connection.execute(salted.values(credential=None, salt=None))


def _opened(kek: KeyEncryptionKey, uuid: UUID, entry: int, sealed: bytes) -> bytes | None:
    try:
        return unseal(_key(kek, uuid), sealed, salt_context(uuid, entry))
    except SealBroken:
        return None


def _key(kek: KeyEncryptionKey, uuid: UUID) -> bytes:
    """Of the hashes' keys, which stay when the key-encryption key is changed: nothing has to be sealed anew then."""
    return kek.lookup_hash("erased-salts", str(uuid))
