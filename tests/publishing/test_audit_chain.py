"""The chain of the audit log, computed anew from its rows, and how its end gets into the public log."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event, text

from jmc_vc.formats.audit_chain import BEGINNING, audit_entry_bytes, chained
from jmc_vc.formats.encoding import base64url
from jmc_vc.publishing.audit_chain import AuditHeads
from jmc_vc.storage.audit_chain import Link
from jmc_vc.storage.faults import BrokenRule
from jmc_vc.storage.public_log import ReadPublicLog
from jmc_vc.storage.transaction import Snapshot
from tests.builders.installation import OPERATOR, Installation, make_installation
from tests.builders.public_log import advance, let_seconds_pass, written


def _heads(installation: Installation) -> list[dict[str, Any]]:
    return [entry for entry in written(installation) if entry["type"] == "audit-head"]


def _act(installation: Installation, name: str = "something") -> None:
    """An act of which only the audit log tells."""
    with installation.service.database.begin() as tx:
        tx.audit_log.append(name, "x", OPERATOR, installation.now, reason="理由", details={"n": 1, "yes": True})


def test_an_entry_is_hashed_as_canonical_json_with_all_its_columns() -> None:
    entry = audit_entry_bytes(
        seq=7, at=datetime(2026, 10, 5, 1, 2, 3, 4, tzinfo=UTC), actor_kind="operator", actor_id="sato",
        action="key-rotated", object="jmc#key-2", reason=None, details={"b": 1, "a": None},
    )  # fmt: skip
    assert entry == (
        b'{"action":"key-rotated","actor_id":"sato","actor_kind":"operator","at":"2026-10-05T01:02:03.000004Z",'
        b'"details":{"a":null,"b":1},"object":"jmc#key-2","reason":null,"seq":7}'
    )
    assert chained(BEGINNING, entry) == sha256(bytes(32) + entry).digest()


def test_every_entry_of_the_audit_log_is_in_the_chain_once(installation: Installation) -> None:
    advance(installation)
    for n in range(30):
        _act(installation, f"act-{n}")
    advance(installation)
    with installation.service.database.read() as snapshot:
        links = snapshot.audit_chain.links(limit=10_000)
        entries = snapshot.audit_log.entries(limit=10_000)
        assert snapshot.audit_chain.last() == links[-1][0]
        assert snapshot.audit_chain.links(after=3, limit=2) == links[3:5]
        assert not snapshot.audit_chain.grows()
    assert [entry for _, entry in links] == list(entries)
    assert [link.position for link, _ in links] == list(range(1, len(entries) + 1))
    expected = bytes(32)
    for link, entry in links:
        row = {name: value for name, value in vars(entry).items() if name != "rows" or value is not None}
        row |= {"at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "details": dict(entry.details)}
        written_out = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        expected = sha256(expected + written_out).digest()
        assert (link.entry, link.hash) == (entry.seq, expected)


def test_the_end_of_the_chain_is_logged_once_a_minute_and_only_when_it_grew(installation: Installation) -> None:
    advance(installation)
    (first,) = _heads(installation)
    for _ in range(3):
        _act(installation)
        advance(installation)
    assert _heads(installation) == [first]
    installation.clock.move(seconds=60)
    head = advance(installation)
    assert head is not None
    _, second = _heads(installation)
    assert second["entries"] == first["entries"] + 3
    with installation.service.database.read() as snapshot:
        link = snapshot.audit_chain.last()
    assert link is not None
    assert (second["entries"], second["hash"]) == (link.position, base64url.encode(link.hash))
    installation.clock.move(days=1)
    assert advance(installation) is None
    assert len(_heads(installation)) == 2


def test_the_end_of_the_chain_is_logged_at_once_for_who_asks(installation: Installation) -> None:
    advance(installation)
    assert advance(installation, audit_head=True) is None  # it has not grown
    _act(installation)
    assert advance(installation, audit_head=True) is not None
    assert [head["entries"] for head in _heads(installation)][-1] == _heads(installation)[0]["entries"] + 1


def test_a_clock_that_goes_back_does_not_keep_the_chain_from_being_logged(installation: Installation) -> None:
    advance(installation)
    installation.clock.move(days=-1)
    let_seconds_pass(installation)
    _act(installation)
    assert advance(installation) is not None
    assert len(_heads(installation)) == 2


@pytest.mark.postgres
def test_an_entry_that_is_committed_out_of_turn_gets_its_place_too(postgres_url: str, tmp_path: Path) -> None:
    installation = make_installation(tmp_path, postgres_url)
    advance(installation)
    database = installation.service.database
    with database.begin() as slow:
        for name in ("slow", "and-slower"):  # the last entry of a transaction is written at its end
            slow.audit_log.append(name, "x", OPERATOR, installation.now)
        _act(installation, "quick")
        advance(installation)
        _act(installation, "later")
    advance(installation)
    with database.read() as snapshot:
        told = [entry.action for _, entry in snapshot.audit_chain.links()]
        assert not snapshot.audit_chain.waiting(1)
    database.close()
    assert told[-4:] == ["quick", "slow", "later", "and-slower"]


@pytest.mark.parametrize("by_hand", ["UPDATE audit_chain SET entry = entry", "DELETE FROM audit_chain"])
def test_the_chain_is_neither_changed_nor_cut(installation: Installation, by_hand: str) -> None:
    advance(installation)
    with pytest.raises(BrokenRule), installation.service.database._writing() as connection:
        connection.execute(text(by_hand))


def test_an_end_that_is_known_is_not_looked_for_again(installation: Installation) -> None:
    """The log is looked at every second."""
    advance(installation, audit_head=True)
    heads = AuditHeads()
    with installation.service.database.read() as snapshot:
        end = snapshot.audit_chain.last()
        assert end is not None
        later = installation.now + timedelta(hours=1)
        assert not heads.due(snapshot, end, later, asked=False)
    closed = cast("Snapshot", None)
    assert not heads.due(closed, end, later, asked=False)
    assert not heads.due(closed, end, later, asked=True)
    longer = Link(end.position + 1, end.entry + 1, end.hash)
    assert not heads.due(closed, longer, installation.now, asked=False)
    with installation.service.database.read() as snapshot:
        assert heads.due(snapshot, longer, later, asked=False)


def test_the_last_end_is_found_by_an_index_of_its_own(tmp_path: Path) -> None:
    """After a long batch it lies a million entries back."""
    installation = make_installation(tmp_path, f"sqlite:///{tmp_path / 'db.sqlite3'}")
    advance(installation, audit_head=True)
    engine = installation.service.database._writer
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with engine.connect() as connection:
        assert ReadPublicLog(connection).latest_audit_head() is not None
        (plan,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1]}", (1, 0)).all()
    installation.service.database.close()
    assert "ix_log_entries_audit_heads" in plan[3]
