"""The audit log, its chain of hashes, and what is handed out of it."""

import base64
import hashlib
import json

import pytest
from sqlalchemy import text

from jmc_vc.formats.audit_chain import BEGINNING, audit_entry_bytes, chained
from jmc_vc.formats.jcs import canonicalize
from jmc_vc.storage.faults import BrokenRule
from tests.auditing.tampering import by_hand, sql
from tests.builders.installation import OPERATOR, Installation
from tests.builders.lived_in import learner, live_in
from tests.builders.public_log import advance


def _found(installation: Installation) -> set[str]:
    return {each.code for each in installation.service.records.verify_audit().findings}


def test_the_chain_fits_and_the_public_log_tells_of_its_end(installation: Installation) -> None:
    live_in(installation)
    audit = installation.service.records.verify_audit()
    assert audit.findings == ()
    assert audit.end is not None
    assert audit.logged == audit.end.position > 20
    installation.issue(learner("one-more"))
    advance(installation)
    assert installation.service.records.verify_audit().logged < audit.end.position + 1


def test_before_anything_was_chained_there_is_nothing_to_find(installation: Installation) -> None:
    audit = installation.service.records.verify_audit()
    assert (audit.end, audit.logged, audit.findings) == (None, 0, ())


TAMPERED = {
    "changed": ("UPDATE audit_log SET actor_id = 'mallory' WHERE seq = 2", "record.audit_changed"),
    "dated back": ("UPDATE audit_log SET at = (SELECT min(at) FROM audit_log) WHERE seq = 20", "record.audit_changed"),
    "removed": ("DELETE FROM audit_log WHERE seq = 2", "record.audit_gap"),
    "a link removed": ("DELETE FROM audit_chain WHERE position = 2", "record.audit_gap"),
    "the end removed": ("DELETE FROM audit_chain WHERE position > 3", "record.audit_head_beyond"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_29_an_insider_who_tampers_is_told_where(sqlite_installation: Installation, name: str) -> None:
    live_in(sqlite_installation)
    with sqlite_installation.service.database._writing() as connection:
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
        for trigger in list(triggers):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        if name == "removed":
            connection.execute(text("DELETE FROM audit_chain WHERE entry = 2"))
        assert connection.execute(text(TAMPERED[name][0])).rowcount
    # Entries whose links are gone wait for their place again.
    assert _found(sqlite_installation) - {"record.audit_waiting"} == {TAMPERED[name][1]}


def test_who_writes_the_chain_anew_is_found_by_the_public_log(sqlite_installation: Installation) -> None:
    """The hashes are no secret: an insider can compute them. What was published does not follow."""
    live_in(sqlite_installation)
    database = sqlite_installation.service.database
    with database._writing() as connection:
        for trigger in list(
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
        ):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE audit_log SET reason = 'nothing to see' WHERE seq = 2"))

    with database.read() as snapshot:
        links = snapshot.audit_chain.links(limit=10_000)
    last = BEGINNING
    with database._writing() as connection:
        for link, entry in links:
            last = chained(last, audit_entry_bytes(**vars(entry)))
            connection.execute(
                text("UPDATE audit_chain SET hash = :hash WHERE position = :position"),
                {"hash": last, "position": link.position},
            )
    assert _found(sqlite_installation) == {"record.audit_head"}


def test_an_export_is_checked_with_nothing_of_ours(installation: Installation) -> None:
    """As docs/operations/audit-log.md tells to do it."""
    live_in(installation)
    lines = list(installation.service.records.export_audit())
    last = bytes(32)
    for number, line in enumerate(lines, start=1):
        read = json.loads(line)
        assert line == canonicalize(read) + b"\n"
        assert read["position"] == number
        entry = line[len(b'{"entry":') : line.rindex(b',"hash":')]
        last = hashlib.sha256(last + entry).digest()
        assert base64.urlsafe_b64encode(last).rstrip(b"=").decode() == read["hash"]
    end = installation.service.records.verify_audit().end
    assert end is not None
    assert (end.hash, end.position) == (last, len(lines))


def test_an_end_that_calls_itself_something_else_is_an_end_all_the_same(installation: Installation) -> None:
    """What the column says is anybody's to write; what the entry says is under the signed head."""
    live_in(installation)
    by_hand(installation, sql("UPDATE log_entries SET kind = 'status' WHERE kind = 'audit-head'"))
    assert installation.service.records.verify_audit().logged > 20
    assert "record.entry_columns" in {each.code for each in installation.service.records.verify_log().findings}


def test_a_log_that_tells_of_no_end_at_all_is_noticed(installation: Installation) -> None:
    live_in(installation)
    by_hand(installation, sql("UPDATE log_entries SET body = 'x' WHERE kind = 'audit-head'"))
    assert _found(installation) == {"record.audit_untold"}


_PUT_IN = (
    "INSERT INTO audit_log (seq, at, actor_kind, actor_id, action, object, details)"
    " SELECT {seq}, at, actor_kind, 'carol+bob', action, object, details FROM audit_log WHERE seq = 2"
)


@pytest.mark.parametrize("seq", [-100_000, -7, 0, 9_007_199_254_740_991, 2**62])
def test_the_database_gives_the_numbers_of_audit_entries(installation: Installation, seq: int) -> None:
    live_in(installation)
    database = installation.service.database
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(text(_PUT_IN.format(seq=seq)))
    # and one that got in all the same is found, and keeps nothing else out
    by_hand(installation, sql(_PUT_IN.format(seq=seq)))
    installation.clock.move(minutes=2)
    with database.begin() as tx:
        tx.audit_log.append("something", "x", OPERATOR, installation.now)
    advance(installation)
    assert "record.audit_out_of_turn" in _found(installation)
    assert "record.audit_out_of_turn" in {each.code for each in installation.service.records.verify_log().findings}


def test_an_entry_that_waits_for_long_is_told_and_one_of_just_now_is_not(installation: Installation) -> None:
    live_in(installation)
    with installation.service.database.begin() as tx:
        tx.audit_log.append("something", "x", OPERATOR, installation.now)
    assert _found(installation) == set()
    installation.clock.move(minutes=2)
    assert _found(installation) == {"record.audit_waiting"}
    advance(installation)
    assert _found(installation) == set()
