"""Typed access to the members of a JSON object: what is there must have the one shape that we read, or it is refused.

The readers of this package go through here, so that no value of another type ever reaches a page (a `name` that is an
object, an `id` that is a list). Errors carry the JSON Pointer of the member and nothing of its content.

One thing is read in two shapes, as Open Badges serializes it: `type` of every class, `proof`, `credentialSchema`,
`credentialStatus` and `termsOfUse` may be a single value or a list (OB-03). Everything else that can be there several
times is a list, on reading as on writing (OB-02): JSON-LD tools may fold a list of one into a bare value, and we refuse
what they made, because a reader that takes both shows what another one does not see.
"""

from dataclasses import dataclass

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.jsonld.iri import is_absolute_iri
from jmc_vc.formats.openbadges.date_time import DateTimeStamp, read_date_time_stamp
from jmc_vc.formats.strict_json import JsonObject, JsonValue


class AgainstSchema(Unacceptable):
    """A member is missing, of another type, or outside the data model."""

    code = "schema.violation"


class NotAnId(AgainstSchema):
    """An identifier is missing or is no absolute URI: then nothing said about it can be covered by a proof."""

    code = "schema.id"


class WrongType(AgainstSchema):
    """`type` does not name the class that stands in this place."""

    code = "schema.type"


@dataclass(frozen=True)
class Node:
    """One JSON object of a document and where it stands in it."""

    members: JsonObject
    pointer: str = ""

    def at(self, name: str) -> str:
        """The pointer of the member `name`."""
        return f"{self.pointer}/{pointer_step(name)}"

    def has(self, name: str) -> bool:
        """Whether the member is there at all."""
        return name in self.members

    def text(self, name: str) -> str:
        """A required text that is not empty."""
        value = self.optional_text(name)
        if not value:
            raise AgainstSchema(pointer=self.at(name))
        return value

    def optional_text(self, name: str) -> str | None:
        """A text, or None when the member is not there."""
        value = self.members.get(name)
        if name in self.members and not isinstance(value, str):
            raise AgainstSchema(pointer=self.at(name))
        return value if isinstance(value, str) else None

    def id(self, name: str = "id") -> str:
        """A required absolute URI or IRI: the object's own, or the address of something else."""
        value = self.members.get(name)
        if not isinstance(value, str) or not is_absolute_iri(value):
            raise (NotAnId if name == "id" else AgainstSchema)(pointer=self.at(name))
        return value

    def optional_id(self, name: str = "id") -> str | None:
        """An absolute URI or IRI, or None when the member is not there."""
        return self.id(name) if name in self.members else None

    def types(self, *any_of: str) -> tuple[str, ...]:
        """`type`, one text or a list of texts (OB-03), which must hold one of `any_of` where that is given."""
        value = self.members.get("type")
        found = tuple(
            each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each
        )
        if not found or (isinstance(value, list) and len(found) != len(value)):
            raise WrongType(pointer=self.at("type"))
        if any_of and not set(any_of) & set(found):
            raise WrongType(pointer=self.at("type"))
        return found

    def moment(self, name: str) -> DateTimeStamp:
        """A required dateTimeStamp."""
        if name not in self.members:
            raise AgainstSchema(pointer=self.at(name))
        return read_date_time_stamp(self.members.get(name), pointer=self.at(name))

    def optional_moment(self, name: str) -> DateTimeStamp | None:
        """A dateTimeStamp, or None when the member is not there."""
        return self.moment(name) if name in self.members else None

    def number(self, name: str) -> int | float:
        """A required number."""
        value = self.optional_number(name)
        if value is None:
            raise AgainstSchema(pointer=self.at(name))
        return value

    def optional_number(self, name: str) -> int | float | None:
        """A number, or None when the member is not there. True and false are no numbers."""
        value = self.members.get(name)
        if name in self.members and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise AgainstSchema(pointer=self.at(name))
        return value if isinstance(value, int | float) else None

    def flag(self, name: str, *, missing: bool | None = None) -> bool:
        """True or false; `missing` when the member is not there, and refused when `missing` is not given."""
        value = self.members.get(name, missing)
        if not isinstance(value, bool):
            raise AgainstSchema(pointer=self.at(name))
        return value

    def node(self, name: str) -> "Node":
        """A required object. One object where the data model says one: a list of two subjects is refused."""
        return self._node(self.members.get(name), self.at(name))

    def optional_node(self, name: str) -> "Node | None":
        """An object, or None when the member is not there."""
        return self.node(name) if name in self.members else None

    def nodes(self, name: str, *, compact: bool = False) -> tuple["Node", ...]:
        """A list of objects, empty when the member is not there; one bare object only where `compact` (OB-03)."""
        return tuple(self._node(value, at) for value, at in self._list(name, compact=compact))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty when the member is not there."""
        found = self._list(name, compact=False)
        if not all(isinstance(value, str) for value, _ in found):
            raise AgainstSchema(pointer=self.at(name))
        return tuple(value for value, _ in found if isinstance(value, str))

    def _list(self, name: str, *, compact: bool) -> list[tuple[JsonValue, str]]:
        value = self.members.get(name, [])
        if compact and isinstance(value, dict):
            return [(value, self.at(name))]
        if not isinstance(value, list):
            raise AgainstSchema(pointer=self.at(name))
        return [(each, f"{self.at(name)}/{position}") for position, each in enumerate(value)]

    @staticmethod
    def _node(value: JsonValue, pointer: str) -> "Node":
        if not isinstance(value, dict):
            raise AgainstSchema(pointer=pointer)
        return Node(value, pointer)


def pointer_step(name: str) -> str:
    """`name` as a step of a JSON Pointer; a name that the sender made up is repeated only when short and printable."""
    if len(name) > 64 or not name.isprintable():
        return "…"
    return name.replace("~", "~0").replace("/", "~1")
