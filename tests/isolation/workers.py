"""What a test sees of workers."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from jmc_vc.isolation.pool import Pool


def worker_of(pool: Pool) -> int:
    """The process id of the one worker that waits."""
    worker = pool._workers.get()
    pool._workers.put(worker)
    assert worker is not None
    return worker.process.pid


def children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def until(condition: Callable[[], object]) -> None:
    end = monotonic() + 10
    while not condition():
        assert monotonic() < end
