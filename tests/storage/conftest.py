"""A database with the schema, and one that an issuer, its key and its program are in already."""

from collections.abc import Iterator

import pytest

from jmc_vc.storage.database import Database
from tests.builders.rows import furnish


@pytest.fixture
def empty_database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    with empty_database.begin() as tx:
        furnish(tx)
    return empty_database
