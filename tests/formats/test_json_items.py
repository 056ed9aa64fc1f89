"""Lists are cut where they are, and no list costs more than its length."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.json_items import NotAList, TooManyItems, array_items, lines, member_of, object_members

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(VALUES, max_size=6), st.sampled_from([None, 1]), st.booleans())
def test_the_items_of_an_array_are_what_was_written(values: list[object], indent: int | None, ascii_only: bool) -> None:
    written = json.dumps(values, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    items = array_items(written, most=6)
    assert [json.loads(item) for item in items] == values
    assert all(item in written for item in items)


def test_a_name_may_be_written_in_escapes() -> None:
    assert member_of(b'{"other": 1, "\\u0063redential" : {"a": 1.0}}', "credential") == b'{"a": 1.0}'


@given(st.dictionaries(st.text(), VALUES, max_size=6))
def test_a_member_of_an_object_is_what_was_written(members: dict[str, object]) -> None:
    written = json.dumps({**members, "credential": {"a": [1.0, "]"]}}, indent=2).encode()
    assert member_of(written, "credential") == b'{\n    "a": [\n      1.0,\n      "]"\n    ]\n  }'
    assert len(object_members(written, most=7)) == len({*members, "credential"})


@given(st.binary(max_size=60))
def test_bytes_of_any_kind_are_cut_or_refused(data: bytes) -> None:
    for written in (data, b"[" + data, b"[" + data + b"]"):
        try:
            items = array_items(written, most=100)
        except NotAList:
            continue
        assert all(items)


def test_blank_lines_are_no_items_and_not_without_end() -> None:
    assert lines(b"\n\n{}\n \n[]", most=2) == (b"{}", b"[]")
    with pytest.raises(TooManyItems):
        lines(b" \n" * 1_000, most=2)


@pytest.mark.parametrize("data", [b'["' + b'\\"' * (1 << 20), b"[" + b" " * (2 << 20), b'["' + b"x\\" * (1 << 20)])
def test_a_list_that_never_ends_is_read_once(data: bytes) -> None:
    with pytest.raises(NotAList):
        array_items(data, most=10)
