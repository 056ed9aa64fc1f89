"""A template gives what the general path gives, byte for byte, or nothing; above all where that refuses."""

import copy
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmc_vc.formats.jsonld.template import Place
from tests.builders.badges import typical_badge
from tests.builders.independent import by_oxigraph, by_pyld
from tests.builders.templated import (
    MARKS,
    by_general_path,
    compiled,
    fills_rightly,
    ours,
    template_of,
    templated,
    terms,
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


def test_the_lines_that_link_to_a_blank_node_are_sorted_anew() -> None:
    document = terms(link="_:both", inside={"id": "urn:t:1", "link": [{"id": "_:both", "text": "x"}, {"text": "y"}]})
    places: list[Place] = [("id",), ("inside", "id")]
    template = template_of(document, *places)
    for number in range(20):
        for values in ([f"urn:a:{number}", f"urn:b:{number}"], [f"urn:b:{number}", f"urn:a:{number}"]):
            filled = template.fill(values)
            assert filled is not None
            assert filled == by_general_path(with_values(document, places, values))


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
