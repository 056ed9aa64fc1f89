"""JSON-LD contexts, processed once and compiled: what every member name means, ready to write.

https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms

Most of a processor's time goes into working out contexts again for each document: of PyLD's, three fifths. Here its
context processor, which implements the algorithms of the specification, runs once for every combination that occurs: a
list of contexts, then the type-scoped and property-scoped contexts inside it. The result is an `ActiveContext`, whose
`Term`s are made when first used and kept. A document names contexts by URL only; the URLs that exist are those given to
`Contexts`; nothing is fetched.

One thing is done otherwise than the specification has it: a name has one spelling. JSON-LD lets `validUntil` be written
as its full IRI, `id` as `@id`, a type as an IRI, an id with a prefix. The statements, and so the signature, stay the
same, but whoever reads the JSON by its names finds nothing there: that hid an expiry, a revocation, a test mark. Only
the term is accepted where there is one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyld.jsonld import KEYWORDS  # type: ignore[import-untyped]

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.jsonld.datatypes import NATIVE, RDF, literal_suffix
from jmc_vc.formats.jsonld.iri import is_absolute_iri
from jmc_vc.formats.jsonld.loss import DataLoss, KeywordRefused, Loss
from jmc_vc.formats.jsonld.processor import ContextProcessor, UnknownContext
from jmc_vc.formats.jsonld.recent import Recent

MOST_CONTEXTS = 8
"""In one list. Honest credentials name two to six; each costs 1 ms, and the order matters, so each order costs anew."""
MOST_TYPES = 8
"""Of one node. Open Badges has two; each type with definitions of its own costs up to 1 ms."""
MOST_KEPT = 500
"""Compiled contexts that are kept, of 15 to 20 kB each. A credential of ours needs 13 to 16, and one document may ask
for few (`convert.MOST_APPLIED`)."""
MOST_SCOPED_TERMS = 100
"""Terms kept that have contexts of their own, two each. In a presentation or proof there is one."""
MOST_TYPE_LISTS = 1_000
"""Type lists remembered. Apart from the contexts, because the sender makes up as many as he likes: a list that was
forgotten costs microseconds, and takes no context with it."""
LONGEST_TYPES = 300
"""Characters of a list that is remembered; honest ones have some 100, and the sender may choose IRIs for types."""


class ContextNotAllowed(Unacceptable):
    """`@context` is missing, an inline object, null, longer than anybody needs, with a URL twice, or inside a node that
    is no credential."""

    code = "context.not_allowed"


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """How one member name is written in one active context. Predicates and suffixes are N-Quads text."""

    skipped: bool = False
    """`id`, `type` and `@context`, which are read before the members."""
    predicate: str = ""
    """`<iri>`"""
    suffix: str = ""
    """What follows the closing quote of plain text: nothing, `^^<datatype>` or `@language`."""
    datatype: str | None = None
    language: str | None = None
    direction: str | None = None
    is_reference: bool = False
    """Text is an IRI (`@type: @id`)."""
    is_vocabulary: bool = False
    """Text is a term or an IRI (`@type: @vocab`)."""
    is_json: bool = False
    is_list: bool = False
    is_graph: bool = False
    is_language_map: bool = False
    plural: bool = False
    """An array is several values, not one."""
    simple: bool = False
    """Nothing changes how a text is written: it goes between `opening` and `closing`."""
    opening: str = ""
    """`<iri> "`"""
    closing: str = ""
    """What follows a text to the end of its line."""
    native: bool = False
    """Numbers or truth values are expected, which JSON writes as such."""
    scoped: bool = False
    """The term has a context of its own, which was applied for `scalars` and `nodes`."""
    scalars: "ActiveContext | None" = None
    """The context for values that are no nodes: type-scoped definitions still hold there."""
    nodes: "ActiveContext | None" = None
    """The context that a node in this member begins with: type-scoped definitions have ended (§4.1.9)."""


_SKIPPED = Term(skipped=True)


class Contexts:
    """The contexts that documents may name, URL → bytes, and everything that was compiled from them. Thread-safe."""

    weight = 1
    """What applying one context costs, of `convert.MOST_APPLIED`."""
    in_any_node = False
    """Whether nodes that are no credentials may have a `@context`."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self._start(ContextProcessor({url: json.loads(data) for url, data in documents.items()}))

    def _start(self, processor: ContextProcessor) -> None:
        self.processor = processor
        self.initial = ActiveContext(self, processor.initial())
        self.compiled: Recent[ActiveContext] = Recent(MOST_KEPT)
        self.scoped_terms: Recent[Term] = Recent(MOST_SCOPED_TERMS)
        self.type_lists: Recent[tuple[ActiveContext, tuple[str, ...]]] = Recent(MOST_TYPE_LISTS)

    def root(self, value: object) -> "ActiveContext":
        """The active context of a document with this `@context`: a URL or a list of URLs.

        Raises ContextNotAllowed, UnknownContext, ContextConflict, each with its pointer.
        """
        return self.initial.with_local(value)

    def urls(self, value: object) -> tuple[str, ...]:
        """The URLs in the value of a `@context` member, all of them known. Raises ContextNotAllowed, UnknownContext."""
        items = value if isinstance(value, list) else [value]
        if not items or len(items) > MOST_CONTEXTS:
            raise ContextNotAllowed(pointer="/@context")
        for position, item in enumerate(items):
            pointer = f"/@context/{position}" if isinstance(value, list) else "/@context"
            if not isinstance(item, str):
                raise ContextNotAllowed(pointer=pointer)
            if item not in self.processor.documents:
                raise UnknownContext(pointer=pointer)
        if len(set(items)) != len(items):
            raise ContextNotAllowed(pointer="/@context")
        return tuple(items)

    def applied_to(self, active: "ActiveContext", urls: tuple[str, ...]) -> "ActiveContext":
        """`active` with the contexts of `urls` applied to it."""
        return active.applied([list(urls)], cost=len(urls))

    def processed(self, active: Any, local: Any, **how: bool) -> Any:
        """`local` applied to PyLD's active context `active`. Raises ContextConflict."""
        return self.processor.processed(active, local, **how)


class ActiveContext:
    """What names mean at one place of a document."""

    __slots__ = (
        "_contexts",
        "_iris",
        "_mappings",
        "_previous",
        "_vocab",
        "cost",
        "id_key",
        "raw",
        "terms",
        "type_key",
    )

    def __init__(self, contexts: Contexts, raw: Any, *, previous: "ActiveContext | None" = None, cost: int = 0) -> None:
        self._contexts = contexts
        self.raw = raw
        """PyLD's active context."""
        self._mappings: Mapping[str, Any] = raw["mappings"]
        self._vocab: str | None = raw.get("@vocab")
        self._previous = previous
        self._iris: frozenset[str] | None = None
        self.cost = cost
        """How many contexts were applied one after another to make this from the one around it; about 1 ms each."""
        self.terms: dict[str, Term] = {}
        """Handlers made so far of terms without a context of their own; `term` gives the others."""
        self.id_key = next((name for name, term in self._mappings.items() if term and term["@id"] == "@id"), "@id")
        self.type_key = next((name for name, term in self._mappings.items()
                              if term and term["@id"] == "@type" and name != "@type"), "@type")  # fmt: skip

    def definition(self, name: str) -> object:
        """What the contexts say of `name`, to compare with what others say; None when they say nothing."""
        return self._mappings.get(name)

    def with_local(self, value: object) -> "ActiveContext":
        """This context inside a document or node with this `@context`. Raises ContextNotAllowed, UnknownContext,
        ContextConflict."""
        urls = self._contexts.urls(value)
        found = self._contexts.compiled.get((self, urls))
        if found is None:
            found = self._contexts.compiled.keep((self, urls), self._contexts.applied_to(self, urls))
        return found

    def without_type_scope(self) -> "ActiveContext":
        """The context before type-scoped definitions, which end at the next node (JSON-LD 1.1 §4.1.9)."""
        return self._previous or self

    def typed(self, types: object) -> "tuple[ActiveContext, tuple[str, ...]]":
        """The context inside a node of these types, a text or a tuple of texts, with their type-scoped contexts; and
        the ends of the lines that say the types. Raises DataLoss, KeywordRefused, ContextConflict."""
        given = types if isinstance(types, tuple) else (types,)
        names = tuple(name for name in given if isinstance(name, str))
        if len(names) != len(given) or len(names) > MOST_TYPES:
            raise DataLoss(Loss.TYPE)
        found = self._contexts.type_lists.get((self, types))
        if found is None:
            iris = tuple(self.type_iri(name) for name in names)
            if len(set(names)) != len(names):
                raise DataLoss(Loss.REPEATED)
            scoped = tuple(sorted(name for name in names if "@context" in (self._mappings.get(name) or ())))
            context = self._with_types(scoped) if scoped else self
            if context.id_key != self.id_key or context.type_key != self.type_key:
                # A type that renames `id` or `type` would make the order of reading matter. None of ours does.
                raise KeywordRefused
            ends = tuple(f"<{RDF}type> {iri} .\n" for iri in dict.fromkeys(iris))
            found = (context, ends)
            if sum(map(len, names)) <= LONGEST_TYPES:
                self._contexts.type_lists.keep((self, types), found)
        return found

    def _with_types(self, names: tuple[str, ...]) -> "ActiveContext":
        found = self._contexts.compiled.get((self, "@type", names))
        if found is None:
            # JSON-LD 1.1 API §5.1.2 step 11: in lexicographical order, each looked up here.
            locals_ = [local for name in names if (local := self._mappings[name]["@context"]) is not False]
            found = self.applied(locals_, cost=len(names), propagate=False)
            self._contexts.compiled.keep((self, "@type", names), found)
        return found

    def applied(self, locals_: list[Any], *, cost: int = 1, **how: bool) -> "ActiveContext":
        """This context with `locals_` applied to it one after another."""
        raw = self.raw
        for local in locals_:
            raw = self._contexts.processed(raw, local, **how)
        # What was before the type-scoped definitions is this very context, or what was before those that hold here: to
        # compile it apart would double every cost.
        previous = self.without_type_scope() if "previousContext" in raw else None
        return ActiveContext(self._contexts, raw, previous=previous, cost=cost * self._contexts.weight)

    def iri(self, text: str) -> str:
        """`<iri>` of an id.

        Raises DataLoss: relative; no IRI at all; a blank node's label, where something that has a name in all the world
        must stand; a compact IRI, the second spelling of another.
        """
        if is_absolute_iri(text):
            prefix, _, rest = text.partition(":")
            mapping = self._mappings.get(prefix)
            if mapping and mapping["_prefix"] and rest[:2] != "//":
                raise DataLoss(Loss.SPELLING)
            return f"<{text}>"
        prefix, colon, _ = text.partition(":")
        if prefix == "_" and colon:
            raise DataLoss(Loss.ID)
        raise DataLoss(Loss.INVALID_IRI if colon and is_absolute_iri(prefix + ":x") else Loss.RELATIVE_IRI)

    def vocabulary_iri(self, text: str, reason: Loss = Loss.RELATIVE_IRI) -> str:
        """`<iri>` of a term, or an absolute IRI that no term stands for. Raises DataLoss, with `reason` when it is
        neither."""
        if text in self._mappings:
            mapping = self._mappings[text]
            iri = mapping and mapping["@id"]
            if not iri or not is_absolute_iri(iri):
                raise DataLoss(reason)
            return f"<{iri}>"
        if text[:1] == "@" or (":" not in text and self._vocab is None):
            raise DataLoss(reason)
        iri = self.iri(text)[1:-1] if ":" in text else f"{self._vocab}{text}"
        if not is_absolute_iri(iri):
            raise DataLoss(reason)
        if self._iris is None:
            self._iris = frozenset(mapping["@id"] for mapping in self._mappings.values() if mapping)
        if iri in self._iris:
            raise DataLoss(Loss.SPELLING)
        return f"<{iri}>"

    def type_iri(self, text: str) -> str:
        """`<iri>` of a type. A blank node as a type says nothing that could be checked, and is refused; so is a
        property: Open Badges calls both `Criteria` and `criteria` by one IRI."""
        if text[:2] == "_:":
            raise DataLoss(Loss.UNDEFINED_TYPE)
        iri = self.vocabulary_iri(text, Loss.UNDEFINED_TYPE)
        if text in self._mappings and not _names_class(text):
            raise DataLoss(Loss.SPELLING)
        return iri

    def term(self, name: str) -> Term:
        """The handler of member `name`. Raises DataLoss when it is undefined or a second spelling, KeywordRefused for
        keywords, ContextConflict."""
        found = self.terms.get(name) or self._contexts.scoped_terms.get((self, name))
        if found is None:
            found = self._compiled(name)
            if found.scoped:
                # Not in `terms`: contexts inside contexts have no end, and would never be forgotten there.
                self._contexts.scoped_terms.keep((self, name), found)
            elif name in self._mappings:
                self.terms[name] = found
        return found

    def _compiled(self, name: str) -> Term:
        definition: Mapping[str, Any] = self._mappings.get(name) or {}
        keyword = definition.get("@id", name)
        if keyword in ("@id", "@type", "@context"):
            if name not in (self.id_key, self.type_key, "@context"):
                raise DataLoss(Loss.SPELLING)
            return _SKIPPED
        if keyword in KEYWORDS:
            raise KeywordRefused(keyword=keyword)
        if not definition and ":" in name:
            raise DataLoss(Loss.UNDEFINED_TERM)  # an IRI is no name: see the head of this module
        predicate = self.vocabulary_iri(name, Loss.UNDEFINED_TERM)
        if _names_class(name):
            raise DataLoss(Loss.SPELLING)
        containers = set(definition.get("@container") or ())
        if definition.get("reverse") or "@nest" in definition or containers - {"@set", "@list", "@graph", "@language"}:
            raise DataLoss(Loss.CONTAINER)  # of the contexts that we ship, none has such a term
        before = self.without_type_scope()
        if "@context" in definition:
            local = [definition["@context"]]
            scalars = self.applied(local, override_protected=True)
            nodes = scalars if before is self else before.applied(local, override_protected=True)
        else:
            scalars, nodes = self, before
        type_ = definition.get("@type")
        is_literal = type_ not in ("@id", "@vocab", "@json")
        datatype = type_ if is_literal and type_ != "@none" else None
        native = datatype is not None and datatype.rpartition("#")[2] in NATIVE
        language = direction = None
        if type_ is None:
            language = definition.get("@language") if "@language" in definition else self.raw.get("@language")
            direction = definition.get("@direction") if "@direction" in definition else self.raw.get("@direction")
        suffix = literal_suffix(datatype, language, direction)
        return Term(
            is_reference=type_ == "@id",
            is_vocabulary=type_ == "@vocab",
            is_json=type_ == "@json",
            predicate=predicate,
            suffix=suffix,
            datatype=datatype,
            language=language,
            direction=direction,
            is_list="@list" in containers,
            is_graph="@graph" in containers,
            is_language_map="@language" in containers,
            plural=type_ != "@json" and not containers & {"@list", "@language"},
            simple=is_literal and not containers - {"@set"} and not native,
            opening=f'{predicate} "',
            closing=f'"{suffix} .\n',
            native=native,
            scoped="@context" in definition,
            scalars=scalars,
            nodes=nodes,
        )


def _names_class(term: str) -> bool:
    """Whether `term` names a class and no property: in every context that we ship, classes begin with a capital letter
    or a digit and properties do not. Where two terms have one IRI, one of them at least is a class."""
    return term[:1].isupper() or term[:1].isdigit()
