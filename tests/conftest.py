"""What all tests share: databases to run on, which sockets open, how hypothesis searches, what is said at the end."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.builders.installation import Installation, copy_of, make_installation
from tests.parts import everything_is_required, missing, require
from tests.simulators.postgres import PostgresCluster

# No deadline: the machines are shared, and a slow example is no wrong one. The proof run repeats itself exactly;
# everywhere else the search begins anew each time, so that it finds something some day.
# Thousands of small durable transactions: on a disk they cost minutes of waiting, in memory none, and what a power cut
# would do is no claim of these tests. Small containers give little memory there, so only where there is plenty.
_MEMORY = Path("/dev/shm")
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 1 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    os.environ.setdefault("TMPDIR", str(_MEMORY))

settings.register_profile("house", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("proof", settings.get_profile("house"), derandomize=True, database=None, print_blob=True)
settings.register_profile("thorough", settings.get_profile("house"), max_examples=5_000)
settings.load_profile("proof" if everything_is_required() else "house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests marked `loopback` connect to this machine, and to nothing else."""
    for item in items:
        if item.get_closest_marker("loopback"):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1"]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that half of the storage tests did not run."""
    if message := missing("postgres"):
        terminalreporter.section("NOT TESTED ON POSTGRESQL", sep="!", red=True, bold=True)
        terminalreporter.line(f"{message}. Every test that needs PostgreSQL was left out.")


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PostgresCluster]:
    """One throw-away PostgreSQL server for this process (each worker of pytest-xdist has its own)."""
    cluster = PostgresCluster(require("postgres"))
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def postgres_url(postgres_cluster: PostgresCluster) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that only this test has."""
    url = postgres_cluster.create_database()
    yield url
    postgres_cluster.drop_database(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'test.sqlite3'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """A test that asks for it runs twice: on SQLite and on PostgreSQL."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_kind: str) -> str:
    """The URL of an empty database, on SQLite and on PostgreSQL in turn."""
    url: str = request.getfixturevalue(f"{database_kind}_url")
    return url


@pytest.fixture
def installation(request: pytest.FixtureRequest, database_kind: str) -> Installation:
    """A whole installation with one accredited program, on SQLite and on PostgreSQL in turn."""
    made: Installation = request.getfixturevalue(f"{database_kind}_installation")
    return made


@pytest.fixture
def sqlite_installation(tmp_path: Path, sqlite_original: Installation) -> Iterator[Installation]:
    """The same on SQLite only, for claims that no database can change."""
    made = copy_of(sqlite_original, tmp_path)
    yield made
    made.service.database.close()


@pytest.fixture
def postgres_installation(
    tmp_path: Path, postgres_cluster: PostgresCluster, postgres_original: Installation
) -> Iterator[Installation]:
    """The same on PostgreSQL only."""
    template = postgres_cluster.name_of(postgres_original.service.settings.database_url)
    url = postgres_cluster.create_database(template=template)
    made = copy_of(postgres_original, tmp_path, url)
    yield made
    made.service.database.close()
    postgres_cluster.drop_database(url)


@pytest.fixture(scope="session")
def sqlite_original(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """What each test gets a copy of, and none changes."""
    made = make_installation(tmp_path_factory.mktemp("original"))
    made.service.database.close()
    return made


@pytest.fixture(scope="session")
def postgres_original(tmp_path_factory: pytest.TempPathFactory, postgres_cluster: PostgresCluster) -> Installation:
    """The same on PostgreSQL."""
    made = make_installation(tmp_path_factory.mktemp("original"), postgres_cluster.create_database())
    made.service.database.close()
    return made
