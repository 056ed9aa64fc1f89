"""How many requests are under way at once: two to each host, and so many to all.

Who comes third waits for a lane: the document is often there a moment later, fetched for all who wait. But when a host
keeps its guests for long, only a few go on waiting for it. The others leave, so that they do not hold the threads that
those who ask other hosts need.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from time import monotonic
from typing import Final

from jmc_vc.fetching.unavailable import TookTooLong

_EACH: Final = 2
_ALL: Final = 32
"""Each holds a thread, a socket and at most one document: with the largest ones 64 MB, for some moments."""
_LONG: Final = 1.0
"""Seconds. Hosts on another continent answer in half of it."""
_GO_ON_WAITING: Final = 4
"""For a host that takes long."""


class Lanes:
    """The lanes of one process."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._begun: dict[str, list[float]] = {}  # when those under way began, by host, the oldest first
        self._waiting: Counter[str] = Counter()

    @contextmanager
    def lane(self, host: str, deadline: float) -> Iterator[None]:
        """One lane to `host`, for as long as the block lasts. Raises TookTooLong when none gets free in time."""
        begun = self._take(host, deadline)
        try:
            yield
        finally:
            with self._changed:
                self._begun[host].remove(begun)
                if not self._begun[host]:
                    del self._begun[host]  # names come from strangers: none stays
                self._changed.notify_all()

    def _take(self, host: str, deadline: float) -> float:
        with self._changed:
            self._waiting[host] += 1
            try:
                while not self._is_free(host):
                    self._wait(host, deadline)
            finally:
                self._waiting[host] -= 1
                if not self._waiting[host]:
                    del self._waiting[host]
            begun = monotonic()
            self._begun.setdefault(host, []).append(begun)
            return begun

    def _is_free(self, host: str) -> bool:
        return len(self._begun.get(host, ())) < _EACH and sum(map(len, self._begun.values())) < _ALL

    def _wait(self, host: str, deadline: float) -> None:
        """Until something changes, or it is time to look again. Raises TookTooLong when it is time to leave."""
        now = monotonic()
        long = self._begun[host][0] + _LONG if host in self._begun else deadline
        if now >= deadline or (now >= long and self._waiting[host] > _GO_ON_WAITING):
            raise TookTooLong
        self._changed.wait(min(deadline, long if now < long else deadline) - now)
