from typing import Any

import pytest

from jmc_vc.domain.my_number import MyNumberRejected, is_my_number, refuse_my_number

NUMBER = "123456789018"
"""The number that every description of the check digit uses; it belongs to nobody."""


def test_the_check_digit_is_that_of_the_ordinance() -> None:
    assert is_my_number(NUMBER)
    assert [n for n in range(10) if is_my_number(NUMBER[:11] + str(n))] == [8]
    assert is_my_number("000000000000")  # a remainder of 0 or 1 gives 0


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "1234-5678-9018",
        "1234 5678 9018",
        "1234\u30005678\u30009018",
        "１２３４５６７８９０１８",
        "１２３４－５６７８－９０１８",
        "1234ー5678ー9018",
        "12-34-56-78-90-18",
        "1234.5678.9018",
        "1234\u200b56789018",
        "١٢٣٤٥٦٧٨٩٠١٨",
        "個人番号は123456789018です",
        "ID123456789018",
        "https://a.example/?n=123456789018&x",
        "番号 1234-5678-9018（写し）",
        " 123456789018\n",
        "1234・5678・9018",
        "1234･5678･9018",
        "1234，5678，9018",
        "1234．5678．9018",
        "1234／5678／9018",
        "1234~5678～9018",
        "番号123-456-789-018です",
        "123456 789018 x",
        "1234  5678  9018 x",
        "1234 5678-9018 x",
        "1234\r\n5678\r\n9018 a",
        "03-1234-5678 / 1234-5678-9018",
        "①②③④⑤⑥⑦⑧⑨⓪①⑧",
        "①②③④⑤⑥⑦⑧⑨①②③",
        "¹²³⁴⁵⁶⁷⁸⁹⁰¹⁸",
        "一二三四五六七八九〇一八",
        "1⃣2⃣3⃣4⃣5⃣6⃣7⃣8⃣9⃣0⃣1⃣8⃣",
        "1\ufe0f\u20e32\ufe0f\u20e33456789018",
        "1234\ufe0f56789018",
        "00000000-0000-0000-0000-123456789018",  # no version, no variant: no UUID
        "{00000000-0000-4000-7000-123456789018}",
        "a00000000-0000-4000-8000-123456789018",
        "12345600000000-0000-4000-8000-000000000000789018 123456789018",
    ],
)
def test_inv_34_an_individual_number_is_refused_in_every_spelling(text: str) -> None:
    with pytest.raises(MyNumberRejected) as refusal:
        refuse_my_number({"externalId": text})
    assert refusal.value.code == "my_number_rejected"
    assert refusal.value.pointer == "/externalId"
    assert not refusal.value.params


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"recipient": {"name": {"fullName": NUMBER}}}, "/recipient/name/fullName"),
        ({"evidence": [{}, {"narrative": f"see {NUMBER}"}]}, "/evidence/1/narrative"),
        ({"results": [{"value": int(NUMBER)}]}, "/results/0/value"),
        ({"results": [{"value": float(NUMBER)}]}, "/results/0/value"),
        ({"n": -int(NUMBER)}, "/n"),
        ({NUMBER: 1}, ""),
        ({"x": {"a" + NUMBER: 1}}, "/x"),
        ([NUMBER], "/0"),
        ({"identityType": "nationalIdentityNumber", "identityHash": "x"}, ""),
    ],
)
def test_inv_34_it_is_refused_anywhere_and_the_place_never_repeats_it(value: Any, pointer: str) -> None:
    with pytest.raises(MyNumberRejected) as refusal:
        refuse_my_number(value)
    assert refusal.value.pointer == pointer


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123456789010",  # wrong check digit
        "12345678901",
        "1234567890180",  # 13 digits: a corporate number
        "0123456789018",
        "1234-5678-90180",
        "123a456789018",
        "2026-10-01",
        "2026-10-01T09:00:00+09:00",
        "00000000-0000-4000-8000-123456789018",  # the last group of a UUID
        "urn:uuid:6f1d2c9e-4b7a-4c38-9e52-123456789018",
        "123456" + "6f1d2c9e-4b7a-4c38-9e52-1a0f7d3b8e64" + "789018",  # what stands around a UUID does not meet
        "1234---5678---9018",  # three separators divide two numbers
        "12:34:56:78:90:18",
        "²" * 12,
        "82",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    refuse_my_number({"externalId": text, "n": [1, 2.5, True, None]})


def test_a_long_text_costs_what_its_length_is() -> None:
    for part in ("1", "1-", "1--", "1 ", "12-34 56.", "①・", "６ー"):
        refuse_my_number({"narrative": part * 50_000 + "x"} if part != "1" else {"narrative": "1" * 200_000})


@pytest.mark.parametrize(
    "value", [pytest.param(10**5_000, id="5,000 digits"), 1e300, -1e300, float("nan"), float("inf"), 0]
)
def test_a_number_of_any_size_is_looked_at(value: float) -> None:
    refuse_my_number({"n": value})
