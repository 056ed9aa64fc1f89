"""Where no template is made, or nothing filled in: the general path is taken, and refuses or tells."""

import json
from typing import Any

import orjson
import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import DataLoss, canonical_nquads
from jmc_vc.formats.jsonld.template import Place, compile_template
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES, OURS
from tests.builders.templated import (
    XSD,
    by_general_path,
    compiled,
    contexts,
    ours,
    template_of,
    terms,
    text_places,
    with_values,
)

Json = dict[str, Any]


# --- no template ------------------------------------------------------------------------------------------------------


def endorsed(**members: Any) -> Json:
    """A badge with a credential inside that has a context of its own."""
    inside = {
        "@context": [CREDENTIALS, OPEN_BADGES, EXTENSIONS, OURS],
        "id": "urn:uuid:99999999-0000-4000-8000-000000000000",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "did:web:endorser.example", "type": "Profile"},
        "credentialSubject": {"id": "urn:e:1", "type": ["EndorsementSubject"], "endorsementComment": "Good."},
    }
    return {**small_badge(), "endorsement": [{**inside, **members}]}


PROOF = {"type": "DataIntegrityProof", "cryptosuite": "x", "proofPurpose": "urn:purpose:1", "created": "2026-01-01"}
NOT_COMPILED: dict[str, tuple[Json, list[Place]]] = {
    "a graph": (endorsed(proof=PROOF), [("id",)]),
    "a node that links to itself": (terms(link={"id": "_:a", "text": "x", "link": "_:a"}), [("id",)]),
    "two blank nodes alike": (terms(link=[{"text": "x"}], inside=[{"link": {}}, {"link": {}}]), [("id",)]),
    "a number is expected": (terms(float="x"), [("float",)]),
    "a number is said": (terms(other={"@value": "x", "@type": f"{XSD}integer"}), [("other", "@value")]),
    "a word of a vocabulary": (terms(word="urn:w:1"), [("word",)]),
    "a term of a vocabulary": (terms(word="Typed"), [("word",)]),
    "a type": (terms(type="urn:t:1"), [("type",)]),
    "one of two types": (terms(type=["Typed", "urn:t:1"]), [("type", 1)]),
    "a datatype": (terms(other={"@value": "x", "@type": "urn:t:1"}), [("other", "@type")]),
    "a language": (terms(other={"@value": "x", "@language": "ja"}), [("other", "@language")]),
    "a direction": (terms(other={"@value": "x", "@direction": "rtl"}), [("other", "@direction")]),
    "a term whose texts are said to be JSON": (terms(said="x"), [("said",)]),
    "a label": (terms(link="_:a"), [("link",)]),
    "a context": (typical_badge(), [("@context", 2)]),
    "a context inside": (endorsed(), [("endorsement", 0, "@context", 3)]),
    "one place twice": (terms(text="x"), [("text",), ("text",)]),
    "a node of which nothing is stated": (terms(text="x", link={"id": "urn:o:1", "text": []}), [("id",)]),
    "one of two equal descriptions": (
        terms(link={"id": "urn:o:1", "text": "x"}, inside={"id": "urn:o:1", "text": "x"}),
        [("link", "text")],
    ),
    "a character that marks have": (terms(text="x", other="\ue000"), [("text",)]),
}


@pytest.mark.parametrize("reason", NOT_COMPILED)
def test_no_template_is_made_where_more_than_texts_could_change(reason: str) -> None:
    document, places = NOT_COMPILED[reason]
    assert by_general_path(document) is not None
    assert compile_template(document, places, contexts()) is None


@pytest.mark.parametrize(
    "document",
    [
        terms(unheard="x"),
        terms(text="\ud800"),
        terms(json={"a": ["\udfff"]}),
        terms(id="relative"),
        terms(text=["x", "x"]),
        terms(link=[{"id": "urn:o:1", "text": "x"}, {"id": "urn:o:1", "text": "y"}]),
    ],
    ids=lambda document: ascii(document)[40:90],
)
def test_a_document_that_is_refused_is_refused_as_ever(document: Json) -> None:
    with pytest.raises(Error) as general:
        canonical_nquads(document, contexts())
    with pytest.raises(Error) as refused:
        compile_template(document, [("text",)] if isinstance(document.get("text"), str) else [], contexts())
    assert (refused.value.code, refused.value.pointer) == (general.value.code, general.value.pointer)


# --- nothing filled in ------------------------------------------------------------------------------------------------

TWO_NODES = terms(link=[{"id": "urn:o:1", "text": "x"}, {"id": "urn:o:2", "other": "y"}], inside="urn:o:3")
REFUSED: dict[str, tuple[Json, dict[Place, str]]] = {
    "an id that two nodes have that differ in types only": (
        terms(link={"id": "urn:o:1", "type": "Typed"}, inside={"id": "urn:o:2", "text": "x"}),
        {("link", "id"): "urn:o:2"},
    ),
    "an id that is empty": (terms(text="x"), {("id",): ""}),
    "an id that is relative": (terms(text="x"), {("id",): "relative"}),
    "an id that is a path": (terms(text="x"), {("id",): "//a.example/b"}),
    "an id with a space": (terms(text="x"), {("id",): "urn:a b"}),
    "an id that is a statement": (terms(text="x"), {("id",): "urn:a> <urn:p> <urn:o> .\n<urn:s"}),
    "an id that is only linked": (terms(link={"text": "x"}), {("id",): "relative"}),
    "an id that is only linked and a statement": (terms(link={"text": "x"}), {("id",): "a> <b:c> <d:e> .\n<f"}),
    "an id with a prefix": (terms(text="x"), {("id",): "ex:text"}),
    "an id with a prefix that a type brings": (terms(type="Typed", link="urn:o:1"), {("link",): "tag:a"}),
    "an id with a prefix that a term brings": (terms(inside={"text": "x", "link": "urn:o:1"}),
                                               {("inside", "link"): "mailto:a"}),
    "an id with a prefix of a context inside": (endorsed(issuer="urn:u:1"),
                                                {("endorsement", 0, "issuer"): "jmc:testData"}),
    "an id with a prefix that slashes hid": (terms(link="ex://a"), {("link",): "ex:a"}),
    "a reference with a prefix": (terms(link="urn:o:1"), {("link",): "ex:text"}),
    "a reference that is a term": (terms(link="urn:o:1"), {("link",): "Typed"}),
    "a label with a space": (terms(link="urn:o:1"), {("link",): "_:a b"}),
    "an id with half a surrogate pair": (terms(text="x"), {("id",): "urn:\ud800"}),
    "a text with half a surrogate pair": (terms(text="x"), {("text",): "\udc00"}),
    "a quote and half a surrogate pair": (terms(text="x"), {("text",): '"\udc00'}),
    "JSON with half a surrogate pair": (terms(json={"a": ["x"]}), {("json", "a", 0): "\ud800"}),
    "an item that stands twice": (terms(text=["a", "b"]), {("text", 0): "b"}),
    "two items that become one": (terms(text=["a", "b"]), {("text", 0): "c", ("text", 1): "c"}),
    "a reference that stands twice": (terms(link=["urn:o:1", "urn:o:2"]), {("link", 0): "urn:o:2"}),
    "a reference and a node that are one": (terms(link=["urn:o:1", {"id": "urn:o:2", "text": "x"}]),
                                            {("link", 0): "urn:o:2"}),
    "the id of another node": (TWO_NODES, {("link", 0, "id"): "urn:o:2"}),
    "the id of the document": (TWO_NODES, {("link", 0, "id"): "urn:s:1"}),
    "two ids that become one": (TWO_NODES, {("link", 0, "id"): "urn:o:9", ("link", 1, "id"): "urn:o:9"}),
}  # fmt: skip
LEFT_TO_THE_GENERAL_PATH: dict[str, tuple[Json, dict[Place, str]]] = {
    "blank nodes that become alike": (terms(link=[{"text": "a"}, {"text": "b"}]), {("link", 0, "text"): "b"}),
    "blank nodes that varied become alike": (
        terms(link=[{"text": "a"}, {"text": "b"}]), {("link", 0, "text"): "c", ("link", 1, "text"): "c"}
    ),
    "parents that look alike": (
        terms(link=[{"link": {"text": "a"}, "text": "x"}, {"link": {"text": "b"}, "text": "y"}]),
        {("link", 0, "text"): "y"},
    ),
    "cells of a list that become alike": (terms(list=["a", "b", "c", "d"]), {("list", 1): "c"}),
    "two terms that say the same": (terms(text="a", same="b"), {("text",): "b"}),
    "a language map and another": (
        terms(text={"@value": "a", "@language": "ja"}, same={"@value": "b", "@language": "JA"}),
        {("same", "@value"): "a"},
    ),
    "two references that say the same": (terms(link="urn:o:1", sameLink="urn:o:2"), {("link",): "urn:o:2"}),
    "a label": (terms(link="urn:o:1"), {("link",): "_:a"}),
    "a scheme that did not stand there before": (terms(link="urn:o:1"), {("link",): "tag:a"}),
}  # fmt: skip


@pytest.mark.parametrize("reason", REFUSED)
def test_what_the_general_path_refuses_is_not_filled_in(reason: str) -> None:
    document, changes = REFUSED[reason]
    template = template_of(document, *changes)
    assert by_general_path(with_values(document, list(changes), list(changes.values()))) is None
    assert template.fill(list(changes.values())) is None


@pytest.mark.parametrize("reason", LEFT_TO_THE_GENERAL_PATH)
def test_what_only_the_general_path_can_tell_is_not_filled_in(reason: str) -> None:
    document, changes = LEFT_TO_THE_GENERAL_PATH[reason]
    template = template_of(document, *changes)
    assert by_general_path(with_values(document, list(changes), list(changes.values()))) is not None
    assert template.fill(list(changes.values())) is None


@pytest.mark.parametrize("document", [small_badge(), typical_badge(), ours(), endorsed()])
def test_each_text_alone_can_be_left_open(document: Json) -> None:
    # Which cannot are those that the sentence at the head of the module names.
    closed = set()
    for place in text_places(document):
        template = compiled(document, [place])
        if template is None:
            closed.add(next(str(step) for step in reversed(place) if isinstance(step, str)))
            continue
        for value in ("x", "urn:x:y", "x", "語"):
            wanted = by_general_path(with_values(document, [place], [value]))
            assert template.fill([value]) in (None, wanted)
    assert closed <= {"@context", "type"}


def test_a_surrogate_is_told_by_its_reason() -> None:
    with pytest.raises(DataLoss) as refused:
        compile_template(terms(text="\ud800"), [("text",)], contexts())
    assert refused.value.params["reason"] == "text"


def test_the_json_is_written_as_the_service_writes_it() -> None:
    filled = template_of(ours(), ("credentialSubject", "jmc:recipientName", "ja", "family")).fill(["\u2028/\x7f\x1f"])
    assert filled is not None
    assert filled[0] == orjson.dumps(json.loads(filled[0]))
