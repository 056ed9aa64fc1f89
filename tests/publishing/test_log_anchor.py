"""The anchor file: what it holds, what is refused because of it, and what goes on without it (F-20)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jmc_vc import bootstrap
from jmc_vc.formats.transparency.tile import tiles_added
from jmc_vc.publishing.log_anchor import LogAnchor
from jmc_vc.storage.anchor_file import AnchorFile
from tests.builders.installation import Installation, make_installation
from tests.builders.lived_in import learner
from tests.builders.public_log import advance, put_in
from tests.builders.refusals import refused_code


@pytest.fixture
def anchored(tmp_path: Path, database_url: str) -> Iterator[Installation]:
    (tmp_path / "elsewhere").mkdir()
    environment = {"JMC_VC_ANCHOR_FILE": str(tmp_path / "elsewhere" / "head")}
    made = make_installation(tmp_path / "data", database_url, environment=environment)
    yield made
    made.service.database.close()


def _file(installation: Installation) -> Path:
    path = installation.service.settings.anchor_file
    assert path is not None
    return path


def _again(installation: Installation) -> None:
    installation.service.database.close()
    installation.service = bootstrap.build(installation.service.settings, clock=installation.clock)


def test_each_head_is_anchored_after_its_commit(anchored: Installation) -> None:
    for n in range(3):
        anchored.issue(learner(f"n{n}"))
        head = advance(anchored)
        assert head is not None
        assert _file(anchored).read_text() == head.note
    assert _file(anchored).stat().st_mode & 0o777 == 0o600
    assert {each.name for each in _file(anchored).parent.iterdir()} == {"head", "head.log"}
    _again(anchored)


def test_the_copy_beside_it_has_the_log_up_to_the_head_and_nothing_that_is_out_of_date(anchored: Installation) -> None:
    for count in (1, 300, 2, 253, 40):
        put_in(anchored, count)
        advance(anchored)
    service, copy = anchored.service, _file(anchored).with_name("head.log")
    size = service.log.head().checkpoint.size
    assert (copy / "checkpoint").read_bytes() == service.log.head().note
    there = {file.relative_to(copy).as_posix() for file in copy.rglob("*") if file.is_file()}
    assert (copy / "keys").read_text() == "".join(f"{key.text}\n" for key in service.log.verifier_keys())
    assert there == {"checkpoint", "keys", *(tile.path for tile in tiles_added(0, size))}
    for tile in tiles_added(0, size):
        assert (copy / tile.path).read_bytes() == service.log.tile(tile.path)


def test_an_installation_that_gets_an_anchor_writes_it_at_the_start(anchored: Installation) -> None:
    head = advance(anchored)
    assert head is not None
    _file(anchored).unlink()
    _again(anchored)
    assert _file(anchored).read_text() == head.note


def test_of_two_processes_the_one_with_the_longer_log_has_the_last_word(anchored: Installation) -> None:
    first = advance(anchored)
    anchored.issue(learner("x"))
    second = advance(anchored)
    assert first is not None
    assert second is not None
    with anchored.service.database.read() as snapshot:
        anchored.service.log.anchor.keep(snapshot.public_log, first, now=anchored.now)
    assert _file(anchored).read_text() == second.note


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"garbage\n", b"other.example/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"],
    ids=["empty", "no text", "no note", "unsigned"],
)
def test_a_file_that_is_no_head_of_this_log_stops_the_start(anchored: Installation, content: bytes) -> None:
    advance(anchored)
    _file(anchored).write_bytes(content)
    assert refused_code(lambda: _again(anchored)) == "anchor.damaged"


def test_the_head_of_another_installation_stops_the_start(anchored: Installation) -> None:
    advance(anchored)
    _file(anchored).write_text(_file(anchored).read_text().replace("localhost:8000", "localhost:8001"))
    assert refused_code(lambda: _again(anchored)) == "anchor.damaged"


def test_f_20_without_the_anchor_issuing_goes_on_for_two_days_and_then_stops(anchored: Installation) -> None:
    advance(anchored)
    folder = _file(anchored).parent
    away = folder.rename(folder.with_name("away"))
    anchored.issue(learner("first"))
    advance(anchored)
    anchor = anchored.service.log.anchor
    assert refused_code(anchor.require_written) == "anchor.lags"
    anchored.clock.move(hours=47)
    anchored.issue(learner("second"))
    advance(anchored)
    anchored.clock.move(hours=2)
    assert refused_code(lambda: anchored.issue(learner("third"))) == "anchor.lost"
    away.rename(folder)
    assert advance(anchored) is None  # nothing waits, and all the same the anchor is looked after
    anchor.require_written()
    anchored.issue(learner("fourth"))
    head = advance(anchored)
    assert head is not None
    assert _file(anchored).read_text() == head.note


@pytest.mark.parametrize("there", [True, False])
def test_how_long_it_lags_is_not_forgotten_by_a_start(
    anchored: Installation, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    advance(anchored)
    if not there:
        _file(anchored).unlink()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(AnchorFile, "_write", refuse)
    anchored.clock.move(seconds=1)
    anchored.issue(learner("first"))
    advance(anchored)
    anchored.clock.move(hours=49)
    _again(anchored)
    assert refused_code(lambda: anchored.issue(learner("second"))) == "anchor.lost"


def test_an_anchor_that_is_not_mounted_lets_no_database_in(anchored: Installation) -> None:
    advance(anchored)
    folder = _file(anchored).parent
    away = folder.rename(folder.with_name("away"))
    assert refused_code(lambda: _again(anchored)) == "anchor.unreachable"
    away.rename(folder)
    _again(anchored)


def test_a_folder_that_is_not_there_is_no_new_installation(tmp_path: Path) -> None:
    file = AnchorFile(tmp_path / "not-mounted" / "head")
    assert refused_code(file.read) == "anchor.unreachable"
    assert LogAnchor(file=None, origin="x").read() is None
    assert AnchorFile(tmp_path / "head").read() is None


def test_a_write_that_breaks_off_leaves_the_head_that_was_there(
    anchored: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = advance(anchored)
    assert head is not None

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    anchored.issue(learner("x"))
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        advance(anchored)
    assert _file(anchored).read_text() == head.note
    assert advance(anchored) is None
    assert _file(anchored).read_bytes() == anchored.service.log.head().note


@pytest.mark.parametrize("damage", ["missing", "changed", "checkpoint"])
def test_a_copy_that_is_damaged_is_made_anew(anchored: Installation, damage: str) -> None:
    put_in(anchored, 300)
    advance(anchored)
    copy = _file(anchored).with_name("head.log")
    tile = next(file for file in (copy / "tile" / "0").rglob("*") if file.is_file() and file.parent.name == "001.p")
    if damage == "missing":
        tile.unlink()
    elif damage == "changed":
        tile.write_bytes(bytes(len(tile.read_bytes())))
    else:
        (copy / "checkpoint").write_bytes(b"nothing")
    put_in(anchored, 5)
    advance(anchored)
    service = anchored.service
    service.log.anchor.require_written()
    for each in tiles_added(0, service.log.head().checkpoint.size):
        assert (copy / each.path).read_bytes() == service.log.tile(each.path)
