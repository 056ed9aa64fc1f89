"""Operators: a name is one person and one key, for good; where two were once, there are never fewer."""

from functools import partial

import pytest

from jmc_vc.authorizing.add_operator import BadApprovalKey
from jmc_vc.domain.operator import (
    ApprovalMissing,
    BadOperatorName,
    OperatorExists,
    OperatorNotFound,
    TooFewOperators,
)
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.signing.file_signer import file_signer, new_secret
from tests.builders.installation import OPERATOR, Installation
from tests.builders.operators import approval_key, register_operators
from tests.storage.together import together


def test_an_operator_is_registered_and_removed_on_record(installation: Installation) -> None:
    register_operators(installation, "alice", "bob", "carol")
    removed = installation.service.remove_operator("bob", reason="left", actor=OPERATOR, now=installation.now)
    assert removed.removed_at == installation.now
    with installation.service.database.read() as snapshot:
        assert [each.name for each in snapshot.operators.all()] == ["alice", "bob", "carol"]
        assert [each.name for each in snapshot.operators.registered()] == ["alice", "carol"]
        added, gone = snapshot.audit_log.of_object("bob")
    assert (added.action, gone.action, gone.reason) == ("operator-added", "operator-removed", "left")


def test_neither_a_name_nor_a_key_is_given_twice(installation: Installation) -> None:
    register_operators(installation, "alice", "bob", "carol")
    with installation.service.database.read() as snapshot:
        bob = snapshot.operators.get("bob")
    assert bob is not None
    installation.service.remove_operator("bob", reason="left", actor=OPERATOR, now=installation.now)
    add = partial(installation.service.add_operator, reason="back", approved=True, actor=OPERATOR, now=installation.now)
    with pytest.raises(OperatorExists):
        add("bob", approval_key()[0])
    with pytest.raises(OperatorExists):
        add("robert", bob.public_key)


def test_of_two_operators_none_can_be_removed(installation: Installation) -> None:
    register_operators(installation, "alice", "bob")
    with pytest.raises(TooFewOperators):
        installation.service.remove_operator("bob", reason="left", actor=OPERATOR, now=installation.now)


def test_the_only_operator_can_be_removed_again(installation: Installation) -> None:
    register_operators(installation, "alise")
    installation.service.remove_operator("alise", reason="mistyped", actor=OPERATOR, now=installation.now)
    with pytest.raises(OperatorNotFound):
        installation.service.remove_operator("alise", reason="again", actor=OPERATOR, now=installation.now)


def test_of_three_that_are_added_at_once_without_approval_one_is_refused(installation: Installation) -> None:
    def add(position: int) -> str:
        try:
            register_operators(installation, f"person-{position}")
        except ApprovalMissing:
            return "refused"
        return "added"

    assert sorted(together(3, add)) == ["added", "added", "refused"]


@pytest.mark.parametrize("name", ["", "Alice", "alice+bob", "1alice", "a" * 33, "アリス", "alice\n", "al ice"])
def test_a_name_that_could_be_taken_for_another_is_refused(sqlite_installation: Installation, name: str) -> None:
    with pytest.raises(BadOperatorName):
        sqlite_installation.service.add_operator(
            name, approval_key()[0], reason="x", approved=False, actor=OPERATOR, now=sqlite_installation.now
        )


def _key_of(algorithm: KeyAlgorithm) -> str:
    return encode_multikey(
        file_signer(algorithm, new_secret(algorithm, lambda size: bytes(range(1, size + 1)))).public_key
    )


@pytest.mark.parametrize(
    "public_key",
    ["", "z", "alice", _key_of(KeyAlgorithm.P256), "z" + "1" * 900],
    ids=["empty", "z", "name", "P-256", "long"],
)
def test_only_an_ed25519_key_is_an_approval_key(sqlite_installation: Installation, public_key: str) -> None:
    with pytest.raises(BadApprovalKey):
        sqlite_installation.service.add_operator(
            "alice", public_key, reason="x", approved=False, actor=OPERATOR, now=sqlite_installation.now
        )
