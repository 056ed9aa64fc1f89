"""Every rule of the metadata profile with a program that breaks it and one that just does not."""

from typing import Any

import pytest

from jmc_vc.domain.framework import FRAMEWORKS, NODES, find_node
from jmc_vc.domain.program_rule import HourLimits, Severity
from jmc_vc.domain.program_rules import RULES, lint
from jmc_vc.sentences import SENTENCES, sentence
from tests.builders.programs import PROGRAMS, content_of, without

RECORDS = {"JMC-P-900001": 1, "JMC-P-900002": 1, "JMC-P-900004": 1, "JMC-P-900005": 1}


def broken(content: dict[str, Any]) -> set[str]:
    """The codes of all findings but those that every program has."""
    return {finding.code for finding in lint(content)} - {"R-12", "R-19", "R-20"}


@pytest.mark.parametrize("number", PROGRAMS)
def test_the_six_programs_lint_exactly_as_expected(number: str) -> None:
    found = [finding.code for finding in lint(PROGRAMS[number])]
    expected = ["R-12"] * RECORDS.get(number, 0) + ["R-19"]
    assert found == expected + (["R-20"] if number in ("JMC-P-900001", "JMC-P-900002") else [])


def test_the_table_has_every_rule_once_with_its_severity() -> None:
    codes = [rule.code for rule in RULES if rule.code != "profile_violation"]
    assert codes == [f"R-{n:02}" for n in range(1, 24)]
    assert {rule.code for rule in RULES if rule.severity is Severity.RECORD} == {"R-12", "R-19", "R-22"}
    assert {rule.code for rule in RULES if rule.severity is Severity.INFO} == {"R-15"}
    warnings = {rule.code for rule in RULES if rule.severity is Severity.WARN}
    assert warnings == {f"R-{n:02}" for n in (3, 4, 5, 9, 14, 16, 17, 18, 20)}


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "R-01 sum": (content_of(workload__breakdown__taught=29), "R-01"),
    "R-02 ja": (content_of(title__ja="データ修士への道"), "R-02"),
    "R-02 en": (content_of(title__en="A MASTER class in data"), "R-02"),
    "R-02 full-width": (content_of(title__en="Ｄｅｇｒｅｅ in data"), "R-02"),
    "R-02 hidden by a zero-width space": (content_of(title__ja="学\u200b位につながるデータ分析"), "R-02"),
    "R-03 ja": (content_of(title__ja="あ" * 61), "R-03"),
    "R-03 en": (content_of(title__en="a" * 121), "R-03"),
    "R-04 ja": (content_of(learningOutcomes__0__statement__ja="データを理解する。"), "R-04"),
    "R-04 ja, a verb that only looks like one": (
        content_of(learningOutcomes__0__statement__ja="データを調べる。"),
        "R-04",
    ),
    "R-04 en": (content_of(learningOutcomes__0__statement__en="Understands data."), "R-04"),
    "R-06 uncovered": (content_of(assessment__1__outcomes=["LO1", "LO3"]), "R-06"),
    "R-06 unknown outcome": (content_of(assessment__1__outcomes=["LO1", "LO4", "LO9"]), "R-06.unknown_outcome"),
    "R-06 weights": (content_of(assessment__1__weight=49.9), "R-06.weights"),
    "R-07 weight": (content_of(assessment__0__method="attendance"), "R-07.weight"),
    "R-08 level": (content_of("JMC-P-900004", assessmentSecurity="supervised_no_id", level__value=5), "R-08"),
    "R-08 credit": (content_of(assessmentSecurity="unsupervised_no_id", level__value=4), "R-08"),
    "R-09": (content_of("JMC-P-900004", assessmentSecurity="supervised_onsite_id_verified"), "R-09"),
    "R-10 kind": (content_of("JMC-P-900003", legalBasis="certificate_program_art105"), "R-10"),
    "R-10 hours": (
        content_of(workload__notionalHours=59, workload__breakdown={"taught": 59}, workload__credits=[]),
        "R-10",
    ),
    "R-11": (content_of(workload__credits__0__value=2.1), "R-11"),
    "R-13 code": (content_of(alignments__0__targetCode="9999"), "R-13"),
    "R-13 version": (content_of(alignments__2__frameworkVersion="1.2.0"), "R-13"),
    "R-13 framework": (content_of(alignments__2__framework="ESCO"), "R-13"),
    "R-13 name where there is no code": (content_of(alignments__4__targetName="DX"), "R-13"),
    "R-13 in an outcome": (content_of(learningOutcomes__0__alignments__0__targetCode="S0"), "R-13"),
    "R-14": (content_of("JMC-P-900005", learningOutcomes=[PROGRAMS["JMC-P-900005"]["learningOutcomes"][0]]), "R-14"),
    "R-15 period": (content_of("JMC-P-900005", validity__months=25), "R-15"),
    "R-15 unlimited": (content_of("JMC-P-900005", validity={"kind": "unlimited"}), "R-15"),
    "R-16": (content_of(review__periodMonths=37), "R-16"),
    "R-17 copy": (content_of(purpose__en=PROGRAMS["JMC-P-900001"]["purpose"]["ja"]), "R-17"),
    "R-17 Latin": (content_of(purpose__ja="So that staff can decide."), "R-17"),
    "R-18": (without(content_of("JMC-P-900005"), "assessment__1__generativeAiPolicy"), "R-18"),
    "R-21": (without(content_of("JMC-P-900003"), "deliveryPartners"), "R-21"),
    "R-22": (content_of(qualityAssurance=PROGRAMS["JMC-P-900002"]["qualityAssurance"]), "R-22"),
    "R-23 most": (content_of(workload__notionalHours=400.5), "R-23"),
    "value below the least": (content_of(assessment__0__result__requiredValue=-1), "profile_violation.required_value"),
    "value above the greatest": (content_of(assessment__0__result__max=59), "profile_violation.required_value"),
    "level unknown": (content_of(assessment__1__result__requiredLevel="L9"), "profile_violation.required_level"),
    "level code twice": (content_of(assessment__1__result__levels__0__code="L2"), "profile_violation.level_twice"),
    "level order twice": (content_of(assessment__1__result__levels__0__order=2), "profile_violation.level_twice"),
    "assessment twice": (content_of(assessment__1__id="A1"), "profile_violation.code_twice"),
    "outcome twice": (content_of(learningOutcomes__1__code="LO1"), "profile_violation.code_twice"),
    "term": (content_of("JMC-P-900002", validity__months=10**9), "profile_violation.term"),
    "more digits than a float holds": (
        content_of(workload__breakdown__taught=0.1 + 0.2),
        "profile_violation.number",
    ),
    "titles sorted differently": (
        content_of(title__ja="😀データ分析", title__en="Ａnalysis"),
        "profile_violation.title_order",
    ),
}
BAD["R-14"][0]["alignments"] = [a for a in BAD["R-14"][0]["alignments"] if a["targetType"] == "ext:FieldOfEducation"]

GOOD: dict[str, tuple[dict[str, Any], str]] = {
    "R-01 decimals": (
        content_of(
            workload__notionalHours=90, workload__breakdown={"taught": 89.7, "practical": 0.1, "assessment": 0.2}
        ),
        "R-01",
    ),
    "R-02 part of a word": (content_of(title__en="Mastering International Data"), "R-02"),
    "R-03 at the limit": (content_of(title__ja="葛\U000e0100" * 60, title__en="a" * 120), "R-03"),
    "R-07 at the limit": (content_of("JMC-P-900002", assessment__0__method="attendance"), "R-07"),
    "R-08 below level 5": (content_of("JMC-P-900002", assessmentSecurity="supervised_no_id"), "R-08"),
    "R-11 at the limit": (content_of(workload__credits__0__value=2), "R-11"),
    "R-15 at the limit": (content_of("JMC-P-900005"), "R-15"),
    "R-15 an abbreviation inside a word": (content_of(title__en="Daily care and AIR quality"), "R-15"),
    "R-16 at the limit": (content_of(review__periodMonths=36), "R-16"),
    "R-23 at the limit": (content_of(workload__notionalHours=400), "R-23"),
    "value at the edge": (content_of(assessment__0__result__requiredValue=100), "profile_violation.required_value"),
    "15 digits": (content_of(workload__breakdown__taught=29.9999999999999), "profile_violation.number"),
    "titles that differ earlier": (
        content_of(title__ja="データ分析😀", title__en="Ａnalysis 😀"),
        "profile_violation.title_order",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_program_that_breaks_a_rule_is_found(case: str) -> None:
    content, code = BAD[case]
    assert code in broken(content)


@pytest.mark.parametrize("case", GOOD)
def test_a_program_that_just_keeps_a_rule_is_let_through(case: str) -> None:
    content, code = GOOD[case]
    assert code not in broken(content)


@pytest.mark.parametrize("case", [case for case in BAD if case.startswith(("R-06", "R-07"))])
def test_inv_11_cover_weights_and_attendance_are_errors(case: str) -> None:
    content, code = BAD[case]
    assert any(finding.code == code and finding.severity is Severity.ERROR for finding in lint(content))


@pytest.mark.parametrize("case", [case for case in BAD if case.startswith(("R-10", "R-11"))])
def test_inv_10_credits_and_certificate_programs_beyond_the_law_are_errors(case: str) -> None:
    content, code = BAD[case]
    assert any(finding.code == code and finding.severity is Severity.ERROR for finding in lint(content))


def test_inv_11_attendance_alone_is_no_assessment() -> None:
    content = content_of(assessment__0__method="attendance", assessment__1__method="attendance")
    assert "R-07" in broken(content)


def test_fewer_than_three_and_more_than_eight_outcomes_are_warned_of() -> None:
    outcome = PROGRAMS["JMC-P-900001"]["learningOutcomes"][0]
    counted = {
        count: "R-05"
        in broken(content_of(learningOutcomes=[outcome | {"code": f"LO{n}"} for n in range(1, count + 1)]))
        for count in (2, 3, 8, 9)
    }
    assert counted == {2: True, 3: False, 8: False, 9: True}


def test_refund_terms_and_tax_settle_the_fees() -> None:
    note = {"ja": "開講日の7日前まで全額返金", "en": "Full refund until seven days before the start"}
    assert "R-20" not in {f.code for f in lint(content_of(fees__note=note))}
    assert "R-20" in {f.code for f in lint(without(content_of(fees__note=note), "fees__taxIncluded"))}
    assert "R-20" in {f.code for f in lint(content_of(fees__note={"ja": "消費税込み", "en": "Tax included"}))}


def test_the_limits_of_the_hours_are_policy() -> None:
    codes = {finding.code: finding.params for finding in lint(content_of(), limits=HourLimits(least=100, most=200))}
    assert codes["R-23"] == {"min": 100, "max": 200}


def test_an_unconfirmed_target_may_be_submitted_even_if_the_registry_does_not_know_it() -> None:
    assert "R-13" not in broken(content_of(alignments__0__targetCode="9999", alignments__0__confirmed=False))


def test_a_finding_never_repeats_long_or_unprintable_text() -> None:
    hostile = content_of(alignments__0__targetCode="x" * 65, alignments__0__framework="a\nb")
    finding = next(f for f in lint(hostile) if f.code == "R-13")
    assert finding.params["code"] == finding.params["framework"] == "…"


def test_every_finding_has_a_sentence_in_both_languages_that_its_parameters_fill() -> None:
    for content, _ in BAD.values():
        for finding in lint(content):
            written = sentence(finding.code, **finding.params)
            assert written.ja
            assert written.en
            assert "{" not in written.ja + written.en
    assert all(rule.code in SENTENCES for rule in RULES)
    assert all(f"severity.{severity}" in SENTENCES for severity in Severity)


def test_the_registry_of_frameworks_has_no_node_twice_and_no_orphan() -> None:
    keys = [(node.framework, node.version, node.code or node.label) for node in NODES]
    assert len(keys) == len(set(keys))
    versions = {framework.id: framework.version for framework in FRAMEWORKS}
    assert all(versions[node.framework] == node.version for node in NODES)


def test_every_alignment_of_the_six_programs_is_in_the_registry_with_its_name_address_and_kind() -> None:
    for content in PROGRAMS.values():
        for place in (*content["learningOutcomes"], content):
            for alignment in place.get("alignments", ()):
                node = find_node(alignment)
                assert node is not None
                assert (node.label, node.uri, node.target_type) == (
                    alignment["targetName"],
                    alignment["targetUrl"],
                    alignment["targetType"],
                )
