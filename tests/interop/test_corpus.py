"""The corpus of `tests/corpus`, judged by @digitalcredentials/verifier-core: what it says stands there, and in the
docs why."""

import json

import pytest

from tests.corpus import peer

pytestmark = pytest.mark.interop


def test_verifier_core_still_says_so() -> None:
    assert peer.ask() == json.loads(peer.ANSWERS.read_bytes())
