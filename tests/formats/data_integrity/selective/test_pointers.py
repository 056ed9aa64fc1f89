"""DI-08: JSON pointers pick parts; what lies on the way keeps its `@context`, `id` and `type`."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.selective.pointers import LONGEST_POINTER, MOST_POINTERS, PointerRefused, select
from jmc_vc.formats.jsonld import DataLoss

DOCUMENT: dict[str, Any] = {
    "@context": ["https://c.example/1"],
    "id": "urn:1",
    "type": ["A", "B"],
    "name": "n",
    "a/b": {"m~n": 1, "x": 2},
    "": {"empty": True},
    "0": "zero",
    "one": {"id": "urn:2", "type": "C", "x": {"deep": None, "flat": 1}, "y": False},
    "many": [{"id": "_:a", "v": 1}, [1, 2], {"v": 3, "w": 4}],
}
FRAME = {"@context": ["https://c.example/1"], "id": "urn:1", "type": ["A", "B"]}


@pytest.mark.parametrize(
    ("pointers", "picked"),
    {
        "a text": (["/name"], {"name": "n"}),
        "null is a value": (["/one/x/deep"], {"one": {"id": "urn:2", "type": "C", "x": {"deep": None}}}),
        "an object with all in it": (["/one/x"], {"one": {"id": "urn:2", "type": "C", "x": {"deep": None, "flat": 1}}}),
        "escaped names": (["/a~1b/m~0n"], {"a/b": {"m~n": 1}}),
        "an empty name": (["//empty"], {"": {"empty": True}}),
        "a number as a name": (["/0"], {"0": "zero"}),
        "items close up": (["/many/2/v", "/many/0/v"], {"many": [{"id": "_:a", "v": 1}, {"v": 3}]}),
        "an item of an item": (["/many/1/1"], {"many": [[2]]}),
        "the wider wins, first": (["/one", "/one/y"], {"one": DOCUMENT["one"]}),
        "the wider wins, last": (["/one/y", "/one"], {"one": DOCUMENT["one"]}),
        "one type is all types": (["/type/1"], {}),
        "one context is all contexts": (["/@context/0"], {}),
        "the id": (["/one/id"], {"one": {"id": "urn:2", "type": "C"}}),
        "everything": ([""], {name: DOCUMENT[name] for name in DOCUMENT}),
        "everything and more": (["/name", "", "/one/y"], {name: DOCUMENT[name] for name in DOCUMENT}),
    }.values(),
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_pointers_pick(pointers: list[str], picked: dict[str, Any]) -> None:
    assert select(DOCUMENT, pointers).document == FRAME | picked


def test_the_order_is_that_of_the_document_whatever_that_of_the_pointers() -> None:
    one, other = (select(DOCUMENT, order).document for order in (["/one", "/name"], ["/name", "/one"]))
    assert list(one) == list(other) == ["@context", "id", "type", "name", "one"]


@pytest.mark.parametrize(
    "pointer",
    [
        "name", "/nam", "/name/", "/name/0", "/one/x/none", "/many/3", "/many/-", "/many/-1", "/many/00", "/many/01",
        "/many/+1", "/many/1.0", "/many/１", "/many/1e0", "/many/", "/many/v", "/~", "/a~2b", "/a~", "#/name", " ", "/",
        "/one/__class__", "/many/9999999", "/many/" + "9" * 900, "/" + "x" * LONGEST_POINTER, "/name\n",
    ],
)  # fmt: skip
def test_a_pointer_that_is_malformed_or_matches_nothing_is_refused_with_its_place(pointer: str) -> None:
    document = {name: value for name, value in DOCUMENT.items() if name}
    with pytest.raises(PointerRefused) as refused:
        select(document, ["/name", pointer, "/one"])
    assert refused.value.code == "proof.pointer"
    assert refused.value.params == {"position": 2}


def test_too_many_pointers_are_refused() -> None:
    select(DOCUMENT, ["/name"] * MOST_POINTERS)
    with pytest.raises(Error, match=r"^proof\.pointers$"):
        select(DOCUMENT, ["/name"] * (MOST_POINTERS + 1))


def test_the_limit_of_pointers_is_one_of_each_list() -> None:  # the issuer's do not use up the holder's
    both = select(DOCUMENT, ["/name"] * MOST_POINTERS, ["/one"] * MOST_POINTERS)
    assert both.document == select(DOCUMENT, ["/name", "/one"]).document
    with pytest.raises(PointerRefused) as refused:
        select(DOCUMENT, ["/name"], ["/nothing"])
    assert refused.value.params == {"position": 2}


def test_a_document_without_end_is_refused_before_the_stack_ends() -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    try:
        with pytest.raises(DataLoss):
            select(deep, [""])
    finally:
        while deep:  # or its own end would end the stack
            deep = deep["a"]


def test_one_object_at_two_places_becomes_two() -> None:
    shared: dict[str, Any] = {"x": 1}
    copy: Any = select({"a": shared, "b": shared}, [""]).document
    assert copy == {"a": {"x": 1}, "b": {"x": 1}}
    assert copy["a"] is not copy["b"]
