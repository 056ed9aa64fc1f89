"""Whatever somebody changes in the database by hand, with all triggers out of the way, `log verify` says so."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from jmc_vc import bootstrap
from jmc_vc.auditing.verify_log import LogAudit
from jmc_vc.formats.transparency.checkpoint import Checkpoint, read_checkpoint
from jmc_vc.formats.transparency.signed_note import read_note
from tests.auditing.tampering import MUTATIONS, TILES, by_hand, sql
from tests.builders.installation import Installation, make_installation
from tests.builders.lived_in import fill_tiles, learner, live_in
from tests.builders.public_log import advance, put_in
from tests.simulators.postgres import PostgresCluster


@dataclass(frozen=True)
class Prepared:
    """An installation that is closed; `copy` gives another one with the same data."""

    installation: Installation
    copy: Callable[[], str]
    drop: Callable[[str], None]


def _lived_in(folder: Path, url: str) -> Installation:
    made = make_installation(folder, url)
    live_in(made)
    made.service.database.close()
    return made


@pytest.fixture(scope="module")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("lived-in")
    file = folder / "original.sqlite3"
    made = _lived_in(folder, f"sqlite:///{file}")

    def copy() -> str:
        shutil.copy(file, folder / "copy.sqlite3")
        return f"sqlite:///{folder / 'copy.sqlite3'}"

    def drop(_: str) -> None:
        for each in folder.glob("copy.sqlite3*"):
            each.unlink()

    return Prepared(made, copy, drop)


@pytest.fixture(scope="module")
def prepared_postgres(tmp_path_factory: pytest.TempPathFactory, postgres_cluster: PostgresCluster) -> Prepared:
    url = postgres_cluster.create_database()
    made = _lived_in(tmp_path_factory.mktemp("lived-in"), url)
    name = postgres_cluster.name_of(url)
    return Prepared(made, lambda: postgres_cluster.create_database(template=name), postgres_cluster.drop_database)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def lived_in(request: pytest.FixtureRequest) -> Iterator[Installation]:
    prepared: Prepared = request.getfixturevalue(f"prepared_{request.param}")
    url = prepared.copy()
    settings = prepared.installation.service.settings.model_copy(update={"database_url": url})
    clock = prepared.installation.clock
    made = Installation(bootstrap.build(settings, clock=clock), clock, prepared.installation.api_keys)
    yield made
    made.service.database.close()
    prepared.drop(url)


def audited(installation: Installation, outside: Checkpoint | None = None) -> LogAudit:
    return installation.service.records.verify_log(outside)


def codes(installation: Installation, outside: Checkpoint | None = None) -> set[str]:
    return {each.code for each in audited(installation, outside).findings}


def test_what_nobody_touched_fits(lived_in: Installation) -> None:
    audit = audited(lived_in)
    assert audit.findings == ()
    assert audit.credentials == 6
    assert audit.size > 30


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_change_by_hand_is_found(lived_in: Installation, name: str) -> None:
    spoil, expected = MUTATIONS[name]
    by_hand(lived_in, spoil)
    assert expected <= codes(lived_in)


@pytest.mark.parametrize("name", TILES)
def test_a_tile_that_does_not_follow_from_the_entries_is_found(lived_in: Installation, name: str) -> None:
    fill_tiles(lived_in)
    assert codes(lived_in) == set()
    spoil, expected = TILES[name]
    by_hand(lived_in, spoil)
    assert codes(lived_in) == expected


def _last_head(installation: Installation) -> Checkpoint:
    return read_checkpoint(read_note(installation.service.log.head().note).text)


def test_a_head_that_was_kept_elsewhere_is_one_of_this_log(lived_in: Installation) -> None:
    kept = _last_head(lived_in)
    lived_in.issue(learner("one-more"))
    advance(lived_in)
    assert codes(lived_in, kept) == set()
    by_hand(lived_in, sql("DELETE FROM log_checkpoints WHERE size = :size", size=kept.size))
    assert codes(lived_in, kept) == {"record.head_removed"}
    assert codes(lived_in) == set()
    assert codes(lived_in, Checkpoint(kept.origin, kept.size, bytes(32))) >= {"record.outside_root"}
    assert codes(lived_in, Checkpoint(kept.origin, 10**6, kept.root)) == {"record.outside_longer"}


def test_who_cuts_off_the_end_and_signs_anew_is_found_by_the_head_that_others_hold(lived_in: Installation) -> None:
    """The insider has everything: rows, and the running service that signs. What the audit log keeps of rows is in its
    chain, which they cut off, too."""
    issued = lived_in.issue(learner("one-more"))
    lived_in.issue(learner("and-one"))
    advance(lived_in)
    kept = _last_head(lived_in)
    first = f"(SELECT min(seq) FROM audit_log WHERE object = '{issued.credential.uuid}')"
    leaf = f"(SELECT min(leaf) FROM log_entries WHERE credential = '{_uuid(lived_in, issued.credential.uuid)}')"
    by_hand(
        lived_in,
        sql(
            f"DELETE FROM log_checkpoints WHERE size > {leaf}",
            f"UPDATE log_entries SET leaf = NULL WHERE leaf > {leaf}",
            f"DELETE FROM log_entries WHERE leaf = {leaf}",
            f"UPDATE credentials SET row_state = 'abandoned' WHERE uuid = '{_uuid(lived_in, issued.credential.uuid)}'",
            f"DELETE FROM audit_chain WHERE entry >= {first}",
            f"UPDATE audit_log SET rows = NULL WHERE object = '{issued.credential.uuid}'",
        ),
    )
    advance(lived_in)
    assert codes(lived_in) == set()
    assert codes(lived_in, kept) & {"record.outside_root", "record.outside_longer"}


def _uuid(installation: Installation, uuid: Any) -> str:
    return str(uuid) if installation.service.settings.database_url.startswith("postgres") else uuid.hex


def test_without_the_key_everything_else_is_checked_and_that_is_said(lived_in: Installation) -> None:
    blind = replace(lived_in.service.records.verify_log, kek=None)
    (finding,) = blind().findings
    assert (finding.code, finding.unchecked) == ("record.sealed_unchecked", True)
    by_hand(lived_in, MUTATIONS["DB-03 a revocation cleared by hand"][0])
    assert "record.credential_state" in {each.code for each in blind().findings}


def test_no_more_is_told_than_anybody_reads(lived_in: Installation) -> None:
    put_in(lived_in, 2_000)
    advance(lived_in)
    audit = audited(lived_in)
    assert (len(audit.findings), audit.more) == (200, True)


def test_what_is_asked_of_the_progress_is_told(lived_in: Installation) -> None:
    told: list[tuple[int, int]] = []
    lived_in.service.records.verify_log(None, lambda done, total: told.append((done, total)))
    assert (6, 6) in told
    assert all(done <= total for done, total in told)
