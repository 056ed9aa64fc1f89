"""Whatever cell of the database somebody changes by hand, whatever row they remove or put in: `log verify` says so.

The test walks every column of every table. What is excused is excused here, with the reason.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, Connection, Table, and_, select, text

from jmc_vc.domain.credential import CredentialState
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.formats.transparency.checkpoint import SignedCheckpoint, read_checkpoint
from jmc_vc.formats.transparency.cosignature import cosign
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import read_log_entry
from jmc_vc.formats.transparency.signed_note import read_note
from jmc_vc.storage.public_log import NewEntry
from jmc_vc.storage.tables import metadata
from tests.builders.installation import OPERATOR, Installation, make_installation
from tests.builders.lived_in import fill_tiles, learner, live_in
from tests.builders.operators import register_operators
from tests.builders.own_key_issuer import OwnKeyIssuer
from tests.builders.public_log import advance
from tests.formats.transparency.written_logs import witness
from tests.simulators.postgres import PostgresCluster

_INDEX = "finds a credential again by who has it; nothing is shown or judged by it"
_SIGNED_ANEW = "is made and signed anew from the rows at any time, and carries its own signature"
EXCUSED: Mapping[str, str] = {
    "status_lists.allotted": "a counter of places, which the database gives to no two credentials",
    "status_lists.change": "a counter: the list is signed anew when it moves",
    "log_entries.id": "a number by which the database tells rows apart; places in the tree are `leaf`",
    "log_cosignatures.at": "when the line came in; the time that counts is signed, in the line",
    **{f"published_lists.{column.name}": _SIGNED_ANEW for column in metadata.tables["published_lists"].columns},
    **{f"award_keys.{column.name}": _INDEX for column in metadata.tables["award_keys"].columns},
    **{
        f"idempotency_keys.{column.name}": "says which answer a repeated request gets: a credential, which is checked"
        for column in metadata.tables["idempotency_keys"].columns
    },
}
KEPT = {"published_lists", "award_keys", "idempotency_keys", "log_cosignatures", "erased_salts"}
"""Tables of which a row may be missing: caches and look-ups as above; a witness signs again; and a salt that is gone
makes what an erased credential's holder shows unprovable, which no verdict takes for valid."""
WITNESS, SIGN = witness(1)


def _lived_in(folder: Path, url: str) -> Installation:
    """With a row in every table."""
    made = make_installation(folder, url)
    live_in(made)
    made.issue(learner("with-a-key"), key="once")
    service = made.service
    signs = register_operators(made, "alice", "bob")
    service.propose(
        "keys destroy",
        {"owner": "hoshimigaoka", "kid": "key-1"},
        reason="test",
        by="alice",
        sign=signs["alice"],
        now=made.now,
    )
    made.set_issuing(profile=IssuingProfile.BOTH)
    OwnKeyIssuer().register(made)
    with service.database.begin() as tx:
        (entry,) = [e for e in tx.public_log.entries(0, 1_000) if e.kind == "credential"][:1]
        said = read_log_entry(entry.body)
        assert isinstance(said, CredentialIssued)
        lost = replace(said, at=made.now, status_index=77)
        tx.public_log.append([NewEntry.of(lost)])
        tx.lost_credentials.add(
            [
                LostCredential(
                    list_number=lost.list_number,
                    status_index=77,
                    issuer=lost.issuer,
                    state=CredentialState.ACTIVE,
                    changed_at=made.now,
                )
            ]
        )
        tx.audit_log.append("log-restored", "x", OPERATOR, made.now)
    service.status_list(1, "revocation", now=made.now)
    fill_tiles(made)
    made.clock.move(minutes=2)
    head = advance(made, audit_head=True)
    assert head is not None
    note = read_note(head.note.encode())
    line = cosign(SignedCheckpoint(read_checkpoint(note.text), note), key=WITNESS, sign=SIGN, now=made.now)
    with service.database.begin() as tx:
        tx.public_log.cosign(head.size, WITNESS.text, line.line, made.now)
    return made


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def unguarded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """With all rules of the database out of the way."""
    folder = tmp_path_factory.mktemp("unguarded")
    cluster: PostgresCluster | None = None
    if request.param == "postgres":
        cluster = request.getfixturevalue("postgres_cluster")
    url = f"sqlite:///{folder / 'db.sqlite3'}" if cluster is None else cluster.create_database()
    made = _lived_in(folder, url)
    with made.service.database._writer.connect() as connection:
        _drop_rules(connection)
    yield made
    made.service.database.close()
    if cluster is not None:
        cluster.drop_database(url)


def _drop_rules(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
        for name in list(triggers):
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        rules = connection.execute(
            text(
                "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint"
                " WHERE contype IN ('c', 'f', 'u') AND connamespace = 'public'::regnamespace ORDER BY contype = 'u'"
            )
        ).all()
        for table, name in rules:
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE"))
        for (name,) in connection.execute(
            text("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'ux_%'")
        ).all():
            connection.execute(text(f"DROP INDEX {name}"))
    connection.commit()


@contextmanager
def _by_hand(installation: Installation) -> Iterator[Connection]:
    with installation.service.database._writer.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.commit()


def _row(connection: Connection, table: Table, column: Column[Any]) -> dict[str, Any]:
    """One with something in the column if there is any, of credentials one that was issued and never erased."""
    statement = select(table).order_by(column.is_(None))
    if table.name == "credentials":
        held = metadata.tables["sealed_awards"].c.credential
        statement = statement.where(table.c.uuid.in_(select(held)))
    if table.name == "log_checkpoints":
        statement = statement.order_by(table.c["size"].desc())
    return dict(connection.execute(statement.limit(1)).mappings().one())


def _at(table: Table, row: Mapping[str, Any]) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key.columns))


def _spoiled(column: Column[Any], value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 5_000
        case UUID():
            return UUID(int=value.int ^ 1)
        case datetime():
            return value - timedelta(days=400)
        case date():
            return value - timedelta(days=400)
        case bytes() | memoryview():
            return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
        case str():
            return f"{value}x"
        case dict() | list():
            return {"other": 1}
        case None:
            return {"INTEGER": 7, "BIGINT": 7, "DATE": date(2020, 1, 1), "BLOB": b"x" * 16}.get(
                str(column.type), datetime.fromisoformat("2020-01-01T00:00:00Z") if "Moment" in repr(column.type) else
                UUID(int=1) if "Uuid" in repr(column.type) else {"other": None} if "JSON" in repr(column.type) else "x"
            )  # fmt: skip
    raise AssertionError(column)


def _wrong(installation: Installation) -> bool:
    return installation.service.records.verify_log().wrong


def test_what_nobody_touched_fits(unguarded: Installation) -> None:
    assert unguarded.service.records.verify_log().findings == ()


@pytest.mark.parametrize("name", [table.name for table in metadata.sorted_tables])
def test_no_column_can_be_changed_by_hand_unseen(unguarded: Installation, name: str) -> None:
    table, unseen = metadata.tables[name], []
    for column in table.columns:
        with _by_hand(unguarded) as connection:
            row = _row(connection, table, column)
            spoiled = {**row, column.name: _spoiled(column, row[column.name])}
            changed = connection.execute(
                table.update().where(_at(table, row)).values({column.name: spoiled[column.name]})
            )
            assert changed.rowcount == 1, column
        try:
            if _wrong(unguarded) == (f"{name}.{column.name}" in EXCUSED):
                unseen.append(column.name)
        finally:
            with _by_hand(unguarded) as connection:
                back = table.update().where(_at(table, spoiled)).values({column.name: row[column.name]})
                assert connection.execute(back).rowcount == 1
    assert unseen == []


@pytest.mark.parametrize("name", [table.name for table in metadata.sorted_tables])
def test_no_row_can_be_removed_by_hand_unseen(unguarded: Installation, name: str) -> None:
    table = metadata.tables[name]
    with _by_hand(unguarded) as connection:
        row = _row(connection, table, next(iter(table.columns)))
        assert connection.execute(table.delete().where(_at(table, row))).rowcount == 1
    try:
        assert _wrong(unguarded) == (name not in KEPT)
    finally:
        with _by_hand(unguarded) as connection:
            connection.execute(table.insert().values(row))
    assert not _wrong(unguarded)


@pytest.mark.parametrize(
    ("cell", "value", "found"),
    [
        ("credentials.forms", "jsonx", "record.row_changed"),
        ("credentials.row_state", "issuedx", "record.row_missing"),
        ("credentials.status_form", "other", "record.row_changed"),
        ("program_versions.version", "abc", "record.row_unrecorded"),
        ("audit_log.actor_kind", "other", "record.part_unreadable"),
    ],
)
def test_a_word_that_no_program_of_ours_writes_stops_nothing(
    unguarded: Installation, cell: str, value: str, found: str
) -> None:
    name, _, column = cell.partition(".")
    table = metadata.tables[name]
    with _by_hand(unguarded) as connection:
        row = _row(connection, table, table.c[column])
        connection.execute(table.update().where(_at(table, row)).values({column: value}))
        connection.execute(text("UPDATE issuers SET name_en = name_en || '?'"))
    try:
        codes = {each.code for each in unguarded.service.records.verify_log().findings}
        assert found in codes
        assert codes & {"record.row_changed", "record.rows_unchecked"}  # what else is wrong is told, too
    finally:
        with _by_hand(unguarded) as connection:
            connection.execute(table.update().where(_at(table, {**row, column: value})).values({column: row[column]}))
            connection.execute(text("UPDATE issuers SET name_en = replace(name_en, '?', '')"))
    assert not _wrong(unguarded)
