"""JSON-LD contexts, processed once and compiled: what every member name means, ready to write.

https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms

Nine tenths of every processor's time goes into working out contexts again for each document. Here PyLD's context
processor, which implements the algorithms of the specification, runs once for every combination that occurs: a list of
contexts, then the type-scoped and property-scoped contexts inside it. The result is an `ActiveContext`, whose `Term`s
are made when first used and kept. A document names contexts by URL only; the URLs that exist are those given to
`Contexts`; nothing is fetched.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import IntEnum
from threading import RLock
from typing import Any

from pyld.jsonld import KEYWORDS, JsonLdError, JsonLdProcessor  # type: ignore[import-untyped]

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.jsonld.iri import is_absolute_iri, is_blank_node
from jmc_vc.formats.jsonld.loss import DataLoss, KeywordRefused, Loss

XSD = "http://www.w3.org/2001/XMLSchema#"
I18N = "https://www.w3.org/ns/i18n#"

MOST_CONTEXTS = 16
"""In one list. Honest credentials name two to six; the order matters, so each order costs a compilation of its own."""
MOST_KEPT = 1_000
"""Compiled contexts that are kept, of about 30 kB each. All our own credentials together need some 60; who sends odd
combinations to fill the memory makes everything be compiled again (30 ms), no more."""
MOST_TERMS_BESIDE = 200
"""Handlers kept for member names that no context defines (absolute IRIs): the sender chooses those freely."""
MOST_TYPE_LISTS = 200
"""Type lists remembered for one active context, for the same reason."""


class UnknownContext(Unacceptable):
    """The document names a context that we do not have. It is not fetched: the meaning cannot be checked."""

    code = "context.unknown"


class ContextNotAllowed(Unacceptable):
    """`@context` is missing, an inline object, null, or longer than anybody needs."""

    code = "context.not_allowed"


class ContextConflict(Unacceptable):
    """The contexts contradict each other: one redefines a protected term of another (JSON-LD 1.1 §4.1.11)."""

    code = "context.conflict"


class Kind(IntEnum):
    """What is done with the value of a member."""

    SKIP = 0
    """@id, @type and @context, which are read before the members."""
    LITERAL = 1
    REFERENCE = 2
    """Text is an IRI (`@type: @id`)."""
    VOCABULARY = 3
    """Text is a term or an IRI (`@type: @vocab`)."""
    JSON = 4


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """How one member name is written in one active context. Predicates and suffixes are N-Quads text."""

    kind: Kind
    predicate: str = ""
    """`<iri>`"""
    suffix: str = ""
    """What follows the closing quote of plain text: nothing, `^^<datatype>` or `@language`."""
    datatype: str | None = None
    language: str | None = None
    direction: str | None = None
    is_list: bool = False
    is_graph: bool = False
    is_language_map: bool = False
    simple: bool = False
    """No container that changes how a value is written: a text can go straight to its line."""
    scalars: "ActiveContext | None" = None
    """The context for values that are no nodes: type-scoped definitions still hold there."""
    nodes: "ActiveContext | None" = None
    """The context that a node in this member begins with: type-scoped definitions have ended (§4.1.9)."""


_SKIP = Term(Kind.SKIP)


class Contexts:
    """The contexts that documents may name, URL → bytes, and everything that was compiled from them. Thread-safe."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self._documents: dict[str, Any] = {url: json.loads(data) for url, data in documents.items()}
        self._processor = JsonLdProcessor()
        # PyLD resolves relative addresses against `base`; ours are all absolute.
        self._options = {"base": "", "processingMode": "json-ld-1.1", "isFrame": False, "contextResolver": self}
        self._initial = ActiveContext(self, self._processor._get_initial_context(self._options))  # noqa: SLF001
        self._roots: dict[tuple[str, ...], ActiveContext] = {}
        self._kept = 0
        self._lock = RLock()

    def root(self, value: object) -> "ActiveContext":
        """The active context of a document with this `@context`: a URL or a list of URLs.

        Raises ContextNotAllowed, UnknownContext, ContextConflict, each with its pointer.
        """
        urls = self.urls(value)
        found = self._roots.get(urls)
        if found is None:
            found = self._roots[urls] = self._initial.processed(list(urls))
        return found

    def urls(self, value: object) -> tuple[str, ...]:
        """The URLs in the value of a `@context` member, all of them known. Raises ContextNotAllowed, UnknownContext."""
        items = value if isinstance(value, list) else [value]
        if not items or len(items) > MOST_CONTEXTS:
            raise ContextNotAllowed(pointer="/@context")
        for position, item in enumerate(items):
            pointer = f"/@context/{position}" if isinstance(value, list) else "/@context"
            if not isinstance(item, str):
                raise ContextNotAllowed(pointer=pointer)
            if item not in self._documents:
                raise UnknownContext(pointer=pointer)
        return tuple(items)

    def processed(self, active: Any, local: Any, **how: bool) -> "ActiveContext":
        """`local` applied to PyLD's active context `active`, by the specification. Raises ContextConflict."""
        with self._lock:
            if self._kept >= MOST_KEPT:
                # All at once: what is in use is compiled again when it is next asked for. Keeping an order of use would
                # cost every document more than that.
                self._roots = {}
                self._initial = ActiveContext(self, self._processor._get_initial_context(self._options))  # noqa: SLF001
                self._kept = 0
            self._kept += 1
            try:
                raw = self._processor._process_context(active, local, self._options, **how)  # noqa: SLF001
            except JsonLdError as err:
                raise ContextConflict from err
        return ActiveContext(self, raw)

    def resolve(self, _active: Any, context: Any, _base: str, cycles: object = None) -> list["_Resolved"]:  # noqa: ARG002
        """PyLD's resolver interface, over our documents only. A URL that we do not have cannot get here from a
        document."""
        if isinstance(context, Mapping) and "@context" in context:
            context = context["@context"]
        resolved: list[_Resolved] = []
        for item in context if isinstance(context, list) else [context]:
            if isinstance(item, str):
                if item not in self._documents:
                    raise UnknownContext
                resolved += self.resolve(_active, deepcopy(self._documents[item]["@context"]), _base)
            else:
                resolved.append(_Resolved(False if item is None else item))
        return resolved


class _Resolved:
    """A context document as PyLD wants it. It keeps nothing: PyLD's own cache knows two results apart by the context
    before only, not by how a context is applied, and so mixes up what ends at the next node with what does not."""

    __slots__ = ("document",)

    def __init__(self, document: Any) -> None:
        self.document = document

    def get_processed(self, _active: Any) -> None:
        return None

    def set_processed(self, _active: Any, _processed: Any) -> None:
        return None


class ActiveContext:
    """What names mean at one place of a document."""

    __slots__ = ("_contexts", "_locals", "_mappings", "_previous", "_raw", "_scoped", "_types", "_vocab", "id_keys",
                 "terms", "type_keys")  # fmt: skip

    def __init__(self, contexts: Contexts, raw: Any) -> None:
        self._contexts = contexts
        self._raw = raw
        self._mappings: Mapping[str, Any] = raw["mappings"]
        self._vocab: str | None = raw.get("@vocab")
        self._previous: ActiveContext | None = None
        self._locals: dict[tuple[str, ...], ActiveContext] = {}
        self._scoped: dict[tuple[str, ...], ActiveContext] = {}
        self._types: dict[str | tuple[str, ...], tuple[ActiveContext, tuple[str, ...]]] = {}
        self.terms: dict[str, Term] = {}
        """Handlers made so far; `term` makes the others."""
        self.id_keys = ("@id", *(name for name, term in self._mappings.items() if term and term["@id"] == "@id"))
        self.type_keys = ("@type", *(name for name, term in self._mappings.items()
                                     if term and term["@id"] == "@type" and name != "@type"))  # fmt: skip

    def processed(self, local: Any, **how: bool) -> "ActiveContext":
        """This context with `local` applied to it."""
        return self._contexts.processed(self._raw, local, **how)

    def with_local(self, value: object) -> "ActiveContext":
        """This context inside a node that has a `@context` of its own."""
        urls = self._contexts.urls(value)
        found = self._locals.get(urls)
        if found is None:
            if len(self._locals) >= MOST_TYPE_LISTS:
                self._locals.clear()
            found = self._locals[urls] = self.processed(list(urls))
        return found

    def without_type_scope(self) -> "ActiveContext":
        """The context before type-scoped definitions, which end at the next node (JSON-LD 1.1 §4.1.9)."""
        if "previousContext" not in self._raw:
            return self
        if self._previous is None:
            self._previous = ActiveContext(self._contexts, self._raw["previousContext"])
        return self._previous

    def typed(self, types: str | tuple[str, ...]) -> "tuple[ActiveContext, tuple[str, ...]]":
        """The context inside a node of these types, with their type-scoped contexts, and the types as `<iri>`."""
        found = self._types.get(types)
        if found is None:
            names = (types,) if isinstance(types, str) else types
            scoped = tuple(sorted({name for name in names if "@context" in (self._mappings.get(name) or ())}))
            context = self._with_types(scoped) if scoped else self
            if context.id_keys != self.id_keys or context.type_keys != self.type_keys:
                # A type that renames `id` or `type` would make the order of reading matter. None of ours does.
                raise KeywordRefused
            found = (context, tuple(dict.fromkeys(self.type_iri(name) for name in names)))
            if len(self._types) >= MOST_TYPE_LISTS:
                self._types.clear()
            self._types[types] = found
        return found

    def _with_types(self, names: tuple[str, ...]) -> "ActiveContext":
        found = self._scoped.get(names)
        if found is None:
            found = self
            for name in names:  # JSON-LD 1.1 API §5.1.2 step 11: in lexicographical order, each looked up here
                if (local := self._mappings[name]["@context"]) is not False:
                    found = found.processed(local, propagate=False)
            if len(self._scoped) >= MOST_TYPE_LISTS:
                self._scoped.clear()
            self._scoped[names] = found
        return found

    def iri(self, text: str) -> str:
        """`<iri>` of an id, or the blank node label as it stands. Raises DataLoss: relative, or no IRI at all."""
        prefix, colon, rest = text.partition(":")
        if not colon:
            raise DataLoss(Loss.RELATIVE_IRI)
        if prefix == "_":
            if not is_blank_node(text):
                raise DataLoss(Loss.INVALID_IRI)
            return text
        if rest[:2] != "//":
            mapping = self._mappings.get(prefix)
            if mapping and mapping["_prefix"]:
                text = mapping["@id"] + rest
        if not is_absolute_iri(text):
            raise DataLoss(Loss.INVALID_IRI if is_absolute_iri(prefix + ":x") else Loss.RELATIVE_IRI)
        return f"<{text}>"

    def vocabulary_iri(self, text: str, reason: Loss = Loss.RELATIVE_IRI) -> str:
        """`<iri>` of a term, a compact or an absolute IRI. Raises DataLoss with `reason` when it is none of them."""
        if text in self._mappings:
            mapping = self._mappings[text]
            iri = mapping and mapping["@id"]
            if not iri or not is_absolute_iri(iri):
                raise DataLoss(reason)
            return f"<{iri}>"
        if text[:1] == "@":
            raise DataLoss(reason)
        if ":" in text:
            return self.iri(text)
        if self._vocab is None or not is_absolute_iri(self._vocab + text):
            raise DataLoss(reason)
        return f"<{self._vocab}{text}>"

    def type_iri(self, text: str) -> str:
        """`<iri>` of a type. A blank node as a type says nothing that could be checked, and is refused."""
        iri = self.vocabulary_iri(text, Loss.UNDEFINED_TYPE)
        if iri[0] == "_":
            raise DataLoss(Loss.UNDEFINED_TYPE)
        return iri

    def term(self, name: str) -> Term:
        """The handler of member `name`. Raises DataLoss when it is undefined, KeywordRefused for keywords."""
        found = self.terms.get(name)
        if found is None:
            found = self._compiled(name)
            if name in self._mappings or len(self.terms) < len(self._mappings) + MOST_TERMS_BESIDE:
                self.terms[name] = found
        return found

    def _compiled(self, name: str) -> Term:
        definition: Mapping[str, Any] = self._mappings.get(name) or {}
        keyword = definition.get("@id", name)
        if keyword in ("@id", "@type", "@context"):
            return _SKIP
        if keyword in KEYWORDS:
            raise KeywordRefused(keyword=keyword)
        predicate = self.vocabulary_iri(name, Loss.UNDEFINED_TERM)
        if predicate[0] == "_":
            raise DataLoss(Loss.UNDEFINED_TERM)
        containers = set(definition.get("@container") or ())
        if definition.get("reverse") or "@nest" in definition or containers - {"@set", "@list", "@graph", "@language"}:
            raise DataLoss(Loss.CONTAINER)  # of the contexts that we ship, none has such a term
        before = self.without_type_scope()
        if "@context" in definition:
            scalars = self.processed(definition["@context"], override_protected=True)
            nodes = scalars if before is self else before.processed(definition["@context"], override_protected=True)
        else:
            scalars, nodes = self, before
        type_ = definition.get("@type")
        kind = {"@id": Kind.REFERENCE, "@vocab": Kind.VOCABULARY, "@json": Kind.JSON}.get(type_ or "", Kind.LITERAL)
        datatype = type_ if kind is Kind.LITERAL and type_ != "@none" else None
        language = direction = None
        if type_ is None:
            language = definition.get("@language") if "@language" in definition else self._raw.get("@language")
            direction = definition.get("@direction") if "@direction" in definition else self._raw.get("@direction")
        return Term(
            kind=kind,
            predicate=predicate,
            suffix=literal_suffix(datatype, language, direction),
            datatype=datatype,
            language=language,
            direction=direction,
            is_list="@list" in containers,
            is_graph="@graph" in containers,
            is_language_map="@language" in containers,
            simple=not containers - {"@set", "@language"},
            scalars=scalars,
            nodes=nodes,
        )


def literal_suffix(datatype: str | None, language: str | None, direction: str | None) -> str:
    """What stands after a literal's closing quote. Text with a direction has the i18n datatype (JSON-LD 1.1 §10.2)."""
    if direction:
        return f"^^<{I18N}{(language or '').lower()}_{direction}>"
    if language:
        return f"@{language.lower()}"
    return "" if datatype is None or datatype == XSD + "string" else f"^^<{datatype}>"
