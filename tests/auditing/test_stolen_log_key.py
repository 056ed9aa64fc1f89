"""The log's own key was stolen: what it signed before is believed for its place in the chain, what it signed since is
named, and everything else goes on."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from jmc_vc.auditing.mirror_log import MirrorLog
from jmc_vc.auditing.verify_log import LogAudit
from jmc_vc.domain.signing_key import LOG
from jmc_vc.storage.log_folder import LogFolder
from tests.auditing.tampering import by_hand, sql
from tests.builders.installation import OPERATOR, Installation
from tests.builders.lived_in import learner, rotate
from tests.builders.public_log import advance
from tests.cli.conftest import Command


def _heads(installation: Installation, count: int, name: str) -> list[int]:
    """As many heads more; their sizes."""
    sizes = []
    for n in range(count):
        installation.issue(learner(f"{name}-{n}"))
        head = advance(installation)
        assert head is not None
        sizes.append(head.size)
    return sizes


def _stolen(installation: Installation, since: datetime) -> None:
    installation.service.compromise_key(
        LOG, "key-1", since=since, reason="stolen", actor=OPERATOR, now=installation.now
    )


def _replaced(installation: Installation) -> None:
    rotate(installation, LOG)
    assert advance(installation) is not None


def _found(audit: LogAudit) -> list[tuple[str, bool, dict[str, object]]]:
    return [(each.code, each.unchecked, dict(each.params)) for each in audit.findings]


def test_heads_from_before_the_theft_pass_when_one_of_the_new_key_follows_them(installation: Installation) -> None:
    sizes = _heads(installation, 3, "early")
    installation.clock.move(minutes=1)
    _stolen(installation, installation.now)
    verify_log = installation.service.records.verify_log
    ((code, unchecked, params),) = _found(verify_log())
    assert (code, unchecked, params["last"]) == ("record.head_unconfirmed", True, sizes[-1])
    _replaced(installation)
    assert _found(verify_log()) == []


def test_heads_from_after_the_theft_are_named(installation: Installation) -> None:
    _heads(installation, 2, "early")
    installation.clock.move(minutes=1)
    since = installation.now
    late = _heads(installation, 2, "late")
    _stolen(installation, since)
    _replaced(installation)
    expected = {"count": 2, "first": late[0], "last": late[1]}
    assert _found(installation.service.records.verify_log()) == [("record.head_compromised", True, expected)]


def test_a_head_that_is_dated_back_is_as_old_as_its_last_entry(installation: Installation) -> None:
    _heads(installation, 1, "early")
    installation.clock.move(minutes=1)
    since = installation.now
    (late,) = _heads(installation, 1, "late")
    _stolen(installation, since)
    _replaced(installation)
    earlier = "(SELECT min(signed_at) FROM log_checkpoints)"
    by_hand(installation, sql(f"UPDATE log_checkpoints SET signed_at = {earlier} WHERE size = :size", size=late))
    ((code, _, params),) = _found(installation.service.records.verify_log())
    assert (code, params["first"]) == ("record.head_compromised", late)


def test_a_head_of_a_stranger_is_none_of_the_log(installation: Installation) -> None:
    _heads(installation, 1, "early")
    installation.clock.move(minutes=1)
    _stolen(installation, installation.now)
    _replaced(installation)
    by_hand(installation, sql("UPDATE log_checkpoints SET note = replace(note, 'localhost', 'example')"))
    assert {each.code for each in installation.service.records.verify_log().findings} == {"record.head_signature"}


def test_a_copy_grows_over_the_change_of_a_stolen_key(installation: Installation, tmp_path: Path) -> None:
    _heads(installation, 1, "early")
    log = installation.service.log

    class Served:
        def checkpoint(self) -> bytes:
            return log.head().note

        def tile(self, path: str) -> bytes:
            return log.tile(path)

    def copied() -> int:
        with LogFolder(tmp_path / "mirror") as folder:
            folder.write("keys", "".join(f"{key.text}\n" for key in log.verifier_keys()).encode())
            return MirrorLog(source=Served(), folder=folder, origin="localhost:8000/log")().head.size

    before = copied()
    installation.clock.move(minutes=1)
    _stolen(installation, installation.now)
    _replaced(installation)
    assert copied() > before


def test_a_checkpoint_under_the_stolen_key_that_somebody_kept_is_held_against_the_log(
    command: Command, tmp_path: Path
) -> None:
    assert command("init").code == 0
    assert command("keys", "list").code == 0  # whose end signs a head
    mirror, kept = tmp_path / "mirror", tmp_path / "kept"
    assert command("log", "mirror", "--local", "--out", str(mirror)).code == 0
    shutil.copy(mirror / "checkpoint", kept)
    now = datetime.now(UTC).isoformat()
    assert command("keys", "compromise", "log", "key-1", "--since", now, "--reason", "stolen", "--yes").code == 0
    assert command("keys", "rotate", "log", "--now", "--reason", "successor", "--yes").code == 0
    held = command("log", "verify", "--from-checkpoint", str(kept), "--json")
    assert "record.outside_root" not in {each["code"] for each in held.json["findings"]}
    kept.write_bytes(kept.read_bytes().replace(b"localhost", b"example"))
    assert command("log", "verify", "--from-checkpoint", str(kept), "--json").code == 1
