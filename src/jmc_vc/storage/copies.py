"""A copy of a whole database for exercises, while the original goes on in use and is not touched.

An SQLite file is copied by SQLite itself (https://www.sqlite.org/backup.html), which sees one moment of it. A
PostgreSQL database goes through PostgreSQL's own `pg_dump` and `pg_restore` into a new database of the same server,
which is dropped in the end: the copy has to be of the same kind, with its triggers, and only they know all of it.

Who connects is told to these programs in their environment, never on their command line, where every user of the
machine could read the password.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import conninfo, pq, sql
from sqlalchemy.engine import URL, make_url

from jmc_vc.errors import Unavailable
from jmc_vc.storage.faults import DatabaseUnavailable

_PROGRAMS = ("pg_dump", "pg_restore")
_VARIABLES = {each.keyword.decode(): each.envvar.decode() for each in pq.Conninfo.get_defaults() if each.envvar}
"""libpq's own table: what stands in a URL → the environment variable of the same meaning."""


class CopyProgramsMissing(Unavailable):
    """PostgreSQL's own programs are needed to copy one of its databases, and are not on this machine."""

    code = "copy.programs"


class CopyRefused(Unavailable):
    """The server gives us no new database: the role may not create one, or the server cannot be reached."""

    code = "copy.refused"


class CopyFailed(Unavailable):
    """The database could not be copied: one of PostgreSQL's programs said no."""

    code = "copy.failed"


@contextmanager
def copied(url: str, folder: Path, *, server: str | None = None) -> Iterator[str]:
    """The URL of a copy of the database `url`, which is gone when the block ends. `folder` is a private one for its
    files; `server` is the URL of any PostgreSQL database with a role that may create others, where that of `url` may
    not. Raises CopyProgramsMissing, CopyRefused, CopyFailed, DatabaseUnavailable."""
    source = make_url(url)
    if source.get_backend_name() == "sqlite":
        target = folder / "copy.sqlite3"
        _copy_file(Path(source.database or ""), target)
        yield f"sqlite:///{target}"
        return
    for program in _PROGRAMS:
        if shutil.which(program) is None:
            raise CopyProgramsMissing(program=program)
    with _new_database(source if server is None else make_url(server)) as target_url:
        _dump_and_restore(source, target_url, folder / "dump")
        yield target_url.set(drivername="postgresql").render_as_string(hide_password=False)


def _copy_file(source: Path, target: Path) -> None:
    if not source.exists():
        return  # then the copy is not there either
    target.touch(mode=0o600)
    # Opened for reading alone: not even the pages of an interrupted transaction are tidied away. SQLite would still
    # leave its companion files beside one that nobody has open; as an immutable one it is read without them.
    at_rest = not _wal(source).exists()
    _backup(source, target, "mode=ro&immutable=1" if at_rest else "mode=ro")
    if at_rest and _wal(source).exists():  # somebody has come meanwhile: what was read may be of two moments
        _backup(source, target, "mode=ro")


def _wal(source: Path) -> Path:
    return source.with_name(f"{source.name}-wal")


def _backup(source: Path, target: Path, how: str) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?{how}", uri=True)) as original,
            closing(sqlite3.connect(target)) as copy,
        ):
            original.backup(copy)
    except sqlite3.Error as err:
        raise DatabaseUnavailable from err


@contextmanager
def _new_database(server: URL) -> Iterator[URL]:
    name = f"jmc_vc_drill_{uuid4().hex[:12]}"
    try:
        _execute(server, "CREATE DATABASE {} TEMPLATE template0", name)
    except psycopg.Error as err:
        raise CopyRefused from err
    try:
        yield server.set(database=name)
    finally:
        _execute(server, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(server: URL, statement: str, name: str) -> None:
    with psycopg.connect(_libpq(server), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _dump_and_restore(source: URL, target: URL, dump: Path) -> None:
    # Owners and grants stay behind: the copy belongs to whoever makes it.
    _run(source, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
    restore = "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={target.database}", str(dump)
    _run(target, "pg_restore", *restore)
    dump.unlink()


def _run(database: URL, program: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - the programs are those of the table above
        [program, "--no-password", *arguments],
        env={**_without_own(os.environ), **_environment(database)},
        umask=0o077,
        capture_output=True,
        check=False,
    )
    if done.returncode:  # what it wrote may hold rows, and is not repeated
        raise CopyFailed(program=program, status=done.returncode)


def _environment(database: URL) -> dict[str, str]:
    given = conninfo.conninfo_to_dict(_libpq(database))
    return {_VARIABLES[name]: str(value) for name, value in given.items() if name in _VARIABLES and value is not None}


def _without_own(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if not name.startswith("JMC_VC_")}


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
