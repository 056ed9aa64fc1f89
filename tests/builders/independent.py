"""Canonical N-Quads by two other implementations, for comparison.

PyLD expands and makes statements; it drops what it does not understand and leaves control characters as they are, so
only its statements are taken, and pyoxigraph writes and canonicalizes them. pyoxigraph also reads JSON-LD itself,
when the contexts stand inside the document.
"""

import copy
import json
from typing import Any

import pyoxigraph as ox
from pyld import jsonld  # type: ignore[import-untyped]

from jmc_vc import vendored
from tests.builders.contexts import NAMESPACE


def by_pyld(document: dict[str, Any]) -> bytes:
    """PyLD's statements, canonicalized by pyoxigraph."""
    dataset = jsonld.to_rdf(document, {"documentLoader": _load, "rdfDirection": "i18n-datatype"})
    quads = []
    for name, triples in dataset.items():
        graph = ox.DefaultGraph() if name == "@default" else _node(name)
        quads += [
            ox.Quad(_term(t["subject"]), ox.NamedNode(t["predicate"]["value"]), _term(t["object"]), graph)
            for t in triples
        ]
    return _canonical(quads)


def by_oxigraph(document: dict[str, Any]) -> bytes:
    """pyoxigraph's statements from JSON-LD with the contexts written into the document."""
    inlined = _inlined(copy.deepcopy(document))
    return _canonical(list(ox.parse(json.dumps(inlined), format=ox.RdfFormat.JSON_LD)))


def _canonical(quads: list[Any]) -> bytes:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    text = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").decode()
    return "".join(sorted(line + "\n" for line in text.split("\n") if line)).encode()


def _node(value: str) -> Any:
    return ox.BlankNode(value[2:]) if value.startswith("_:") else ox.NamedNode(value)


def _term(term: dict[str, str]) -> Any:
    if term["type"] != "literal":
        return _node(term["value"])
    if "language" in term:
        return ox.Literal(term["value"], language=term["language"])
    return ox.Literal(term["value"], datatype=ox.NamedNode(term["datatype"]))


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
