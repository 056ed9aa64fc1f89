"""The audit log is appended to, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.storage.audit_log import Happening
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule
from tests.builders.rows import NOW, OPERATOR


def test_what_happened_is_told_in_order(database: Database) -> None:
    with database.begin() as tx:
        assert tx.audit_log.latest_at() is None
        tx.audit_log.append("issuer-suspended", "hoshimigaoka", OPERATOR, NOW, reason="調査のため", details={"days": 3})
        tx.audit_log.append_all(
            Happening(action="credential-issued", object=f"c-{n}", actor=OPERATOR, at=NOW + timedelta(seconds=n))
            for n in range(20)
        )
    with database.read() as snapshot:
        first, *others = snapshot.audit_log.entries()
        assert (first.actor_id, first.action, first.object, first.reason) == (
            "sato",
            "issuer-suspended",
            "hoshimigaoka",
            "調査のため",
        )
        assert first.details == {"days": 3}
        assert [each.object for each in others] == [f"c-{n}" for n in range(20)]
        assert snapshot.audit_log.entries(after=others[4].seq, limit=2) == tuple(others[5:7])
        assert snapshot.audit_log.of_object("c-7") == (others[7],)
        assert snapshot.audit_log.latest_at() == NOW + timedelta(seconds=19)


def test_every_kind_of_actor_is_written_and_no_other(database: Database) -> None:
    with database.begin() as tx:
        for kind in ActorKind:
            tx.audit_log.append("issuer-suspended", kind, Actor(kind=kind, id="x"), NOW)
    with database.read() as snapshot:
        assert [each.actor_kind for each in snapshot.audit_log.entries()] == list(ActorKind)
    nobody = text(
        "INSERT INTO audit_log (at, actor_kind, actor_id, action, object, details)"
        " SELECT at, 'nobody', actor_id, action, object, details FROM audit_log"
    )
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(nobody)


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE audit_log SET actor_id = 'nobody'",
        "UPDATE audit_log SET at = at",
        "DELETE FROM audit_log",
        "DELETE FROM audit_log WHERE seq = 1",
    ],
)
def test_entries_are_neither_changed_nor_deleted(database: Database, by_hand: str) -> None:
    with database.begin() as tx:
        tx.audit_log.append("issuer-suspended", "hoshimigaoka", OPERATOR, NOW)
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(text(by_hand))


def test_an_entry_is_not_replaced_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    database.upgrade()
    with database.begin() as tx:
        tx.audit_log.append("issuer-suspended", "hoshimigaoka", OPERATOR, NOW)
    replacing = text(
        "INSERT OR REPLACE INTO audit_log (seq, at, actor_kind, actor_id, action, object, details)"
        " SELECT seq, at, actor_kind, 'nobody', action, object, details FROM audit_log"
    )
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(replacing)
    database.close()


@pytest.mark.postgres
def test_the_log_is_not_emptied_on_postgresql(postgres_url: str) -> None:
    database = Database(postgres_url)
    database.upgrade()
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(text("TRUNCATE audit_log CASCADE"))
    database.close()
