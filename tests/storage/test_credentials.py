"""Credentials: reserved, issued or abandoned; a place and an award only once; revoked for good; erased without a
trace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from jmc_vc.domain.credential import Credential, CredentialState, RevocationReason, RowState
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.storage.credentials import Sealed
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule, TransactionRaced
from jmc_vc.storage.transaction import Transaction
from tests.builders.rows import (
    KEK,
    NOW,
    PROGRAM,
    SLUG,
    credential,
    issue,
    issued,
    issuer,
    reservation,
    reserve,
    sealed_document,
    signing_key,
    uuids,
)
from tests.storage.together import together


def _get(database: Database, row: Credential) -> Credential:
    with database.read() as snapshot:
        found = snapshot.credentials.get(row.uuid)
    assert found
    return found


def _duplicate(tx: Transaction, learner: str, **changes: object) -> UUID | None:
    """The credential that `learner` has already for the award that `reservation` makes, with `changes`."""
    award = {"issuer": SLUG, "program_number": PROGRAM, "program_version": "1", "award_day": date(2026, 10, 1)}
    hashes = {"email": KEK.lookup_hash("email", learner), "did": b"d" * 32}
    found = tx.credentials.awards_of(hashes.values())
    keys = [(*(award | changes).values(), kind, value) for kind, value in hashes.items()]
    return next((uuid for key, uuid in found.items() if key in keys), None)


@pytest.mark.parametrize("count", [1, 40])  # few rows and many take different ways on PostgreSQL
def test_what_is_reserved_and_issued_comes_back_as_it_went_in(database: Database, count: int) -> None:
    with database.begin() as tx:
        rows = reserve(tx, count)
    assert [_get(database, row) for row in rows[:3]] == rows[:3]
    with database.begin() as tx:
        assert set(tx.credentials.record_issued([issued(row.uuid) for row in rows])) == set(uuids(rows))
    with database.read() as snapshot:
        for row in rows:
            found = snapshot.credentials.get(row.uuid)
            assert found == replace(
                row, row_state=RowState.ISSUED, issued_at=NOW, digest=sealed_document().digest, valid_until=None
            )
            assert snapshot.credentials.sealed(row.uuid) == Sealed(
                sealed_key=b"key", sealed_award=b"award", documents=(sealed_document(),)
            )


def test_an_issuer_sees_its_own_credentials_alone(database: Database) -> None:
    with database.begin() as tx:
        (row,) = issue(tx)
    with database.read() as snapshot:
        assert snapshot.credentials.for_issuer(SLUG, row.uuid)
        assert snapshot.credentials.for_issuer("aoba", row.uuid) is None
        assert snapshot.credentials.list_of_issuer("aoba", 10) == ()


def test_the_list_of_an_issuer_pages_through_every_issued_credential_once(database: Database) -> None:
    with database.begin() as tx:
        batch = reserve(tx, 5)
        tx.credentials.record_issued([issued(row.uuid) for row in batch])  # all at one moment
        later = reserve(tx, 2)
        tx.credentials.record_issued([replace(issued(row.uuid), issued_at=NOW + timedelta(days=1)) for row in later])
        reserve(tx, 1)
    seen: list[Credential] = []
    with database.read() as snapshot:
        while page := snapshot.credentials.list_of_issuer(SLUG, 3, after=seen[-1].uuid if seen else None):
            seen.extend(page)
        assert snapshot.credentials.list_of_issuer(SLUG, 3, after=uuid4()) == ()
    assert len(seen) == 7
    assert set(uuids(seen[:2])) == set(uuids(later))
    assert set(uuids(seen[2:])) == set(uuids(batch))


def test_an_award_is_made_once_even_by_four_at_once(database: Database) -> None:
    def award(_: int) -> bool:
        def work(tx: Transaction) -> bool:
            if _duplicate(tx, "hanako@example.jp") is not None:
                return False
            (place,) = tx.status_lists.allot(SLUG, 1, random=bytes)
            tx.credentials.reserve([reservation(credential(place), "hanako@example.jp")])
            return True

        return database.write(work)

    assert sorted(together(4, award)) == [False, False, False, True]


def test_two_transactions_that_both_saw_no_duplicate_cannot_both_reserve(database: Database) -> None:
    with database.begin() as tx:
        first, second = (credential(place) for place in tx.status_lists.allot(SLUG, 2, random=bytes))
        tx.credentials.reserve([reservation(first, "hanako@example.jp")])
    with pytest.raises(TransactionRaced), database.begin() as tx:
        tx.credentials.reserve([reservation(second, "hanako@example.jp")])


def test_a_retake_may_repeat_an_award_and_is_a_duplicate_for_later_ones(database: Database) -> None:
    with database.begin() as tx:
        places = tx.status_lists.allot(SLUG, 2, random=bytes)
        first, again = (credential(place) for place in places)
        tx.credentials.reserve([reservation(again, "hanako@example.jp", retake=True)])
        assert _duplicate(tx, "hanako@example.jp") == again.uuid
        tx.credentials.reserve([reservation(first, "hanako@example.jp")])


def test_people_may_share_a_name(database: Database) -> None:
    with database.begin() as tx:
        places = tx.status_lists.allot(SLUG, 2, random=bytes)
        rows = [replace(reservation(credential(place)), lookups=[("name", b"n" * 32)]) for place in places]
        tx.credentials.reserve(rows)


@pytest.mark.parametrize(
    "other",
    [
        {"award_day": date(2026, 10, 2)},
        {"program_version": "2"},
        {"program_number": "JMC-P-900002"},
        {"issuer": "aoba"},
    ],
)
def test_another_award_is_no_duplicate(database: Database, other: dict[str, object]) -> None:
    with database.begin() as tx:
        (place,) = tx.status_lists.allot(SLUG, 1, random=bytes)
        row = credential(place)
        tx.credentials.reserve([reservation(row, "hanako@example.jp")])
        assert _duplicate(tx, "taro@example.jp") is None
        assert _duplicate(tx, "hanako@example.jp", **other) is None
        assert _duplicate(tx, "hanako@example.jp") == row.uuid


def test_a_hash_of_another_kind_is_no_duplicate(database: Database) -> None:
    value = KEK.lookup_hash("email", "hanako@example.jp")
    with database.begin() as tx:
        (place,) = tx.status_lists.allot(SLUG, 1, random=bytes)
        row = credential(place)
        tx.credentials.reserve([reservation(row, "hanako@example.jp")])
        assert {key[4:]: uuid for key, uuid in tx.credentials.awards_of([value]).items()} == {
            ("email", value): row.uuid
        }
        assert tx.credentials.awards_of([]) == {}


def test_an_abandoned_row_keeps_its_place_and_frees_the_award(database: Database) -> None:
    with database.begin() as tx:
        (row,) = reserve(tx)
        assert tx.credentials.abandon([row.uuid], "lint.context") == (row.uuid,)
        assert _duplicate(tx, str(row.uuid)) is None
        assert tx.credentials.sealed(row.uuid) is None
    found = _get(database, row)
    assert (found.row_state, found.abandoned_reason) == (RowState.ABANDONED, "lint.context")
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.credentials.reserve([reservation(credential((row.list_number, row.status_index)))])


def test_a_row_that_was_abandoned_meanwhile_is_not_issued(database: Database) -> None:
    with database.begin() as tx:
        kept, given_up = reserve(tx, 2)
        tx.credentials.abandon([given_up.uuid], "crash")
    with database.begin() as tx:
        assert tx.credentials.record_issued([issued(kept.uuid), issued(given_up.uuid)]) == (kept.uuid,)
        assert tx.credentials.abandon([kept.uuid], "crash") == ()
    assert _get(database, kept).row_state is RowState.ISSUED
    assert _get(database, given_up).row_state is RowState.ABANDONED


def test_f_04_what_a_crash_left_reserved_is_found(database: Database) -> None:
    with database.begin() as tx:
        left, done = reserve(tx, 2)
        tx.credentials.record_issued([issued(done.uuid)])
    with database.read() as snapshot:
        assert snapshot.credentials.reserved_before(NOW) == ()
        assert snapshot.credentials.reserved_before(NOW + timedelta(seconds=1)) == (left,)


def test_what_is_erased_leaves_the_status_and_nothing_of_the_person(database: Database) -> None:
    with database.begin() as tx:
        (row,) = issue(tx)
        tx.erasures.erase(row.uuid, KEK)
    with database._writing() as connection:
        for table in ("sealed_awards", "sealed_documents", "award_keys"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
    assert _get(database, row).digest
    with database.read() as snapshot:
        assert snapshot.credentials.sealed(row.uuid) is None


def test_set_bits_are_those_of_revoked_and_of_suspended_credentials(database: Database) -> None:
    with database.begin() as tx:
        rows = issue(tx, 4)
        for row, state in zip(rows, ("revoked", "suspended", "active", "revoked"), strict=True):
            tx.credentials.save_status(
                replace(
                    row,
                    state=CredentialState(state),
                    status_reason=RevocationReason.ISSUED_IN_ERROR if state == "revoked" else None,
                    status_at=NOW,
                )
            )
    with database.read() as snapshot:
        bits = snapshot.credentials.set_bits
        assert bits(rows[0].list_number, StatusPurpose.REVOCATION) == sorted(
            [rows[0].status_index, rows[3].status_index]
        )
        assert bits(rows[0].list_number, StatusPurpose.SUSPENSION) == [rows[1].status_index]
        assert bits(2**63, StatusPurpose.REVOCATION) == []


# --- what not even SQL by hand can do --------------------------------------------------------------------------------


def _revoke(tx: Transaction, row: Credential) -> None:
    tx.credentials.save_status(
        replace(row, state=CredentialState.REVOKED, status_reason=RevocationReason.ISSUED_IN_ERROR, status_at=NOW)
    )


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE credentials SET state = 'active'",
        "UPDATE credentials SET state = 'suspended', status_reason = NULL",
        "DELETE FROM credentials",
        "UPDATE credentials SET status_index = status_index + 1",
        "UPDATE credentials SET row_state = 'abandoned', state = 'revoked'",
        "UPDATE credentials SET row_state = 'reserved'",
    ],
)
def test_a_revoked_credential_stays_what_and_where_it_is(database: Database, by_hand: str) -> None:
    with database.begin() as tx:
        (row,) = issue(tx)
        _revoke(tx, row)
        tx.erasures.erase(row.uuid, KEK)  # so that no foreign key refuses what the trigger should
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(text(by_hand))
    assert _get(database, row).state is CredentialState.REVOKED


def test_a_revoked_credential_is_not_reinstated_by_a_use_case_either(database: Database) -> None:
    with database.begin() as tx:
        (row,) = issue(tx)
        _revoke(tx, row)
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.credentials.save_status(row)


def _retire(tx: Transaction) -> None:
    key = tx.signing_keys.get(SLUG, "key-1")
    assert key
    tx.signing_keys.save(replace(key, state=KeyState.RETIRED))


def _compromise(tx: Transaction) -> None:
    key = tx.signing_keys.get(SLUG, "key-1")
    assert key
    tx.signing_keys.save(replace(key, state=KeyState.COMPROMISED))


@pytest.mark.parametrize("change", [_retire, _compromise])
def test_only_an_active_key_is_reserved_for(database: Database, change: Callable[[Transaction], None]) -> None:
    with database.begin() as tx:
        change(tx)
    with pytest.raises(BrokenRule), database.begin() as tx:
        reserve(tx)


def test_a_key_retired_between_signing_and_recording_still_counts(database: Database) -> None:
    with database.begin() as tx:
        (row,) = reserve(tx)
        _retire(tx)
        assert tx.credentials.record_issued([issued(row.uuid)])


def test_f_30_a_key_compromised_between_signing_and_recording_does_not(database: Database) -> None:
    with database.begin() as tx:
        (row,) = reserve(tx)
        _compromise(tx)
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.credentials.record_issued([issued(row.uuid)])


def test_a_credential_needs_the_key_of_its_own_issuer(database: Database) -> None:
    with database.begin() as tx:
        tx.issuers.add(issuer("aoba", "JMC-I-90002"))
        tx.signing_keys.add(signing_key("aoba", "key-9"))
        (place,) = tx.status_lists.allot(SLUG, 1, random=bytes)
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.credentials.reserve([reservation(credential(place, kid="key-9"))])
