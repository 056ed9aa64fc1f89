"""A throw-away PostgreSQL, started from the server programs that are installed.

It listens on a Unix socket in its own temporary folder and nowhere else, so runs beside each other never meet and no
port is taken. Durability is off: what is tested is SQL, locks and isolation, and the data ends with the run. The server
refuses to run as root; then it runs as `postgres`, or as `nobody`.

https://www.postgresql.org/docs/current/app-initdb.html
"""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

_NEEDED = ("initdb", "pg_ctl", "postgres")
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "timezone": "UTC",
}


def server_programs() -> Path | None:
    """The folder that holds initdb and postgres: the newest of Debian's, or what pg_config or PATH name."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_release, reverse=True)
    if config := shutil.which("pg_config"):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(answer.stdout.strip() or os.devnull))
    if initdb := shutil.which("initdb"):
        candidates.append(Path(initdb).resolve().parent)
    return next((folder for folder in candidates if all((folder / name).exists() for name in _NEEDED)), None)


def _release(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


@dataclass(frozen=True, kw_only=True)
class _Account:
    """Who runs the server; `arguments` is what `subprocess` needs for that."""

    name: str
    arguments: dict[str, object]

    @classmethod
    def choose(cls) -> "_Account":
        if os.geteuid() != 0:
            return cls(name=pwd.getpwuid(os.geteuid()).pw_name, arguments={})
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(name=name, arguments={"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []})
        raise RuntimeError("PostgreSQL does not run as root, and there is neither an account 'postgres' nor 'nobody'")


@dataclass
class PostgresCluster:
    """One running server with a folder of its own. `create_database` gives URLs to empty databases."""

    programs: Path
    folder: Path = field(init=False)
    _account: _Account = field(init=False)
    _guard: "subprocess.Popen[bytes]" = field(init=False)
    _numbers: "itertools.count[int]" = field(init=False, default_factory=lambda: itertools.count(1))

    def start(self) -> None:
        """Make the cluster and start it; returns when it accepts connections."""
        self._account = _Account.choose()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path may have 107 bytes
        if "user" in self._account.arguments:
            shutil.chown(self.folder, self._account.name)
        try:
            self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync")
            with (self.folder / "data" / "postgresql.auto.conf").open("a") as conf:
                conf.writelines(f"{name} = '{value}'\n" for name, value in _OPTIONS.items())
                conf.write(f"unix_socket_directories = '{self.folder}'\n")
            self._run("pg_ctl", "--wait", "--silent", f"--log={self.folder}/log", "start")
            self._guard = self._start_guard()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def stop(self) -> None:
        """Stop the server without ceremony and remove all that it wrote."""
        self._guard.communicate()

    def create_database(self, *, template: str = "template0") -> str:
        """Create a database as a copy of `template` and return its SQLAlchemy URL."""
        name = f"test_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def create_database_in(self, folder: Path, *, template: str) -> str:
        """As `create_database`, with its files in `folder`, which is made over to the server."""
        if "user" in self._account.arguments:
            shutil.chown(folder, self._account.name)
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(sql.Identifier(name), sql.Literal(str(folder)))
            )
        self._execute("CREATE DATABASE {} TEMPLATE {} TABLESPACE {}", name, template, name)
        return self.url(name)

    def drop_tablespace_of(self, url: str) -> None:
        """Drop what `create_database_in` made for a database that was dropped."""
        self._execute("DROP TABLESPACE {}", self.name_of(url))

    def drop_database(self, url: str) -> None:
        """Drop the database that `url` names, throwing out whoever is still connected."""
        self._execute("DROP DATABASE {} WITH (FORCE)", self.name_of(url))

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of the database `name`."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def name_of(self, url: str) -> str:
        """The database's name in a URL of `create_database`: what another `create_database` takes as its template."""
        return url.partition("@/")[2].partition("?")[0]

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _start_guard(self) -> "subprocess.Popen[bytes]":
        """A shell that cleans up when its input ends: when we stop, or die in whatever way."""
        script = 'read -r _; "$1" --pgdata="$2/data" --mode=immediate --silent stop; rm -rf "$2"'
        guard: subprocess.Popen[bytes] = subprocess.Popen(
            ["sh", "-c", script, "guard", str(self.programs / "pg_ctl"), str(self.folder)],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C at the terminal is for us, not for it
            **self._account.arguments,  # type: ignore[call-overload]  # as below
        )
        return guard

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), f"--pgdata={self.folder}/data", *arguments]
        # Output goes to a file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with (self.folder / "start.log").open("a+") as log:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env={"HOME": str(self.folder), "PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
                **self._account.arguments,  # type: ignore[call-overload]  # user, group, extra_groups
            )
            if done.returncode:
                log.seek(0)
                raise RuntimeError(f"{program} failed with {done.returncode}:\n{log.read()}")


def end_sleeping_transactions(url: str) -> None:
    """End the transactions in this database in which nothing is said at the moment, as the server does by itself when
    that has lasted for `idle_in_transaction_session_timeout`."""
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND state = 'idle in transaction'"
        )
