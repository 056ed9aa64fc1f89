"""The version of the schema: what the database has, what this program needs, and the way from one to the other.

The service does not start on another schema than its own (DB-07). `upgrade` runs all missing migrations in one
transaction: killed in the middle, it leaves the old schema.
"""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from jmc_vc.errors import Unavailable

_UPGRADE_LOCK = 0x6A6D6376
"""Any number, the same in every process: PostgreSQL's name of the lock that lets one upgrade run at a time."""


class SchemaState(StrEnum):
    """How the database's schema stands to this program's."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    EMPTY = "empty"


class SchemaMismatch(Unavailable):
    """The schema is not this program's; see the three subclasses."""

    code = "database.schema"


class SchemaEmpty(SchemaMismatch):
    """There is no schema yet: `jmc-vc init` makes it."""

    code = "database.schema_empty"


class SchemaOlder(SchemaMismatch):
    """The schema is of an earlier version: `jmc-vc db upgrade` brings it up."""

    code = "database.schema_older"


class SchemaNewer(SchemaMismatch):
    """A later version of the program has been here: this one could damage what it does not know."""

    code = "database.schema_newer"


MISMATCHES: dict[SchemaState, type[SchemaMismatch]] = {
    SchemaState.EMPTY: SchemaEmpty,
    SchemaState.OLDER: SchemaOlder,
    SchemaState.NEWER: SchemaNewer,
}


def state_of(connection: Connection) -> SchemaState:
    """How the schema behind `connection` stands to this program."""
    present = MigrationContext.configure(connection).get_current_revision()
    if present is None:
        return SchemaState.EMPTY
    scripts = ScriptDirectory.from_config(_config())
    if present == scripts.get_current_head():
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.OLDER if present in known else SchemaState.NEWER


def upgrade(connection: Connection) -> None:
    """Bring the schema to this program's version, inside the transaction of `connection`. Raises SchemaNewer."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
    match state_of(connection):
        case SchemaState.NEWER:
            raise SchemaNewer
        case SchemaState.EMPTY | SchemaState.OLDER:
            command.upgrade(_config(connection), "head")
        case SchemaState.CURRENT:
            pass


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
