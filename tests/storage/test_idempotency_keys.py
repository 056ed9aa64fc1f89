"""An idempotency key is claimed once, and the claim tells which credential it made."""

from uuid import UUID, uuid4

import pytest

from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule
from jmc_vc.storage.idempotency_keys import KeyClaim
from jmc_vc.storage.transaction import Transaction
from tests.builders.rows import SLUG, credential, reservation
from tests.storage.together import together

BODY = b"b" * 32


def _reserve(tx: Transaction, uuid: UUID) -> None:
    (place,) = tx.status_lists.allot(SLUG, 1, random=bytes)
    tx.credentials.reserve([reservation(credential(place, uuid))])


def test_a_key_is_ours_the_first_time_and_names_its_credential_later(database: Database) -> None:
    claim = KeyClaim(SLUG, "order-1", BODY, uuid4())
    with database.begin() as tx:
        assert tx.idempotency_keys.get(SLUG, "order-1") is None
        assert tx.idempotency_keys.claim([claim]) == [None]
        _reserve(tx, claim.uuid)
    with database.begin() as tx:
        other = KeyClaim(SLUG, "order-1", b"o" * 32, uuid4())
        new = KeyClaim(SLUG, "order-2", BODY, uuid4())
        assert tx.idempotency_keys.claim([other, new]) == [claim, None]
        _reserve(tx, new.uuid)
    with database.read() as snapshot:
        assert snapshot.idempotency_keys.get(SLUG, "order-1") == claim
        assert snapshot.idempotency_keys.get("aoba", "order-1") is None


def test_the_second_of_one_call_meets_the_first(database: Database) -> None:
    first, second = (KeyClaim(SLUG, "order-1", BODY, uuid4()) for _ in range(2))
    with database.begin() as tx:
        assert tx.idempotency_keys.claim([first, second]) == [None, first]
        _reserve(tx, first.uuid)


def test_f_22_four_that_claim_one_key_at_once_make_one_credential(database: Database) -> None:
    def make(_: int) -> tuple[bool, UUID]:
        claim = KeyClaim(SLUG, "order-1", BODY, uuid4())

        def work(tx: Transaction) -> tuple[bool, UUID]:
            (held,) = tx.idempotency_keys.claim([claim])
            if held:
                return False, held.uuid
            _reserve(tx, claim.uuid)
            return True, claim.uuid

        return database.write(work)

    answers = together(4, make)
    assert sorted(ours for ours, _ in answers) == [False, False, False, True]
    assert len({uuid for _, uuid in answers}) == 1


def test_many_claims_in_opposite_order_do_not_block_each_other(database: Database) -> None:
    def make(number: int) -> int:
        names = [f"order-{n}" for n in range(30)][:: 1 if number else -1]

        def work(tx: Transaction) -> int:
            claims = [KeyClaim(SLUG, name, BODY, uuid4()) for name in names]
            won = [claim for claim, held in zip(claims, tx.idempotency_keys.claim(claims), strict=True) if held is None]
            for claim in won:
                _reserve(tx, claim.uuid)
            return len(won)

        return database.write(work)

    assert sorted(together(2, make)) == [0, 30]


def test_a_released_key_can_be_claimed_again(database: Database) -> None:
    claim, again = (KeyClaim(SLUG, "order-1", BODY, uuid4()) for _ in range(2))
    with database.begin() as tx:
        tx.idempotency_keys.claim([claim])
        tx.idempotency_keys.release([claim.uuid])
        tx.idempotency_keys.release([])
        assert tx.idempotency_keys.claim([again]) == [None]
        _reserve(tx, again.uuid)


def test_a_key_is_not_kept_for_a_credential_that_was_not_reserved(database: Database) -> None:
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.idempotency_keys.claim([KeyClaim(SLUG, "order-1", BODY, uuid4())])
