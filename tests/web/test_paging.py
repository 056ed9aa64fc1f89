"""Cursors: given out, read again, and worth nothing to anybody else."""

import hmac
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.web.paging import BadCursor, BadLimit, read_cursor, read_limit, write_cursor


def tag(purpose: str, value: str) -> bytes:
    return hmac.digest(b"key", f"{purpose}\0{value}".encode(), "sha256")


@given(st.uuids(), st.text())
def test_a_cursor_comes_back_as_what_it_was(after: UUID, owner: str) -> None:
    cursor = write_cursor(after, owner, tag)
    assert read_cursor(cursor, owner, tag) == after
    with pytest.raises(BadCursor):
        read_cursor(cursor, owner + "x", tag)


@given(st.text())
def test_a_text_that_we_did_not_write_is_no_cursor(text: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(text, "issuer", tag)


@given(st.integers(0, 42), st.characters())
def test_a_cursor_with_one_other_character_is_none(place: int, character: str) -> None:
    cursor = write_cursor(uuid4(), "issuer", tag)
    changed = cursor[:place] + character + cursor[place + 1 :]
    if changed != cursor:
        with pytest.raises(BadCursor):
            read_cursor(changed, "issuer", tag)


def test_no_cursor_is_the_beginning() -> None:
    assert read_cursor(None, "issuer", tag) is None
    assert read_limit(None) == 50
    assert read_limit("200") == 200
    with pytest.raises(BadLimit):
        read_limit("201")
