"""Many rows at once: what the issuing desk and batches write.

On PostgreSQL one statement for each row would cost more than everything else; so rows go in by COPY, and what COPY
cannot say (an UPDATE, ON CONFLICT) takes whole columns as arrays. Measured with both transactions of an issue, 500
credentials of 4.9 kB with look-ups, idempotency key and audit entry each: 4.9 thousand credentials a second; 3.3
thousand with INSERTs in the driver's pipeline, 1.8 thousand with UPDATEs and claims in it, too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, Table

BULK = 8
"""From so many rows on COPY is quicker; below, its extra round trips cost more."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, all with the same members."""
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) >= BULK:
        _copy(connection, table, rows)
    else:
        connection.execute(table.insert(), list(rows))


def columns_of(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """`rows` turned into columns, each value as its column stores it: parameters for `unnest` on PostgreSQL."""
    processors = _processors(connection, table, rows[0])
    return {
        name: [row[name] if process is None else process(row[name]) for row in rows]
        for name, process in processors.items()
    }


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    )
    columns = columns_of(connection, table, rows)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for values in zip(*columns.values(), strict=True):
            copy.write_row(values)


def _processors(connection: Connection, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns' own rules (UTC, no NUL), which values that go past SQLAlchemy would miss."""
    dialect = connection.dialect
    return {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in row}
