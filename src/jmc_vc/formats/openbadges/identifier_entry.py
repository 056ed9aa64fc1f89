"""IdentifierEntry: a number or name that a thing has in somebody's system.

https://www.imsglobal.org/spec/ob/v3p0/#identifierentry
"""

from jmc_vc.formats.openbadges.member import Node


def read_other_identifiers(node: Node) -> tuple[tuple[str, str], ...]:
    """The `otherIdentifier` of an object as pairs of identifier type and identifier. Raises schema.*."""
    return tuple(_entry(each) for each in node.nodes("otherIdentifier"))


def _entry(node: Node) -> tuple[str, str]:
    node.types("IdentifierEntry")
    return node.text("identifierType"), node.text("identifier")
