"""The same work in several threads at once, from one starting signal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Answer = TypeVar("Answer")


def together(threads: int, work: Callable[[int], Answer]) -> list[Answer]:
    """What `work(0)`, `work(1)`, … answer; the first exception is raised."""
    barrier = Barrier(threads)

    def run(number: int) -> Answer:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
