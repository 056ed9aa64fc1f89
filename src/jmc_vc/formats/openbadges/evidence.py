"""Evidence: what a learner made, or what an endorser looked at. https://www.imsglobal.org/spec/ob/v3p0/#evidence"""

from dataclasses import dataclass

from jmc_vc.formats.openbadges.member import Node


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`id` is an address for people: the service never opens it."""

    id: str | None
    name: str | None
    description: str | None
    narrative: str | None
    genre: str | None
    audience: str | None


def read_evidence(node: Node) -> tuple[Evidence, ...]:
    """The `evidence` of a credential, in its order. Raises schema.*."""
    return tuple(_evidence(each) for each in node.nodes("evidence"))


def _evidence(node: Node) -> Evidence:
    node.types("Evidence")
    return Evidence(
        id=node.optional_id(),
        name=node.optional_text("name"),
        description=node.optional_text("description"),
        narrative=node.optional_text("narrative"),
        genre=node.optional_text("genre"),
        audience=node.optional_text("audience"),
    )
