"""Hashed identifiers: what is written matches its own value and nothing else."""

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.openbadges.recipient_hash import identity_hash, matches, uses_md5

TEXT = st.text(max_size=40)


def _hashed(text: str, salt: str | None = None) -> dict[str, Any]:
    return {"hashed": True, "identityHash": text, **({} if salt is None else {"salt": salt})}


@given(value=TEXT, salt=TEXT)
def test_a_hash_matches_the_value_that_it_was_made_of(value: str, salt: str) -> None:
    assert matches(_hashed(identity_hash(value, salt), salt), value)


@given(value=TEXT, other=TEXT, salt=TEXT)
def test_a_hash_matches_no_other_value(value: str, other: str, salt: str) -> None:
    assert matches(_hashed(identity_hash(value, salt), salt), other) == (value == other)


def test_the_hash_is_that_of_the_specification() -> None:
    expected = hashlib.sha256(b"learner@example.jpk3v9").hexdigest()
    assert identity_hash("learner@example.jp", "k3v9") == f"sha256${expected}"


def test_md5_is_taken_and_told_apart() -> None:
    entry = _hashed("md5$" + hashlib.md5(b"a@b.examplesalt").hexdigest(), "salt")
    assert matches(entry, "a@b.example")
    assert uses_md5(entry)
    assert not uses_md5(_hashed(identity_hash("a@b.example", "salt"), "salt"))


def test_the_case_of_hexadecimal_digits_does_not_matter_and_a_missing_salt_is_none() -> None:
    digest = hashlib.sha256(b"a@b.example").hexdigest().upper()
    assert matches(_hashed(f"sha256${digest}"), "a@b.example")


def test_a_plain_identifier_is_compared_as_it_is() -> None:
    entry = {"hashed": False, "identityHash": "𠮷野 葛󠄀葉"}
    assert matches(entry, "𠮷野 葛󠄀葉")
    assert not matches(entry, "𠮷野 葛葉")


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"hashed": True},
        {"hashed": True, "identityHash": 7},
        {"hashed": "true", "identityHash": "x"},
        {"hashed": True, "identityHash": "x"},
        {"hashed": True, "identityHash": "sha1$" + hashlib.sha1(b"x").hexdigest()},
        {"hashed": True, "identityHash": "sha256$"},
        {"hashed": True, "identityHash": "sha256$ａ"},
        {"hashed": True, "identityHash": identity_hash("x", ""), "salt": 5},
    ],
)
def test_a_malformed_identifier_matches_nothing(entry: dict[str, Any]) -> None:
    assert not matches(entry, "x")
