"""An installation whose clock a test may move, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.installation import Installation, make_installation


@pytest.fixture
def installation(tmp_path: Path, database_url: str) -> Iterator[Installation]:
    made = make_installation(tmp_path, database_url)
    yield made
    made.service.database.close()
