"""Issuing through the whole service: POST /v1/assertions, a durable row before each answer.

The service is `jmc-vc serve` in a process of its own, on SQLite and on a PostgreSQL that syncs to disk. The client is
here, plain sockets, with one connection and with sixteen, each sending its next request when the answer has come.
Rows `issue/service-sqlite`, `issue/service-postgresql` are with sixteen; `…-alone` with one.
"""

import asyncio
import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from statistics import quantiles

import psycopg

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


@dataclass(frozen=True)
class Load:
    """What one run of the client saw: answers a second, and how long they took, in milliseconds."""

    rate: float
    p50: float
    p99: float


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
    port = _free_port()
    environment = {
        "JMC_VC_DATA_DIR": str(folder / "data"),
        "JMC_VC_BASE_URL": f"http://localhost:{port}",
        "JMC_VC_PORT": str(port),
    }
    if url is not None:
        environment["JMC_VC_DATABASE_URL"] = url
    api_key = _furnish(environment)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=log)
        try:
            _wait_for(port, process, folder / "log")
            yield Served(port=port, api_key=api_key)
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _furnish(environment: dict[str, str]) -> str:
    now = datetime.now(UTC)
    configured = settings.load(environment)
    initialize(configured, clock=lambda: now)
    installation = Installation(service=bootstrap.build(configured, clock=lambda: now), clock=Clock(now))
    slug = installation.register(PROGRAM)
    installation.import_program(PROGRAM)
    installation.approve(PROGRAM, effective_from=jst_day(now) - HALF_A_YEAR, effective_until=jst_day(now) + HALF_A_YEAR)
    installation.service.database.close()
    return installation.api_keys[slug]


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(200):
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


# --- the client -------------------------------------------------------------------------------------------------------

_numbers = itertools.count()


def load(running: Served, connections: int, seconds: float) -> Load:
    """Keep `connections` busy for `seconds`. Raises when an answer is anything but 201."""
    return asyncio.run(_load(running, connections, seconds))


async def _load(running: Served, connections: int, seconds: float) -> Load:
    awarded = jst_day(datetime.now(UTC)) - timedelta(days=3)
    times: list[float] = []
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(_client(running, awarded.isoformat(), begun + seconds, times))
    passed = time.perf_counter() - begun
    cuts = quantiles(times, n=100) if len(times) > 1 else times * 99
    return Load(len(times) / passed, cuts[49] * 1000, cuts[98] * 1000)


async def _client(running: Served, awarded: str, end: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    try:
        while (begun := time.perf_counter()) < end:
            writer.write(_request(running, awarded))
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            body = await reader.readexactly(int(length.partition(b":")[2]))
            if not head.startswith(b"HTTP/1.1 201"):
                raise RuntimeError(f"{head.decode()}{body.decode()}")
            times.append(time.perf_counter() - begun)
    finally:
        writer.close()


def _request(running: Served, awarded: str) -> bytes:
    day = datetime.fromisoformat(awarded).date()
    body = json.dumps(award_of(PROGRAM, day, email=f"learner-{next(_numbers)}@learners.example")).encode()
    head = (
        "POST /v1/assertions HTTP/1.1\r\n"
        f"host: localhost:{running.port}\r\n"
        f"authorization: Bearer {running.api_key}\r\n"
        "content-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
