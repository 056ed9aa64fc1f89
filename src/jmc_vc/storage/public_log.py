"""The public log: entries that are written in the transaction of what they tell of, the tree over them, and its heads.

An entry waits until `integrate` gives it its place in the tree: places follow one another without a gap, on PostgreSQL
too, where numbers of rows do not. Only whole tiles are stored; what is not whole yet is computed from its entries. What
is in an entry, a tile or a head never changes, which the database holds too; what joins an entry to a credential is
beside it, and goes when the credential is erased.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, bindparam, func, select, text

from jmc_vc.formats.transparency import entry_types
from jmc_vc.formats.transparency.log_entry import ENTRY_TYPES, write_log_entry
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.bulk import columns_of, insert_rows
from jmc_vc.storage.log_tables import log_checkpoints, log_cosignatures, log_entries, log_tiles

_PLACE_ON_SQLITE = "UPDATE log_entries SET leaf = ? WHERE id = ?"
_PLACE_ON_POSTGRESQL = """
    UPDATE log_entries AS e SET leaf = r.leaf FROM unnest(%(id)s::bigint[], %(leaf)s::bigint[]) AS r (id, leaf)
    WHERE e.id = r.id
"""
_ADVANCING = 0x6A6D632D6C6F67
"""The number of the advisory lock: `jmc-log`. Anything would do that nobody else in this database takes."""
_KINDS = {each.entry: kind for kind, each in ENTRY_TYPES.items()}
_OF_DID_DOCUMENTS, _AUDIT_HEADS = text("kind = 'did-document'"), text("kind = 'audit-head'")
"""Word for word as in the indexes of these entries: with a parameter SQLite would not use them."""
_LATEST = select(log_checkpoints).order_by(log_checkpoints.c.size.desc()).limit(1)
_OF_CREDENTIAL = select(log_entries).where(log_entries.c.credential == bindparam("uuid")).order_by(log_entries.c.id)


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """What is to be logged: `body` is the leaf, as `formats.transparency.log_entry` writes it. `credential` and `salt`
    join it to a credential, for as long as this has not been erased."""

    kind: str
    at: datetime
    body: bytes
    credential: UUID | None = None
    salt: bytes | None = None

    @staticmethod
    def of(entry: entry_types.LogEntry, *, credential: UUID | None = None, salt: bytes | None = None) -> "NewEntry":
        """The row of `entry`. Raises log.entry."""
        body = write_log_entry(entry)
        return NewEntry(kind=_KINDS[type(entry)], at=entry.at, body=body, credential=credential, salt=salt)


@dataclass(frozen=True, kw_only=True)
class LogEntry(NewEntry):
    """What was logged; `leaf` is its place in the tree, from 0, None while it waits for one."""

    id: int
    leaf: int | None


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """A signed head: the first `size` leaves have this root. `note` is the text as it is served, without the
    cosignatures."""

    size: int
    root: bytes
    note: str
    signed_at: datetime


class ReadPublicLog(Aggregate):
    """The public log."""

    def latest(self) -> Checkpoint | None:
        """The head of the largest tree; None before the first."""
        row = self._one(_LATEST)
        return None if row is None else Checkpoint(**row)

    def latest_cosigned(self) -> Checkpoint | None:
        """The head of the largest tree that a witness has signed."""
        size = self._connection.execute(select(func.max(log_cosignatures.c.size))).scalar_one()
        return None if size is None else self.checkpoint(size)

    def checkpoint(self, size: int) -> Checkpoint | None:
        """The head of that size, if one was signed."""
        row = self._one(select(log_checkpoints).where(log_checkpoints.c.size == size))
        return None if row is None else Checkpoint(**row)

    def signed_after(self, size: int) -> datetime | None:
        """When the first head was signed that is larger than `size`."""
        columns = log_checkpoints.c
        statement = select(columns.signed_at).where(columns.size > size).order_by(columns.size).limit(1)
        return self._connection.execute(statement).scalar_one_or_none()

    def cosignatures(self, size: int) -> tuple[str, ...]:
        """The signature lines of witnesses under the head of that size, by witness."""
        statement = (
            select(log_cosignatures.c.line).where(log_cosignatures.c.size == size).order_by(log_cosignatures.c.witness)
        )
        return tuple(self._connection.execute(statement).scalars())

    def tile(self, level: int, number: int) -> bytes | None:
        """The 256 hashes of a whole tile, side by side; None if it is not whole yet."""
        found = self._connection.execute(
            select(log_tiles.c.hashes).where(log_tiles.c.level == level, log_tiles.c.number == number)
        ).scalar_one_or_none()
        return None if found is None else bytes(found)

    def tile_roots(self, level: int, first: int, end: int) -> list[bytes]:
        """The roots of the whole tiles from number `first` up to, not with, `end`; fewer when there are no more."""
        tiles = log_tiles.c
        statement = (
            select(tiles.root)
            .where(tiles.level == level, tiles.number >= first, tiles.number < end)
            .order_by(tiles.number)
        )
        return [bytes(root) for root in self._connection.execute(statement).scalars()]

    def bodies(self, first: int, end: int) -> list[bytes]:
        """The leaves from place `first` up to, not with, `end`; fewer when there are no more."""
        leaf = log_entries.c.leaf
        statement = select(log_entries.c.body).where(leaf >= first, leaf < end).order_by(leaf)
        return [bytes(body) for body in self._connection.execute(statement).scalars()]

    def entries(self, first: int, end: int) -> tuple[LogEntry, ...]:
        """The same as rows."""
        leaf = log_entries.c.leaf
        statement = select(log_entries).where(leaf >= first, leaf < end).order_by(leaf)
        return tuple(map(entry_of, self._all(statement)))

    def of_credential(self, uuid: UUID) -> tuple[LogEntry, ...]:
        """What was logged of a credential, oldest first; nothing once it was erased."""
        return tuple(map(entry_of, self._all(_OF_CREDENTIAL, uuid=uuid)))

    def of_did_documents(self, moments: Collection[datetime]) -> tuple[LogEntry, ...]:
        """What was logged of DID documents at these moments, whether it has its place or not."""
        statement = select(log_entries).where(_OF_DID_DOCUMENTS, self._among(log_entries.c.at, moments))
        return tuple(map(entry_of, self._all(statement.order_by(log_entries.c.id))))

    def waiting(self, limit: int) -> tuple[LogEntry, ...]:
        """Entries that have no place in the tree yet, oldest first."""
        statement = select(log_entries).where(log_entries.c.leaf.is_(None)).order_by(log_entries.c.id).limit(limit)
        return tuple(map(entry_of, self._all(statement)))

    def latest_audit_head(self) -> LogEntry | None:
        """The end of the audit log that was written last, whether it has its place or not."""
        row = self._one(select(log_entries).where(_AUDIT_HEADS).order_by(log_entries.c.id.desc()).limit(1))
        return None if row is None else entry_of(row)

    def highest_number(self) -> int:
        """The number of the entry that was written last; 0 before the first."""
        return int(self._connection.execute(select(func.coalesce(func.max(log_entries.c.id), 0))).scalar_one())

    def size(self) -> int:
        """How many leaves have their place."""
        last = self._connection.execute(select(func.max(log_entries.c.leaf))).scalar_one()
        return 0 if last is None else int(last) + 1


class PublicLog(ReadPublicLog):
    """As read, and may be appended to."""

    def append(self, entries: Iterable[NewEntry]) -> None:
        """Write entries, in the transaction of what they tell of. Their places in the tree come later."""
        self._written.logged = True
        insert_rows(
            self._connection,
            log_entries,
            [
                {
                    "kind": each.kind,
                    "at": each.at,
                    "body": each.body,
                    "credential": each.credential,
                    "salt": each.salt,
                }
                for each in entries
            ],
        )

    def alone(self) -> None:
        """Wait until nobody else gives out places, and let nobody do so before our commit. A table lock would need the
        right to change or empty the table, which the application's role has not."""
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVANCING})")

    def place(self, entries: Sequence[LogEntry], first: int) -> None:
        """Give `entries` the places from `first` on, in their order."""
        rows = [{"id": entry.id, "leaf": first + offset} for offset, entry in enumerate(entries)]
        if rows and self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(_PLACE_ON_POSTGRESQL, columns_of(self._connection, log_entries, rows))
        elif rows:
            self._connection.exec_driver_sql(_PLACE_ON_SQLITE, [(row["leaf"], row["id"]) for row in rows])

    def add_tile(self, level: int, number: int, hashes: bytes, root: bytes) -> None:
        """Store a tile that is whole, and the hash of all that is under it."""
        self._connection.execute(log_tiles.insert().values(level=level, number=number, hashes=hashes, root=root))

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Store a signed head. Raises BrokenRule when there is one of this size."""
        self._connection.execute(
            log_checkpoints.insert().values(
                size=checkpoint.size, root=checkpoint.root, note=checkpoint.note, signed_at=checkpoint.signed_at
            )
        )

    def cosign(self, size: int, witness: str, line: str, at: datetime) -> bool:
        """Store a witness's signature line under the head of that size; False when it has signed it already."""
        known = select(log_cosignatures.c.size).where(
            log_cosignatures.c.size == size, log_cosignatures.c.witness == witness
        )
        if self._connection.execute(known).first() is not None:
            return False
        self._connection.execute(log_cosignatures.insert().values(size=size, witness=witness, line=line, at=at))
        return True


def entry_of(row: Mapping[str, Any] | RowMapping) -> LogEntry:
    """The entry that a row of the table says."""
    return LogEntry(**{**row, "body": bytes(row["body"]), "salt": None if row["salt"] is None else bytes(row["salt"])})
