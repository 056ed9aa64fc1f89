"""JSON-LD document → RDF quads, in one pass, in safe mode: nothing is left out and nothing is guessed.

https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm after
https://www.w3.org/TR/json-ld11-api/#expansion-algorithms, and
https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly

Expansion, node map and RDF are one walk here, because each member already knows its term (`context`). What the
specification would drop or resolve against a base is refused with the place where it stands (`loss`). So is what would
state the same in other words: readers go by the words, and whoever passes a document on could choose others that they
do not find. `context` holds that for names; here it holds for values (`{"@value": …}` around plain text, arrays in
arrays, `@set`, `@list`, an item that stands twice) and for nodes (`descriptions`).

What remains open, because honest documents use both: one item or an array of one, an empty array or none, an address
or `{"id": …}` where an address is expected, 2 or 2.0, and upper or lower case in `@language`. No reader of ours loses
anything by it: it takes both, or refuses the one that the data model does not have.

Not supported, because no context that we ship has it, and refused: @graph, @included, @reverse, @nest and @index in a
document, and terms that are indexed, nested or reversed.
"""

import re
from typing import Final, TypeAlias

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld.context import ActiveContext, ContextNotAllowed, Contexts, Term
from jmc_vc.formats.jsonld.datatypes import RDF
from jmc_vc.formats.jsonld.descriptions import Description, Descriptions
from jmc_vc.formats.jsonld.literal import (
    bare,
    escaped,
    is_native,
    json_literal,
    language_text,
    value_object,
)
from jmc_vc.formats.jsonld.loss import DataLoss, Loss, locate
from jmc_vc.formats.jsonld.quads import Quad, Quads
from jmc_vc.formats.strict_json import JsonObject, JsonValue

MOST_APPLIED: Final = 64
"""Contexts that may be applied for one document, 0.1 to 2 ms each when they are not compiled yet. A typical badge needs
15, one that we issue 21, one with an endorsement inside 27, a presentation of two badges 26, or 46 when their lists of
contexts differ. All count that it uses, compiled or not: the
answer must not depend on what others sent before."""
MOST_NESTED: Final = 200
"""Objects and arrays in one another; what is read by `strict_json` has 32 at most. No walk here may depend on
RecursionError: compiled code recurses on the stack of C, whose end is the end of the process."""
CREDENTIAL: Final = "VerifiableCredential"
"""The type of nodes that may have a `@context` of their own: an endorsement in a badge, a badge in a presentation."""

Origin: TypeAlias = tuple[object, int]
"""The part of a document that a blank node stands for, the very object, and as what: an object AS_NODE or AS_GRAPH, a
label AS_NODE, an array that is a list as one of its cells, by position."""
AS_NODE: Final = -1
AS_GRAPH: Final = -2

_FIRST: Final = f"<{RDF}first>"
_REST: Final = f"<{RDF}rest>"
_NIL: Final = f"<{RDF}nil>"
_is_label: Final = re.compile(r"_:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?").fullmatch


def to_quads(document: JsonObject, contexts: Contexts, *, most_applied: int = MOST_APPLIED) -> Quads:
    """The quads of `document`. Raises DataLoss, KeywordRefused, UnknownContext, ContextNotAllowed, ContextConflict, and
    NotCanonicalizable for a JSON literal."""
    return _Conversion(contexts, most_applied, None).of(document, contexts)


def to_quads_with_origins(document: JsonObject, contexts: Contexts) -> tuple[Quads, dict[str, Origin]]:
    """The same, and where each blank node comes from. Raises what `to_quads` raises."""
    origins: dict[str, Origin] = {}
    return _Conversion(contexts, MOST_APPLIED, origins).of(document, contexts), origins


class _Conversion:
    """One document's walk: what was stated so far."""

    __slots__ = (
        "again",
        "contexts",
        "depth",
        "descriptions",
        "ends",
        "in_any_node",
        "labels",
        "left",
        "links",
        "nodes",
        "origins",
        "type_lists",
    )

    def __init__(self, contexts: Contexts, most_applied: int, origins: dict[str, Origin] | None) -> None:
        self.ends: dict[str, list[str]] = {}
        self.links: list[Quad] = []
        self.again = False
        """A node may have been described twice in the same words: its statements stand in `ends` or `links` twice."""
        self.nodes = 0
        self.origins = origins
        """Told only to those who ask."""
        self.depth = 0
        self.labels: dict[str, tuple[str, str]] = {}
        self.descriptions = Descriptions()
        self.contexts: set[ActiveContext] = set()
        self.left = most_applied
        self.type_lists = contexts.type_lists.young
        self.in_any_node = contexts.in_any_node

    def of(self, document: JsonObject, contexts: Contexts) -> Quads:
        """The quads of the whole `document`."""
        try:
            self.node(contexts.root(document.get("@context")), document, "", top=True)
        except RecursionError as err:
            raise DataLoss(Loss.DEPTH) from err
        quads = self.quads()
        if not quads.ends and not quads.links:
            raise DataLoss(Loss.NOTHING)
        return quads

    def quads(self) -> Quads:
        """What was stated, each statement once."""
        if not self.again:
            return Quads(self.ends, self.links)
        return Quads(
            {subject: list(dict.fromkeys(ends)) for subject, ends in self.ends.items()},
            list(dict.fromkeys(self.links)),
        )

    def node(self, context: ActiveContext, members: JsonObject, graph: str, *, top: bool = False) -> str:
        """State the node `members` in `graph`; answers its subject."""
        size = len(members)
        if "@context" in members:
            size -= 1
            if not top:
                context = self._own_context(context, members)
        before = context
        types: tuple[str, ...] = ()
        if context.type_key in members:
            size -= 1
            context, types = self._typed(context, members[context.type_key])
        if context not in self.contexts:
            self._use(before)
            self._use(context)
        descriptions = self.descriptions
        around = descriptions.place
        if members.get("proof") and not top:
            descriptions.enter_credential()
        identified = context.id_key in members
        if identified:
            subject = self._identified(context, members[context.id_key], graph)
            if types or size > 1:
                self.again |= descriptions.add(graph, subject, Description(members, types, before, context, self.depth))
        else:
            subject = self._new_node(members, AS_NODE)
        self._deeper()
        ends = self._ends(context, subject, members, graph, types)
        self.depth -= 1
        descriptions.place = around
        if graph:
            for end in ends:
                predicate, _, object_ = end[:-3].partition(" ")
                self.links.append((subject, predicate, object_, graph))
            self.again |= identified
        elif subject in self.ends:
            self.ends[subject] += ends
            self.again = True
        elif ends:
            self.ends[subject] = ends
        return subject

    def _ends(
        self, context: ActiveContext, subject: str, members: JsonObject, graph: str, types: tuple[str, ...]
    ) -> list[str]:
        """What `types` and `members` say of `subject`. Where that is another blank node, it goes to `self.links`."""
        ends = [*types]
        terms = context.terms
        name = ""
        try:
            for name, value in members.items():
                term = terms.get(name)
                if term is None:
                    term = self._term(context, name)
                if term.simple and isinstance(value, str):
                    # Two thirds of all members: written here, without a call.
                    ends.append(f"{term.opening}{escaped(value)}{term.closing}")
                    continue
                if isinstance(value, list) and term.plural:
                    self._state_each(subject, term, value, graph, ends)
                    continue
                if term.skipped:
                    continue
                if term.is_language_map:
                    self._state_language_map(term, value, ends)
                    continue
                written = self._written(term, value, graph)
                if written[0] == "_":
                    self.links.append((subject, term.predicate, written, graph))
                else:
                    ends.append(f"{term.predicate} {written} .\n")
        except Error as err:
            locate(err, name)
            raise
        return ends

    def _own_context(self, context: ActiveContext, members: JsonObject) -> ActiveContext:
        """The context inside a node with `@context`. In other nodes than credentials names could change their meaning
        where no reader expects it, and each costs the compilation of another context."""
        types = members.get("type")
        if not self.in_any_node and CREDENTIAL not in (types if isinstance(types, list) else [types]):
            raise ContextNotAllowed(pointer="/@context")
        try:
            return context.with_local(members["@context"])
        except Error as err:
            if err.pointer is None:
                locate(err, "@context")
            raise

    def _use(self, context: ActiveContext) -> None:
        if context not in self.contexts:
            self.contexts.add(context)
            self.left -= context.cost
            if self.left < 0:
                raise DataLoss(Loss.DEPTH)

    def _term(self, context: ActiveContext, name: str) -> Term:
        term = context.term(name)
        if term.scoped:
            assert term.scalars is not None
            assert term.nodes is not None
            self._use(term.scalars)
            self._use(term.nodes)
        return term

    def _state_each(self, subject: str, term: Term, items: list[JsonValue], graph: str, ends: list[str]) -> None:
        """State `subject term item` for every item, each of them once."""
        written: set[str] = set()
        for position, item in enumerate(items):
            try:
                if isinstance(item, list):
                    raise DataLoss(Loss.CONTAINER)
                found = self._written(term, item, graph)
                if found in written:
                    raise DataLoss(Loss.REPEATED)
            except Error as err:
                locate(err, position)
                raise
            written.add(found)
            if found[0] == "_":
                self.links.append((subject, term.predicate, found, graph))
            else:
                ends.append(f"{term.predicate} {found} .\n")

    def _written(self, term: Term, value: JsonValue, graph: str) -> str:
        """One value as the object of a statement; what it says itself is stated on the way."""
        if term.is_json:
            return json_literal(value)
        if term.is_list:
            if not isinstance(value, list):
                raise DataLoss(Loss.CONTAINER)
            return self._list(term, value, graph)
        if term.is_graph:
            return self._graph(term, value)
        return self._object(term, value, graph)

    def _object(self, term: Term, value: JsonValue, graph: str) -> str:
        """A value that is no graph, list or JSON as the object of a statement."""
        assert term.scalars is not None
        assert term.nodes is not None
        if isinstance(value, dict):
            if "@value" in value:
                written = value_object(term.scalars, value)
                content = value["@value"]
                if isinstance(content, str | int | float) and written == bare(term, content):
                    raise DataLoss(Loss.SPELLING)
                return written
            if "@set" in value or "@list" in value:
                raise DataLoss(Loss.CONTAINER)
            if len(value) == 1 and term.scalars.id_key in value:
                # A reference keeps the type-scoped definitions (§5.1.2 step 7); anything else begins a node.
                return self._identified(term.scalars, value[term.scalars.id_key], graph)
            return self.node(term.nodes, value, graph)
        if isinstance(value, str):
            if term.is_reference:
                return self._subject(term.scalars, value, graph)
            if term.is_vocabulary:
                return term.scalars.vocabulary_iri(value)
            if term.native and is_native(value):
                raise DataLoss(Loss.SPELLING)
        return bare(term, value)

    def _list(self, term: Term, items: list[JsonValue], graph: str) -> str:
        """An RDF collection; answers its head. A list in a list is a list of its own."""
        self._deeper()
        following = _NIL
        cells = [self._new_node(items, position) for position in range(len(items))]
        for position in reversed(range(len(items))):
            item = items[position]
            try:
                written = self._list(term, item, graph) if isinstance(item, list) else self._object(term, item, graph)
            except Error as err:
                locate(err, position)
                raise
            cell = cells[position]
            for predicate, object_ in ((_FIRST, written), (_REST, following)):
                if graph or object_[0] == "_":
                    self.links.append((cell, predicate, object_, graph))
                else:
                    self.ends.setdefault(cell, []).append(f"{predicate} {object_} .\n")
            following = cell
        self.depth -= 1
        return following

    def _graph(self, term: Term, value: JsonValue) -> str:
        """A node in a graph of its own (proofs, presented credentials); answers the graph's name.

        A text or a bare reference states nothing inside the graph, so nothing of it would be signed.
        """
        if not isinstance(value, dict) or "@value" in value or "@list" in value:
            raise DataLoss(Loss.GRAPH)
        assert term.nodes is not None
        name = self._new_node(value, AS_GRAPH)
        before = len(self.links)
        self.node(term.nodes, value, name)
        if len(self.links) == before:
            raise DataLoss(Loss.GRAPH)
        return name

    def _state_language_map(self, term: Term, value: JsonValue, ends: list[str]) -> None:
        """One text for each language."""
        if not isinstance(value, dict) or not value:
            raise DataLoss(Loss.LANGUAGE)
        for tag, text in value.items():
            try:
                ends.append(f"{term.predicate} {language_text(term, tag, text)} .\n")
            except Error as err:
                locate(err, tag)
                raise

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise DataLoss(Loss.DEPTH)

    def _new_node(self, part: object, role: int) -> str:
        self.nodes += 1
        node = f"_:{self.nodes}"
        if self.origins is not None:
            self.origins[node] = (part, role)
        return node

    def _typed(self, context: ActiveContext, value: JsonValue) -> tuple[ActiveContext, tuple[str, ...]]:
        """The context inside a node of these types, and what says them."""
        types = tuple(value) if isinstance(value, list) else value
        try:
            found = self.type_lists.get((context, types))
        except TypeError:  # an object or an array among the types, which `typed` refuses
            found = None
        if found is None:
            try:
                found = context.typed(types)
            except Error as err:
                locate(err, context.type_key)
                raise
        return found

    def _identified(self, context: ActiveContext, value: JsonValue, graph: str) -> str:
        """The subject that an id names."""
        try:
            if not isinstance(value, str):
                raise DataLoss(Loss.ID)
            return self._subject(context, value, graph)
        except Error as err:
            locate(err, context.id_key)
            raise

    def _subject(self, context: ActiveContext, text: str, graph: str) -> str:
        """What `text` names: an IRI, or the blank node with that label.

        A label may not stand in two graphs: RDFC-1.0 then has graphs with two canonical forms, of which the order of
        the statements decides.
        """
        if text[:2] != "_:":
            return context.iri(text)
        if not _is_label(text):
            raise DataLoss(Loss.ID)
        if text not in self.labels:
            self.labels[text] = (graph, self._new_node(text, AS_NODE))
        before, node = self.labels[text]
        if before != graph:
            raise DataLoss(Loss.ID)
        return node
