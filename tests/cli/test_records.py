"""docs/operations/backup-and-restore.md and audit-log.md, command by command."""

import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jmc_vc import settings
from jmc_vc.formats.transparency.entry_types import AuditHead
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import NewEntry
from tests.cli.conftest import Command, Staff

_PAGES = Path(__file__).parents[2] / "docs" / "operations"
_AWARD = {
    "program": "JMC-P-900001",
    "recipient": {"name": {"fullName": "Learner One"}, "email": "learner-01@learners.example"},
    "awardedDate": "2026-10-01",
    "activityStartDate": "2026-06-01",
    "activityEndDate": "2026-09-20",
    "results": [{"assessment": "A1", "value": "82"}, {"assessment": "A2", "value": "L3"}],
}


@pytest.fixture(autouse=True)
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds go by between any two looks at the clock: a head is signed after each command."""
    seconds = itertools.count(0, 2)
    begin = datetime.now(UTC)
    monkeypatch.setattr("jmc_vc.cli.opening.clock", lambda: begin + timedelta(seconds=next(seconds)))


def _issue(command: Command, folder: Path, name: str) -> str:
    file = folder / f"{name}.json"
    file.write_text(
        json.dumps({**_AWARD, "externalId": name, "recipient": {"name": {"fullName": name}, "email": f"{name}@a.jp"}})
    )
    ran = command("issue", "--issuer", "hoshimigaoka", str(file), "--json")
    assert ran.code == 0, ran.err
    return re.search(r"/credentials/([0-9a-f-]{36})", ran.out)[1]  # type: ignore[index]


def test_f_16_a_backup_is_put_back(installed: Command, tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    command, data = installed, tmp_path / "data"
    (tmp_path / "anchor").mkdir()
    environment.setenv("JMC_VC_ANCHOR_FILE", str(tmp_path / "anchor" / "head"))
    early = _issue(command, tmp_path, "early")
    assert command("log", "verify").code == 0
    shutil.copy(data / "jmc-vc.sqlite3", tmp_path / "backup.sqlite3")
    revoked = command("revoke", early, "--issuer", "hoshimigaoka", "--reason", "issued_in_error", "--yes")
    assert revoked.code == 0, revoked.err
    _issue(command, tmp_path, "late")
    mirror = ("log", "mirror", "--local", "--out", str(tmp_path / "mirror"))
    assert command(*mirror).code == 0
    kept = tmp_path / "mirror" / "checkpoint"
    assert command("log", "verify", "--from-checkpoint", str(kept)).code == 0

    for each in data.glob("jmc-vc.sqlite3*"):
        each.unlink()
    shutil.copy(tmp_path / "backup.sqlite3", data / "jmc-vc.sqlite3")
    for refused in (("serve",), ("log", "verify"), ("keys", "list"), mirror):
        ran = command(*refused, "--json") if refused != ("serve",) else command("keys", "list", "--json")
        assert (ran.code, json.loads(ran.err)["error"]["code"]) == (2, "config.rolled_back")
    explained = command("restore", "--explain")
    assert explained.code == 0
    assert "backup-and-restore.md" in explained.out
    restore = ("restore", "--mirror", str(tmp_path / "anchor" / "head.log"))
    planned = command(*restore, "--dry-run", "--json")
    assert planned.json["done"] is False
    assert command("keys", "list").code == 2  # nothing has changed
    done = command(*restore, "--reason", "disk failed; backup of 02:00 put back", "--json")
    assert done.code == 0, done.err
    assert (done.json["statuses"], done.json["lostCredentials"]) == (1, 1)
    assert {each["code"] for each in done.json["byHand"]} == {"restore.api_key_revoked"}
    assert json.loads(command("restore", "--explain", "--json").out) == {"rolledBack": False}
    for look in (("log", "verify", "--from-checkpoint", str(kept)), ("audit", "verify")):
        assert command(*look).code == 0
    assert command(*restore).code == 0  # once more does no harm


def test_a_restore_needs_two_people_where_there_are_two(
    command: Command, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    (tmp_path / "anchor").mkdir()
    environment.setenv("JMC_VC_ANCHOR_FILE", str(tmp_path / "anchor" / "head"))
    assert command("init").code == 0
    staff = Staff(command, tmp_path)
    staff.register("alice", "bob")
    data = tmp_path / "data"
    shutil.copy(data / "jmc-vc.sqlite3", tmp_path / "backup.sqlite3")
    assert command("keys", "stage", "jmc").code == 0
    assert command("log", "mirror", "--local", "--out", str(tmp_path / "mirror")).code == 0
    for each in data.glob("jmc-vc.sqlite3*"):
        each.unlink()
    shutil.copy(tmp_path / "backup.sqlite3", data / "jmc-vc.sqlite3")
    restore = ("restore", "--mirror", str(tmp_path / "mirror"), "--json")
    assert json.loads(command(*restore).err)["error"]["code"] == "approval.missing"
    proposed = command(*restore, *staff.by("alice"))
    assert proposed.code == 0, proposed.err
    assert command("keys", "list").code == 2
    confirmed = staff.proposals("confirm", str(proposed.json["proposal"]), *staff.by("bob"), "--json")
    assert confirmed.code == 0, confirmed.err
    assert command("log", "verify").code == 0


def test_an_audit_log_is_handed_out_and_checked_by_who_has_only_the_page(installed: Command, tmp_path: Path) -> None:
    _issue(installed, tmp_path, "one")
    ran = installed("audit", "export", "--out", str(tmp_path / "audit.jsonl"))
    assert ran.code == 0, ran.err
    script = re.search(r"```python\n(.*?)```", (_PAGES / "audit-log.md").read_text(), re.DOTALL)
    assert script is not None
    (tmp_path / "check.py").write_text(script[1])
    check = [sys.executable, str(tmp_path / "check.py"), str(tmp_path / "audit.jsonl")]
    told = subprocess.run(check, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    verified = installed("audit", "verify", "--json")
    assert verified.json["hash"] in told.stdout
    spoiled = (tmp_path / "audit.jsonl").read_text().replace("issuer-registered", "issuer-vanished")
    (tmp_path / "audit.jsonl").write_text(spoiled)
    assert subprocess.run(check, capture_output=True, check=False).returncode == 1
    assert installed("audit", "export", "--out", str(tmp_path / "audit.jsonl")).code == 1  # never written over


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_does_not_fit_is_told_in_words_with_exit_code_1(installed: Command, tmp_path: Path, lang: str) -> None:

    assert installed("log", "verify", "--lang", lang).code == 0
    with sqlite3.connect(tmp_path / "data" / "jmc-vc.sqlite3") as connection:
        connection.execute("UPDATE issuers SET state = 'suspended'")
        connection.execute("DROP TRIGGER audit_chain_no_delete")
        connection.execute("DELETE FROM audit_chain WHERE position = 1")
    told = installed("log", "verify", "--lang", lang)
    assert told.code == 1
    assert "record.issuer_state" in told.out
    assert "hoshimigaoka" in told.out
    assert ("発行機関" if lang == "ja" else "The issuer") in told.out
    assert installed("audit", "verify", "--lang", lang).code == 1
    as_json = installed("log", "verify", "--json").json
    codes = {each["code"] for each in as_json["findings"]}
    assert codes == {"record.issuer_state", "record.audit_gap", "record.rows_unchecked"}


def test_an_installation_older_than_the_log_is_told_the_command_that_mends_it(
    installed: Command, tmp_path: Path
) -> None:
    _issue(installed, tmp_path, "one")
    with sqlite3.connect(tmp_path / "data" / "jmc-vc.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for table in ("log_entries", "log_checkpoints", "audit_chain", "did_documents"):
            database.execute(f"DELETE FROM {table}")
        database.execute("DELETE FROM signing_keys WHERE owner = 'log'")
        database.execute("DELETE FROM audit_log WHERE action = 'rows-recorded'")
        database.execute("UPDATE audit_log SET rows = NULL")
    database.close()
    told = installed("log", "verify")
    assert told.code == 1
    assert "jmc-vc db upgrade" in told.out
    assert installed("db", "upgrade").code == 0
    assert installed("log", "verify").code == 0


def test_what_could_not_be_checked_ends_with_2(
    installed: Command, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    _issue(installed, tmp_path, "one")
    assert installed("kek", "new", "--out", str(tmp_path / "other.kek")).code == 0
    environment.setenv("JMC_VC_KEK_FILE", str(tmp_path / "other.kek"))
    ran = installed("log", "verify", "--json")
    assert (ran.code, [each["code"] for each in ran.json["findings"]]) == (2, ["record.sealed_unchecked"])


def test_a_command_that_only_looks_signs_nothing(command: Command) -> None:
    """Two copies of one database that are looked at have the same heads, and what somebody put in gets no place."""
    assert command("init").code == 0
    database = Database(settings.load(dict(os.environ)).database_url)
    with database.begin() as tx:
        tx.public_log.append(
            [NewEntry.of(AuditHead(at=datetime(2026, 1, 1, tzinfo=UTC), entries=9_999, hash="A" * 43))]
        )
    with database.read() as snapshot:
        head = snapshot.public_log.latest()
    for words in (("issuers", "list"), ("log", "verify"), ("audit", "verify"), ("keys", "list"), ("audit", "export")):
        command(*words)
    with database.read() as snapshot:
        assert snapshot.public_log.latest() == head
        assert snapshot.public_log.waiting(1)
    database.close()
