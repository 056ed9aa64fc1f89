"""What JMC does with program versions."""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.domain.accreditation import ProgramState
from jmc_vc.domain.program import RulesBroken
from jmc_vc.errors import Error
from tests.builders.installation import OPERATOR, PROGRAMS, Installation, make_installation


def refusal(act: Any, *args: Any, **members: Any) -> str:
    with pytest.raises(Error) as refused:
        act(*args, **members)
    return refused.value.code


def test_an_imported_version_is_rebased_to_this_installation(installation: Installation) -> None:
    (version,) = installation.service.list_programs()
    assert version.content["id"] == "http://localhost:8000/programs/JMC-P-900001/v/1"
    assert "mc.example.jp" not in repr(version.content)
    assert version.content_digest.startswith("sha-256:")


def test_the_same_content_again_changes_nothing_and_other_content_is_refused(
    installation: Installation,
) -> None:  # INV-04
    before = installation.service.list_programs()
    installation.import_program()
    assert installation.service.list_programs() == before
    other = copy.deepcopy(PROGRAMS["JMC-P-900001"])
    other["title"]["ja"] = "別の名称"
    assert refusal(installation.import_program, content=other) == "version_immutable"


@pytest.mark.parametrize("member", ["title", "assessment", "workload", "level", "issuer", "learningOutcomes"])
def test_a_version_without_a_mandatory_element_is_refused(sqlite_installation: Installation, member: str) -> None:
    content = copy.deepcopy(PROGRAMS["JMC-P-900001"])
    content["version"], content["id"] = "2", content["id"].replace("/v/1", "/v/2")
    del content[member]
    with pytest.raises(RulesBroken) as refused:
        sqlite_installation.import_program(content=content)
    assert refused.value.findings[0].rule == "profile_violation"
    assert refused.value.findings[0].pointer == f"/{member}"


def test_a_rule_of_severity_error_refuses_the_version(sqlite_installation: Installation) -> None:
    content = copy.deepcopy(PROGRAMS["JMC-P-900001"])
    content["workload"]["breakdown"]["taught"] = 31
    with pytest.raises(RulesBroken) as refused:
        sqlite_installation.import_program(content=content)
    assert [finding.rule for finding in refused.value.findings] == ["R-01"]


def test_a_version_of_an_unregistered_issuer_is_refused(installation: Installation) -> None:
    assert refusal(installation.import_program, "JMC-P-900002") == "program.issuer_not_registered"


def test_a_version_with_an_id_that_is_not_its_own_is_refused(sqlite_installation: Installation) -> None:
    content = copy.deepcopy(PROGRAMS["JMC-P-900001"])
    content["id"] = "https://mc.example.jp/programs/JMC-P-900009/v/1"
    assert refusal(sqlite_installation.import_program, content=content) == "program.identifiers"


def test_a_real_version_needs_its_papers(sqlite_installation: Installation) -> None:
    content = copy.deepcopy(PROGRAMS["JMC-P-900001"])
    content["fictional"] = False
    content["version"], content["id"] = "2", content["id"].replace("/v/1", "/v/2")
    import_program = sqlite_installation.service.import_program
    now = sqlite_installation.now
    assert refusal(import_program, content, records={}, actor=OPERATOR, now=now) == "program.record_missing"
    papers = {"R-12": "letter of 2026-01-10", "R-19": "page seen on 2026-02-01", "R-22": "JUAA 2024"}
    version, _ = import_program(content, records=papers, actor=OPERATOR, now=now)
    assert {record.rule: record.reference for record in version.records} == papers


def test_an_alignment_that_nobody_looked_up_blocks_the_approval(installation: Installation) -> None:  # INV-36
    installation.register("JMC-P-900004")
    installation.import_program("JMC-P-900004")
    assert refusal(installation.approve, "JMC-P-900004") == "program.alignment_unconfirmed"
    service = installation.service
    target = "https://www.bunka.go.jp/seisaku/bunkashingikai/kokugo/"
    service.confirm_alignment("JMC-P-900004", "1", target, note="looked up", actor=OPERATOR, now=installation.now)
    installation.approve("JMC-P-900004", decision="JMC-D-900004")
    approved = next(each for each in service.list_programs() if each.number == "JMC-P-900004")
    assert approved.state is ProgramState.APPROVED
    assert approved.content["learningOutcomes"][0]["alignments"][0]["confirmed"] is False, "content stays as submitted"


def test_windows_of_one_program_never_overlap(installation: Installation) -> None:  # INV-07
    content = copy.deepcopy(PROGRAMS["JMC-P-900001"])
    content["version"], content["id"] = "2", content["id"].replace("/v/1", "/v/2")
    installation.import_program(content=content)
    assert (
        refusal(installation.approve, version="2", effective_from=date(2029, 3, 31), effective_until=date(2032, 3, 31))
        == "program.window_overlap"
    )
    installation.approve(version="2", effective_from=date(2029, 4, 1), effective_until=date(2032, 3, 31))


def test_a_version_is_approved_once(installation: Installation) -> None:
    assert refusal(installation.approve) == "program.move"


@pytest.mark.parametrize("decision", ["D-1", "JMC-D-26-1", "JMC-D-2026-00012", ""])
def test_a_decision_has_a_number_of_its_form(sqlite_installation: Installation, decision: str) -> None:
    sqlite_installation.register("JMC-P-900002")
    sqlite_installation.import_program("JMC-P-900002")
    assert refusal(sqlite_installation.approve, "JMC-P-900002", decision=decision) == "identifier.number"


def test_all_six_example_programs_can_be_imported_and_approved(tmp_path: Path) -> None:
    installation = make_installation(tmp_path, empty=True)
    for number, content in PROGRAMS.items():
        installation.register(number)
        installation.import_program(number)
        if number == "JMC-P-900004":
            target = content["learningOutcomes"][0]["alignments"][0]["targetUrl"]
            installation.service.confirm_alignment(
                number, "1", target, note="looked up", actor=OPERATOR, now=installation.now
            )
        installation.approve(number, version=content["version"], decision=f"JMC-D-{number[-6:]}")
    assert {each.state for each in installation.service.list_programs()} == {ProgramState.APPROVED}
    installation.service.database.close()


def test_a_withdrawn_version_never_comes_back(installation: Installation) -> None:
    def sanction(kind: Sanction, version: str = "1") -> None:
        installation.service.sanction_program(
            "JMC-P-900001", version, kind, reason="test", actor=OPERATOR, now=installation.now
        )

    sanction(Sanction.WITHDRAW)
    assert refusal(sanction, Sanction.REINSTATE) == "program.move"
    assert refusal(sanction, Sanction.SUSPEND, "9") == "program.not_found"


def test_the_day_of_the_decision_is_the_committees_and_not_that_of_its_record(installation: Installation) -> None:
    installation.register("JMC-P-900003")
    installation.import_program("JMC-P-900003")
    approve = installation.service.approve_program
    given: Any = {
        "effective_from": date(2026, 12, 1),
        "effective_until": date(2027, 3, 31),
        "decision": "JMC-D-900003",
        "actor": OPERATOR,
        "now": installation.now,
    }
    tomorrow = date(2026, 11, 24)
    assert refusal(approve, "JMC-P-900003", "1", decided_on=tomorrow, **given) == "program.decided_in_future"
    approve("JMC-P-900003", "1", decided_on=date(2026, 10, 15), **given)
    recorded = {version.number: version.approval for version in installation.service.list_programs()}
    later, at_once = recorded["JMC-P-900003"], recorded["JMC-P-900001"]
    assert later is not None
    assert (later.decided_on, later.approved_at) == (date(2026, 10, 15), installation.now)
    assert at_once is not None
    assert at_once.decided_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "code", "pointer"),
    [
        ("JMC-P-900003", "program.partner_unknown", "/deliveryPartners/0/id"),
        ("JMC-P-900005", "program.predecessor_unknown", "/supersedes"),
    ],
)
def test_what_a_version_names_at_our_address_and_is_not_here_is_told(
    sqlite_installation: Installation, number: str, code: str, pointer: str
) -> None:
    sqlite_installation.register(number)
    document: Any = PROGRAMS[number]
    import_program, now = sqlite_installation.service.import_program, sqlite_installation.now
    _, advice = import_program(document, records={}, actor=OPERATOR, now=now)
    assert [(found.code, found.pointer) for found in advice if found.rule == "register"] == [(code, pointer)]
    # Elsewhere is not ours to know.
    moved = copy.deepcopy(document) | {"version": "3", "id": document["id"].rpartition("/")[0] + "/3"}
    if "supersedes" in moved:
        moved["supersedes"] = "https://elsewhere.example/programs/1"
    for partner in moved.get("deliveryPartners", ()):
        partner["id"] = "https://elsewhere.example/partner"
    _, advice = import_program(moved, records={}, actor=OPERATOR, now=now)
    assert [found for found in advice if found.rule == "register"] == []
