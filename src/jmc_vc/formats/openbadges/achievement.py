"""Achievement: what was awarded, as read from a credential. https://www.imsglobal.org/spec/ob/v3p0/#achievement"""

from collections.abc import Mapping
from dataclasses import dataclass

from jmc_vc.formats.openbadges.alignment import Alignment, read_alignments
from jmc_vc.formats.openbadges.identifier_entry import read_other_identifiers
from jmc_vc.formats.openbadges.image import Image, read_image
from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.openbadges.profile import Profile, read_profile
from jmc_vc.formats.openbadges.result_description import ResultDescription, read_result_description
from jmc_vc.formats.openbadges.result_rules import require_possible
from jmc_vc.formats.strict_json import JsonValue

EXTENSION = "jmc:"
"""Members of our own context. A reader of the proof knows that they are covered: an undefined term is refused there."""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """`narrative` is Markdown of the issuer: text to be rendered with no HTML of its own."""

    id: str | None
    narrative: str | None


@dataclass(frozen=True, kw_only=True)
class Related:
    """Another achievement, such as an earlier version or a translation of this one."""

    id: str
    in_language: str | None
    version: str | None


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
    specialization: str | None
    credits_available: int | float | None
    image: Image | None
    creator: Profile | None
    identifiers: tuple[tuple[str, str], ...]
    """Pairs of identifier type and identifier."""
    related: tuple[Related, ...]
    tags: tuple[str, ...]
    alignments: tuple[Alignment, ...]
    result_descriptions: tuple[ResultDescription, ...]
    titles: Mapping[str, str]
    extensions: Mapping[str, JsonValue]


def read_achievement(node: Node) -> Achievement:
    """The Achievement that `node` holds. Raises schema.*."""
    node.types("Achievement")
    descriptions = tuple(read_result_description(each) for each in node.nodes("resultDescription"))
    require_possible(descriptions, node)
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
        specialization=node.optional_text("specialization"),
        credits_available=node.optional_number("creditsAvailable"),
        image=read_image(node),
        creator=read_profile(creator) if creator else None,
        identifiers=read_other_identifiers(node),
        related=tuple(_related(each) for each in node.nodes("related")),
        tags=node.texts("tag"),
        alignments=read_alignments(node),
        result_descriptions=descriptions,
        titles={language: titles.text(language) for language in titles.members} if titles else {},
        extensions={name: value for name, value in node.members.items() if name.startswith(EXTENSION)},
    )


def _criteria(node: Node) -> Criteria:
    criteria = Criteria(id=node.optional_id(), narrative=node.optional_text("narrative"))
    if criteria.id is None and not criteria.narrative:
        raise AgainstSchema(pointer=node.pointer)
    return criteria


def _related(node: Node) -> Related:
    node.types("Related")
    return Related(id=node.id(), in_language=node.optional_text("inLanguage"), version=node.optional_text("version"))
