"""Program versions come back whole, are found by every id that they publish, and keep their content for ever."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text

from jmc_vc.domain.accreditation import ProgramState, Suspension
from jmc_vc.domain.program import AlignmentCheck, RecordOnFile
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule
from tests.builders.rows import NOW, PROGRAM, SITE, SLUG, program_version


def test_a_version_comes_back_whole(database: Database) -> None:
    whole = program_version(
        version="2",
        state=ProgramState.WITHDRAWN,
        suspensions=(
            Suspension(from_day=date(2026, 5, 1), until_day=date(2026, 5, 3), reason="調査のため"),
            Suspension(from_day=date(2026, 6, 1), until_day=None, reason="再調査"),
        ),
        withdrawn_at=NOW,
        records=(RecordOnFile(rule="R-12", reference="確認書 2026-03", by="sato", at=NOW),),
        alignment_checks=(AlignmentCheck(target_url="http://data.europa.eu/x", note="seen", by="sato", at=NOW),),
    )
    submitted = program_version(version="3", state=ProgramState.SUBMITTED, approval=None)
    with database.begin() as tx:
        tx.programs.add(whole, SITE)
        tx.programs.add(submitted, SITE)
    with database.read() as snapshot:
        assert snapshot.programs.get(PROGRAM, "2") == whole
        assert snapshot.programs.get(PROGRAM, "3") == submitted
        assert snapshot.programs.get(PROGRAM, "9") is None


def test_versions_are_sorted_as_numbers_newest_first(database: Database) -> None:
    with database.begin() as tx:
        for version in ("2", "10", "10.1", "9"):
            tx.programs.add(program_version(version=version), SITE)
        tx.programs.add(program_version("JMC-P-900000"), SITE)
    with database.read() as snapshot:
        assert [each.version for each in snapshot.programs.versions(PROGRAM)] == ["10.1", "10", "9", "2", "1"]
        assert [each.number for each in snapshot.programs.all()] == ["JMC-P-900000", *[PROGRAM] * 5]
        assert snapshot.programs.of_issuer(SLUG) == snapshot.programs.all()
        assert snapshot.programs.of_issuer("aoba") == ()


def test_every_id_that_a_version_publishes_finds_it(database: Database) -> None:
    with database.read() as snapshot:
        found = snapshot.programs.by_outcome(SITE.outcome_uuid(PROGRAM, "1", "LO2"))
        assert found
        assert (found[0].version, found[1]) == ("1", "LO2")
        assert snapshot.programs.by_outcome(uuid4()) is None
        assert snapshot.programs.by_decision("JMC-D-900001") == (found[0],)
        assert snapshot.programs.by_decision("JMC-D-900009") == ()
        assert snapshot.programs.by_pathway("JMC-PW-90001") == (found[0],)
        assert snapshot.programs.by_pathway("JMC-PW-90009") == ()


def test_what_happens_to_a_version_is_saved_without_its_content(database: Database) -> None:
    with database.begin() as tx:
        version = tx.programs.get(PROGRAM, "1")
        assert version
        suspended = replace(
            version,
            state=ProgramState.SUSPENDED,
            suspensions=(Suspension(from_day=date(2026, 5, 1), until_day=None, reason="調査のため"),),
        )
        tx.programs.save(replace(suspended, content={"title": "another"}))
    with database.read() as snapshot:
        assert snapshot.programs.get(PROGRAM, "1") == suspended


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE program_versions SET content = '{}'",
        "UPDATE program_versions SET content_digest = 'sha-256:1'",
        "UPDATE program_versions SET decision = NULL",
        "UPDATE program_versions SET effective_from = '2030-01-01'",
        "DELETE FROM program_versions",
    ],
)
def test_what_was_submitted_and_approved_is_not_undone_by_hand(database: Database, by_hand: str) -> None:
    with database.begin() as tx:
        tx.programs.add(program_version(version="2"), SITE)
    with database._writing() as connection:
        connection.execute(text("DELETE FROM published_ids"))  # so that no foreign key refuses what the trigger should
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(text(by_hand))


def test_a_version_is_submitted_once(database: Database) -> None:
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.programs.add(program_version(), SITE)
