"""Places are given away once, whoever asks at the same time; published lists only go forward."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from jmc_vc.domain.status_list import SIZE, ListForm
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule
from jmc_vc.storage.status_lists import PublishedStatusList
from tests.builders.rows import NOW, SLUG, issuer
from tests.storage.together import together


def _signed(number: int, change: int, *, minutes: int = 0, body: bytes = b"list") -> PublishedStatusList:
    return PublishedStatusList(
        number=number,
        form=ListForm.REVOCATION,
        change=change,
        body=body,
        etag=f'"{change}"',
        kid="key-1",
        signed_at=NOW + timedelta(minutes=minutes),
        valid_until=NOW + timedelta(hours=24),
    )


def test_no_place_is_given_away_twice(database: Database) -> None:  # BS-04
    def take(_: int) -> list[tuple[int, int]]:
        places = []
        for _ in range(10):
            places += database.write(lambda tx: tx.status_lists.allot(SLUG, 3, random=bytes, size=50))
        return places

    given = [place for places in together(4, take) for place in places]
    assert len(given) == len(set(given)) == 120
    with database.read() as snapshot:
        lists = snapshot.status_lists.of_issuer(SLUG)
    assert [each.allotted for each in lists] == [50, 50, 20]


def test_f_23_two_want_the_last_place(database: Database) -> None:
    with database.begin() as tx:
        tx.status_lists.allot(SLUG, 9, random=bytes, size=10)
    given = together(2, lambda _: database.write(lambda tx: tx.status_lists.allot(SLUG, 1, random=bytes, size=10)))
    assert sorted(given) == [[(1, 9)], [(2, 0)]]


def test_a_place_of_a_transaction_that_failed_is_given_to_the_next(database: Database) -> None:
    def take_and_fail() -> None:
        with database.begin() as tx:
            tx.status_lists.allot(SLUG, 5, random=bytes)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_and_fail()
    with database.begin() as tx:
        assert tx.status_lists.allot(SLUG, 1, random=bytes) == [(1, 0)]


def test_issuers_have_lists_of_their_own(database: Database) -> None:
    with database.begin() as tx:
        tx.issuers.add(issuer("aoba", "JMC-I-90002"))
        assert tx.status_lists.allot(SLUG, 1, random=bytes) == [(1, 0)]
        assert tx.status_lists.allot("aoba", 2, random=bytes) == [(2, 0), (2, 1)]
        assert tx.status_lists.allot(SLUG, 1, random=bytes) == [(1, 1)]
        opened = tx.status_lists.get(2)
    assert opened
    assert (opened.issuer, opened.size, len(opened.permutation_key)) == ("aoba", SIZE, 32)


def test_no_change_of_bits_is_lost_count_of(database: Database) -> None:
    with database.begin() as tx:
        tx.status_lists.allot(SLUG, 1, random=bytes)

    def count(_: int) -> list[int]:
        return [database.write(lambda tx: tx.status_lists.bump(1)) for _ in range(10)]

    assert sorted(n for counts in together(4, count) for n in counts) == list(range(1, 41))


def test_an_older_list_never_replaces_a_newer_one(database: Database) -> None:
    with database.begin() as tx:
        tx.status_lists.allot(SLUG, 1, random=bytes)
        assert tx.status_lists.published(1, ListForm.REVOCATION) is None
        assert tx.status_lists.publish(_signed(1, 3, body=b"first"))
        assert not tx.status_lists.publish(_signed(1, 2, minutes=5, body=b"older bits"))
        assert not tx.status_lists.publish(_signed(1, 3, minutes=-5, body=b"signed earlier"))
        assert tx.status_lists.published(1, ListForm.REVOCATION) == _signed(1, 3, body=b"first")
        assert tx.status_lists.publish(_signed(1, 3, minutes=5, body=b"signed again"))
        assert tx.status_lists.publish(_signed(1, 4, minutes=6, body=b"newer bits"))
        assert tx.status_lists.published(1, ListForm.SUSPENSION) is None
    with database.read() as snapshot:
        served = snapshot.status_lists.published(1, ListForm.REVOCATION)
    assert served == _signed(1, 4, minutes=6, body=b"newer bits")


def test_four_publishers_leave_the_newest(database: Database) -> None:
    with database.begin() as tx:
        tx.status_lists.allot(SLUG, 1, random=bytes)
    together(4, lambda number: database.write(lambda tx: tx.status_lists.publish(_signed(1, number))))
    with database.read() as snapshot:
        assert snapshot.status_lists.published(1, ListForm.REVOCATION) == _signed(1, 3)


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE status_lists SET allotted = allotted - 1",
        "UPDATE status_lists SET change = change - 1",
        "UPDATE status_lists SET size = size + 1",
        "DELETE FROM status_lists",
        "UPDATE published_lists SET change = change - 1",
        "DELETE FROM published_lists",
    ],
)
def test_lists_do_not_go_back_even_by_hand(database: Database, by_hand: str) -> None:
    with database.begin() as tx:
        tx.status_lists.allot(SLUG, 3, random=bytes)
        tx.status_lists.bump(1)
        tx.status_lists.publish(replace(_signed(1, 1), etag='"a"'))
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(text(by_hand))


def test_there_is_no_list_with_an_impossible_number(database: Database) -> None:
    with database.read() as snapshot:
        for number in (0, -1, 2**31, 2**63, 10**30):
            assert snapshot.status_lists.get(number) is None
            assert snapshot.status_lists.published(number, ListForm.REVOCATION) is None
