"""Bundles: every byte belongs to an entry, and nothing is left over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.transparency.entry_bundle import LARGEST_BUNDLE, LARGEST_ENTRY, read_bundle, write_bundle
from tests.builders.refusals import refused_code

BAD = {
    "nothing": (b"", 1),
    "half a length": (b"\0", 1),
    "length without entry": (b"\0\1", 1),
    "entry cut off": (b"\0\5four", 1),
    "second entry missing": (b"\0\1a", 2),
    "an entry too many": (b"\0\1a\0\1b", 1),
    "a byte left over": (b"\0\1a\0", 1),
    "no width": (b"\0\1a", 0),
    "more than a bundle holds": (b"\0\1a" * 257, 257),
    "more bytes than any bundle": (bytes(LARGEST_BUNDLE + 1), 256),
    "length the other way round": (b"\1\0a", 1),
}


@pytest.mark.parametrize(("data", "width"), BAD.values(), ids=BAD)
def test_bytes_that_are_not_the_bundle_are_refused(data: bytes, width: int) -> None:
    assert refused_code(lambda: read_bundle(data, width)) == "log.bundle"


def test_a_length_is_two_bytes_the_larger_first() -> None:
    assert write_bundle([b"ab", b"", b"c" * 258]) == b"\0\2ab" + b"\0\0" + b"\1\2" + b"c" * 258


def test_the_largest_bundle_is_written_and_read() -> None:
    entries = (bytes(LARGEST_ENTRY),) * 256
    data = write_bundle(entries)
    assert len(data) == LARGEST_BUNDLE
    assert read_bundle(data, 256) == entries


def test_what_no_bundle_can_hold_is_not_written() -> None:
    assert refused_code(lambda: write_bundle([bytes(LARGEST_ENTRY + 1)])) == "log.entry_size"
    assert refused_code(lambda: write_bundle([])) == "log.bundle"
    assert refused_code(lambda: write_bundle([b""] * 257)) == "log.bundle"


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_entries_come_back(entries: list[bytes]) -> None:
    assert read_bundle(write_bundle(entries), len(entries)) == tuple(entries)


@given(st.binary(max_size=40), st.integers(1, 4))
def test_a_bundle_has_one_spelling(data: bytes, width: int) -> None:
    if refused_code(lambda: read_bundle(data, width)) is None:
        assert write_bundle(read_bundle(data, width)) == data
