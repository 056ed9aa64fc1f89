"""Bytes of any kind are an archive or refused, and no archive raises anything but our own errors."""

from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.zip_archive import files_of
from tests.builders.archives import archive

GOOD = archive({"証明.json": b'{"a": 1}' * 20, "b": b"text"})


def _read(data: bytes) -> list[bytes] | None:
    try:
        return [file.read() for file in files_of(data, most=3)]
    except Error:
        return None


def test_a_good_one_is_read() -> None:
    assert _read(GOOD) == [b'{"a": 1}' * 20, b"text"]
    assert [file.name for file in files_of(GOOD, most=3)] == ["証明.json", "b"]


def test_any_changed_byte_is_refused_or_changes_no_content() -> None:
    for place in range(len(GOOD)):
        for flip in (0x01, 0x80, 0xFF):
            spoiled = GOOD[:place] + bytes([GOOD[place] ^ flip]) + GOOD[place + 1 :]
            found = _read(spoiled)
            assert found is None or set(found) <= {b'{"a": 1}' * 20, b"text"}


@given(st.binary(max_size=120), st.integers(0, len(GOOD)), st.integers(0, len(GOOD)))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes, start: int, end: int) -> None:
    _read(data)
    _read(GOOD[:start] + data + GOOD[end:])
