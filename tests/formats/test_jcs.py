"""RFC 8785, with the examples of its own sections 3.2.3 and 3.2.4 and an independent library."""

import hashlib
import json
import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats import jcs
from jmc_vc.formats.jcs import NotCanonicalizable
from jmc_vc.formats.strict_json import JsonValue
from tests.formats.test_strict_json import json_values


def test_members_are_ordered_by_utf_16_code_units() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(jcs.canonicalize(dict.fromkeys(names, 0)))) == ordered


@pytest.mark.parametrize(
    ("number", "text"),
    [(1e30, "1e+30"), (4.50, "4.5"), (2e-3, "0.002"), (1e-27, "1e-27"), (333333333.33333329, "333333333.3333333"),
     (-0.0, "0"), (5e-324, "5e-324"), (9007199254740991, "9007199254740991"), (1e21, "1e+21"), (10.0, "10")],
)  # fmt: skip
def test_numbers_are_written_as_ecmascript_writes_them(number: float, text: str) -> None:
    assert jcs.canonicalize([number]).decode() == f"[{text}]"


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 2**53 + 1, -(2**60), "\ud800", {"\udc00": 1}, {"a": ["\ud800"]}, {1: 2}]
)
def test_what_has_no_canonical_form_is_refused(value: JsonValue) -> None:
    with pytest.raises(NotCanonicalizable):
        jcs.canonicalize(value)


@given(json_values)
def test_the_fast_way_writes_what_the_library_writes(value: JsonValue) -> None:
    try:
        expected = rfc8785.dumps(value)
    except rfc8785.CanonicalizationError:
        with pytest.raises(NotCanonicalizable):
            jcs.canonicalize(value)
    else:
        assert jcs.canonicalize(value) == expected


@given(
    st.floats(-1e16, 1e16)
    | st.decimals(0, 10_000, places=3, allow_nan=False).map(float)
    | st.sampled_from([1e-4, 1e15])
)
def test_a_fraction_is_written_alike_in_both_ways(number: float) -> None:
    for near in (number, math.nextafter(number, 0), math.nextafter(number, math.inf)):
        assert jcs.canonicalize([near]) == rfc8785.dumps([near])


def test_control_characters_and_del_are_written_alike_in_both_ways() -> None:
    text = "".join(map(chr, range(0x80))) + "\u2028\u2029\U0001f600"
    assert jcs.canonicalize(text) == rfc8785.dumps(text)


def test_a_digest_is_the_hash_of_the_canonical_bytes() -> None:
    assert jcs.digest({"b": 1, "a": "é"}) == "sha-256:" + hashlib.sha256('{"a":"é","b":1}'.encode()).hexdigest()
