"""Workers: started when first needed, and anew when one is lost."""

import os
import queue
import signal
import socket
import subprocess
import sys
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final

from jmc_vc.errors import Unavailable
from jmc_vc.isolation.worker import LONGEST, Fate, receive, send

WORKERS: Final = 2
"""As many inputs at a time; they are somebody's guess, and the processors are the service's."""
MOST_WAITING: Final = 4
"""Beyond them. With hostile inputs alone before it, the last of them waits two times 0.8 s (`worker.SECONDS`)."""
_LONGEST_WAIT: Final = 2.0
"""Seconds, of the three that a request may wait for anything."""
_LONGEST_START: Final = 10.0
"""Seconds; 0.4 s on an idle machine."""
_EMPTY: Mapping[str, str] = {}
_PATIENCE: Final = LONGEST + 0.7
"""For an answer. The worker keeps the time itself; it is later than this only if it is stopped or starved."""


class Occupied(Unavailable):
    """More inputs wait already than may."""

    code = "isolation.occupied"


class WorkerLost(Unavailable):
    """The worker was ended from outside, or none could be started or confined: the input was not read."""

    code = "isolation.lost"


@dataclass(frozen=True)
class _Worker:
    """A process in a session of its own, with whatever it forked, and the socket to it."""

    process: subprocess.Popen[bytes]
    channel: socket.socket

    def end(self) -> None:
        """Now, and its child with it."""
        self.channel.close()
        if self.process.poll() is None:  # else its number may be another's by now; its child ended with it
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Pool:
    """Does one kind of work on bytes, in workers. To be called from any thread; the thread waits."""

    def __init__(self, work: str, *, workers: int = WORKERS, most_waiting: int = MOST_WAITING) -> None:
        """`work` is `module:function`, bytes → bytes. Nothing is started yet."""
        self._work = work
        self._places = BoundedSemaphore(workers + most_waiting)
        # Last in, first out: what little there is to do, one worker does.
        self._workers: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(workers):
            self._workers.put(None)
        self.close = weakref.finalize(self, _end_all, self._workers)
        """Ends the workers that wait for work; at the latest when nobody has this pool any more."""

    def __call__(self, data: bytes) -> tuple[Fate, bytes]:
        """What became of `data`: ANSWERED with the answer, OVERDUE, EXHAUSTED or BROKEN. Raises Occupied, and
        WorkerLost, after which the next call has a new worker."""
        if not self._places.acquire(blocking=False):
            raise Occupied
        try:
            return self._in_turn(data)
        finally:
            self._places.release()

    def _in_turn(self, data: bytes) -> tuple[Fate, bytes]:
        try:
            worker = self._workers.get(timeout=_LONGEST_WAIT)
        except queue.Empty:
            raise Occupied from None
        answered = False
        try:
            if worker is not None and worker.process.poll() is not None:
                worker.end()
                worker = None
            worker = worker or _started(self._work)
            fate, answer = _asked(worker, data)
            answered = True
        except (OSError, ValueError) as err:  # gone, too late, or no frame of a worker's
            raise WorkerLost from err
        finally:
            if worker is not None and not answered:
                worker.end()
            self._workers.put(worker if answered else None)
        if fate is Fate.LOST:
            raise WorkerLost
        return fate, answer


def _end_all(workers: queue.LifoQueue[_Worker | None]) -> None:
    # All are taken out before one place is put back: last in is first out.
    taken = [workers.get() for _ in range(workers.qsize())]
    for worker in taken:
        if worker is not None:
            worker.end()
        workers.put(None)


def _started(work: str) -> _Worker:
    """A worker that is ready. Raises OSError, and ValueError when it does not get so far."""
    ours, theirs = socket.socketpair()
    with theirs:
        # -I: neither the environment nor the folder that we were started in decide what is imported. The path is ours.
        code = "import sys; sys.path[:] = sys.argv[2:]; from jmc_vc.isolation.worker import serve; serve(sys.argv[1])"
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, with our own code
            [sys.executable, "-I", "-X", "utf8", "-c", code, work, *filter(None, sys.path)],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_EMPTY,
            cwd="/",
            start_new_session=True,
        )
    worker = _Worker(process, ours)
    ours.settimeout(_LONGEST_START)
    try:
        if receive(ours) != bytes([Fate.READY]):
            raise ValueError("a worker that cannot be confined")
    except BaseException:
        worker.end()
        raise
    ours.settimeout(_PATIENCE)
    return worker


def _asked(worker: _Worker, data: bytes) -> tuple[Fate, bytes]:
    send(worker.channel, data)
    frame = receive(worker.channel)
    if not frame:
        raise ValueError("a worker that ended")
    return Fate(frame[0]), frame[1:]
