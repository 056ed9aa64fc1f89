"""JSON-LD document → RDF quads, in one pass, in safe mode: nothing is left out and nothing is guessed.

https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm after
https://www.w3.org/TR/json-ld11-api/#expansion-algorithms, and
https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly

Expansion, node map and RDF are one walk here, because each member already knows its term (`context`). What the
specification would drop or resolve against a base is refused with the place where it stands (`loss`). Two things say
nothing and are let through, as every other safe mode does: an empty array, and an item that is there twice.

Not supported, because no context that we ship has it, and refused: @graph, @included, @reverse, @nest and @index in a
document, and terms that are indexed, nested or reversed.
"""

import re
from dataclasses import dataclass

from jmc_vc.errors import Error
from jmc_vc.formats import jcs
from jmc_vc.formats.jsonld.context import XSD, ActiveContext, Contexts, Kind, Term, literal_suffix
from jmc_vc.formats.jsonld.loss import DataLoss, Loss, locate
from jmc_vc.formats.strict_json import LARGEST_INTEGER, JsonObject, JsonValue

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MOST_CONTEXTS_USED = 200
"""Active contexts that one document may need. A badge with everything needs 30; each new one costs up to 1 ms to
compile."""

_TYPE, _FIRST, _REST, _NIL = f"<{RDF}type>", f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_JSON = f"^^<{RDF}JSON>"
_INTEGER, _DOUBLE, _BOOLEAN = XSD + "integer", XSD + "double", XSD + "boolean"
_VALUE_MEMBERS = frozenset({"@value", "@type", "@language", "@direction"})
_is_language_tag = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*").fullmatch
# Canonical N-Quads (RDF 1.2 N-Quads §3, RDFC-1.0 §5): short escapes where there are some, \u00XX for the other
# controls.
_to_escape = re.compile(r'["\\\x00-\x1f\x7f]')
_needs_escape = _to_escape.search
_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
}  # fmt: skip
_EXPONENT = re.compile(r"(\d)0*E\+?(-)?0*(\d)")

BlankQuad = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads terms; the graph is "" for the default graph."""


@dataclass(frozen=True, slots=True)
class Quads:
    """What a document states, as sets: the same statement twice is one (RDF 1.1 Concepts §4)."""

    ground: frozenset[str]
    """Statements without blank nodes, as canonical N-Quads lines."""
    blank: frozenset[BlankQuad]
    """Statements with blank nodes, whose labels (`_:…`) hold inside this value only."""


def to_quads(document: JsonObject, contexts: Contexts) -> Quads:
    """The quads of `document`. Raises DataLoss, KeywordRefused, UnknownContext, ContextNotAllowed, ContextConflict."""
    conversion = _Conversion()
    try:
        conversion.node(contexts.root(document.get("@context")), document, "", top=True)
    except RecursionError as err:
        raise DataLoss(Loss.DEPTH) from err
    if not conversion.ground and not conversion.blank:
        raise DataLoss(Loss.NOTHING)
    return Quads(frozenset(conversion.ground), frozenset(conversion.blank))


def escaped(text: str) -> str:
    """`text` as it stands between the quotes of a canonical N-Quads literal."""
    return _to_escape.sub(lambda found: _ESCAPES[found.group()], text) if _needs_escape(text) else text


class _Conversion:
    """One document's walk: what was stated so far."""

    __slots__ = ("blank", "contexts", "ground", "labels", "nodes")

    def __init__(self) -> None:
        self.ground: list[str] = []
        self.blank: list[BlankQuad] = []
        self.nodes = 0
        self.labels: dict[str, str] = {}
        self.contexts: set[ActiveContext] = set()

    def node(self, context: ActiveContext, members: JsonObject, graph: str, *, top: bool = False) -> str:
        """State the node `members` in `graph`; answers its subject."""
        if not top and "@context" in members:
            try:
                context = context.with_local(members["@context"])
            except Error as err:
                if err.pointer is None:
                    locate(err, "@context")
                raise
        types: tuple[str, ...] = ()
        key = _only(context.type_keys, members, Loss.TYPE)
        if key is not None:
            context, types = _typed(context, key, members[key])
        self.contexts.add(context)
        if len(self.contexts) > MOST_CONTEXTS_USED:
            raise DataLoss(Loss.DEPTH)
        key = _only(context.id_keys, members, Loss.ID)
        subject = self._new_node() if key is None else self._identified(context, key, members[key])
        state = self.blank.append
        lines = self.ground.append
        blank = subject[0] == "_" or graph != ""
        for type_ in types:
            if blank:
                state((subject, _TYPE, type_, graph))
            else:
                lines(f"{subject} {_TYPE} {type_} .\n")
        terms = context.terms
        for name, value in members.items():
            try:
                term = terms.get(name) or context.term(name)
                kind = term.kind
                if type(value) is str and kind is Kind.LITERAL and term.simple:
                    # Three quarters of all members: written here, without a call.
                    text = escaped(value) if _needs_escape(value) else value
                    if blank:
                        state((subject, term.predicate, f'"{text}"{term.suffix}', graph))
                    else:
                        lines(f'{subject} {term.predicate} "{text}"{term.suffix} .\n')
                elif kind is not Kind.SKIP:
                    self._state(subject, term, value, graph)
            except Error as err:
                locate(err, name)
                raise
        return subject

    def _state(self, subject: str, term: Term, value: JsonValue, graph: str) -> None:
        """State `subject term value` for every item of `value`."""
        if term.kind is Kind.JSON:
            written = _json_literal(value)
        elif isinstance(value, list) and not term.is_list:
            for position, item in enumerate(value):
                try:
                    self._state(subject, term, item, graph)
                except Error as err:
                    locate(err, position)
                    raise
            return
        elif isinstance(value, dict) and "@set" in value:
            if len(value) != 1 or term.is_list:
                raise DataLoss(Loss.CONTAINER)
            self._state(subject, term, value["@set"], graph)
            return
        elif term.is_list and not (isinstance(value, dict) and "@list" in value):
            written = self._list(term, value if isinstance(value, list) else [value], graph)
        elif term.is_language_map and isinstance(value, dict):
            self._state_language_map(subject, term, value, graph)
            return
        elif term.is_graph:
            written = self._graph(term, value)
        else:
            written = self._object(term, value, graph)
        self._quad(subject, term.predicate, written, graph)

    def _quad(self, subject: str, predicate: str, written: str, graph: str) -> None:
        if graph or subject[0] == "_" or written[0] == "_":
            self.blank.append((subject, predicate, written, graph))
        else:
            self.ground.append(f"{subject} {predicate} {written} .\n")

    def _object(self, term: Term, value: JsonValue, graph: str) -> str:
        """One value as the object of a statement; what it says itself is stated on the way."""
        assert term.scalars is not None
        assert term.nodes is not None
        if isinstance(value, str):
            if term.kind is Kind.REFERENCE:
                return self._relabelled(term.scalars.iri(value))
            if term.kind is Kind.VOCABULARY:
                return self._relabelled(term.scalars.vocabulary_iri(value))
            return f'"{escaped(value)}"{term.suffix}'
        if isinstance(value, dict):
            if "@value" in value:
                return _value_object(term.scalars, value)
            if "@list" in value:
                if len(value) != 1:
                    raise DataLoss(Loss.CONTAINER)
                items = value["@list"]
                return self._list(term, items if isinstance(items, list) else [items], graph)
            if len(value) == 1:
                # A reference keeps the type-scoped definitions (§5.1.2 step 7); anything else begins a node.
                for key in term.scalars.id_keys:
                    if key in value:
                        return self._identified(term.scalars, key, value[key])
            return self.node(term.nodes, value, graph)
        return _scalar(value, term.datatype)

    def _list(self, term: Term, items: list[JsonValue], graph: str) -> str:
        """An RDF collection; answers its head. A list in a list is a list of its own."""
        head = _NIL
        cells = [self._new_node() for _ in items]
        for position, item in enumerate(items):
            try:
                written = self._list(term, item, graph) if isinstance(item, list) else self._object(term, item, graph)
            except Error as err:
                locate(err, position)
                raise
            cell = cells[position]
            self.blank.append((cell, _FIRST, written, graph))
            self.blank.append((cell, _REST, cells[position + 1] if position + 1 < len(cells) else _NIL, graph))
        return cells[0] if cells else head

    def _graph(self, term: Term, value: JsonValue) -> str:
        """A node in a graph of its own (proofs, presented credentials); answers the graph's name.

        A text or a bare reference states nothing inside the graph, so nothing of it would be signed.
        """
        if not isinstance(value, dict) or "@value" in value or "@list" in value:
            raise DataLoss(Loss.GRAPH)
        assert term.nodes is not None
        name = self._new_node()
        before = len(self.blank)
        self.node(term.nodes, value, name)
        if len(self.blank) == before:
            raise DataLoss(Loss.GRAPH)
        return name

    def _state_language_map(self, subject: str, term: Term, value: JsonObject, graph: str) -> None:
        for tag, texts in value.items():
            try:
                if tag == "@none":
                    suffix = literal_suffix(None, None, term.direction)
                elif _is_language_tag(tag):
                    suffix = literal_suffix(None, tag, term.direction)
                else:
                    raise DataLoss(Loss.LANGUAGE)
                for text in texts if isinstance(texts, list) else [texts]:
                    if not isinstance(text, str):
                        raise DataLoss(Loss.LANGUAGE)
                    self._quad(subject, term.predicate, f'"{escaped(text)}"{suffix}', graph)
            except Error as err:
                locate(err, tag)
                raise

    def _identified(self, context: ActiveContext, key: str, value: JsonValue) -> str:
        try:
            if not isinstance(value, str):
                raise DataLoss(Loss.ID)
            return self._relabelled(context.iri(value))
        except Error as err:
            locate(err, key)
            raise

    def _relabelled(self, written: str) -> str:
        """Labels that the document chose are kept apart from ours."""
        if written[0] != "_":
            return written
        found = self.labels.get(written)
        if found is None:
            found = self.labels[written] = self._new_node()
        return found

    def _new_node(self) -> str:
        self.nodes += 1
        return f"_:b{self.nodes}"


def _only(keys: tuple[str, ...], members: JsonObject, reason: Loss) -> str | None:
    """The one of `keys` that is a member. Two of them (`id` and `@id`) would leave open which one counts."""
    found = None
    for key in keys:
        if key in members:
            if found is not None:
                raise DataLoss(reason)
            found = key
    return found


def _typed(context: ActiveContext, key: str, value: JsonValue) -> tuple[ActiveContext, tuple[str, ...]]:
    try:
        if isinstance(value, str):
            return context.typed(value)
        if isinstance(value, list):
            names = tuple(name for name in value if isinstance(name, str))
            if len(names) == len(value):
                return context.typed(names)
        raise DataLoss(Loss.TYPE)
    except Error as err:
        locate(err, key)
        raise


def _value_object(context: ActiveContext, value: JsonObject) -> str:
    """`{"@value": …}` with a type, or with a language and a direction (JSON-LD 1.1 §9.5)."""
    content = value["@value"]
    if not value.keys() <= _VALUE_MEMBERS or any(v is None for k, v in value.items() if k != "@value"):
        raise DataLoss(Loss.VALUE_OBJECT)
    type_, language, direction = value.get("@type"), value.get("@language"), value.get("@direction")
    if type_ == "@json":
        if len(value) != 2:
            raise DataLoss(Loss.VALUE_OBJECT)
        return _json_literal(content)
    if isinstance(content, dict | list):
        raise DataLoss(Loss.VALUE_OBJECT)
    if language is not None or direction is not None:
        if type_ is not None or not isinstance(content, str) or direction not in (None, "ltr", "rtl"):
            raise DataLoss(Loss.VALUE_OBJECT)
        if language is not None and not (isinstance(language, str) and _is_language_tag(language)):
            raise DataLoss(Loss.LANGUAGE)
        return f'"{escaped(content)}"{literal_suffix(None, language, direction)}'
    datatype = None
    if type_ is not None:
        if not isinstance(type_, str):
            raise DataLoss(Loss.VALUE_OBJECT)
        datatype = context.type_iri(type_)[1:-1]
    if isinstance(content, str):
        return f'"{escaped(content)}"{literal_suffix(datatype, None, None)}'
    return _scalar(content, datatype)


def _scalar(value: JsonValue, datatype: str | None) -> str:
    """A number or a truth value, in the lexical form of its XSD type unless the term names another."""
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}"^^<{datatype or _BOOLEAN}>'
    if isinstance(value, int | float):
        lexical, own = _number(value, datatype)
        return f'"{lexical}"^^<{datatype or own}>'
    raise DataLoss(Loss.NULL)


def _number(value: float, datatype: str | None) -> tuple[str, str]:
    """JSON-LD 1.1 API §8.6. A number must be what its text gives back, else two numbers had one signature."""
    if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:  # false for NaN too
        raise DataLoss(Loss.NUMBER)
    if value == (whole := int(value)) and datatype != _DOUBLE:
        return str(whole), _INTEGER
    lexical = _EXPONENT.sub(r"\1E\2\3", f"{value:1.15E}")
    if float(lexical) != value:
        raise DataLoss(Loss.NUMBER)
    return lexical, _DOUBLE


def _json_literal(value: JsonValue) -> str:
    return f'"{escaped(jcs.canonicalize(value).decode())}"{_JSON}'
