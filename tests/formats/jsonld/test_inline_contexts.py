"""Contexts inside a document: as JSON-LD says, within limits, and forgotten afterwards."""

import copy
import json
from time import process_time
from typing import Any

import pytest
from pyld import jsonld  # type: ignore[import-untyped]

from jmc_vc import vendored
from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import ContextNotAllowed, Contexts, canonical_nquads
from jmc_vc.formats.jsonld.inline_contexts import LARGEST, ContextsOfOneDocument
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import CREDENTIALS, NAMESPACE, OPEN_BADGES, shipped_contexts

DOCUMENTS = {url: json.loads(data) for url, data in vendored.contexts(NAMESPACE).items()}


def fresh() -> ContextsOfOneDocument:
    return ContextsOfOneDocument(shipped_contexts())


def credential(*contexts: Any, subject: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    return {
        "@context": [CREDENTIALS, *contexts],
        "id": "urn:uuid:4f1c6f0e-5d51-4b21-9d2b-2a5a2b3f9f01",
        "type": ["VerifiableCredential"],
        "issuer": "did:web:issuer.example",
        "credentialSubject": {"id": "did:web:learner.example", **(subject or {})},
        **members,
    }


def by_pyld(document: dict[str, Any]) -> bytes:
    def load(url: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": copy.deepcopy(DOCUMENTS[url])}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    text: str = jsonld.normalize(document, options)
    return text.encode()


@pytest.mark.parametrize(
    "document",
    [
        credential({"@vocab": "urn:v:"}, subject={"degree": "学士", "grade": 5, "type": "Alumni"}),
        credential({"degree": {"@id": "urn:t:degree", "@type": "@id"}}, subject={"degree": "https://d.example/1"}),
        credential({"@protected": True, "degree": "urn:t:degree"}, subject={"degree": "x"}),
        credential({"names": {"@id": "urn:t:names", "@container": "@language"}},
                   subject={"names": {"ja": "名", "en": "name"}}),
        credential({"steps": {"@id": "urn:t:steps", "@container": "@list"}}, subject={"steps": ["a", "b", "a"]}),
        credential({"data": {"@id": "urn:t:data", "@type": "@json"}}, subject={"data": {"b": [1, None], "a": "é"}}),
        credential({"said": {"@id": "urn:t:said", "@language": "ja"}}, subject={"said": "はい"}),
        credential({"Degree": {"@id": "urn:t:Degree", "@context": {"grade": "urn:t:grade"}}},
                   subject={"type": "Degree", "grade": "A"}),
        credential({"work": {"@id": "urn:t:work", "@context": {"title": "urn:t:title"}}},
                   subject={"work": {"title": "t"}}),
        credential(OPEN_BADGES, {"extra": "urn:t:extra"}, extra="x"),
        credential(subject={"@context": {"inner": "urn:t:inner"}, "inner": "x"}),
        credential(subject={"@context": {"@vocab": "urn:v:"}, "inner": {"deeper": "x"}}),
    ],
    ids=["vocab", "reference", "protected", "language map", "list", "json", "language", "type scope", "property scope",
         "after ours", "in a node", "vocab in a node"],
)  # fmt: skip
def test_terms_of_the_document_mean_what_it_says(document: dict[str, Any]) -> None:
    assert canonical_nquads(document, fresh()) == by_pyld(document)


@pytest.mark.parametrize("made", [small_badge, typical_badge])
def test_documents_without_terms_of_their_own_are_read_as_ever(made: Any) -> None:
    assert canonical_nquads(made(), fresh()) == canonical_nquads(made(), shipped_contexts())


def test_the_service_itself_takes_no_inline_context() -> None:
    with pytest.raises(ContextNotAllowed):
        canonical_nquads(credential({"extra": "urn:t:extra"}, extra="x"), shipped_contexts())


def test_nothing_of_the_document_is_kept() -> None:
    ours = Contexts(vendored.contexts(NAMESPACE))
    canonical_nquads(credential(), ours)
    kept = [len(ours.compiled), len(ours.scoped_terms), len(ours.type_lists)]
    for number in range(50):
        term = {
            f"extra{number}": f"urn:t:{number}",
            "Odd": {"@id": "urn:odd:1", "@context": {"x": "urn:x:1"}},
        }
        document = credential(term, subject={"type": "Odd", "x": "y", f"extra{number}": "z"})
        canonical_nquads(document, ContextsOfOneDocument(ours))
    assert [len(ours.compiled), len(ours.scoped_terms), len(ours.type_lists)] == kept


@pytest.mark.parametrize(
    ("context", "code"),
    [
        (None, "context.not_allowed"),
        (5, "context.not_allowed"),
        ([], "context.not_allowed"),
        ({"@context": None}, "context.conflict"),
        ({"a": 5}, "context.conflict"),
        ({"a": {"@id": 5}}, "context.conflict"),
        ({"a": {"@id": "urn:a:1", "@context": "https://nowhere.example/"}}, "context.unknown"),
        ({"@import": "https://nowhere.example/"}, "context.unknown"),
        ({"VerifiableCredential": "urn:other:1"}, "context.conflict"),
        ({f"t{n}": f"urn:t:{n}" for n in range(600)}, "context.not_allowed"),
        ({"a": {"@id": "urn:a:1", "@reverse": "urn:b:1"}}, "context.conflict"),
    ],
    ids=["null", "number", "array", "keyword as a term", "number for a term", "number as id", "unknown inside",
         "unknown import", "a protected term", "too long", "two meanings"],
)  # fmt: skip
def test_what_is_no_context_is_refused(context: Any, code: str) -> None:
    document = credential(context, subject={"a": {"b": "c"}})
    with pytest.raises(Error) as refused:
        canonical_nquads(document, fresh())
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["indexed", "nested", "reversed"])
def test_terms_of_kinds_that_no_credential_has_are_refused_by_name(name: str) -> None:
    kinds = {
        "indexed": {"@id": "urn:a:1", "@container": "@index"}, "nested": {"@id": "urn:a:1", "@nest": "@nest"},
        "reversed": {"@reverse": "urn:a:1"},
    }  # fmt: skip
    with pytest.raises(Error) as refused:
        canonical_nquads(credential({"a": kinds[name]}, subject={"a": {"b": "c"}}), fresh())
    assert refused.value.code == "proof.coverage"


def test_the_largest_contexts_in_every_node_are_answered_in_time() -> None:
    inner = {f"t{n}": {"@id": f"urn:t:{n}", "@context": {f"u{n}": "urn:u:1"}} for n in range(80)}
    assert len(json.dumps(inner)) < LARGEST
    document = credential(inner, subject={f"t{n}": {f"u{n}": "x"} for n in range(80)})
    started = process_time()
    with pytest.raises(Error):
        canonical_nquads(document, fresh())
    assert process_time() - started < 1


def test_contexts_inside_contexts_are_counted_before_they_are_read() -> None:
    ours = [None, *["https://www.w3.org/2018/credentials/v1"] * 170]
    started = process_time()
    with pytest.raises(ContextNotAllowed):
        canonical_nquads(credential({"p": {"@id": "urn:p:1", "@context": ours}}, p={"q": 1}), fresh())
    assert process_time() - started < 0.1
