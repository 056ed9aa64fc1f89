"""Hashed identifiers: written as the specification says, and another one for each salt."""

import hashlib

from jmc_vc.formats.openbadges.recipient_hash import identity_hash


def test_the_hash_is_that_of_the_specification() -> None:
    expected = hashlib.sha256(b"learner@example.jpk3v9").hexdigest()
    assert identity_hash("learner@example.jp", "k3v9") == f"sha256${expected}"


def test_another_salt_makes_another_hash() -> None:
    assert identity_hash("learner@example.jp", "k3v9") != identity_hash("learner@example.jp", "k3va")
