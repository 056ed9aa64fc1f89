"""The migrations make what the tables say, whole or not at all, and no other schema is worked with."""

from typing import Any

import pytest
from sqlalchemy import Connection, text

from jmc_vc.storage import log_tables, schema
from jmc_vc.storage.database import Database
from jmc_vc.storage.schema import SchemaEmpty, SchemaNewer, SchemaState
from jmc_vc.storage.tables import metadata
from tests.storage.together import together

# What the catalogue says of columns, constraints and indexes, in a form that can be compared.
_SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'"
_COLUMNS = (
    "SELECT table_name, column_name, data_type, is_nullable, is_identity, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'"
)
_CONSTRAINTS = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace AND conrelid <> 0"
)
_INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"


def _catalogue(connection: Connection) -> set[Any]:
    queries = (_SQLITE,) if connection.dialect.name == "sqlite" else (_COLUMNS, _CONSTRAINTS, _INDEXES)
    found = {tuple(row) for query in queries for row in connection.execute(text(query))}
    return {_comparable(row) for row in found if not any("alembic_version" in str(value) for value in row)}


def _comparable(row: tuple[Any, ...]) -> Any:
    """SQLite keeps the statement itself: its lines in any order, without the spaces; the constraint of a column that
    was added stands beside it."""
    if row[0] != "table":
        return row
    body = row[2].partition("(")[2].replace("\n", " ").replace("\t", " ").replace("CONSTRAINT", ",CONSTRAINT")
    return row[1], frozenset(part.strip(" )") for part in body.replace("AND ", "\0").replace(", ", ",").split(","))


def test_the_migrations_make_what_the_tables_say(empty_database: Database) -> None:
    with empty_database._writing() as connection:
        migrated = _catalogue(connection)
    with empty_database._writing() as connection:
        _drop_everything(connection)
    with empty_database._writing() as connection:
        metadata.create_all(connection)
        assert _catalogue(connection) == migrated
    assert {log_tables.audit_log, log_tables.log_entries} <= set(metadata.sorted_tables)
    assert len(migrated) > 15


def _drop_everything(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    else:
        for table in (*reversed(metadata.sorted_tables), "alembic_version"):
            connection.execute(text(f"DROP TABLE {table}"))


def test_a_database_without_a_schema_is_empty(database_url: str) -> None:
    database = Database(database_url)
    assert database.schema_state() is SchemaState.EMPTY
    with pytest.raises(SchemaEmpty):
        database.require_current_schema()
    database.close()


def test_an_upgraded_database_is_current_and_a_second_upgrade_changes_nothing(empty_database: Database) -> None:
    assert empty_database.schema_state() is SchemaState.CURRENT
    empty_database.require_current_schema()
    empty_database.upgrade()
    assert empty_database.schema_state() is SchemaState.CURRENT


def test_db_07_a_schema_of_a_later_program_is_refused(empty_database: Database) -> None:
    with empty_database._writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaNewer):
        empty_database.require_current_schema()
    with pytest.raises(SchemaNewer):
        empty_database.upgrade()


def test_f_07_an_upgrade_that_is_interrupted_leaves_the_old_schema(database_url: str) -> None:
    database = Database(database_url)

    def upgrade_and_stop() -> None:
        with database._writing() as connection:
            schema.upgrade(connection)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrade_and_stop()
    assert database.schema_state() is SchemaState.EMPTY
    database.upgrade()
    assert database.schema_state() is SchemaState.CURRENT
    database.close()


def test_two_processes_may_upgrade_at_once(database_url: str) -> None:
    databases = [Database(database_url), Database(database_url)]
    together(2, lambda number: databases[number].upgrade())
    assert databases[0].schema_state() is SchemaState.CURRENT
    for database in databases:
        database.close()
