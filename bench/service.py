"""Issuing through the whole service: POST /v1/assertions, a durable row before each answer.

The service is `jmc-vc serve` in a process of its own, on SQLite and on a PostgreSQL that syncs to disk. The client is
here, with one connection and with sixteen, each sending its next request when the answer has come.
Rows `issue/service-sqlite`, `issue/service-postgresql` are with sixteen; `…-alone` with one.
"""

import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import psycopg

from bench.client import Load, Stream, post
from bench.client import load as run
from bench.row import Row
from jmc_vc import bootstrap, settings
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.installation import initialize
from tests.builders.awards import award_of
from tests.builders.installation import Clock, Installation
from tests.parts import PARTS
from tests.simulators.postgres import PostgresCluster

CONNECTIONS = 16
WARM_UP_SECONDS = 1.0
PROGRAM = "JMC-P-900001"
HALF_A_YEAR = timedelta(days=180)
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
"""What the tests' PostgreSQL has switched off."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running service: where it listens, and the key of an issuer."""

    port: int
    api_key: str


def rows(*, seconds: float) -> list[Row]:
    """The rows of each database that is here."""
    found = _rows("sqlite", None, seconds)
    if programs := PARTS["postgres"].find():
        with durable_postgres(programs) as url:
            found += _rows("postgresql", url, seconds)
    return found


def _rows(database: str, url: str | None, seconds: float) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, served(Path(folder), url) as running:
        load(running, CONNECTIONS, WARM_UP_SECONDS)
        alone = load(running, 1, seconds / 2)
        together = load(running, CONNECTIONS, seconds)
    versions = {name: version(name) for name in ("jmc-vc", "uvicorn", "fastapi", "sqlalchemy")}
    return [
        Row(id=f"issue/service-{database}-alone", ours=alone.rate, peer=None, ratio=None, versions=versions,
            remark=_times(alone)),
        Row(id=f"issue/service-{database}", ours=together.rate, peer=None, ratio=None, versions=versions,
            remark=f"{CONNECTIONS} connections, {_times(together)}"),
    ]  # fmt: skip


def _times(load: Load) -> str:
    return f"p50 {load.p50:.0f} ms, p99 {load.p99:.0f} ms"


# --- the service ------------------------------------------------------------------------------------------------------


PROGRAM_NAME = Path(sys.executable).with_name("jmc-vc")


@contextmanager
def served(folder: Path, url: str | None, command: Sequence[str | Path] = (PROGRAM_NAME, "serve")) -> Iterator[Served]:
    """`jmc-vc serve`, or `command` in its place, with one issuer and its accredited program; it is stopped in the
    end."""
    port = free_port()
    environment = settings_of(folder / "data", port)
    if url is not None:
        environment["JMC_VC_DATABASE_URL"] = url
    installation = furnished(environment)
    installation.service.database.close()
    (api_key,) = installation.api_keys.values()
    with running(folder, port, {**os.environ, **environment}, command):
        yield Served(port=port, api_key=api_key)


def settings_of(data: Path, port: int) -> dict[str, str]:
    """The environment of a service that listens on `port`."""
    return {
        "JMC_VC_DATA_DIR": str(data),
        "JMC_VC_BASE_URL": f"http://localhost:{port}",
        "JMC_VC_PORT": str(port),
    }


@contextmanager
def running(
    folder: Path, port: int, environment: Mapping[str, str], command: Sequence[str | Path] = (PROGRAM_NAME, "serve")
) -> Iterator[None]:
    """The service in a process of its own, which listens when the block begins and is stopped in the end."""
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port, process, folder / "log")
            yield
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def furnished(environment: Mapping[str, str]) -> Installation:
    """A new installation with one issuer and its accredited program, by the clock of this machine."""
    now = datetime.now(UTC)
    configured = settings.load(environment)
    initialize(configured, clock=lambda: now)
    installation = Installation(service=bootstrap.build(configured, clock=lambda: now), clock=Clock(now))
    installation.register(PROGRAM)
    installation.import_program(PROGRAM)
    installation.approve(PROGRAM, effective_from=jst_day(now) - HALF_A_YEAR, effective_until=jst_day(now) + HALF_A_YEAR)
    return installation


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):  # a minute, where others have the machine
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the service did not start:\n{log.read_text()}")


@contextmanager
def durable_postgres(programs: Path) -> Iterator[str]:
    """A PostgreSQL of its own that has every commit on disk before it answers, as in production."""
    cluster = PostgresCluster(programs)
    cluster.start()
    try:
        url = cluster.create_database()
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            for name in _DURABLE:
                connection.execute(f"ALTER SYSTEM SET {name} = on")
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        cluster.stop()


# --- the load ---------------------------------------------------------------------------------------------------------

_numbers = itertools.count()


def load(served: Served, connections: int, seconds: float) -> Load:
    """Keep `connections` busy for `seconds`. Raises when an answer is anything but 201."""
    stream = Stream(
        port=served.port,
        requests=_requests(served),
        connections=connections,
        accepts=lambda head, _: head.startswith(b"HTTP/1.1 201"),
    )
    return run(stream, seconds)


def _requests(served: Served) -> Iterator[bytes]:
    authorization = f"authorization: Bearer {served.api_key}"
    for number in _numbers:
        yield post(served.port, "/v1/assertions", award(number), "application/json", authorization)


def award(number: int) -> bytes:
    """What an issuer sends for the learner `number`, who was awarded three days ago."""
    day = jst_day(datetime.now(UTC)) - timedelta(days=3)
    return json.dumps(award_of(PROGRAM, day, email=f"learner-{number}@learners.example")).encode()
