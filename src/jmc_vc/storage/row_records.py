"""What an act leaves behind, row by row: digests that the audit log keeps with the act.

The last entry of a transaction in the audit log holds a digest of each row that the transaction wrote (`rows`). The
entry has its place in the chain of hashes, and the end of the chain goes into the public log: so whoever changes a row
by hand, in whatever column, leaves one that its last act does not vouch for. A row that no entry names was put in; one
that is named and not there was removed.

A digest is the SHA-256 over the row as JSON with sorted members, without those that are null: a column that a later
version adds, and that is empty in old rows, changes none of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

import orjson
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, any_, bindparam, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from jmc_vc.formats.encoding import base64url
from jmc_vc.storage.log_tables import lost_credentials
from jmc_vc.storage.tables import (
    api_keys,
    credentials,
    did_documents,
    issuers,
    issuing_settings,
    operators,
    outside_dids,
    program_versions,
    proposals,
    published_ids,
    signing_keys,
    site_record,
    status_lists,
)

Key = tuple[Any, ...]
"""Values of a table's primary key, in its order."""

_AT_ONCE = 5_000
"""Keys in one question: SQLite takes 32,766 parameters, each of which is one."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A table whose rows are recorded, without the columns `left_out`; with `only`, those rows of which it is true.
    `changes`: its rows do not stay as they were written."""

    table: Table
    changes: bool = True
    left_out: frozenset[str] = frozenset()
    only: ColumnElement[bool] | None = None


RECORDED: Final[Mapping[str, Recorded]] = {
    each.table.name: each
    for each in (
        Recorded(table=site_record),
        Recorded(table=issuers),
        Recorded(table=program_versions),
        Recorded(table=published_ids, changes=False),
        Recorded(table=issuing_settings),
        Recorded(table=signing_keys),
        Recorded(table=api_keys),
        # Two counters: of places that were given away, which no two credentials can have, and of changes since the list
        # was last signed. They move with every issuance, and nothing is judged by them.
        Recorded(table=status_lists, left_out=frozenset({"allotted", "change"})),
        # A place that was reserved, or given up, is no credential.
        Recorded(table=credentials, only=credentials.c.row_state == "issued"),
        Recorded(table=did_documents, changes=False),
        Recorded(table=outside_dids),
        Recorded(table=operators),
        Recorded(table=proposals),
        Recorded(table=lost_credentials, changes=False),
    )
}
"""By name. What is not here is either held against something else or follows from what is here
(docs/operations/audit-log.md)."""


@dataclass
class Written:
    """What a transaction has written so far: rows of recorded tables by their keys, and whether a log was appended
    to."""

    rows: dict[str, dict[Key, None]] = field(default_factory=dict)
    logged: bool = False

    def add(self, table: Table, keys: Iterable[Key]) -> None:
        """Rows of `table` with these keys."""
        self.rows.setdefault(table.name, {}).update(dict.fromkeys(keys))


@dataclass(frozen=True)
class RowRecord:
    """The row `name`, a table and its key; `digest` is None where a cell of it says nothing that this program knows."""

    name: str
    digest: str | None


def records_of(connection: Connection, written: Written) -> dict[str, str | None]:
    """Digests of the rows that were written, as they stand now; None for one that is not there any more."""
    found: dict[str, str | None] = {}
    for name, keys in written.rows.items():
        recorded, pending = RECORDED[name], list(keys)
        found |= dict.fromkeys((_name(recorded.table, key) for key in pending), None)
        for first in range(0, len(pending), _AT_ONCE):
            where = _with_keys(connection, recorded.table, pending[first : first + _AT_ONCE])
            found |= {each.name: each.digest for each in _read(connection, recorded, where)}
    return found


def all_records(connection: Connection, table: str, *, to_enter: bool = False) -> Iterator[RowRecord]:
    """Of all rows of a recorded table, as they lie there: a cell that cannot be read spoils its own row alone. Who is
    `to_enter` them keeps the rows as they are until the commit: a change that comes later is entered later, too."""
    recorded = RECORDED[table]
    return _read(connection, recorded, recorded.only, keep=to_enter and recorded.changes)


def _read(
    connection: Connection, recorded: Recorded, where: ColumnElement[bool] | None, *, keep: bool = False
) -> Iterator[RowRecord]:
    # Cells as the driver gives them: what a column's type makes of them may raise, which is to spoil no other row.
    columns = [column for column in recorded.table.columns if column.name not in recorded.left_out]
    cells_of: list[ColumnElement[Any]] = [literal_column(column.name) for column in columns]
    statement: Select[Any] = select(*cells_of).select_from(recorded.table)
    if where is not None:
        statement = statement.where(where)
    if keep:
        statement = statement.with_for_update(read=True)
    dialect = connection.dialect
    readers = [
        (str(column.name), column.type.dialect_impl(dialect).result_processor(dialect, None)) for column in columns
    ]
    places = [columns.index(column) for column in recorded.table.primary_key.columns]
    for cells in connection.execute(statement, execution_options={"yield_per": 1_000}):
        try:
            row = {
                name: cell if read is None else read(cell)
                for (name, read), cell in zip(readers, cells, strict=True)
                if cell is not None
            }
            key = [row[readers[place][0]] for place in places]
            yield RowRecord(_name(recorded.table, key), _digest(row))
        except (ValueError, TypeError, LookupError, AttributeError):  # the types' own; JSONDecodeError is a ValueError
            yield RowRecord(_name(recorded.table, [cells[place] for place in places]), None)


def _digest(row: Mapping[str, Any]) -> str:
    written = orjson.dumps(row, default=_hexadecimal, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
    return base64url.encode(sha256(written).digest())


def _hexadecimal(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError


def _name(table: Table, key: Iterable[object]) -> str:
    return "/".join((table.name, *(quote(str(each), safe=":") for each in key)))


def _with_keys(connection: Connection, table: Table, keys: list[Key]) -> ColumnElement[bool]:
    columns = list(table.primary_key.columns)
    if len(columns) > 1:
        return or_(*(and_(*(column == value for column, value in zip(columns, key, strict=True))) for key in keys))
    (column,), values = columns, [key[0] for key in keys]
    if connection.dialect.name == "postgresql":
        return column == any_(bindparam(None, values, ARRAY(column.type)))
    return column.in_(values)
