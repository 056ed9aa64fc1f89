"""Bytes that are nearly JSON. Whatever they are, they are read as the standard library reads them, or refused."""

import json
from time import process_time

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from tests.builders.generated_badges import badges

SECONDS = 0.5
"""For at most 2 MiB; honest documents take milliseconds."""
_PIECES = (
    "{", "}", "[", "]", ",", ":", '"', "\\", "\\\\", '\\"', "\\u0000", "\\ud800", "\\udc00", "\\uD83D\\uDE00", "\\u",
    "\\x", '"a"', '"a":', "null", "true", "NaN", "-Infinity", "-", "+1", "01", "1.", ".5", "1e999", "-0.0", "1E-400",
    "\x00", "\x1f", "\x7f", "\n", "\ufeff", "\u00a0", "\u2028", "１", "9007199254740993", "9" * 30, "//", "/**/",
    "'a'", "[" * 40, "{},",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    values = st.recursive(
        st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
        max_leaves=12,
    )
    valid = (values | badges()).flatmap(
        lambda value: st.sampled_from([{"ensure_ascii": True}, {"ensure_ascii": False}, {"indent": 1}]).map(
            lambda how: json.dumps(value, **how).encode("utf-8", "surrogatepass")  # type: ignore[arg-type]
        )
    )
    cuts = st.lists(
        st.tuples(
            st.integers(0, 4_000), st.integers(0, 3), st.sampled_from(_PIECES).map(str.encode) | st.binary(max_size=2)
        ),
        max_size=4,
    )
    return (
        st.tuples(valid, cuts).map(lambda both: _cut(*both))
        | st.lists(st.sampled_from(_PIECES), max_size=30).map(lambda pieces: "".join(pieces).encode())
        | st.binary(max_size=60)
    )


def _cut(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, put in cuts:
        place = at % (len(data) + 1)
        data = data[:place] + put + data[place + length :]
    return data


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    started = process_time()
    try:
        value = strict_json.parse(data)
    except Error as refused:
        assert refused.code.startswith("parse."), refused.code  # noqa: PT017 - the other outcome is a value
        return
    finally:
        assert process_time() - started < SECONDS
    assert _same(value, json.loads(data))
    assert _same(strict_json.parse(json.dumps(value).encode()), value)
    assert _same(strict_json.parse(json.dumps(value, ensure_ascii=False).encode()), value)


def _same(one: object, other: object) -> bool:
    """The same JSON. 1, 1.0 and true are three values here, and so are 0.0 and -0.0, unlike for `==`."""
    return json.dumps(one) == json.dumps(other)
