"""What every aggregate of a transaction stands on: its connection, and how it reads rows that a decision depends on.

The reading class of an aggregate (`ReadIssuers`) belongs to a Snapshot; the writing one (`Issuers`) inherits it, adds
the changes, and reads with row locks. On PostgreSQL a transaction is READ COMMITTED: what it checked (issuer not
suspended, key active) holds until its commit because the row is locked FOR SHARE.

A read-then-write needs more than that. Two that share a row and then both change it deadlock; and as sharers never wait
for a writer that waits, a writer of an issuer that issues without a pause would wait for ever. So what changes issuers,
versions or keys first asks for the table (`_alone`), in a queue that nobody overtakes. Rows that only their own writers
read (credentials, status lists) are locked FOR UPDATE one by one. SQLite has one writer at a time and needs none of
this.
"""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from jmc_vc.sealing import WrongKey
from jmc_vc.storage.row_records import Key, Written
from jmc_vc.storage.tables import site_record

LARGEST_INTEGER = 2**31 - 1
"""Of an INTEGER column; a larger number in a question has no answer, and on SQLite 2⁶³ would be an error (DB-08)."""


KEK_CHECK = "kek_check"
"""The execution option of a connection that holds the check value of this process's key-encryption key."""
_KEK_NOW = select(site_record.c.kek_check)


class Aggregate:
    """Rows of one kind, seen through one transaction."""

    locks: ClassVar[bool] = False

    def __init__(self, connection: Connection, written: Written | None = None) -> None:
        """`written` is told what a transaction writes; who only reads has none."""
        self._connection = connection
        self._written = Written() if written is None else written

    def _one(self, statement: Select[Any], **parameters: object) -> RowMapping | None:
        """The row that `statement` finds, if any."""
        return self._connection.execute(statement, parameters).mappings().one_or_none()

    def _all(self, statement: Select[Any], **parameters: object) -> Sequence[RowMapping]:
        """The rows that `statement` finds. What every issuance asks is a statement made once, with parameters: making
        it anew takes twice as long as asking it."""
        return self._connection.execute(statement, parameters).mappings().all()

    def _among(self, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
        """Whether `column` is one of `values`, of which there may be some thousands."""
        if self._connection.dialect.name == "postgresql":
            # One parameter; as thousands of them the driver and the planner take longer than the search.
            return column == any_(bindparam(None, list(values), ARRAY(column.type)))
        return column.in_(list(values))

    def _alone(self, table: Table) -> None:
        """Wait until no other transaction holds rows of `table` locked, and let none lock any before our commit.

        PostgreSQL queues table locks in the order in which they are asked for, so this waits for the transactions that
        run now and not for those that come; plain reads go on. Raises DatabaseBusy after the database's patience. A
        transaction asks for one table alone, before it reads a row of it: so no two wait for each other.
        https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
        """
        if self._connection.dialect.name == "postgresql":
            # Every SELECT … FOR SHARE or FOR UPDATE, and every foreign key's check, holds ROW SHARE on its table until
            # its transaction ends; EXCLUSIVE is the weakest mode that conflicts with that.
            self._connection.exec_driver_sql(f"LOCK TABLE {table.name} IN EXCLUSIVE MODE")

    def _require_kek(self) -> None:
        """Raise WrongKey unless the database is still under the key-encryption key that this process seals with, and
        let it stay so until our commit. Whoever stores what is sealed asks afterwards, in the same transaction: a
        process that a change of that key has passed by stores nothing that nobody could open."""
        held = self._connection.get_execution_options().get(KEK_CHECK)
        if held is not None and self._connection.execute(self._shared(_KEK_NOW)).scalar_one() != held:
            raise WrongKey

    def _wrote(self, table: Table, *keys: Key) -> None:
        """Rows of `table` with these primary keys were written: the audit log keeps digests of them with the act."""
        self._written.add(table, keys)

    def _shared(self, statement: Select[Any]) -> Select[Any]:
        """Read so that nobody changes the rows before our commit. To change them, ask `_alone` first."""
        return statement.with_for_update(read=True) if self.locks else statement

    def _reserved(self, statement: Select[Any]) -> Select[Any]:
        """Read so that nobody changes or so reads the rows before our commit: they are about to change."""
        return statement.with_for_update() if self.locks else statement
