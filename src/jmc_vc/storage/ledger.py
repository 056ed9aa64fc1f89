"""The rows that the public log tells of, page by page, for whoever holds the two against each other.

Everything here is read as it lies there: that a constraint or a trigger should have kept something out is not relied
upon.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Table, exists, func, select, tuple_

from jmc_vc.domain.credential import Credential, RowState
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.credentials import credential_of
from jmc_vc.storage.did_documents import DidDocumentVersion
from jmc_vc.storage.log_tables import erased_salts, log_checkpoints, log_cosignatures, log_entries, log_tiles
from jmc_vc.storage.public_log import Checkpoint, LogEntry, entry_of
from jmc_vc.storage.row_records import RowRecord, all_records
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
class StoredCosignature:
    """A line of a witness, with the note that it stands under; an empty one where there is no such head."""

    size: int
    witness: str
    line: str
    note: str


@dataclass(frozen=True, kw_only=True)
class StoredDocument:
    """A signed form as it lies there; `sealed_key` is the data key of its credential."""

    form: str
    sealed_document: bytes
    digest: bytes
    kid: str
    sealed_key: bytes


@dataclass(frozen=True, kw_only=True)
class StoredAward:
    """What is sealed of a person beside the signed forms."""

    sealed_key: bytes
    sealed_award: bytes
    sealed_status_text: bytes | None


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """A credential with its entries in the order in which they were written, its sealed award, if there is one, and its
    sealed forms. `erased`: nothing of the person is left."""

    credential: Credential
    award: StoredAward | None
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

    def entries_of_type(self, kind: str, page: int = 1_000) -> Iterator[LogEntry]:
        """Entries that may be of this type by what is in them, in the order in which they were written. What the column
        `kind` says of them is not in the tree, and anybody's to write."""
        columns, after = log_entries.c, -1
        said = f'"type":"{kind}"'.encode()
        body: ColumnElement[bytes] = columns.body
        sqlite = self._connection.dialect.name == "sqlite"
        where = func.instr(body, said) > 0 if sqlite else body.op("LIKE", is_comparison=True)(b"%" + said + b"%")
        while rows := self._all(select(log_entries).where(where, columns.id > after).order_by(columns.id).limit(page)):
            yield from map(entry_of, rows)
            after = rows[-1]["id"]

    def cosignatures(self, page: int = 1_000) -> Iterator[StoredCosignature]:
        """The lines of witnesses, the smallest head first."""
        rows, after = log_cosignatures.c, (-1, "")
        note = func.coalesce(log_checkpoints.c.note, "").label("note")
        statement = (
            select(rows.size, rows.witness, rows.line, note)
            .join_from(log_cosignatures, log_checkpoints, rows.size == log_checkpoints.c.size, isouter=True)
            .order_by(rows.size, rows.witness)
            .limit(page)
        )
        while found := self._all(statement.where(tuple_(rows.size, rows.witness) > tuple_(*after))):
            yield from (StoredCosignature(**row) for row in found)
            after = (found[-1]["size"], found[-1]["witness"])

    def credential_count(self) -> int:
        """Of rows in whatever state."""
        return int(self._connection.execute(select(func.count()).select_from(credentials)).scalar_one())

    def credentials(self, page: int = 500) -> Iterator[LedgerRow]:
        """All rows, in whatever state, but those that say something that this program does not know: `row_records`
        names them."""
        uuid, after = credentials.c.uuid, None
        while True:
            statement = select(credentials).order_by(uuid).limit(page)
            rows = self._all(statement if after is None else statement.where(uuid > after))
            if not rows:
                return
            yield from self._with_parts([each for row in rows if (each := _readable(row)) is not None])
            after = rows[-1]["uuid"]

    def erased(self) -> tuple[Credential, ...]:
        """Issued credentials of which nothing of the person is left."""
        row = credentials.c
        left = [exists().where(each.c.credential == row.uuid) for each in (sealed_awards, sealed_documents)]
        statement = select(credentials).where(row.row_state == RowState.ISSUED.value, *(~each for each in left))
        return tuple(map(credential_of, self._all(statement.order_by(row.uuid))))

    def row_records(self, table: str) -> Iterator[RowRecord]:
        """Digests of all rows of a recorded table, as they lie there."""
        return all_records(self._connection, table)

    def kept_salts(self) -> int:
        """How many salts of erased credentials there are."""
        return int(self._connection.execute(select(func.count()).select_from(erased_salts)).scalar_one())

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
        awards = {
            row["credential"]: StoredAward(
                sealed_key=bytes(row["sealed_key"]),
                sealed_award=bytes(row["sealed_award"]),
                sealed_status_text=None if row["sealed_status_text"] is None else bytes(row["sealed_status_text"]),
            )
            for row in self._parts(sealed_awards, uuids)
        }
        documents = self._by_credential(self._parts(sealed_documents, uuids))
        for each in found:
            yield LedgerRow(
                credential=each,
                award=awards.get(each.uuid),
                entries=[entry_of(row) for row in entries.get(each.uuid, ())],
                documents=[
                    StoredDocument(
                        form=row["format"],
                        sealed_document=bytes(row["sealed_document"]),
                        digest=bytes(row["digest"]),
                        kid=row["kid"],
                        sealed_key=awards[each.uuid].sealed_key if each.uuid in awards else b"",
                    )
                    for row in documents.get(each.uuid, ())
                ],
                erased=each.uuid not in awards and each.uuid not in documents,
            )

    def _parts(self, table: Table, uuids: Collection[UUID]) -> Sequence[RowMapping]:
        return self._all(select(table).where(self._among(table.c.credential, uuids)))

    @staticmethod
    def _by_credential(rows: Sequence[RowMapping]) -> dict[UUID, list[RowMapping]]:
        found: dict[UUID, list[RowMapping]] = {}
        for row in rows:
            found.setdefault(row["credential"], []).append(row)
        return found


def _readable(row: RowMapping) -> Credential | None:
    try:
        return credential_of(row)
    except ValueError:
        return None


_NAME_OF_TILE = (log_tiles.c.level, log_tiles.c.number)
