"""OB-25, OB-26: what stands in no JSON Schema. A result is one of those that its achievement describes."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.openbadges.result_description import ResultDescription, read_result_description
from jmc_vc.formats.openbadges.result_rules import allows
from tests.builders.open_badge import MISSING, VERSION, badge

R = "/credentialSubject/result"
D = "/credentialSubject/achievement/resultDescription"

REFUSED: dict[str, tuple[str, Any]] = {
    "OB-25 a description of another achievement": (f"{R}/0/resultDescription", f"{VERSION}#A9"),
    "OB-25 a level that is not there": (f"{R}/1/achievedLevel", f"{VERSION}#A2-L9"),
    "OB-25 a level of another description": (f"{R}/0/achievedLevel", f"{VERSION}#A2-L1"),
    "OB-25 Status without status": (f"{R}/2/status", MISSING),
    "OB-25 more than the most": (f"{R}/0/value", "100.5"),
    "OB-25 less than the least": (f"{R}/0/value", "-1"),
    "OB-25 a grade where a percentage has bounds": (f"{R}/0/value", "A"),
    "OB-25 nothing where a percentage has bounds": (f"{R}/0/value", ""),
    "OB-25 a number in other digits": (f"{R}/0/value", "１０１"),
    "OB-25 a number with an exponent": (f"{R}/0/value", "1e9"),
    "OB-25 a number with a unit": (f"{R}/0/value", "101 points"),
    "OB-26 requires no number": (f"{D}/0/requiredValue", "A"),
    "OB-26 two descriptions with one id": (f"{D}/1/id", f"{VERSION}#A1"),
    "OB-26 the least is more than the most": (f"{D}/0/valueMin", "101"),
    "OB-26 requires more than the most": (f"{D}/0/requiredValue", "101"),
    "OB-26 requires a level that is not there": (f"{D}/1/requiredLevel", f"{VERSION}#A1-L1"),
}


@pytest.mark.parametrize(("pointer", "value"), REFUSED.values(), ids=REFUSED)
def test_a_result_that_does_not_fit_is_refused_with_its_place(pointer: str, value: Any) -> None:
    with pytest.raises(Error) as refusal:
        read_credential(badge(pointer, value))
    assert refusal.value.code == "schema.result"
    assert refusal.value.pointer is not None
    assert pointer.startswith(refusal.value.pointer) or refusal.value.pointer.startswith(pointer.rpartition("/")[0])


TAKEN: dict[str, tuple[str, Any]] = {
    "the least": (f"{R}/0/value", "0"),
    "the most": (f"{R}/0/value", "100.0"),
    "with a sign of percentage": (f"{R}/0/value", "82.5%"),
    "no value": (f"{R}/0/value", MISSING),
    "no description": (f"{R}/0/resultDescription", MISSING),
    "bounds that are no numbers": (f"{D}/0/valueMin", "F"),
    "any level of a result without description": (f"{R}/1/resultDescription", MISSING),
}


@pytest.mark.parametrize(("pointer", "value"), TAKEN.values(), ids=TAKEN)
def test_a_result_that_fits_is_read(pointer: str, value: Any) -> None:
    read_credential(badge(pointer, value))


def _described(**members: Any) -> ResultDescription:
    node = {"id": "urn:d", "type": "ResultDescription", "name": "x", "resultType": "Result", **members}
    return read_result_description(Node(node))


@pytest.mark.parametrize("value", ["A", "B"])
def test_ob_26_a_listed_value_is_allowed_whatever_the_bounds_are(value: str) -> None:
    assert allows(_described(allowedValue=["A", "B"], valueMin="0", valueMax="1"), value)


@pytest.mark.parametrize("value", ["C", "a", "A ", "", "1"])
def test_ob_26_a_value_that_is_not_listed_is_not_allowed(value: str) -> None:
    assert not allows(_described(allowedValue=["A", "B"], valueMin="0", valueMax="1"), value)


def test_ob_26_without_list_and_numbers_every_value_is_allowed() -> None:
    assert allows(_described(), "anything")
    assert allows(_described(valueMin="F", valueMax="A"), "C")
    assert allows(_described(resultType="Percent", valueMin="0"), "good")


@pytest.mark.parametrize("kind", ["LetterGrade", "PerformanceLevel", "Result", "ext:Dan"])
def test_ob_25_a_grade_may_stand_beside_bounds_in_numbers(kind: str) -> None:
    assert allows(_described(resultType=kind, valueMin="0", valueMax="4"), "A")


@pytest.mark.parametrize(
    "kind", ["GradePointAverage", "Percent", "PredictedScore", "RawScore", "RubricScore", "ScaledScore"]
)
def test_ob_25_a_score_between_two_numbers_is_a_number(kind: str) -> None:
    described = _described(resultType=kind, valueMin="0", valueMax="100")
    assert allows(described, "82.5")
    assert not allows(described, "A")


@given(st.decimals(-100, 100, places=2), st.decimals(-100, 100, places=2), st.decimals(-100, 100, places=2))
def test_ob_26_numbers_are_compared_as_numbers(low: Decimal, high: Decimal, value: Decimal) -> None:
    described = _described(valueMin=str(low), valueMax=str(high))
    assert allows(described, str(value)) == (low <= value <= high)


@given(st.text(), st.text(), st.text(), st.lists(st.text(), max_size=2))
def test_whatever_stands_in_a_description_is_compared(low: str, high: str, value: str, allowed: list[str]) -> None:
    described = _described(valueMin=low, valueMax=high, allowedValue=allowed)
    assert allows(described, value) == (value in allowed) or not allowed
