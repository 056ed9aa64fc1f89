"""Labels of blank nodes as ids: they hold inside one document and say nothing (JSON-LD 1.1 §4.5)."""

import copy
from typing import Any

import pytest

from jmc_vc.formats.jsonld import DataLoss, canonical_nquads
from tests.builders.contexts import contexts_with, shipped_contexts
from tests.builders.open_badge import BADGE


def open_badge() -> dict[str, Any]:
    return copy.deepcopy(BADGE)


def test_a_node_cannot_be_cut_in_two_with_labels() -> None:
    document = open_badge()
    results = document["credentialSubject"]["result"]
    value = results[0].pop("value")
    results[0]["id"] = "_:r1"
    results.append({"id": "_:r1", "type": ["Result"], "value": value})
    with pytest.raises(DataLoss) as refused:
        canonical_nquads(document, shipped_contexts())
    assert refused.value.params == {"reason": "described_twice"}
    assert refused.value.pointer == f"/credentialSubject/result/{len(results) - 1}"


def labelled(*labels: str) -> dict[str, Any]:
    document = open_badge()
    for label, result in zip(labels, document["credentialSubject"]["result"], strict=False):
        result["id"] = label
    return document


@pytest.mark.parametrize("labels", [("_:r1",), ("_:1", "_:2"), ("_:c14n0", "_:c14n1"), ("_:a.b-c", "_:B_0")])
def test_a_label_says_nothing(labels: tuple[str, ...]) -> None:
    contexts = shipped_contexts()
    assert canonical_nquads(labelled(*labels), contexts) == canonical_nquads(open_badge(), contexts)


@pytest.mark.parametrize("label", ["_:", "_:a b", "_:a.", "_:-a", "_:a>", "_:a\n", "_:日"])
def test_what_begins_like_a_label_and_is_none_is_refused(label: str) -> None:
    with pytest.raises(DataLoss) as refused:
        canonical_nquads(labelled(label), shipped_contexts())
    assert refused.value.params == {"reason": "id"}
    assert refused.value.pointer == "/credentialSubject/result/0/id"


def test_a_label_refers_to_the_node_that_has_it() -> None:
    document = open_badge()
    document["evidence"] = [{"id": "_:e", "type": ["Evidence"], "name": "成果物"}]
    document["credentialSubject"]["source"] = "_:e"
    lines = canonical_nquads(document, shipped_contexts()).decode().splitlines()
    subject = next(line.split()[0] for line in lines if "成果物" in line)
    assert sum(f" {subject} ." in line for line in lines) == 2


def test_a_label_cannot_stand_in_two_graphs() -> None:
    """RDFC-1.0 has two canonical forms for some such graphs: the order of the input would decide."""
    first, second = open_badge(), open_badge()
    for number, presented in enumerate((first, second)):
        presented["id"] = f"urn:uuid:00000000-0000-4000-8000-00000000000{number}"
        presented["credentialSubject"]["result"][0]["id"] = "_:r"
    presentation: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [first],
    }
    canonical_nquads(presentation, shipped_contexts())
    presentation["verifiableCredential"] = [first, second]
    with pytest.raises(DataLoss) as refused:
        canonical_nquads(presentation, shipped_contexts())
    assert refused.value.params == {"reason": "id"}


def test_a_reference_by_label_that_is_said_twice_is_one_statement() -> None:
    contexts = contexts_with(terms={"id": "@id", "link": {"@id": "urn:ex:link", "@type": "@id"}})
    described = {"id": "urn:ex:a", "link": "_:x"}
    document: dict[str, Any] = {"@context": "https://test.example/terms", "id": "urn:ex:s", "link": described}
    lines = canonical_nquads(document, contexts).splitlines()
    document["link"] = {"id": "urn:ex:b", "link": [described, {"id": "urn:ex:c", "link": described}]}
    assert len(lines) == 2
    lines = canonical_nquads(document, contexts).splitlines()
    assert len(lines) == len(set(lines)) == 5
