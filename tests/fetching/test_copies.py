"""Copies are bounded, in number and in bytes, whatever strangers name."""

from datetime import UTC, datetime, timedelta

import pytest

from jmc_vc.fetching.copies import Copies, Copy
from jmc_vc.fetching.failures import Failures
from jmc_vc.fetching.unavailable import NotFetched, TookTooLong

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def copy(size: int) -> Copy:
    return Copy(
        body=bytes(size), media_type="", fetched_at=NOW, fresh_until=NOW + timedelta(hours=1), etag="", last_modified=""
    )


def test_the_copy_not_asked_for_longest_goes_first() -> None:
    copies = Copies(most_bytes=10_000, most=3)
    for key in "abc":
        copies.keep(key, copy(1))
    copies.find("a")
    copies.keep("d", copy(1))
    assert [copies.find(key) is not None for key in "abcd"] == [True, False, True, True]


def test_bytes_are_bounded_and_counted_right() -> None:
    copies = Copies(most_bytes=100_000, most=1_000)
    for n in range(500):
        copies.keep(f"{n % 70}", copy(n * 37 % 20_000))
        assert copies.bytes <= 100_000
    copies.keep("too large for all", copy(200_000))
    assert copies.find("too large for all") is None
    assert copies.bytes == 0
    copies.keep("a", copy(5))
    copies.keep("a", copy(7))
    assert copies.bytes == copy(7).size
    copies.drop("a")
    copies.drop("a")
    assert copies.bytes == 0


def test_failures_are_forgotten_before_they_fill_the_memory() -> None:
    failures = Failures(bytes)
    for n in range(10_000):
        failures.failed(f"{n}", f"host-{n}.example", TookTooLong(), NOW)
    failures.require_none("0", NOW)  # forgotten
    with pytest.raises(NotFetched):
        failures.require_none("9999", NOW)
    assert len(failures._documents) == len(failures._hosts) == 4_096
