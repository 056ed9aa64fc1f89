"""The mapping of domain model §4, held against the example credential."""

import json
from copy import deepcopy
from typing import Any

import pytest

from jmc_vc.domain.achievement import achievement, assessor, program_version
from jmc_vc.domain.award import credits_earned
from jmc_vc.domain.criteria_text import narrative
from jmc_vc.domain.framework import find_node
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.vocabulary import VOCABULARIES
from tests.builders.programs import EXAMPLE_SITE, PROGRAMS, approved, content_of, submitted

URL = "https://mc.example.jp/programs/JMC-P-900001/v/1"

CRITERIA_OF_THE_EXAMPLE = """\
## 目的
部門のデータ活用を担う社会人が、判断の根拠を自分で作り説明できるようになる。

## 修了要件
A1・A2ともに合格基準を満たすこと

## 評価方法
- 監督付きオンライン筆記試験90分（50%）：60点以上
- 自組織または公開データを用いた分析報告と口頭試問10分（50%）：ルーブリック全観点で基準2以上
- 監督・本人確認：監督あり・オンライン・本人確認あり

## 学習時間
90時間（授業30時間、演習・実習15時間、自習40時間、評価5時間）

## 受講形態
ブレンド型（オンライン＋対面2日）

## 履修資格
高校数学Ⅱ・B程度、表計算の基本操作

## 法的位置付け
学校教育法第105条に基づく履修証明プログラムです。"""

OUTCOME_UUIDS_OF_THE_EXAMPLE = {
    "LO1": "0f8458f2-f4cc-51b9-9699-5459a01ea97c",
    "LO2": "b45dde16-cf10-5947-83dd-67e5371d5fef",
    "LO3": "ea8809d3-a5bf-594d-98c3-6f6c5f03bbab",
    "LO4": "4ffc84c6-a973-548c-b356-c823a9285bc9",
}


def test_the_criteria_are_those_of_the_example_to_the_letter() -> None:
    assert narrative(content_of(), "ja") == CRITERIA_OF_THE_EXAMPLE


def test_the_core_members_are_those_of_the_example() -> None:
    made = achievement(content_of(), EXAMPLE_SITE)
    assert {
        name: made[name] for name in made if not name.startswith("jmc:") and isinstance(made[name], (str, int))
    } == {
        "id": URL,
        "achievementType": "MicroCredential",
        "name": "実務データ分析基礎：統計的推論と可視化",
        "description": "業務データを集め、整え、統計的に推論し、根拠のある図表で説明する力を90時間で身につける。",
        "inLanguage": "ja",
        "version": "1",
        "humanCode": "JMC-P-900001",
        "fieldOfStudy": "ISCED-F 2013 0542 Statistics",
        "creditsAvailable": 2,
    }
    assert made["creator"] == {
        "id": "https://mc.example.jp/issuers/hoshimigaoka",
        "type": ["Profile"],
        "name": "星見ヶ丘大学（架空）",
    }
    assert made["related"] == [{"id": f"{URL}?lang=en", "type": ["Related"], "inLanguage": "en", "version": "1"}]
    assert made["otherIdentifier"] == [
        {"type": "IdentifierEntry", "identifier": "JMC-P-900001", "identifierType": "ext:JMCProgramNumber"}
    ]
    assert made["criteria"]["id"] == f"{URL}#criteria"


def test_every_outcome_has_the_reproducible_address_of_the_example() -> None:
    outcomes = [a for a in achievement(content_of(), EXAMPLE_SITE)["alignment"] if a["targetType"] == "CFItem"]
    assert {a["targetCode"]: a["targetUrl"].rsplit("/", 1)[1] for a in outcomes} == OUTCOME_UUIDS_OF_THE_EXAMPLE
    assert outcomes[1] == {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetCode": "LO2",
        "targetName": "推定・検定・信頼区間の意味と前提を説明できる。",
        "targetUrl": "https://mc.example.jp/ims/case/v1p0/CFItems/b45dde16-cf10-5947-83dd-67e5371d5fef",
        "targetFramework": "JMC-P-900001 v1 学修成果",
        "jmc:outcomeKind": "knowledge",
    }


def test_the_alignments_of_the_program_follow_in_its_order() -> None:
    found = [a for a in achievement(content_of(), EXAMPLE_SITE)["alignment"] if a["targetType"] != "CFItem"]
    assert [a.get("targetCode") for a in found] == ["0542", "6", "2511.3", "15-2051.00", None, "109"]
    assert found[0] == {
        "type": ["Alignment"],
        "targetName": "Statistics",
        "targetUrl": "http://data.europa.eu/snb/isced-f/0542",
        "targetType": "ext:FieldOfEducation",
        "targetFramework": "ISCED-F 2013 2013",
        "jmc:matchRelation": "exactMatch",
        "jmc:assertedBy": "issuer",
        "targetCode": "0542",
    }


def test_each_assessment_becomes_a_result_description_with_what_an_award_must_show() -> None:
    first, second = achievement(content_of(), EXAMPLE_SITE)["resultDescription"]
    assert {name: first[name] for name in first if name != "alignment"} == {
        "id": f"{URL}#A1",
        "type": ["ResultDescription"],
        "name": "筆記試験 / Written examination",
        "resultType": "Percent",
        "valueMin": "0",
        "valueMax": "100",
        "requiredValue": "60",
    }
    assert second["requiredLevel"] == f"{URL}#A2-L2"
    assert second["rubricCriterionLevel"][2] == {
        "id": f"{URL}#A2-L3",
        "type": ["RubricCriterionLevel"],
        "name": "優れている / Exceeds",
        "level": "3",
    }
    by_status = achievement(PROGRAMS["JMC-P-900003"], EXAMPLE_SITE)["resultDescription"][1]
    assert by_status["resultType"] == "Status"
    assert not by_status.keys() & {"valueMin", "requiredValue", "requiredLevel"}


def test_the_external_skills_of_an_outcome_stand_with_the_assessments_that_cover_it() -> None:
    first, second = achievement(content_of(), EXAMPLE_SITE)["resultDescription"]
    assert [a["targetCode"] for a in first["alignment"]] == ["S2.7"]
    assert [a["targetCode"] for a in second["alignment"]] == ["S5.5.2", "S2.7", "S3.3.6"]
    assert second["alignment"][0]["jmc:matchRelation"] == "broadMatch"


@pytest.mark.parametrize("number", PROGRAMS)
def test_field_and_level_are_in_core_fields_of_every_program(number: str) -> None:
    content = PROGRAMS[number]
    found = {a["targetType"]: a for a in achievement(content, EXAMPLE_SITE)["alignment"]}
    assert found["ext:FieldOfEducation"]["targetCode"] == content["fieldOfEducation"]["code"]
    level = found["ext:QualificationLevel"]
    assert level["targetCode"] == str(content["level"]["value"])
    if content["level"]["claim"] == "self_declared":
        assert level["targetDescription"] == "発行機関の申告 / Declared by the issuer"


def test_a_field_that_the_program_does_not_list_is_made_from_its_code() -> None:
    content = content_of()
    content["alignments"] = [a for a in content["alignments"] if a["targetType"] != "ext:FieldOfEducation"]
    made = achievement(content, EXAMPLE_SITE)["alignment"]
    assert sorted(made, key=str) == sorted(achievement(content_of(), EXAMPLE_SITE)["alignment"], key=str)


def test_the_sharp_copies_are_the_programs_own_values() -> None:
    content = content_of()
    made = achievement(content, EXAMPLE_SITE)
    assert made["jmc:title"] == content["title"]
    assert made["jmc:notionalHours"] == 90
    assert made["jmc:credits"] == content["workload"]["credits"]
    for term in (
        "level",
        "participation",
        "qualityAssurance",
        "prerequisites",
        "stackability",
        "validity",
        "legalBasis",
    ):
        assert made[f"jmc:{term}"] == content[term]
    assert made["jmc:assessment"][1] == {
        "id": f"{URL}#A2",
        "method": "project_work",
        "outcomes": ["LO1", "LO3", "LO4"],
        "weight": 50,
    }


def test_need_target_learners_and_fees_stay_on_the_page_of_the_register() -> None:
    text = json.dumps(achievement(content_of(), EXAMPLE_SITE), ensure_ascii=False)
    for member in ("evidenceOfNeed", "targetLearners"):
        assert content_of()[member]["ja"] not in text
    assert "88000" not in text


def test_an_indicative_credit_is_neither_available_nor_earned() -> None:
    for number in ("JMC-P-900002", "JMC-P-900003", "JMC-P-900004"):
        assert credits_earned(PROGRAMS[number]) is None
        assert "creditsAvailable" not in achievement(PROGRAMS[number], EXAMPLE_SITE)


def test_inv_10_what_is_earned_is_what_is_available_and_whole_numbers_are_ints() -> None:
    assert credits_earned(content_of()) == achievement(content_of(), EXAMPLE_SITE)["creditsAvailable"] == 2
    whole = credits_earned(content_of(workload__credits__0__value=2.0))
    assert type(whole) is int
    assert credits_earned(content_of(workload__credits__0__value=0.5)) == 0.5


def test_the_english_edition_has_the_same_id_and_points_back() -> None:
    made = achievement(content_of(), EXAMPLE_SITE, "en")
    assert made["id"] == URL
    assert made["inLanguage"] == "en"
    assert made["name"] == "Practical Data Analysis: Statistical Inference and Visualization"
    assert made["related"][0]["id"] == f"{URL}?lang=ja"
    assert made["alignment"][1]["targetName"].startswith("Can explain the meaning")
    assert made["alignment"][1]["targetFramework"] == "JMC-P-900001 v1 learning outcomes"
    assert "90 hours (taught 30 h, practical 15 h, independent 40 h, assessment 5 h)" in made["criteria"]["narrative"]
    assert "学校教育法" not in made["criteria"]["narrative"]


def test_a_new_version_names_the_one_that_it_replaces() -> None:
    related = achievement(PROGRAMS["JMC-P-900005"], EXAMPLE_SITE)["related"]
    assert related[1] == {"id": "https://mc.example.jp/programs/JMC-P-900005/v/1", "type": ["Related"], "version": "1"}


def test_the_partner_that_assessed_is_the_source() -> None:
    source = assessor(PROGRAMS["JMC-P-900003"])
    assert source is not None
    assert source["name"] == "北斗湾工業高等専門学校（架空）"
    assert achievement(PROGRAMS["JMC-P-900003"], EXAMPLE_SITE)["jmc:deliveryPartners"][0]["id"] == source["id"]
    assert assessor(content_of()) is None


def test_inv_05_the_achievement_depends_on_the_version_alone_and_is_the_same_every_time() -> None:
    for content in PROGRAMS.values():
        before = deepcopy(content)
        first = json.dumps(achievement(content, EXAMPLE_SITE), ensure_ascii=False)
        assert json.dumps(achievement(deepcopy(content), EXAMPLE_SITE), ensure_ascii=False) == first
        assert content == before
    assert achievement(approved(), EXAMPLE_SITE) == achievement(content_of(), EXAMPLE_SITE)


def test_inv_06_the_credential_names_number_version_digest_and_window() -> None:
    assert program_version(approved(), EXAMPLE_SITE) == {
        "id": URL,
        "programNumber": "JMC-P-900001",
        "version": "1",
        "contentDigest": "sha-256:" + "0" * 64,
        "decision": "https://mc.example.jp/decisions/JMC-D-900001",
        "approvedFrom": "2026-04-01",
        "approvedUntil": "2029-03-31",
    }
    with pytest.raises(ValueError, match="approved"):
        program_version(submitted(), EXAMPLE_SITE)


def test_on_another_installation_nothing_points_at_the_example_host() -> None:
    site = Site(
        base_url="http://localhost:8000", did="did:web:localhost%3A8000", namespace="https://ns.jmc.example/mc/v1"
    )
    for content in PROGRAMS.values():
        rebased: dict[str, Any] = site.rebase(content)
        made = achievement(rebased, site)
        assert "mc.example.jp" not in json.dumps(made)
        assert made["id"] == rebased["id"]


def test_every_code_of_the_six_programs_has_a_label_in_both_languages() -> None:
    for content in PROGRAMS.values():
        for vocabulary, codes in {
            "outcome-kind": [o["kind"] for o in content["learningOutcomes"]],
            "assessment-method": [a["method"] for a in content["assessment"]],
            "assessed-by": [a["assessedBy"] for a in content["assessment"]],
            "result-type": [a["result"]["type"] for a in content["assessment"]],
            "assessment-security": [content["assessmentSecurity"]],
            "participation-mode": [content["participation"]["mode"]],
            "synchronicity": [content["participation"]["synchronicity"]],
            "qa-type": [q["type"] for q in content["qualityAssurance"]],
            "stackability": [content["stackability"]["kind"]],
            "leads-to": [p["leadsTo"] for p in content["stackability"].get("pathways", ())],
            "level-claim": [content["level"]["claim"]],
            "legal-basis": [content["legalBasis"]],
            "org-type": [content["issuer"]["orgType"]],
            "match-relation": [a["relation"] for a in content["alignments"]],
            "target-type": [a["targetType"] for a in content["alignments"]],
        }.items():
            for code in codes:
                assert VOCABULARIES[vocabulary][code].ja
                assert VOCABULARIES[vocabulary][code].en
        assert all(find_node(alignment) for alignment in content["alignments"])


def test_inv_31_indicative_is_called_so_in_both_languages() -> None:
    for vocabulary in ("credit-status", "level-reference-status"):
        assert VOCABULARIES[vocabulary]["indicative"] == ("目安", "Indicative")
