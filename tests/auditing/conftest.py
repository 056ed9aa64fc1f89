"""The command line, for claims about commands that need more than one installation; and a machine whose database is
lost, on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.auditing.machine import Machine
from tests.cli.conftest import command, environment
from tests.simulators.postgres import PostgresCluster

__all__ = ["command", "environment"]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    if request.param == "sqlite":
        file, saved = tmp_path / "db.sqlite3", tmp_path / "backup.sqlite3"

        def save() -> None:
            shutil.copy(file, saved)

        def put_back() -> None:
            for each in tmp_path.glob("db.sqlite3*"):
                each.unlink()
            shutil.copy(saved, file)

        made = Machine(tmp_path, f"sqlite:///{file}", save, put_back)
        yield made
        made.close()
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    url = cluster.create_database()
    backups: list[str] = []

    def put_back_on_postgres() -> None:
        cluster.drop_database(url)
        cluster._execute("CREATE DATABASE {} TEMPLATE {}", cluster.name_of(url), cluster.name_of(backups[-1]))

    made = Machine(
        tmp_path,
        url,
        lambda: backups.append(cluster.create_database(template=cluster.name_of(url))),
        put_back_on_postgres,
    )
    yield made
    made.close()
    for each in (url, *backups):
        cluster.drop_database(each)
