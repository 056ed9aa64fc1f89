"""The thread that brings the log up to date: it begins, goes on after failures, and ends."""

from collections.abc import Callable
from datetime import datetime
from queue import Queue
from threading import Thread
from threading import enumerate as threads

from jmc_vc.errors import Unavailable
from jmc_vc.publishing.log_keeper import LogKeeper
from tests.builders.installation import NOON


class Silent(Unavailable):
    """The database does not answer."""

    code = "database.busy"


def _keeper(work: Callable[[datetime], object]) -> LogKeeper:
    return LogKeeper(work, lambda: NOON, every=0.001)


def _kept() -> set[Thread]:
    """The threads of all keepers in this process: a service that other tests share may have one too."""
    return {thread for thread in threads() if thread.name == "log-keeper"}


def test_it_works_again_and_again_until_it_is_closed() -> None:
    others, done = _kept(), Queue[datetime]()
    keeper = _keeper(done.put)
    keeper.open()
    keeper.open()
    assert [done.get(timeout=10) for _ in range(3)] == [NOON] * 3
    assert len(_kept() - others) == 1
    keeper.close()
    keeper.close()
    assert not _kept() - others


def test_it_goes_on_after_failures_and_can_be_opened_anew() -> None:
    tried: Queue[int] = Queue()
    attempts = iter(range(1_000))

    def work(_: datetime) -> None:
        attempt = next(attempts)
        tried.put(attempt)
        if attempt < 3:
            raise Silent if attempt else ValueError("a defect")

    keeper = _keeper(work)
    for _ in range(2):
        keeper.open()
        first = tried.get(timeout=10)
        assert [tried.get(timeout=10) for _ in range(4)] == list(range(first + 1, first + 5))
        keeper.close()
        while not tried.empty():
            tried.get()
