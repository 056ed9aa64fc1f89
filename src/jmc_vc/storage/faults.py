"""What goes wrong with a database, as errors of ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import exc

from jmc_vc.errors import Conflict, Error, Unavailable

_RETRIED = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization_failure and deadlock_detected. Nothing was done; the same work can simply be done again."""
_WAITED = frozenset({"55P03", "57014"})
"""PostgreSQL: lock_not_available and query_canceled: lock_timeout and statement_timeout are over."""
# The first codes of a lost race: two transactions that both found nothing, and both inserted.
_RACED_CONSTRAINTS = ("ux_award_keys_one_award", "pk_status_lists", "pk_idempotency_keys")
_RACED_COLUMNS = ("award_keys.hash", "status_lists.number", "idempotency_keys.issuer")


class DatabaseBusy(Unavailable):
    """Another transaction held what we need for longer than we wait (DB-04). Nothing was changed."""

    code = "database.busy"


class TransactionRaced(Unavailable):
    """Another transaction was first. Nothing was changed; `Database.write` does the work again."""

    code = "database.raced"


class DatabaseUnavailable(Unavailable):
    """The database does not answer, its disk is full, or it takes no changes."""

    code = "database.unavailable"


class BrokenRule(Conflict):
    """A constraint or a trigger of the database refused the change: the last line of defence, behind the domain's
    rules."""

    code = "database.rule"


@contextmanager
def translated() -> Iterator[None]:
    """Turn errors of SQLAlchemy and of the drivers into ours. Their texts hold values of rows, so they stay behind
    as the cause and go into no answer."""
    try:
        yield
    except exc.TimeoutError as err:  # all connections of the pool are taken
        raise DatabaseBusy from err
    except exc.DBAPIError as err:
        if named := _named(err.orig):
            raise named from err
        raise
    except exc.StatementError as err:
        if isinstance(err.orig, Error):  # a value that a column refuses
            raise err.orig from err
        raise
    except psycopg.Error as err:  # from COPY, which SQLAlchemy does not know
        if named := _named(err):
            raise named from err
        raise


def _named(err: BaseException | None) -> Error | None:
    """Ours for `err`; None for what only a mistake in this program can cause, which then goes up as it is."""
    if isinstance(err, psycopg.Error):
        return _of_postgresql(err)
    if isinstance(err, sqlite3.Error):
        return _of_sqlite(err)
    return None


def _of_postgresql(err: psycopg.Error) -> Error | None:
    state = err.sqlstate or ""
    if state in _RETRIED or err.diag.constraint_name in _RACED_CONSTRAINTS:
        return TransactionRaced()
    if state in _WAITED:
        return DatabaseBusy()
    if isinstance(err, psycopg.IntegrityError):
        return BrokenRule()
    outside = psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError  # gone, full, read-only
    return DatabaseUnavailable() if isinstance(err, outside) else None


def _of_sqlite(err: sqlite3.Error) -> Error | None:
    if isinstance(err, sqlite3.IntegrityError):
        return TransactionRaced() if any(column in str(err) for column in _RACED_COLUMNS) else BrokenRule()
    if getattr(err, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseBusy()
    outside = (
        isinstance(err, sqlite3.OperationalError) or type(err) is sqlite3.DatabaseError
    )  # full, read-only, damaged
    return DatabaseUnavailable() if outside else None
