"""The rules between results and result descriptions, which no JSON Schema can say (OB-25, OB-26).

https://www.imsglobal.org/spec/ob/v3p0/#result and #resultdescription. A description lists what a result may be, either
as `allowedValue` or as numbers from `valueMin` to `valueMax`, and the result must be one of that. Grades are texts of
the issuer's own: where the bounds or the value are no numbers there is no order to compare by, and only `allowedValue`
is held against them. What is a number by its type and has numbers as bounds can only be a number: another notation
(`1e9`, `101 points`) would get past the bounds.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.openbadges.result_description import ResultDescription

STATUSES = frozenset({"Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"})

_NUMERIC = frozenset({"GradePointAverage", "Percent", "PredictedScore", "RawScore", "RubricScore", "ScaledScore"})
"""Types of results that are numbers; the others are grades, levels or whatever the issuer takes for one."""

# Twenty digits are more than any score has and keep the comparison cheap; percentages are written with and without %.
_NUMBER = re.compile(r"([+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?) ?%?")


class ResultDoesNotFit(AgainstSchema):
    """A result names a description or level that its achievement does not have, lacks the status it must have, or has
    a value outside what its description allows."""

    code = "schema.result"


def require_possible(descriptions: Sequence[ResultDescription], achievement: Node) -> None:
    """The descriptions can be told apart, and what they require is something that they allow. Raises schema.result."""
    pointer = achievement.at("resultDescription")
    if len({each.id for each in descriptions}) != len(descriptions):
        raise ResultDoesNotFit(pointer=pointer)
    for position, each in enumerate(descriptions):
        low, high = _number(each.value_min), _number(each.value_max)
        if low is not None and high is not None and low > high:
            raise ResultDoesNotFit(pointer=f"{pointer}/{position}/valueMin")
        if each.required_value is not None and not allows(each, each.required_value):
            raise ResultDoesNotFit(pointer=f"{pointer}/{position}/requiredValue")
        if each.required_level is not None and each.required_level not in _level_ids([each]):
            raise ResultDoesNotFit(pointer=f"{pointer}/{position}/requiredLevel")


def described_by(result: Node, descriptions: Sequence[ResultDescription]) -> ResultDescription | None:
    """The description that the Result `result` names, None if it names none; and all else that the result says fits
    it. Raises schema.result."""
    name = result.optional_id("resultDescription")
    found = next((each for each in descriptions if each.id == name), None)
    if name is not None and found is None:
        raise ResultDoesNotFit(pointer=result.at("resultDescription"))
    if found is not None and found.result_type == "Status" and not result.has("status"):
        raise ResultDoesNotFit(pointer=result.at("status"))
    achieved = result.optional_id("achievedLevel")
    if achieved is not None and achieved not in _level_ids([found] if found else descriptions):
        raise ResultDoesNotFit(pointer=result.at("achievedLevel"))
    value = result.optional_text("value")
    if found is not None and value is not None and not allows(found, value):
        raise ResultDoesNotFit(pointer=result.at("value"))
    return found


def allows(description: ResultDescription, value: str) -> bool:
    """`value` is one of the allowed values where those are listed, and otherwise inside the bounds."""
    if description.allowed_values:
        return value in description.allowed_values
    low, high, number = _number(description.value_min), _number(description.value_max), _number(value)
    if number is None:
        return low is None or high is None or description.result_type not in _NUMERIC
    return (low is None or low <= number) and (high is None or number <= high)


def _level_ids(descriptions: Iterable[ResultDescription]) -> set[str]:
    return {level.id for each in descriptions for level in each.levels}


def _number(text: str | None) -> Decimal | None:
    found = _NUMBER.fullmatch(text) if text is not None else None
    return Decimal(found[1]) if found else None
