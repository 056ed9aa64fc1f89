"""One node is described at one place: else its members could change places under one signature.

RDF knows no places. Of two objects with one `id` (an evidence whose address is the achievement's, say) every statement
is about one node, so a name could be moved from the one to the other, or exchanged, and the proof would still hold. A
node may therefore be described once and referred to elsewhere. Two descriptions are accepted where nothing can move:

- They are the same JSON (issuer and creator of many badges).
- The deeper one says nothing but types that the other has too (a creator of whom only the type is told). Were the
  members moved down to it, the description would be the deeper one.
- They stand in two credentials side by side, each with a proof of its own: those proofs hold them together, so whoever
  shows something of such a credential verifies its proof first.
- One has a single type and only members that this type defines, and the other has other types and none of those
  members: the subject of an endorsement inside the badge that it endorses. Types cannot follow the members, because a
  reader looks for them.
"""

import json
from hashlib import sha256

from jmc_vc.formats.jsonld.context import ActiveContext
from jmc_vc.formats.jsonld.loss import DataLoss, Loss
from jmc_vc.formats.strict_json import JsonObject


class Description:
    """An object with an id and something more: its members, the ends of the lines that say its types, the contexts
    without what the types define and with it, and in how many nodes it lies."""

    __slots__ = ("_digest", "before", "context", "depth", "members", "types")

    def __init__(
        self,
        members: JsonObject,
        types: tuple[str, ...],
        before: ActiveContext,
        context: ActiveContext,
        depth: int,
    ) -> None:
        self.members = members
        self.types = types
        self.before = before
        self.context = context
        self.depth = depth
        self._digest = b""

    def is_same_as(self, other: "Description") -> bool:
        """The same JSON. 1 and true are two values here, unlike for `==`."""
        return self.members.keys() == other.members.keys() and self._json_digest() == other._json_digest()  # noqa: SLF001 - another of this class

    def _json_digest(self) -> bytes:
        # Made once: one large description may be compared with hundreds of small ones.
        if not self._digest:
            self._digest = sha256(json.dumps(self.members, sort_keys=True).encode("utf-8", "surrogatepass")).digest()
        return self._digest

    def repeats_types_of(self, other: "Description") -> bool:
        """This one says nothing but types, all of which `other` has, and lies deeper."""
        return self.depth > other.depth and not self._names() and set(self.types) <= set(other.types)

    def keeps_apart_from(self, other: "Description") -> bool:
        """Nothing of this description could stand in `other`, nor the other way round."""
        return (
            len(self.types) == 1
            and bool(other.types)
            and self.types[0] not in other.types
            and all(self._is_of_own_type(name) for name in self._names())
            and not any(self._is_of_own_type(name) for name in other._names())  # noqa: SLF001 - another of this class
        )

    def _names(self) -> set[str]:
        return self.members.keys() - {self.context.id_key, self.context.type_key, "@context"}

    def _is_of_own_type(self, name: str) -> bool:
        return self.context.definition(name) != self.before.definition(name)


class Descriptions:
    """What one document describes, as far as it was read."""

    __slots__ = ("_credentials", "_found", "place")

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[tuple[tuple[int, ...], Description]]] = {}
        self._credentials = 0
        self.place: tuple[tuple[int, ...], bool] = ((), False)
        """Where the reader is: the numbers of the credentials with proofs of their own around it, and whether it is
        inside an object that was compared whole. Who walks the document puts it back at the end of each node."""

    def enter_credential(self) -> None:
        """A node begins that has a proof of its own, and is not the document itself."""
        self._credentials += 1
        self.place = ((*self.place[0], self._credentials), self.place[1])

    def add(self, graph: str, subject: str, described: Description) -> bool:
        """The node that has just begun is `subject`; answers whether it may have been described before. Raises
        DataLoss."""
        inside, repeating = self.place
        if repeating:
            return True
        others = self._found.get((graph, subject))
        if others is None:
            self._found[graph, subject] = [(inside, described)]
            return False
        for around, other in others:
            shared = min(len(inside), len(around))
            if inside[:shared] != around[:shared]:
                continue
            if described.keeps_apart_from(other) or other.keeps_apart_from(described):
                continue
            if described.repeats_types_of(other) or other.repeats_types_of(described):
                continue
            if not described.is_same_as(other):
                raise DataLoss(Loss.DESCRIBED_TWICE)
            self.place = (inside, True)
            return True
        others.append((inside, described))
        return True
