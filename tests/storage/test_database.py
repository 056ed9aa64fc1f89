"""Transactions: all or nothing, one moment, nothing lost, and typed errors when the database does not play along."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text

from jmc_vc.storage.database import ATTEMPTS, Database
from jmc_vc.storage.faults import DatabaseBusy, DatabaseUnavailable, TransactionRaced
from jmc_vc.storage.transaction import Transaction
from tests.builders.rows import NOW, SLUG, furnish, issue, issuer
from tests.simulators.postgres import end_sleeping_transactions
from tests.storage.together import together

DAY = timedelta(days=1)


def test_four_that_read_then_write_lose_nothing(database: Database) -> None:
    with database.begin() as tx:
        (row,) = issue(tx)
    # Each with a Database of its own, as in processes of their own: no lock in memory helps them.
    others = [Database(database._writer.url.render_as_string(hide_password=False)) for _ in range(4)]

    def count_up(number: int) -> None:
        for _ in range(25):
            with others[number].begin() as tx:
                found = tx.credentials.get(row.uuid)
                assert found
                tx.credentials.save_status(replace(found, status_at=(found.status_at or NOW) + DAY))

    together(4, count_up)
    for other in others:
        other.close()
    with database.read() as snapshot:
        found = snapshot.credentials.get(row.uuid)
    assert found
    assert found.status_at == NOW + 100 * DAY


def test_a_transaction_that_raises_changes_nothing(database: Database) -> None:
    def register_and_fail() -> None:
        with database.begin() as tx:
            tx.issuers.add(issuer("aoba", "JMC-I-90002"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        register_and_fail()
    with database.read() as snapshot:
        assert snapshot.issuers.get("aoba") is None


def test_a_snapshot_sees_one_moment(database: Database) -> None:
    with database.read() as snapshot:
        assert len(snapshot.issuers.all()) == 1
        with database.begin() as tx:
            tx.issuers.add(issuer("aoba", "JMC-I-90002"))
        assert len(snapshot.issuers.all()) == 1


def test_a_snapshot_has_nothing_to_write_with(database: Database) -> None:
    # mypy refuses this line; were it to allow it, it would call the comment unused.
    with database.read() as snapshot, pytest.raises(AttributeError):
        snapshot.issuers.save(issuer())  # type: ignore[attr-defined]


def test_the_database_refuses_a_change_in_a_snapshot_too(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable), database.read() as snapshot:
        snapshot.issuers._connection.execute(text("UPDATE issuers SET name_en = 'x'"))


def test_work_that_lost_a_race_is_done_again_from_its_start(database: Database) -> None:
    tries: list[int] = []

    def work(tx: Transaction) -> int:
        tries.append(len(tries))
        tx.issuers.add(issuer(f"aoba-{len(tries)}", f"JMC-I-9000{len(tries) + 1}"))
        if len(tries) < 3:
            raise TransactionRaced
        return len(tries)

    assert database.write(work) == 3
    with database.read() as snapshot:
        assert [each.slug for each in snapshot.issuers.all()] == ["aoba-3", SLUG]


def test_work_that_loses_every_race_gives_up(database: Database) -> None:
    tries: list[int] = []

    def work(_: Transaction) -> None:
        tries.append(1)
        raise TransactionRaced

    with pytest.raises(TransactionRaced):
        database.write(work)
    assert len(tries) == ATTEMPTS


@pytest.mark.postgres
def test_db_05_a_deadlock_is_done_again(upgraded_postgres_url: str) -> None:
    database = Database(upgraded_postgres_url)
    with database.begin() as tx:
        furnish(tx)
        rows = issue(tx, 2)
    meeting = Barrier(2)
    tries: list[int] = []

    def note(number: int) -> None:
        def work(tx: Transaction) -> None:
            tries.append(number)
            for position, row in enumerate(rows if number == 0 else reversed(rows)):
                found = tx.credentials.get(row.uuid)
                assert found
                tx.credentials.save_status(replace(found, status_at=(found.status_at or NOW) + DAY))
                if position == 0 and len(tries) <= 2:
                    meeting.wait(timeout=10)

        database.write(work)

    together(2, note)
    with database.read() as snapshot:
        found = [snapshot.credentials.get(row.uuid) for row in rows]
    assert [each.status_at for each in found if each] == [NOW + 2 * DAY] * 2
    assert len(tries) > 2
    database.close()


def test_db_04_a_database_that_another_process_has_locked_is_busy(tmp_path: Path) -> None:
    file = tmp_path / "locked.sqlite3"
    database = Database(f"sqlite:///{file}", patience=0.1)
    database.upgrade()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy), database.begin():
        pass
    with database.read() as snapshot:
        assert snapshot.issuers.all() == ()
    other.execute("ROLLBACK")
    with database.begin() as tx:
        tx.issuers.add(issuer())
    other.close()
    database.close()


def test_a_row_that_another_transaction_holds_is_busy(database_url: str) -> None:
    database = Database(database_url, patience=0.1)
    database.upgrade()
    with database.begin() as tx:
        tx.issuers.add(issuer())
    with database.begin() as holder:
        holder.issuers.save(issuer())
        with pytest.raises(DatabaseBusy), database.begin() as tx:
            tx.issuers.save(issuer())
    database.close()


@pytest.mark.postgres
def test_f_26_postgresql_ends_a_transaction_that_sleeps(postgres_url: str) -> None:
    database = Database(postgres_url)
    for engine in (database._writer, database._reader):
        with engine.connect() as connection:
            assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "2min"
    database.upgrade()

    def sleep(tx: Transaction) -> None:
        tx.issuers.add(issuer())
        end_sleeping_transactions(postgres_url)

    with pytest.raises(DatabaseUnavailable):
        database.write(sleep)
    with database.read() as snapshot:
        assert snapshot.issuers.all() == ()
    database.close()


def test_a_database_that_does_not_answer_is_unavailable() -> None:
    database = Database("postgresql:///nothing?host=/nonexistent")
    with pytest.raises(DatabaseUnavailable), database.read():
        pass
    database.close()


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    file = tmp_path / "damaged.sqlite3"
    file.write_bytes(b"this is no database, but it is long enough to be asked for its header" * 20)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailable), database.read() as snapshot:
        snapshot.issuers.all()
    database.close()


def test_what_is_committed_is_on_disk(empty_database: Database) -> None:
    with empty_database._writing() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        else:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"


def test_the_file_of_an_embedded_database_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "test.sqlite3"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    with database.read():
        modes = {each.name: each.stat().st_mode & 0o777 for each in file.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    database.close()
