"""The rows that the public log tells of, page by page, for whoever holds the two against each other.

Everything here is read as it lies there: that a constraint or a trigger should have kept something out is not relied
upon.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping, Table, func, select

from jmc_vc.domain.credential import Credential
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.credentials import credential_of
from jmc_vc.storage.did_documents import DidDocumentVersion
from jmc_vc.storage.log_tables import log_checkpoints, log_entries, log_tiles
from jmc_vc.storage.public_log import Checkpoint, LogEntry, entry_of
from jmc_vc.storage.tables import credentials, did_documents, sealed_awards, sealed_documents


@dataclass(frozen=True)
class Places:
    """How many entries have a place, and the lowest and the highest of these places."""

    count: int
    lowest: int
    highest: int


@dataclass(frozen=True)
class StoredTile:
    """A row of the tiles."""

    level: int
    number: int
    hashes: bytes
    root: bytes


@dataclass(frozen=True, kw_only=True)
class StoredDocument:
    """A signed form as it lies there; `sealed_key` is the data key of its credential."""

    form: str
    sealed_document: bytes
    digest: bytes
    kid: str
    sealed_key: bytes


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """A credential with its entries in the order in which they were written, and its sealed forms. `erased`: nothing
    of the person is left."""

    credential: Credential
    entries: Sequence[LogEntry]
    documents: Sequence[StoredDocument]
    erased: bool


class ReadLedger(Aggregate):
    """Rows in bulk."""

    def places(self) -> Places:
        """Of all entries."""
        leaf = log_entries.c.leaf
        count, lowest, highest = self._connection.execute(
            select(func.count(leaf), func.min(leaf), func.max(leaf))
        ).one()
        return Places(count, 0 if lowest is None else lowest, -1 if highest is None else highest)

    def tile(self, level: int, number: int) -> StoredTile | None:
        """One row."""
        tiles = log_tiles.c
        row = self._one(select(log_tiles).where(tiles.level == level, tiles.number == number))
        return None if row is None else StoredTile(level, number, bytes(row["hashes"]), bytes(row["root"]))

    def tile_names(self) -> set[tuple[int, int]]:
        """Level and number of each."""
        return {(level, number) for level, number in self._connection.execute(select(*_NAME_OF_TILE))}

    def checkpoints(self, page: int = 1_000) -> Iterator[Checkpoint]:
        """All of them, the smallest first."""
        size = log_checkpoints.c.size
        after = -1
        while rows := self._all(select(log_checkpoints).where(size > after).order_by(size).limit(page)):
            yield from (Checkpoint(**{**row, "root": bytes(row["root"])}) for row in rows)
            after = rows[-1]["size"]

    def waiting(self, after: int, limit: int) -> tuple[LogEntry, ...]:
        """Entries without a place whose number is above `after`, in the order in which they were written."""
        columns = log_entries.c
        statement = select(log_entries).where(columns.leaf.is_(None), columns.id > after).order_by(columns.id)
        return tuple(map(entry_of, self._all(statement.limit(limit))))

    def entries_of_kind(self, kind: str, page: int = 1_000) -> Iterator[LogEntry]:
        """In the order in which they were written."""
        columns, after = log_entries.c, -1
        while rows := self._all(
            select(log_entries).where(columns.kind == kind, columns.id > after).order_by(columns.id).limit(page)
        ):
            yield from map(entry_of, rows)
            after = rows[-1]["id"]

    def credential_count(self) -> int:
        """Of rows in whatever state."""
        return int(self._connection.execute(select(func.count()).select_from(credentials)).scalar_one())

    def credentials(self, page: int = 500) -> Iterator[LedgerRow]:
        """All rows, in whatever state."""
        uuid, after = credentials.c.uuid, None
        while True:
            statement = select(credentials).order_by(uuid).limit(page)
            rows = self._all(statement if after is None else statement.where(uuid > after))
            if not rows:
                return
            found = [credential_of(row) for row in rows]
            after = found[-1].uuid
            yield from self._with_parts(found)

    def did_documents(self) -> Mapping[str, Sequence[DidDocumentVersion]]:
        """Of each owner, in the order of their numbers."""
        found: dict[str, list[DidDocumentVersion]] = {}
        rows = did_documents.c
        for row in self._all(select(did_documents).order_by(rows.owner, rows.version)):
            found.setdefault(row["owner"], []).append(DidDocumentVersion(**{**row, "body": bytes(row["body"])}))
        return found

    def _with_parts(self, found: Sequence[Credential]) -> Iterator[LedgerRow]:
        uuids = [each.uuid for each in found]
        entries = self._by_credential(
            self._all(
                select(log_entries)
                .where(self._among(log_entries.c.credential, uuids))
                .order_by(log_entries.c.leaf.is_(None), log_entries.c.leaf, log_entries.c.id)
            )
        )
        keys = {row["credential"]: bytes(row["sealed_key"]) for row in self._parts(sealed_awards, uuids)}
        documents = self._by_credential(self._parts(sealed_documents, uuids))
        for each in found:
            yield LedgerRow(
                credential=each,
                entries=[entry_of(row) for row in entries.get(each.uuid, ())],
                documents=[
                    StoredDocument(
                        form=row["format"],
                        sealed_document=bytes(row["sealed_document"]),
                        digest=bytes(row["digest"]),
                        kid=row["kid"],
                        sealed_key=keys.get(each.uuid, b""),
                    )
                    for row in documents.get(each.uuid, ())
                ],
                erased=each.uuid not in keys and each.uuid not in documents,
            )

    def _parts(self, table: Table, uuids: Collection[UUID]) -> Sequence[RowMapping]:
        return self._all(select(table).where(self._among(table.c.credential, uuids)))

    @staticmethod
    def _by_credential(rows: Sequence[RowMapping]) -> dict[UUID, list[RowMapping]]:
        found: dict[UUID, list[RowMapping]] = {}
        for row in rows:
            found.setdefault(row["credential"], []).append(row)
        return found


_NAME_OF_TILE = (log_tiles.c.level, log_tiles.c.number)
