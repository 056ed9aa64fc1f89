"""Kill or stop a process at the n-th step of its work: before each statement that it sends to the database, before each
commit and after it."""

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


def stopped_at_every(stride: int, work: Callable[[], None]) -> Iterator[int]:
    """Do `work` in a child process and stop that at step 0, as a machine that is put to sleep stops it; another at step
    `stride`, … until one comes to its end. While it is stopped the caller does what others do meanwhile; then it goes
    on, and has ended when the caller hears of the next. The caller holds no connection then."""
    step = 0
    while True:
        child = _child(work, step, signal.SIGSTOP)
        _, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            assert os.waitstatus_to_exitcode(status) == 0, "the work failed by itself"
            return
        try:
            yield step
        finally:
            os.kill(child, signal.SIGCONT)
            _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0, "the work failed after its sleep"
        step += stride


def _killed(work: Callable[[], None], step: int) -> bool:
    _, status = os.waitpid(_child(work, step, signal.SIGKILL), 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the work failed by itself"
    return False


def _child(work: Callable[[], None], step: int, end: signal.Signals) -> int:
    child = os.fork()
    if child == 0:
        _work_until(work, step, end)
    return child


def _work_until(work: Callable[[], None], step: int, end: signal.Signals) -> None:
    steps = iter(range(step, -1, -1))

    def count(*_: object) -> None:
        if next(steps, None) == 0:
            os.kill(os.getpid(), end)

    code = 1
    try:
        event.listen(Engine, "before_cursor_execute", count)
        event.listen(Engine, "commit", count)
        work()
        count()  # done, and nobody has heard of it
        code = 0
    finally:
        os._exit(code)
