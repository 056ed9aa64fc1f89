"""One active key for each owner and algorithm, and ciphertexts that work in their own row alone."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from jmc_vc.domain.signing_key import JMC, KeyState
from jmc_vc.signing.keyring import Keyring, KeyUnusable
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule
from jmc_vc.storage.transaction import Transaction
from tests.builders.rows import KEK, KEYRING, NOW, SLUG, issuer, signing_key
from tests.storage.together import together


def test_a_key_comes_back_as_it_went_in(database: Database) -> None:
    key = signing_key(JMC, "key-1")
    with database.begin() as tx:
        tx.signing_keys.add(key)
    with database.read() as snapshot:
        assert snapshot.signing_keys.get(JMC, "key-1") == key
        assert snapshot.signing_keys.active(JMC) == key
        assert snapshot.signing_keys.active(JMC, "P-256") is None
        assert snapshot.signing_keys.of_owner("aoba") == ()


def test_two_keys_of_one_owner_are_never_active(database: Database) -> None:
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.signing_keys.add(signing_key(kid="key-2"))
    with database.begin() as tx:
        tx.signing_keys.add(signing_key(kid="key-2", state=KeyState.PUBLISHED))
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(text("UPDATE signing_keys SET state = 'active'"))


def test_one_public_key_belongs_to_one_owner(database: Database) -> None:
    with database.begin() as tx:
        key = tx.signing_keys.active(SLUG)
        assert key
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.signing_keys.add(replace(key, owner=JMC))


def test_a_rotation_under_traffic_always_leaves_an_active_key(database: Database) -> None:
    def rotate(tx: Transaction, number: int) -> None:
        (old,) = (each for each in tx.signing_keys.of_owner_for_change(SLUG) if each.state is KeyState.ACTIVE)
        tx.signing_keys.save(replace(KEYRING.rewrap(old, KeyState.RETIRED), retired_at=NOW))
        tx.signing_keys.add(signing_key(kid=f"key-{number}"))

    def work(number: int) -> set[bool]:
        if number == 0:
            for n in range(2, 8):
                database.write(lambda tx, n=n: rotate(tx, n))  # type: ignore[misc]  # a default argument
            return {True}
        return {database.write(lambda tx: tx.signing_keys.active(SLUG) is not None) for _ in range(25)}

    assert together(3, work) == [{True}] * 3
    with database.read() as snapshot:
        assert [each.kid for each in snapshot.signing_keys.of_owner(SLUG) if each.state is KeyState.ACTIVE] == ["key-7"]


def test_db_06_swapped_ciphertexts_sign_nothing(database: Database) -> None:
    with database.begin() as tx:
        tx.issuers.add(issuer("aoba", "JMC-I-90002"))
        tx.signing_keys.add(signing_key("aoba"))
        mine, theirs = tx.signing_keys.active(SLUG), tx.signing_keys.active("aoba")
        assert mine
        assert theirs
        tx.signing_keys.save(replace(mine, sealed_private=theirs.sealed_private))
        tx.signing_keys.save(replace(theirs, sealed_private=mine.sealed_private))
    with database.read() as snapshot:
        for owner in (SLUG, "aoba"):
            key = snapshot.signing_keys.active(owner)
            assert key
            with pytest.raises(KeyUnusable):
                Keyring(KEK).signer(key)
