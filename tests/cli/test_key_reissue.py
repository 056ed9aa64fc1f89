"""`keys reissue`, and the entries of credentials from before the public log, on the command line."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.cli import opening
from tests.builders.installation import award
from tests.cli.conftest import Command

SLUG = "hoshimigaoka"


@pytest.fixture
def stolen(on_both_databases: None, installed: Command, environment: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Three credentials; an hour later the key is reported as stolen, and another one signs."""
    command = installed
    for number in range(3):
        assert issue(command, number).code == 0
    later = datetime.now(UTC) + timedelta(hours=1)
    environment.setattr(opening, "clock", lambda: later)
    report = ("keys", "compromise", SLUG, "key-1", "--since", later.isoformat(), "--reason", "test", "--yes")
    assert command(*report).code == 0
    assert command("keys", "rotate", SLUG, "--now", "--reason", "test", "--yes").code == 0
    return command


def issue(command: Command, number: int, **changes: Any) -> Any:
    who = {"name": {"fullName": f"P{number}"}, "email": f"p{number}@learners.example"}
    day = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    body = award(recipient=who, awardedDate=day, activityStartDate=None, activityEndDate=None, **changes)
    return command("issue", "-", "--issuer", SLUG, "--json", stdin=json.dumps(body).encode())


def test_it_tells_what_it_did_and_whom_to_tell(stolen: Command) -> None:
    dry = stolen("keys", "reissue", SLUG, "key-1", "--dry-run", "--json")
    assert (dry.code, dry.json["done"], dry.json["reissued"]) == (0, False, 3)
    done = stolen("keys", "reissue", SLUG, "key-1", "--yes", "--json")
    assert done.code == 0
    assert {name: done.json[name] for name in ("done", "reissued", "revoked", "too_late", "erased", "damaged")} == {
        "done": True, "reissued": 3, "revoked": 0, "too_late": 0, "erased": 0, "damaged": 0,
    }  # fmt: skip
    assert done.json["tell"] == {"issuer": "JMC-I-90001", "email": None, "learners": 3}
    again = stolen("keys", "reissue", SLUG, "key-1", "--yes")
    assert "Signed anew: 0" in again.out
    assert "3 learners" in again.out  # who was interrupted before telling them still has to
    listed = {
        each["kid"]: each["credentials"] for each in stolen("keys", "list", "--json").json if each["owner"] == SLUG
    }
    assert listed == {"key-1": 0, "key-2": 3}


def test_what_came_late_is_named_and_can_be_issued_again_when_it_was_revoked(stolen: Command) -> None:
    """The theft is reported again, since before the issue: also what was signed anew meanwhile is named."""
    assert stolen("keys", "reissue", SLUG, "key-1", "--yes").code == 0
    earlier = ("keys", "compromise", SLUG, "key-1", "--since", _created(stolen), "--reason", "test")
    assert "Of the 3 credentials that it signed" in stolen(*earlier, "--dry-run").out
    assert stolen(*earlier, "--yes").code == 0
    ran = stolen("keys", "reissue", SLUG, "key-1", "--yes", "--json")
    assert (ran.json["too_late"], ran.json["copies"]) == (3, 3)
    told = stolen("keys", "reissue", SLUG, "key-1", "--yes")
    assert all(f"  {uuid}" in told.out.splitlines() for uuid in ran.json["left"]["too_late"])
    assert "to be revoked, and then issued again" in told.out
    assert [issue(stolen, number).code for number in range(3)] == [1, 1, 1]  # the award exists
    for uuid in ran.json["left"]["too_late"]:
        assert stolen("revoke", uuid, "--issuer", SLUG, "--reason", "key_compromise", "--yes").code == 0
    assert [issue(stolen, number, retake=True).code for number in range(3)] == [0, 0, 0]
    assert stolen("keys", "reissue", SLUG, "key-1", "--yes", "--json").json["too_late"] == 0


def _created(command: Command) -> str:
    listed = command("keys", "list", "--json").json
    return next(str(each["createdAt"]) for each in listed if (each["owner"], each["kid"]) == (SLUG, "key-1"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_speaks_in_sentences(stolen: Command, language: str) -> None:
    ran = stolen("keys", "reissue", SLUG, "key-1", "--dry-run", "--lang", language)
    assert "JMC-I-90001" in ran.out
    assert ("お知らせ先" if language == "ja" else "3 learners") in ran.out


def test_a_key_that_is_sound_is_left_alone(on_both_databases: None, installed: Command) -> None:
    ran = installed("keys", "reissue", SLUG, "key-1", "--yes", "--json")
    assert (ran.code, json.loads(ran.err)["error"]["code"]) == (1, "key.not_compromised")


def test_db_upgrade_enters_what_was_issued_before_the_log(installed: Command, tmp_path: Path) -> None:
    credential = json.dumps(issue(installed, 1).json["credential"]).encode()
    (file,) = (tmp_path / "data").glob("*.sqlite3")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE log_entries SET credential = NULL, salt = NULL")
    connection.close()
    unlogged = installed("verify", "-", "--json", stdin=credential)
    assert (unlogged.code, unlogged.json["verdict"]) == (1, "invalid")
    upgraded = installed("db", "upgrade")
    assert (upgraded.code, "entered into it: 1" in upgraded.err) == (0, True)
    assert installed("verify", "-", "--json", stdin=credential).json["verdict"] == "valid"
    assert "entered" not in installed("db", "upgrade").err
