"""Kill a process at the n-th step of its work: before each statement that it sends to the database, before each commit
and after it."""

import os
import signal
from collections.abc import Callable, Iterator

from sqlalchemy import Engine, event


def killed_at_every_step(work: Callable[[], None]) -> Iterator[int]:
    """Do `work` in a child process and kill that at step 0, then another at step 1, … until one comes to its end, which
    is not told of. After each kill the caller looks at what is left. The caller holds no connection meanwhile."""
    step = 0
    while _killed(work, step):
        yield step
        step += 1


def _killed(work: Callable[[], None], step: int) -> bool:
    child = os.fork()
    if child == 0:
        _work_until(work, step)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the work failed by itself"
    return False


def _work_until(work: Callable[[], None], step: int) -> None:
    steps = iter(range(step, -1, -1))

    def count(*_: object) -> None:
        if next(steps, None) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    code = 1
    try:
        event.listen(Engine, "before_cursor_execute", count)
        event.listen(Engine, "commit", count)
        work()
        count()  # done, and nobody has heard of it
        code = 0
    finally:
        os._exit(code)
