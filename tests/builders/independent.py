"""Canonical N-Quads by two other implementations, for comparison.

PyLD expands, makes statements and canonicalizes them. Four things are repaired: it leaves control characters as they
are, states a statement twice that stands twice, counts one twice that links a node to itself, and drops directions
unless told not to. pyoxigraph reads JSON-LD
itself, when the contexts stand inside the document. Its statements are canonicalized by PyLD too: pyoxigraph 0.5.13
labels blank nodes that look alike otherwise than PyLD, rdf-canonize and we do when their graph has a blank node for a
name, because it counts a neighbour once that RDFC-1.0 §4.8.3 counts for each statement.
"""

import copy
import hashlib
import json
import re
from typing import Any

import pyoxigraph as ox
from pyld import jsonld  # type: ignore[import-untyped]
from pyld.canon import URDNA2015  # type: ignore[import-untyped]

from jmc_vc import vendored
from tests.builders.contexts import NAMESPACE

Dataset = dict[str, list[dict[str, dict[str, str]]]]
_LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def by_pyld(document: dict[str, Any], *, algorithm: str = "sha256") -> bytes:
    """PyLD's canonical form of `document`, the labels made with `algorithm`."""
    return _canonical(jsonld.to_rdf(document, {"documentLoader": _load, "rdfDirection": "i18n-datatype"}), algorithm)


def compacted_by_pyld(document: dict[str, Any]) -> dict[str, Any]:
    """`document` expanded by PyLD, and compacted again with its own contexts; what stands once is in no array."""
    options = {"documentLoader": _load}
    contexts = {"@context": document["@context"]}
    found: dict[str, Any] = jsonld.compact(jsonld.expand(document, options), contexts, options)
    return found


def by_oxigraph(document: dict[str, Any], *, algorithm: str = "sha256") -> bytes:
    """pyoxigraph's statements from JSON-LD with the contexts written into the document."""
    inlined = _inlined(copy.deepcopy(document))
    dataset: Dataset = {}
    for quad in ox.parse(json.dumps(inlined), format=ox.RdfFormat.JSON_LD):
        name = "@default" if isinstance(quad.graph_name, ox.DefaultGraph) else _term(quad.graph_name)["value"]
        statement = {"subject": _term(quad.subject), "predicate": _term(quad.predicate), "object": _term(quad.object)}
        dataset.setdefault(name, []).append(statement)
    return _canonical(dataset, algorithm)


def canonical_by_pyld(nquads: str) -> bytes:
    """PyLD's canonical form of statements."""
    return _canonical(jsonld.JsonLdProcessor.parse_nquads(nquads))


def canonical_by_oxigraph(nquads: str) -> bytes:
    """pyoxigraph's canonical form of statements. Not for graphs whose name is a blank node: see above."""
    dataset = ox.Dataset(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    text = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").decode()
    return "".join(sorted(line + "\n" for line in text.split("\n") if line)).encode()


def _canonical(dataset: Dataset, algorithm: str = "sha256") -> bytes:
    once = {
        name: list({json.dumps(each, sort_keys=True): each for each in statements}.values())
        for name, statements in dataset.items()
    }
    text: str = _Repaired(algorithm).main(once, {"format": "application/n-quads"})
    return "".join(sorted(_escaped(line) + "\n" for line in text.split("\n")[:-1])).encode()


class _Repaired(URDNA2015):  # type: ignore[misc]
    def __init__(self, algorithm: str) -> None:
        super().__init__()
        self._algorithm = algorithm

    def create_hash(self) -> Any:
        return hashlib.new(self._algorithm)

    def hash_first_degree_quads(self, id_: str) -> Any:
        info = self.blank_node_info[id_]
        info["quads"] = list({id(quad): quad for quad in info["quads"]}.values())
        return super().hash_first_degree_quads(id_)

    def hash_nquads(self, nquads: list[str]) -> Any:
        return super().hash_nquads(sorted(_escaped(line[:-1]) + "\n" for line in nquads))


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SHORT = {"\b": "\\b", "\f": "\\f"}


def _escaped(line: str) -> str:
    """A statement as canonical N-Quads has it: PyLD escapes line breaks, tabs, quotes and backslashes only."""
    return _CONTROL.sub(lambda found: _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}", line)


def _term(term: Any) -> dict[str, str]:
    match term:
        case ox.NamedNode():
            return {"type": "IRI", "value": term.value}
        case ox.BlankNode():
            return {"type": "blank node", "value": f"_:{term.value}"}
        case _ if term.language:
            return {"type": "literal", "value": term.value, "datatype": _LANGUAGE_STRING, "language": term.language}
        case _:
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


_DOCUMENTS = {url: json.loads(data) for url, data in vendored.contexts(NAMESPACE).items()}


def _load(url: str, _options: object) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": copy.deepcopy(_DOCUMENTS[url]),
    }


def _inlined(value: Any) -> Any:
    if isinstance(value, list):
        return [_inlined(item) for item in value]
    if not isinstance(value, dict):
        return value
    written = {name: _inlined(member) for name, member in value.items() if name != "@context"}
    if "@context" in value:
        written["@context"] = [_DOCUMENTS[url]["@context"] for url in value["@context"]]
    return written
