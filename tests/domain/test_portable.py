"""Numbers and texts that processors treat differently, each with what they make of it."""

import json

import pytest

from jmc_vc.domain.portable import is_portable_number, misplaced, unportable_number

UNPORTABLE_NUMBERS = {
    "0.1 + 0.2: 3.0E-1 or 3.0000000000000004E-1": 0.1 + 0.2,
    "sixteen digits": 1.234567890123456,
    "1e-7: 0 in jsonld.js": 1e-7,
    "less than 1e-6": 9.99e-7,
    "1e20: written out, or 1.0E20": 1e20,
    "-1e20": -1e20,
    "a whole float too large for plain digits": 1e15,
    "2**53: the first that a double takes for its neighbour": 2**53,
    "-2**53": -(2**53),
    "beyond 64 bits": 10**30,
    "infinity": float("inf"),
    "not a number": float("nan"),
}
PORTABLE_NUMBERS = [0, 0.0, -0.0, 1, -1, 2**53 - 1, 1.5, 2.0, 0.1, 1e-6, 999_999_999_999_999.0, 33.3333333333333, 1e14]


@pytest.mark.parametrize("case", UNPORTABLE_NUMBERS)
def test_a_number_that_processors_write_differently_is_found(case: str) -> None:
    assert not is_portable_number(UNPORTABLE_NUMBERS[case])


@pytest.mark.parametrize("number", PORTABLE_NUMBERS)
def test_a_number_that_processors_write_alike_is_let_through(number: float) -> None:
    assert is_portable_number(number)


@pytest.mark.parametrize("value", [True, False, None, "1e-7", "9" * 40])
def test_what_is_no_number_is_let_through(value: object) -> None:
    assert is_portable_number(value)


def test_the_first_unportable_number_is_named_by_its_pointer() -> None:
    document = {"a": [1, {"b": "1e20"}], "c": [{"d": [True, 1e20]}, 1e-7]}
    assert unportable_number(document) == "/c/0/d/1"
    assert unportable_number(json.loads(json.dumps(document).replace("1e+20", "1").replace("1e-07", "2"))) is None


MISPLACED = {
    "emoji and full-width letter": ["😀", "Ａ"],
    "after the same beginning": ["証明 😀", "証明 Ａ"],
    "kanji beyond U+FFFF and a compatibility kanji": ["𠮷田", "\ufa19谷"],
    "private use": ["𠮷", "\ue000"],
    "the last of the plane": ["\U0010ffff", "\uffff"],
    "in the middle of others": ["a", "😀", "Ａ", "漢"],
}
KEPT = {
    "nothing": [],
    "one": ["😀Ａ"],
    "the same twice": ["😀", "😀"],
    "both beyond U+FFFF": ["😀", "𠮷"],
    "both full-width": ["Ａ", "Ｂ"],
    "differ earlier": ["a😀", "bＡ"],
    "kana against emoji": ["ア", "😀"],
    "the one begins the other": ["吉", "吉😀", "吉Ａ"[:1]],
    "a name with both": ["𠮷野Ａ", "𠮷田Ａ", "葛󠄀葉"],
}


@pytest.mark.parametrize("case", MISPLACED)
def test_texts_that_change_places_are_found(case: str) -> None:
    assert misplaced(MISPLACED[case]) in MISPLACED[case]


@pytest.mark.parametrize("case", KEPT)
def test_texts_that_keep_their_places_are_let_through(case: str) -> None:
    assert misplaced(KEPT[case]) is None
