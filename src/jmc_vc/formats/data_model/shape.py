"""What credentials and presentations have in common: `@context`, `id`, `type` and members of one or many objects.

https://www.w3.org/TR/vc-data-model-2.0/#contexts to #types, and https://www.w3.org/TR/vc-data-model/ for 1.1.

Judged here is the JSON. Whether a type or term means anything only the contexts know: the conversion of JSON-LD refuses
those that mean nothing, and contexts that redefine a protected term.
"""

from collections.abc import Mapping

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.jsonld.iri import is_absolute_iri
from jmc_vc.formats.openbadges.data_model import BASE_CONTEXT_V1, BASE_CONTEXT_V2, DataModel
from jmc_vc.formats.openbadges.member import AgainstSchema, Node

__all__ = [
    "BASE_CONTEXT_V1",
    "BASE_CONTEXT_V2",
    "BadContext",
    "BadId",
    "BadMember",
    "BadType",
    "DataModel",
    "data_model_of",
    "id_in",
    "id_of",
    "parts_of",
    "required_id_of",
    "types_of",
]


class BadContext(Unacceptable):
    """`@context` is not a list of URLs and objects that begins with the base context of a data model we know."""

    code = "vc.context"


class BadId(Unacceptable):
    """An `id` is not one URL, or is missing where it has to be."""

    code = "vc.id"


class BadType(Unacceptable):
    """`type` is missing, holds something else than texts, or does not name what has to stand in this place."""

    code = "vc.type"


class BadMember(Unacceptable):
    """A member is not the one object, or the list of at least one object, that the data model says."""

    code = "vc.member"


_DATA_MODELS: Mapping[object, DataModel] = {BASE_CONTEXT_V1: DataModel.V1_1, BASE_CONTEXT_V2: DataModel.V2_0}


def data_model_of(node: Node) -> DataModel:
    """The data model that the first of the contexts names (VC-01). The others are URLs or contexts written in place;
    whether the caller takes those is the caller's rule. Raises BadContext."""
    contexts = node.members.get("@context")
    if not isinstance(contexts, list) or not contexts:
        raise BadContext(pointer=node.at("@context"))
    for position, each in enumerate(contexts):
        if not isinstance(each, dict) and not (isinstance(each, str) and is_absolute_iri(each)):
            raise BadContext(pointer=f"{node.at('@context')}/{position}")
    first = contexts[0]
    if not isinstance(first, str) or first not in _DATA_MODELS:
        raise BadContext(pointer=f"{node.at('@context')}/0")
    return _DATA_MODELS[first]


def id_of(node: Node) -> str | None:
    """The one URL that `id` is, or None when there is none (VC-02). Raises BadId."""
    return required_id_of(node) if node.has("id") else None


def required_id_of(node: Node) -> str:
    """The one URL that `id` is. Raises BadId."""
    try:
        return node.id()
    except AgainstSchema as err:
        raise BadId(pointer=err.pointer) from err


def types_of(node: Node, required: str | None = None) -> tuple[str, ...]:
    """One type or many in any order (VC-03), with `required` among them. Raises BadType."""
    try:
        return node.types(required) if required else node.types()
    except AgainstSchema as err:
        raise BadType(pointer=err.pointer) from err


def parts_of(node: Node, name: str) -> tuple[Node, ...]:
    """The objects that the member `name` is, one or many; none when it is not there. Raises BadMember."""
    try:
        parts = node.nodes(name, compact=True)
    except AgainstSchema as err:
        raise BadMember(pointer=err.pointer) from err
    if node.has(name) and not parts:
        raise BadMember(pointer=node.at(name))
    return parts


def id_in(value: object) -> str | None:
    """The id of what is written as a URL or as an object with an `id` (an issuer, a holder); None for all else."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) and is_absolute_iri(found) else None
