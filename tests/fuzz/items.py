"""Bodies that are nearly lists of credentials, as an array or a line each. What is cut out of them are the very bytes
that stand there; and a list that a JSON reader takes is cut where that reader cuts it."""

import json
from random import Random
from time import process_time
from typing import Any

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.verifying.batch_items import LONGEST_REFERENCE, MOST, Item, from_array, from_lines
from jmc_vc.verifying.take_in import PostedAddress
from jmc_vc.web.verify_api.question import read_question

SECONDS = 0.5
_PARTS = (
    "[", "]", "{", "}", ",", ":", '"', "\\", '\\"', "\n", " ", '"a"', '"a,b]"', '"reference"', '"credential"', '"url"',
    '{"reference":"x","credential":{"a":1}}', '{"reference":"x","url":"https://a.example/1"}', '{"id":1}', "1", "null",
    '{"reference":7,"url":"x"}', '{"reference":"\\ud800","url":"x"}', '{"\\u0072eference":"x"}', "[[1,2],[3]]",
    '"\\u005d"',
    '{"credential":"eyJ.eyJ.AA","domain":"a","challenge":"b"}', "\ufeff", "é", '"' + "x" * 300 + '"', "\u202e",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | st.text(alphabet='[]{},:"\\ \n1a', max_size=40).map(str.encode)


def _made(seed: int) -> bytes:
    chance = Random(seed)
    between = chance.choice(("", ",", ", ", "\n"))
    text = between.join(chance.choice(_PARTS) for _ in range(chance.randint(1, 10)))
    return (f"[{text}]" if chance.random() < 0.6 else text).encode()


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    items = _read(from_array, data)
    for each in (*(items or ()), *(_read(from_lines, data) or ())):
        _check_one(each)
    try:
        as_json: Any = json.loads(data.decode())  # with a byte-order mark it is none
    except (ValueError, RecursionError):
        return
    if isinstance(as_json, list):
        assert len(items or ()) == len(as_json)
        for item, value in zip(items or (), as_json, strict=True):
            _check_same(item, value)


def _read(reader: Any, data: bytes) -> tuple[Item, ...] | None:
    started = process_time()
    try:
        found: tuple[Item, ...] = reader(data, read_question)
    except Error as refused:
        assert refused.code in {"batch.not_a_list", "batch.items", "batch.values", "batch.empty"}, refused.code  # noqa: PT017 - a value may come too
        return None
    finally:
        assert process_time() - started < SECONDS
    assert 0 < len(found) <= MOST
    return found


def _check_one(item: Item) -> None:
    assert item.reference is None or len(item.reference) <= LONGEST_REFERENCE
    started = process_time()
    try:
        handed_in, _ = item.read()
        assert isinstance(handed_in, bytes | PostedAddress)
    except Error:
        return
    finally:
        assert process_time() - started < SECONDS


def _check_same(item: Item, value: Any) -> None:
    """What is handed on says what another reader finds there."""
    try:
        handed_in, _ = item.read()
    except Error:
        return
    if isinstance(value, str):
        assert handed_in == value.strip().encode("utf-8", "surrogatepass")
    elif isinstance(handed_in, PostedAddress):
        assert handed_in.url == value["url"]
    elif isinstance(value, dict) and isinstance(value.get("credential"), str):
        assert handed_in in (value["credential"].encode("utf-8", "surrogatepass"), value["credential"].strip().encode())
    else:
        inner = value.get("credential", value) if isinstance(value, dict) else value
        read = json.loads(handed_in)
        without = (
            {name: each for name, each in value.items() if name != "reference"} if isinstance(value, dict) else value
        )
        assert read in (value, inner, without)
