"""A template gives what the general path gives, byte for byte, or nothing; above all where that refuses."""

import copy
import json
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import DataLoss, canonical_nquads
from jmc_vc.formats.jsonld.template import Place, Template, compile_template
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES, OURS
from tests.builders.independent import by_oxigraph, by_pyld
from tests.builders.templated import (
    MARKS,
    RDF_JSON,
    TERMS_URL,
    XSD,
    by_general_path,
    compiled,
    contexts,
    fills_rightly,
    templated,
    text_places,
    with_values,
)

Json = dict[str, Any]
SUBJECT: Place = ("credentialSubject",)
RESULT: Place = (*SUBJECT, "result")
AWARD: tuple[Place, ...] = (
    ("id",),
    ("awardedDate",),
    ("evidence", 0, "id"),
    ("evidence", 0, "narrative"),
    ("credentialStatus", "id"),
    ("credentialStatus", "statusListIndex"),
    (*SUBJECT, "id"),
    (*SUBJECT, "identifier", 0, "identityHash"),
    (*SUBJECT, "identifier", 0, "salt"),
    (*RESULT, 0, "value"),
    (*RESULT, 1, "value"),
)
"""Some places of `typical_badge` that differ from award to award: ids, references, texts and dates."""


def values_of(number: int) -> list[str]:
    return [
        f"urn:uuid:00000000-0000-4000-8000-{number:012x}", "2026-02-03T04:05:06+09:00", f"https://e.example/{number}",
        f"報告 {number}", f"https://issuer.example/status/1#{number}", str(number), f"did:key:z{number}", f"名{number}",
        f"s{number}", str(number), f"{number} 点",
    ]  # fmt: skip


def ours() -> Json:
    """A badge with JSON literals and language maps."""
    badge = small_badge()
    badge["@context"].append(OURS)
    badge["jmc:programVersion"] = {"id": "https://a.example/v/1", "z": ["one", "two", 1.5, None], "a": {"é": "three"}}
    badge["credentialSubject"]["achievement"]["jmc:title"] = {"ja": "題", "en": "Title"}
    badge["credentialSubject"]["jmc:recipientName"] = {"ja": {"family": "𠮷野", "given": "葛󠄀葉"}, "\U0001f600": "x"}
    return badge


def terms(**members: Any) -> Json:
    """A document under `tests.builders.templated.TERMS`."""
    return {"@context": TERMS_URL, "id": "urn:s:1", **members}


def template_of(document: Json, *places: Place) -> Template:
    found = compiled(document, places)
    assert found is not None
    return found


# --- any document, any places, any values -----------------------------------------------------------------------------


@settings(max_examples=8 * settings().max_examples)
@given(seed=st.integers(0, 2**64 - 1))
def test_what_is_filled_in_is_what_the_general_path_gives(seed: int) -> None:
    made = templated(Random(seed))
    template = compiled(made.document, made.places)
    for values in made.values if template else ():
        assert template is not None
        fills_rightly(template, made, values)


def test_the_search_fills_much_in_and_meets_many_refusals() -> None:
    # 400 documents are enough to see that the property above is about something: it goes over twice as many.
    filled = none = refused = 0
    for seed in range(400):
        made = templated(Random(seed), fills=6)
        template = compiled(made.document, made.places)
        for values in made.values if template else ():
            assert template is not None
            if fills_rightly(template, made, values):
                filled += 1
            else:
                none += 1
                refused += by_general_path(with_values(made.document, made.places, values)) is None
    assert filled > 600
    assert none > refused > 100


TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cf", "Cs", "Co", "Zs")),
        st.sampled_from('"\\\x7f\ue000\ue001Ａ１髙𠮷\U000e0100👩\u200d🔬\u2028\ufeff'),
    ),
    max_size=12,
)


@settings(max_examples=2 * settings().max_examples)
@given(values=st.lists(TEXTS, min_size=len(AWARD), max_size=len(AWARD)), number=st.integers(0, 99))
def test_any_text_is_escaped_as_the_general_path_escapes_it(values: list[str], number: int) -> None:
    template = template_of(typical_badge(), *AWARD)
    given_values = [
        good if place[-1] == "id" else odd for place, good, odd in zip(AWARD, values_of(number), values, strict=True)
    ]
    wanted = by_general_path(with_values(typical_badge(), AWARD, given_values))
    filled = template.fill(given_values)
    assert filled == wanted if given_values[-2] != given_values[-1] else filled in (None, wanted)


@settings(max_examples=2 * settings().max_examples)
@given(seed=st.integers(0, 2**64 - 1), text=TEXTS)
def test_any_text_inside_json_and_language_maps_too(seed: int, text: str) -> None:
    document = ours()
    places = [place for place in text_places(document) if "jmc:" in str(place)]
    values = [Random(f"{seed} {place}").choice((text, "x", 'q"\\', "\x7f\x01", "語")) for place in places]
    assert template_of(document, *places).fill(values) == by_general_path(with_values(document, places, values))


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("place", range(len(AWARD)))
def test_a_value_that_looks_like_a_mark_is_a_text_like_others(mark: str, place: int) -> None:
    values = values_of(3)
    values[place] = mark
    filled = template_of(typical_badge(), *AWARD).fill(values)
    assert filled == by_general_path(with_values(typical_badge(), AWARD, values))
    assert (filled is None) == (AWARD[place][-1] == "id" and not mark.startswith("urn:"))


@pytest.mark.parametrize("other", [by_pyld, by_oxigraph])
def test_two_independent_implementations_state_what_was_filled_in(other: Any) -> None:
    filled = template_of(typical_badge(), *AWARD).fill(values_of(7))
    assert filled is not None
    assert filled[1] == other(json.loads(filled[0]))


# --- what could go wrong, one by one ----------------------------------------------------------------------------------


def test_labels_beyond_ten_follow_the_hashes_of_each_filling() -> None:
    # c14n10 sorts before c14n2. The hash of what varies decides about the labels of all.
    document = typical_badge()
    more = typical_badge(scale=4)["credentialSubject"]["achievement"]
    document["credentialSubject"]["achievement"]["alignment"] = more["alignment"]
    hashed: Place = (*SUBJECT, "identifier", 0, "identityHash")
    template = template_of(document, hashed)
    labels = set()
    for number in range(60):
        filled = template.fill([f"learner {number}"])
        assert filled is not None
        assert filled == by_general_path(with_values(document, [hashed], [f"learner {number}"]))
        (line,) = [line for line in filled[1].decode().splitlines() if f'"learner {number}"' in line]
        labels.add(int(line.partition(" ")[0].removeprefix("_:c14n")))
    assert max(labels) >= 10
    assert min(labels) < 5
    assert len(labels) > 10


def test_two_blank_nodes_swap_their_ranks() -> None:
    document = terms(link=[{"text": "a", "other": "1"}, {"text": "b", "other": "2"}])
    template = template_of(document, ("link", 0, "text"), ("link", 1, "text"))
    orders = set()
    for number in range(20):
        values = [f"a{number}", f"b{number}"]
        filled = template.fill(values)
        assert filled is not None
        assert filled == by_general_path(with_values(document, [("link", 0, "text"), ("link", 1, "text")], values))
        orders.add(filled[1].index(b'"a%d"' % number) < filled[1].index(b'"b%d"' % number))
    assert orders == {True, False}


def test_values_under_one_predicate_are_sorted_anew() -> None:
    document = terms(text=["b", "m"], same="t", prefix="k", link={"text": ["b", "m"], "prefix": "k"})
    places: list[Place] = [("text", 0), ("same",), ("link", "text", 1)]
    template = template_of(document, *places)
    for values in (
        ["a", "z", "z"],
        ["z", "a", "a"],
        ["n", "b", "ｂ"],
        ["\U0001f600", "\uff21", '"'],
        ["", " ", "\x01"],
    ):
        filled = template.fill(values)
        assert filled is not None
        assert filled == by_general_path(with_values(document, places, values))


def test_subjects_are_sorted_anew() -> None:
    document = terms(text="x", link=[{"id": "urn:m:1", "text": "y"}, {"id": "urn:m:2", "text": "z"}])
    places: list[Place] = [("id",), ("link", 0, "id")]
    template = template_of(document, *places)
    for values in (
        ["urn:z:1", "urn:a:1"],
        ["urn:m:20", "urn:m:2#a"],
        ["urn:a:1", "urn:m:3"],
        ["https://例え.jp/", "a:b"],
    ):
        filled = template.fill(values)
        wanted = by_general_path(with_values(document, places, values))
        assert wanted is not None
        assert filled == (None if values[1] == "a:b" else wanted)


def test_an_id_may_be_referred_to_and_refer_to_itself() -> None:
    document = terms(link="urn:o:1", text="x", inside={"id": "urn:o:2", "link": "urn:o:3"})
    places: list[Place] = [("link",), ("inside", "link")]
    for values in (["urn:s:1", "urn:o:2"], ["urn:o:2", "urn:s:1"], ["urn:o:9", "urn:o:9"]):
        assert template_of(document, *places).fill(values) == by_general_path(with_values(document, places, values))


def test_a_document_without_places_is_always_the_same() -> None:
    assert template_of(typical_badge()).fill([]) == by_general_path(typical_badge())


def test_a_template_leaves_the_document_as_it_was() -> None:
    document = typical_badge()
    before = copy.deepcopy(document)
    template = template_of(document, *AWARD)
    first = template.fill(values_of(1))
    template.fill(values_of(2))
    assert document == before
    document["name"] = "changed later"
    assert template.fill(values_of(1)) == first


def test_there_is_one_value_for_each_place() -> None:
    template = template_of(ours(), ("id",), ("jmc:programVersion", "z", 0))
    for values in ([], ["urn:a:1"], ["urn:a:1", "b", "c"]):
        with pytest.raises(ValueError, match="one value for each place"):
            template.fill(values)


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
    "a text that is said to be JSON": (terms(other={"@value": "x", "@type": RDF_JSON}), [("other", "@value")]),
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
    "an id that two nodes have that differ in types only": (
        terms(link={"id": "urn:o:1", "type": "Typed"}, inside={"id": "urn:o:2", "text": "x"}),
        {("link", "id"): "urn:o:2"},
    ),
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
