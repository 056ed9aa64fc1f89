"""The database: where transactions begin and end.

SQLite: a write transaction begins with BEGIN IMMEDIATE (four threads of read-then-write lost 144 of 200 transactions
with a plain BEGIN, none with this), reads are deferred and see one moment (WAL). synchronous=FULL: what was answered
is on disk. PostgreSQL: a write transaction is READ COMMITTED with row locks (see `aggregate`), reads are REPEATABLE
READ, read-only.

Errors of the database come out as those of `faults`; a transaction that raised anything has changed nothing.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Any, TypeVar

import orjson
import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from jmc_vc.storage import schema
from jmc_vc.storage.aggregate import KEK_CHECK
from jmc_vc.storage.faults import DatabaseBusy, TransactionRaced, translated
from jmc_vc.storage.schema import MISMATCHES, SchemaState
from jmc_vc.storage.transaction import Snapshot, Transaction

PATIENCE_SECONDS = 5
"""How long we wait for another's lock, or for a free connection, before we say `database.busy` (DB-04)."""
ATTEMPTS = 5
"""How often `write` does its work before it gives up: each time somebody else has got on with theirs."""
_PAUSE_SECONDS = 0.02
_MOST_IDLE_SECONDS = 120
"""After so long PostgreSQL ends a transaction in which nothing is said: whoever slept in the middle of one would write
what bears the time of before, and others wait for its locks. With the minute that clocks may differ by
(`issuing.signing_time`) it is as much as an entry of the public log may be behind (`auditing.verify_times`)."""
_CONNECTIONS = 40
"""As many as there are threads in the web server's pool: a request never waits for a connection."""

Answer = TypeVar("Answer")


class Database:
    """One database, by its URL: `sqlite:///path` or `postgresql://…`. Safe for many threads."""

    def __init__(self, url: str, *, patience: float = PATIENCE_SECONDS) -> None:
        """`patience`: seconds that we wait for another's lock, or for a free connection."""
        self.logged = False
        """Whether a transaction that began here has appended to a log, and was committed."""
        parsed = make_url(url)
        self._patience = patience
        self._sqlite_file: Path | None = None
        # SQLite's own waiting polls, at last every 100 ms, and lets anyone overtake. With a lock in front, eight
        # threads that write had a p99 of 67 to 104 ms in place of 232 to 536.
        self._turn: Lock | None = None
        if parsed.get_backend_name() == "sqlite":
            self._sqlite_file = Path(parsed.database or "")
            self._turn = Lock()
            self._writer, self._reader = (
                _sqlite_engine(parsed, patience, writes=True),
                _sqlite_engine(parsed, patience, writes=False),
            )
        else:
            self._writer = _postgresql_engine(parsed, patience)
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """A transaction that commits when the block ends and rolls back when it raises.

        Raises DatabaseBusy, DatabaseUnavailable, BrokenRule, and TransactionRaced, which `write` handles.
        """
        with self._writing() as connection:
            tx = Transaction(connection)
            yield tx
            logged = tx.finish()
        if logged:
            self.logged = True

    def write(self, work: Callable[[Transaction], Answer]) -> Answer:
        """Do `work` in a transaction, and once more from its start when it lost a race (serialization failure,
        deadlock, an award or idempotency key that another transaction had first): DB-05. So `work` does nothing
        outside."""
        for attempt in range(1, ATTEMPTS):
            try:
                with self.begin() as tx:
                    return work(tx)
            except TransactionRaced:
                # The winner may still be waking up; without a pause we would overtake it and meet it again.
                sleep(attempt * _PAUSE_SECONDS)
        with self.begin() as tx:
            return work(tx)

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """The database as it stands now; what others commit meanwhile is not seen."""
        with translated(), self._reader.begin() as connection:
            yield Snapshot(connection)

    def hold_to_kek(self, check_value: bytes) -> None:
        """From now on refuse to store what is sealed, with WrongKey, when the database is no longer under the
        key-encryption key with this check value: another process may have replaced it."""
        self._writer.update_execution_options(**{KEK_CHECK: check_value})

    def schema_state(self) -> SchemaState:
        """How the schema stands to this program."""
        if self._sqlite_file and not self._sqlite_file.exists():
            return SchemaState.EMPTY  # connecting would create the file
        with translated(), self._reader.connect() as connection:
            return schema.state_of(connection)

    def require_current_schema(self) -> None:
        """Raise SchemaEmpty, SchemaOlder or SchemaNewer unless the schema is this program's (DB-07)."""
        if mismatch := MISMATCHES.get(self.schema_state()):
            raise mismatch

    def upgrade(self) -> None:
        """Make the schema, or bring it to this program's version. Raises SchemaNewer."""
        with self._alone_with_file(), self._writing() as connection:
            schema.upgrade(connection)

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(), self._my_turn(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _alone_with_file(self) -> Iterator[None]:
        """Make the SQLite file, its owner's alone, and keep other processes from making it at the same time: the
        change to WAL, which is the first thing that happens to a new file, waits for nobody and would fail."""
        if self._sqlite_file is None:
            yield
            return
        self._sqlite_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(self._sqlite_file.parent, os.O_RDONLY)
        try:
            flock(folder, LOCK_EX)
            self._sqlite_file.touch(mode=0o600)  # SQLite's companion files inherit the mode
            yield
        finally:
            os.close(folder)

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=self._patience):
            raise DatabaseBusy
        try:
            yield
        finally:
            self._turn.release()


def _sqlite_engine(url: URL, patience: float, *, writes: bool) -> Engine:
    engine = create_engine(url, pool_size=_CONNECTIONS, max_overflow=0, pool_timeout=patience, **_JSON)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; `begin` below does
        connection.execute(f"PRAGMA busy_timeout = {int(patience * 1_000)}")
        for pragma in _WRITER_PRAGMAS if writes else _READER_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: URL, patience: float) -> Engine:
    options = (
        f"-c timezone=UTC -c synchronous_commit=on -c lock_timeout={int(patience * 1_000)} "
        f"-c idle_in_transaction_session_timeout={_MOST_IDLE_SECONDS * 1_000}"
    )
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=patience,
        connect_args={"options": options, "connect_timeout": PATIENCE_SECONDS, "application_name": "jmc-vc"},
        **_JSON,
    )

    @event.listens_for(engine, "checkin")
    def forget(connection: psycopg.Connection[Any] | None, _: object) -> None:
        # SQLAlchemy leaves a connection that read with a word for the next transaction, READ WRITE, which would go over
        # the head of whoever made the database read-only (default_transaction_read_only).
        if connection is not None and not connection.closed:
            connection.read_only = None

    return engine


_JSON: dict[str, Any] = {
    "json_serializer": lambda value: orjson.dumps(value).decode(),
    "json_deserializer": orjson.loads,
}
_READER_PRAGMAS = ("query_only = ON",)
_WRITER_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # else INSERT OR REPLACE deletes a row without asking the triggers
    "secure_delete = ON",  # what is erased is overwritten, not just unlinked
    "journal_size_limit = 67108864",  # a burst's WAL file shrinks again, to 64 MiB
)
