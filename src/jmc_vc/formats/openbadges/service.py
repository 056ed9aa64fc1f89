"""References that are an address and a type: the JSON Schemas of a credential, and its refresh service.

https://www.imsglobal.org/spec/ob/v3p0/#credentialschema and https://www.imsglobal.org/spec/ob/v3p0/#refreshservice
"""

from dataclasses import dataclass

from jmc_vc.formats.openbadges.member import Node


@dataclass(frozen=True, kw_only=True)
class Service:
    """`id` is the address."""

    id: str
    type: str


def read_schemas(node: Node) -> tuple[Service, ...]:
    """The `credentialSchema` of a credential, one or several. Raises schema.*."""
    return tuple(_service(each) for each in node.nodes("credentialSchema", compact=True))


def read_refresh_service(node: Node) -> Service | None:
    """The `refreshService` of a credential, if it has one. Raises schema.*."""
    found = node.optional_node("refreshService")
    return None if found is None else _service(found)


def _service(node: Node) -> Service:
    return Service(id=node.id(), type=node.text("type"))
