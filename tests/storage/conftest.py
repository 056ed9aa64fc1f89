"""A database with the schema, and one that an issuer, its key and its program are in already: copies of a prepared
one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from jmc_vc.storage.database import Database
from tests.builders.rows import furnish
from tests.simulators.postgres import PostgresCluster


def _upgraded(url: str) -> str:
    database = Database(url)
    database.upgrade()
    database.close()
    return url


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("prepared") / "prepared.sqlite3"
    _upgraded(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def prepared_postgres(postgres_cluster: PostgresCluster) -> str:
    return postgres_cluster.name_of(_upgraded(postgres_cluster.create_database()))


@pytest.fixture
def upgraded_sqlite_url(prepared_sqlite: Path, sqlite_url: str) -> str:
    shutil.copy(prepared_sqlite, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture
def upgraded_postgres_url(prepared_postgres: str, postgres_cluster: PostgresCluster) -> Iterator[str]:
    url = postgres_cluster.create_database(template=prepared_postgres)
    yield url
    postgres_cluster.drop_database(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    database = Database(request.getfixturevalue(f"upgraded_{request.param}_url"))
    yield database
    database.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    with empty_database.begin() as tx:
        furnish(tx)
    return empty_database
