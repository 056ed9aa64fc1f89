"""OB-22 to OB-24, OB-27: what was awarded, whole."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.achievement import read_achievement
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.openbadges.schema import Schema, violations
from tests.builders.open_badge import VERSION, badge

A = "/credentialSubject/achievement"
ALIGNMENT = badge()["credentialSubject"]["achievement"]["alignment"][0]
WHOLE: dict[str, Any] = {
    **badge()["credentialSubject"]["achievement"],
    "version": "1",
    "humanCode": "DA-101",
    "inLanguage": "ja",
    "fieldOfStudy": "ISCED-F 0612",
    "specialization": "Analysis",
    "creditsAvailable": 2,
    "tag": ["data"],
    "image": {"id": "data:image/png;base64,AA==", "type": "Image"},
    "creator": {"id": "https://creator.example", "type": ["Profile"], "name": "Creator"},
    "otherIdentifier": [
        {"type": "IdentifierEntry", "identifier": "JMC-P-900001", "identifierType": "ext:JMCProgramNumber"}
    ],
    "related": [{"id": f"{VERSION}/en", "type": ["Related"], "inLanguage": "en", "version": "1"}],
}


def test_everything_that_an_achievement_may_hold_is_read() -> None:
    assert violations(badge(A, WHOLE), Schema.OPEN_BADGE) == ()
    found = read_achievement(Node(WHOLE))
    assert (found.version, found.human_code, found.in_language) == ("1", "DA-101", "ja")
    assert (found.field_of_study, found.specialization, found.credits_available) == ("ISCED-F 0612", "Analysis", 2)
    assert (found.tags, found.identifiers) == (("data",), (("ext:JMCProgramNumber", "JMC-P-900001"),))
    assert [(each.id, each.in_language, each.version) for each in found.related] == [(f"{VERSION}/en", "en", "1")]
    assert found.creator is not None
    assert found.creator.name == "Creator"


def test_a_level_and_a_description_keep_their_alignments() -> None:
    document = badge(f"{A}/resultDescription/1/alignment", [ALIGNMENT])["credentialSubject"]["achievement"]
    document["resultDescription"][1]["rubricCriterionLevel"][0] |= {"alignment": [ALIGNMENT], "description": "Good"}
    _, described, _ = read_achievement(Node(document)).result_descriptions
    assert [each.target_code for each in described.alignments] == ["LO1"]
    assert [each.target_code for each in described.levels[0].alignments] == ["LO1"]
    assert described.levels[0].description == "Good"


REFUSED: dict[str, tuple[str, Any, str]] = {
    "related without id": ("related", [{"type": ["Related"]}], "schema.id"),
    "related of another type": ("related", [{"id": VERSION, "type": ["Achievement"]}], "schema.type"),
    "related is no list": ("related", {"id": VERSION, "type": ["Related"]}, "schema.violation"),
    "identifier without its type": (
        "otherIdentifier",
        [{"type": "IdentifierEntry", "identifier": "x"}],
        "schema.violation",
    ),
    "specialization is a list": ("specialization", ["x"], "schema.violation"),
    "criteria is an address": ("criteria", "https://a.example/criteria", "schema.violation"),
    "tag is no list": ("tag", "data", "schema.violation"),
    "level without a name": (
        "resultDescription",
        [{**WHOLE["resultDescription"][1], "rubricCriterionLevel": [{"id": VERSION, "type": "RubricCriterionLevel"}]}],
        "schema.violation",
    ),
}


@pytest.mark.parametrize(("member", "value", "code"), REFUSED.values(), ids=REFUSED)
def test_an_achievement_of_another_shape_is_refused_by_schema_and_reader(member: str, value: Any, code: str) -> None:
    document = {**WHOLE, member: value}
    assert code in {each.code for each in violations(badge(A, document), Schema.OPEN_BADGE)}
    with pytest.raises(Error) as refusal:
        read_achievement(Node(document))
    assert refusal.value.code == code


TERMS: dict[str, tuple[str, list[str]]] = {
    "OB-23": (f"{A}/achievementType", ["MicroCredential", "Course", "ext:Nano_Degree-1.0"]),
    "OB-24": (f"{A}/alignment/0/targetType", ["CFItem", "ceterms:Credential", "ext:ESCO"]),
    "OB-25": ("/credentialSubject/result/0/status", ["Completed", "Withdrew"]),
    "OB-26": (f"{A}/resultDescription/0/resultType", ["GradePointAverage", "ext:Points"]),
    "OB-29": ("/credentialSubject/identifier/0/identityType", ["name", "ltiUserId", "ext:StudentNumber"]),
}


@pytest.mark.parametrize(("pointer", "terms"), TERMS.values(), ids=TERMS)
def test_a_vocabulary_takes_its_terms_and_extensions_with_their_prefix(pointer: str, terms: list[str]) -> None:
    for term in terms:
        assert violations(badge(pointer, term), Schema.OPEN_BADGE) == (), term
    for term in ("Own", "ext:", "Ext:Own", "ext:a b", "ext:a|b", terms[0].swapcase(), terms[0] + " "):
        assert violations(badge(pointer, term), Schema.OPEN_BADGE), term
