from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jmc_vc.domain.accreditation import ProgramState
from jmc_vc.domain.framework import needs_check
from jmc_vc.domain.program import (
    MOVES,
    AlignmentUnconfirmed,
    IllegalMove,
    RecordMissing,
    RecordOnFile,
    RulesBroken,
    VersionImmutable,
    WindowOverlap,
    WindowUnusable,
    approve,
    ensure_same_content,
    ensure_submittable,
    reinstate,
    suspend,
    unchecked_alignments,
    version_for,
    withdraw,
)
from jmc_vc.domain.program_rule import alignments
from tests.builders.programs import MOMENT, PROGRAMS, approval, approved, content_of, submitted

ACTS: dict[tuple[ProgramState, ProgramState], Any] = {
    (ProgramState.SUBMITTED, ProgramState.APPROVED): lambda v: approve(v, approval()),
    (ProgramState.APPROVED, ProgramState.SUSPENDED): lambda v: suspend(v, date(2026, 5, 1), "r"),
    (ProgramState.SUSPENDED, ProgramState.APPROVED): lambda v: reinstate(v, date(2026, 6, 1)),
    (ProgramState.APPROVED, ProgramState.WITHDRAWN): lambda v: withdraw(v, MOMENT),
    (ProgramState.SUSPENDED, ProgramState.WITHDRAWN): lambda v: withdraw(v, MOMENT),
}
VERSIONS = {
    ProgramState.SUBMITTED: submitted(),
    ProgramState.APPROVED: approved(),
    ProgramState.SUSPENDED: suspend(approved(), date(2026, 5, 1), "r"),
    ProgramState.WITHDRAWN: withdraw(approved(), MOMENT),
}


def test_the_table_of_moves_is_total_and_every_move_has_its_act() -> None:
    assert set(MOVES) == set(ProgramState)
    assert {(source, target) for source, targets in MOVES.items() for target in targets} == set(ACTS)


@pytest.mark.parametrize("move", ACTS)
@pytest.mark.parametrize("state", ProgramState)
def test_an_act_is_possible_from_its_states_only(state: ProgramState, move: tuple[ProgramState, ProgramState]) -> None:
    source, target = move
    sources = {s for s, t in ACTS if t is target and (target is not ProgramState.APPROVED or s is source)}
    if state in sources:
        assert ACTS[move](VERSIONS[state]).state is target
    else:
        with pytest.raises(IllegalMove):
            ACTS[move](VERSIONS[state])


def test_inv_04_a_version_is_frozen_and_another_content_under_its_number_is_refused() -> None:
    version = submitted()
    with pytest.raises(FrozenInstanceError):
        version.content = {}  # type: ignore[misc]
    ensure_same_content(version, version.content_digest)
    with pytest.raises(VersionImmutable) as refusal:
        ensure_same_content(version, "sha-256:" + "1" * 64)
    assert refusal.value.code == "version_immutable"


def test_inv_04_no_act_touches_content_or_digest() -> None:
    for (source, _), act in ACTS.items():
        before = VERSIONS[source]
        after = act(before)
        assert after.content is before.content
        assert after.content_digest == before.content_digest


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (date(2029, 4, 1), date(2032, 3, 31), False),
        (date(2029, 3, 31), date(2032, 3, 31), True),
        (date(2023, 4, 1), date(2026, 3, 31), False),
        (date(2023, 4, 1), date(2026, 4, 1), True),
        (date(2027, 1, 1), date(2027, 1, 1), True),
        (date(2020, 1, 1), date(2040, 1, 1), True),
    ],
)
def test_inv_07_windows_of_versions_never_overlap(first: date, last: date, overlaps: bool) -> None:
    second = submitted(content_of(version="2"))
    if overlaps:
        with pytest.raises(WindowOverlap):
            approve(second, approval(first, last), [approved()])
    else:
        assert approve(second, approval(first, last), [approved(), second]).state is ProgramState.APPROVED


def test_inv_07_a_withdrawn_window_is_over_on_the_day_after_the_withdrawal() -> None:
    gone = withdraw(approved(), datetime(2027, 1, 9, 15, tzinfo=UTC))  # 10 January in Japan
    second = submitted(content_of(version="2"))
    with pytest.raises(WindowOverlap):
        approve(second, approval(date(2027, 1, 10)), [gone])
    living = approve(second, approval(date(2027, 1, 11)), [gone])
    assert version_for([gone, living], date(2027, 1, 11)) is living
    assert version_for([gone, living], date(2027, 1, 10)) is gone


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(WindowUnusable):
        approve(submitted(), approval(date(2026, 4, 1), date(2026, 3, 31)))


def test_a_suspension_is_not_lifted_before_its_first_day_and_the_next_does_not_begin_before_that() -> None:
    with pytest.raises(WindowUnusable):
        reinstate(suspend(approved(), date(2026, 5, 2), ""), date(2026, 5, 1))
    again = reinstate(suspend(approved(), date(2026, 5, 2), ""), date(2026, 5, 2))
    with pytest.raises(WindowUnusable):
        suspend(again, date(2026, 5, 1), "")
    assert len(suspend(again, date(2026, 5, 2), "").suspensions) == 2


def test_inv_36_an_alignment_that_nobody_looked_up_blocks_the_approval() -> None:
    unchecked = replace(submitted(content_of("JMC-P-900004")), alignment_checks=())
    assert [a["targetCode"] for a in unchecked_alignments(unchecked)] == ["B1"]
    with pytest.raises(AlignmentUnconfirmed) as refusal:
        approve(unchecked, approval())
    assert refusal.value.code == "program.alignment_unconfirmed"
    assert approve(submitted(content_of("JMC-P-900004")), approval()).state is ProgramState.APPROVED


def test_inv_36_the_issuers_own_word_does_not_confirm_a_node_of_which_the_registry_is_not_sure() -> None:
    content = content_of("JMC-P-900004", learningOutcomes__0__alignments__0__confirmed=True)
    with pytest.raises(AlignmentUnconfirmed):
        approve(replace(submitted(content), alignment_checks=()), approval())


def test_inv_36_of_the_six_programs_one_alignment_needs_a_check() -> None:
    assert [
        number for number, content in PROGRAMS.items() for _, alignment in alignments(content) if needs_check(alignment)
    ] == ["JMC-P-900004"]


def test_an_approval_needs_the_papers_that_the_rules_ask_for() -> None:
    version = submitted()
    without_r12 = replace(version, records=tuple(record for record in version.records if record.rule != "R-12"))
    with pytest.raises(RecordMissing) as refusal:
        approve(without_r12, approval())
    assert refusal.value.params["rule"] == "R-12"


def test_a_program_is_submitted_with_its_papers_and_without_errors() -> None:
    records = submitted().records
    assert {finding.rule for finding in ensure_submittable(content_of(), records)} == {"R-20"}
    with pytest.raises(RecordMissing):
        ensure_submittable(content_of())
    with pytest.raises(RulesBroken) as refusal:
        ensure_submittable(content_of(workload__notionalHours=91), records)
    assert [finding.rule for finding in refusal.value.findings] == ["R-01"]


def test_a_justified_word_in_the_title_may_be_submitted() -> None:
    content = content_of(title__en="Towards a degree in data")
    with pytest.raises(RulesBroken):
        ensure_submittable(content, submitted().records)
    justified = RecordOnFile(rule="R-02", reference="application", by="staff", at=MOMENT)
    ensure_submittable(content, (*submitted().records, justified))
