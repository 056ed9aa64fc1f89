"""ResultDescription and RubricCriterionLevel: which results an achievement can have.

https://www.imsglobal.org/spec/ob/v3p0/#resultdescription
"""

from dataclasses import dataclass

from jmc_vc.formats.openbadges.alignment import Alignment, read_alignments
from jmc_vc.formats.openbadges.member import Node


@dataclass(frozen=True, kw_only=True)
class RubricLevel:
    """One level of a rubric."""

    id: str
    name: str
    description: str | None
    level: str | None
    points: str | None
    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, kw_only=True)
class ResultDescription:
    """What kind of result an assessment gives; numbers stand in texts, as Open Badges writes them."""

    id: str
    name: str
    result_type: str
    value_min: str | None
    value_max: str | None
    required_value: str | None
    required_level: str | None
    allowed_values: tuple[str, ...]
    levels: tuple[RubricLevel, ...]
    alignments: tuple[Alignment, ...]


def read_result_description(node: Node) -> ResultDescription:
    """The ResultDescription that `node` holds. Raises schema.*."""
    node.types("ResultDescription")
    return ResultDescription(
        id=node.id(),
        name=node.text("name"),
        result_type=node.text("resultType"),
        value_min=node.optional_text("valueMin"),
        value_max=node.optional_text("valueMax"),
        required_value=node.optional_text("requiredValue"),
        required_level=node.optional_id("requiredLevel"),
        allowed_values=node.texts("allowedValue"),
        levels=tuple(_level(each) for each in node.nodes("rubricCriterionLevel")),
        alignments=read_alignments(node),
    )


def _level(node: Node) -> RubricLevel:
    node.types("RubricCriterionLevel")
    return RubricLevel(
        id=node.id(),
        name=node.text("name"),
        description=node.optional_text("description"),
        level=node.optional_text("level"),
        points=node.optional_text("points"),
        alignments=read_alignments(node),
    )
