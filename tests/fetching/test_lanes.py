"""Two requests to each host at once, and so many to all."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from threading import Event, Lock
from time import monotonic

import pytest

from jmc_vc.fetching.lanes import Lanes
from jmc_vc.fetching.unavailable import TookTooLong


def test_no_host_has_more_than_two_guests_and_a_crowd_is_served() -> None:
    lanes, lock, inside, most = Lanes(), Lock(), set[int](), 0

    def visit(guest: int) -> None:
        nonlocal most
        with lanes.lane("issuer.example", monotonic() + 20):
            with lock:
                inside.add(guest)
                most = max(most, len(inside))
            with lock:
                inside.discard(guest)

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(visit, range(1_000)))
    assert 1 <= most <= 2


def test_for_a_host_that_takes_long_only_a_few_go_on_waiting() -> None:
    lanes, go = Lanes(), Event()

    def stay() -> bool:
        try:
            with lanes.lane("slow.example", monotonic() + 30):
                return go.wait(30)
        except TookTooLong:
            return False

    with ThreadPoolExecutor(20) as pool:
        guests = [pool.submit(stay) for _ in range(20)]
        try:
            with lanes.lane("other.example", monotonic() + 5):
                pass
            left = list(islice(as_completed(guests, timeout=20), 14))
        finally:
            go.set()
    assert not any(guest.result() for guest in left)
    assert sum(guest.result() for guest in guests) == 6  # two inside and four waiting were still there
    assert not lanes._begun
    assert not lanes._waiting


def test_who_gets_no_lane_in_time_is_told_so() -> None:
    lanes, go = Lanes(), Event()

    def stay(host: str) -> None:
        with lanes.lane(host, monotonic() + 30):
            go.wait(30)

    with ThreadPoolExecutor(32) as pool:
        guests = [pool.submit(stay, f"host-{n // 2}.example") for n in range(32)]
        try:
            while len(lanes._begun) < 16 or not all(len(begun) == 2 for begun in lanes._begun.values()):
                pass
            for host in ("host-1.example", "one-too-many.example"):
                with pytest.raises(TookTooLong), lanes.lane(host, monotonic() + 0.1):
                    raise AssertionError
        finally:
            go.set()
        for guest in guests:
            guest.result()
    with lanes.lane("one-too-many.example", monotonic() + 1):
        pass
