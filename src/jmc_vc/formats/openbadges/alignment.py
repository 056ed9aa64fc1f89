"""Alignment: where an achievement, result or level stands in somebody's framework.

https://www.imsglobal.org/spec/ob/v3p0/#alignment
"""

from dataclasses import dataclass

from jmc_vc.formats.openbadges.member import Node


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """A competency, occupation, level or field in a framework to which the achievement is related."""

    target_name: str
    target_url: str
    target_type: str | None
    target_code: str | None
    target_framework: str | None
    target_description: str | None


def read_alignments(node: Node) -> tuple[Alignment, ...]:
    """The `alignment` of an object, in its order. Raises schema.*."""
    return tuple(_alignment(each) for each in node.nodes("alignment"))


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
