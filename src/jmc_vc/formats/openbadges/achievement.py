"""Achievement: what was awarded, as read from a credential. https://www.imsglobal.org/spec/ob/v3p0/#achievement"""

from collections.abc import Mapping
from dataclasses import dataclass

from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.openbadges.profile import Profile, read_profile
from jmc_vc.formats.strict_json import JsonValue

EXTENSION = "jmc:"
"""Members of our own context. A reader of the proof knows that they are covered: an undefined term is refused there."""


@dataclass(frozen=True, kw_only=True)
class Image:
    """`id` is an address, never opened by the service, or a data URI."""

    id: str
    caption: str | None


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """`narrative` is Markdown of the issuer: text to be rendered with no HTML of its own."""

    id: str | None
    narrative: str | None


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """A competency, occupation, level or field in a framework to which the achievement is related."""

    target_name: str
    target_url: str
    target_type: str | None
    target_code: str | None
    target_framework: str | None
    target_description: str | None


@dataclass(frozen=True, kw_only=True)
class RubricLevel:
    """One level of a rubric."""

    id: str
    name: str
    level: str | None
    points: str | None


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


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """An achievement; `titles` maps language to title, `extensions` holds the `jmc:` members as they were signed."""

    id: str
    name: str
    description: str
    criteria: Criteria
    achievement_type: str | None
    version: str | None
    human_code: str | None
    in_language: str | None
    field_of_study: str | None
    credits_available: int | float | None
    image: Image | None
    creator: Profile | None
    tags: tuple[str, ...]
    alignments: tuple[Alignment, ...]
    result_descriptions: tuple[ResultDescription, ...]
    titles: Mapping[str, str]
    extensions: Mapping[str, JsonValue]


def read_achievement(node: Node) -> Achievement:
    """The Achievement that `node` holds. Raises schema.*."""
    node.types("Achievement")
    creator = node.optional_node("creator")
    titles = node.optional_node("jmc:title")
    return Achievement(
        id=node.id(),
        name=node.text("name"),
        description=node.text("description"),
        criteria=_criteria(node.node("criteria")),
        achievement_type=node.optional_text("achievementType"),
        version=node.optional_text("version"),
        human_code=node.optional_text("humanCode"),
        in_language=node.optional_text("inLanguage"),
        field_of_study=node.optional_text("fieldOfStudy"),
        credits_available=node.optional_number("creditsAvailable"),
        image=read_image(node),
        creator=read_profile(creator) if creator else None,
        tags=node.texts("tag"),
        alignments=tuple(_alignment(each) for each in node.nodes("alignment")),
        result_descriptions=tuple(_result_description(each) for each in node.nodes("resultDescription")),
        titles={language: titles.text(language) for language in titles.members} if titles else {},
        extensions={name: value for name, value in node.members.items() if name.startswith(EXTENSION)},
    )


def read_image(node: Node) -> Image | None:
    """The `image` of an object, if it has one."""
    image = node.optional_node("image")
    if image is None:
        return None
    image.types("Image")
    return Image(id=image.id(), caption=image.optional_text("caption"))


def _criteria(node: Node) -> Criteria:
    criteria = Criteria(id=node.optional_id(), narrative=node.optional_text("narrative"))
    if criteria.id is None and not criteria.narrative:
        raise AgainstSchema(pointer=node.pointer)
    return criteria


def _alignment(node: Node) -> Alignment:
    node.types("Alignment")
    return Alignment(
        target_name=node.text("targetName"),
        target_url=node.id("targetUrl"),
        target_type=node.optional_text("targetType"),
        target_code=node.optional_text("targetCode"),
        target_framework=node.optional_text("targetFramework"),
        target_description=node.optional_text("targetDescription"),
    )


def _result_description(node: Node) -> ResultDescription:
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
    )


def _level(node: Node) -> RubricLevel:
    node.types("RubricCriterionLevel")
    return RubricLevel(
        id=node.id(),
        name=node.text("name"),
        level=node.optional_text("level"),
        points=node.optional_text("points"),
    )
