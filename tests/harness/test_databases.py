"""The harness gives each test a database of its own, on both engines."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.simulators.postgres import PostgresCluster

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_finds_an_empty_database_whatever_an_earlier_one_did(database_url: str, turn: int) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE learner (name TEXT NOT NULL)"))
        connection.execute(text("INSERT INTO learner VALUES (:name)"), {"name": "髙橋 𠮷乃"})
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM learner")).scalars().all() == ["髙橋 𠮷乃"]
    engine.dispose()


@pytest.mark.postgres
def test_a_database_can_be_a_copy_of_a_prepared_one(postgres_cluster: PostgresCluster) -> None:
    prepared = postgres_cluster.create_database()
    engine = create_engine(prepared)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE prepared (n INTEGER)"))
    engine.dispose()

    engine = create_engine(postgres_cluster.create_database(template=postgres_cluster.name_of(prepared)))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM prepared")).scalar_one() == 0
    engine.dispose()


@pytest.mark.postgres
def test_the_throw_away_server_listens_on_no_port_and_leaves_nothing_behind(postgres_cluster: PostgresCluster) -> None:
    own = PostgresCluster(postgres_cluster.programs)
    own.start()
    engine = create_engine(own.create_database())
    with engine.connect() as connection:
        assert connection.execute(text("SHOW listen_addresses")).scalar_one() == ""
    engine.dispose()
    own.stop()
    assert not own.folder.exists()


@pytest.mark.postgres
def test_the_server_ends_with_a_test_run_that_is_killed(postgres_cluster: PostgresCluster) -> None:
    script = (
        "import os, pathlib, signal, sys\n"
        "from tests.simulators.postgres import PostgresCluster\n"
        "cluster = PostgresCluster(pathlib.Path(sys.argv[1]))\n"
        "cluster.start()\n"
        "print(cluster.folder, (cluster.folder / 'data' / 'postmaster.pid').read_text().split()[0], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, postgres_cluster.programs], cwd=ROOT, capture_output=True, text=True, check=False
    )
    folder, server = run.stdout.split()
    end = time.monotonic() + 30
    while Path(folder).exists() or Path("/proc", server).exists():
        assert time.monotonic() < end, "the server outlived its run"


def test_a_run_without_postgresql_skips_in_one_line_and_says_so_loudly(tmp_path: Path) -> None:
    run = _run_without_programs(tmp_path)
    assert run.returncode == 0, run.stdout
    assert "2 passed, 2 skipped" in run.stdout
    assert "the PostgreSQL server programs not found: apt install postgresql" in run.stdout
    assert "NOT TESTED ON POSTGRESQL" in run.stdout


def test_a_run_that_requires_everything_fails_without_postgresql(tmp_path: Path) -> None:
    run = _run_without_programs(tmp_path, TEST_REQUIRE="all")
    assert run.returncode == 1, run.stdout
    assert "2 passed, 2 errors" in run.stdout


def _run_without_programs(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run this file's first test where no server program can be found."""
    blind = tmp_path / "blind.py"
    blind.write_text("import pathlib\npathlib.Path.glob = lambda self, pattern, **options: iter(())\n")
    claim = test_a_test_finds_an_empty_database_whatever_an_earlier_one_did.__name__
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "blind", f"{__file__}::{claim}"],
        cwd=ROOT,
        env={"PATH": str(tmp_path), "PYTHONPATH": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
