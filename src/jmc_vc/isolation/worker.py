"""A worker: takes input after input, and forks a confined child for each, which reads it, answers, and is gone.

The worker itself never looks into what it was sent, so nothing of one input outlives it: neither its memory nor, if it
took a decoder over, its power. To fork costs some milliseconds, for the libraries are loaded already; it is safe, for a
worker has one thread. It is started anew (`pool`), never forked from the service, so that no key and no connection of
the service is in it.

Spoken over one socket, the standard input: a frame each way, its length before it. An answer's first byte is its Fate.
"""

import gc
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from enum import IntEnum
from importlib import import_module
from time import monotonic
from typing import Final

from jmc_vc.isolation.confinement import confine, drop_privileges

Work = Callable[[bytes], bytes]

SECONDS: Final = 0.8
"""Of processor time for one input, which on a machine with nothing else to do is the time that it takes: a fifth of the
second within which an answer is promised is left. A page of a certificate takes 0.05 to 0.1 s, a photograph of 12
megapixels 0.2 to 0.4 s."""
LONGEST: Final = 2.4
"""Seconds by the clock, below the three that a request may wait for anything. What takes so long without using SECONDS
up hangs, or the machine has no time for it."""
GROWTH: Final = 64 << 20
"""Bytes of address space for one input, beyond what the worker has: what an input may cost in memory is promised.
`pictures.MOST_PIXELS` are as many as fit."""
LARGEST_ANSWER: Final = 16 << 10
"""Bytes. A QR code holds 7,089 characters at most (ISO/IEC 18004 table 7)."""
_LENGTH = struct.Struct(">I")
_OUT_OF_MEMORY: Final = 3
"""The exit status of a child for which GROWTH was too little."""


class Fate(IntEnum):
    """What became of an input."""

    READY = 0  # none yet: the worker is confined and waits
    ANSWERED = 1
    OVERDUE = 2  # it took too long
    EXHAUSTED = 3  # it needed more memory than it may have
    BROKEN = 4  # the decoder broke down over it
    LOST = 5  # ended by the system for want of memory, or by the clock for want of time: no fault of the input


_ENDED: Mapping[int, Fate] = {
    _OUT_OF_MEMORY: Fate.EXHAUSTED,
    -signal.SIGPROF: Fate.OVERDUE,
    -signal.SIGKILL: Fate.LOST,
}
"""By the exit status of the child, or the signal that ended it. All others are those of a program that broke down."""


def serve(name: str) -> None:
    """Do the work `module:function` until the other side closes. It begins with a proof: unless a confined child can
    open neither a file nor a socket, nothing is ever read here."""
    module, _, function = name.partition(":")
    work: Work = getattr(import_module(module), function)
    drop_privileges()
    gc.collect()
    gc.freeze()  # a child that collects garbage would copy all of it
    with socket.socket(fileno=0) as channel:
        if _done(_escapes, b"") != (Fate.ANSWERED, b"none"):
            return
        send(channel, bytes([Fate.READY]))
        while (data := receive(channel)) is not None:
            fate, answer = _done(work, data)
            send(channel, bytes([fate]) + answer)


def send(channel: socket.socket, frame: bytes) -> None:
    """Raises OSError when the other side is gone, and TimeoutError."""
    channel.sendall(_LENGTH.pack(len(frame)) + frame)


def receive(channel: socket.socket) -> bytes | None:
    """The next frame; None when there will be none. Raises OSError and TimeoutError."""
    head = _exactly(channel, _LENGTH.size)
    return None if head is None else _exactly(channel, _LENGTH.unpack(head)[0])


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = channel.recv(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


def _done(work: Work, data: bytes) -> tuple[Fate, bytes]:
    """What became of `data`, and the answer, empty unless there is one. It takes LONGEST at most."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_exit(work, data, writing)
    os.close(writing)
    answer, in_time = _read_until(monotonic() + LONGEST, reading)
    os.close(reading)
    if not in_time or len(answer) > LARGEST_ANSWER:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if len(answer) > LARGEST_ANSWER:
        return Fate.BROKEN, b""
    return (Fate.ANSWERED, answer) if code == 0 else (_ENDED.get(code, Fate.BROKEN), b"")


def _read_until(deadline: float, reading: int) -> tuple[bytes, bool]:
    """What the child writes until it closes, or writes too much; and whether it did so in time."""
    answer = bytearray()
    ready = select.poll()
    ready.register(reading, select.POLLIN)
    while len(answer) <= LARGEST_ANSWER:
        left = deadline - monotonic()
        if left <= 0 or not ready.poll(left * 1000):
            return bytes(answer), False
        part = os.read(reading, LARGEST_ANSWER + 1)
        if not part:
            break
        answer += part
    return bytes(answer), True


def _work_and_exit(work: Work, data: bytes, writing: int) -> None:
    """The child. It never returns, whatever happens: the loop of the worker is not its own."""
    status = 1
    try:
        confine(writing, seconds=SECONDS, growth=GROWTH)
        answer = work(data)
        while answer:
            answer = answer[os.write(writing, answer) :]
        status = 0
    except MemoryError:
        status = _OUT_OF_MEMORY
    finally:
        os._exit(status)


def _escapes(_: bytes) -> bytes:
    """What a confined child still can do and must not, for the proof; `none`."""
    attempts: dict[bytes, Callable[[], object]] = {
        b"file": lambda: os.open(sys.executable, os.O_RDONLY),
        b"socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        b"pipe": os.pipe,
    }
    return b" ".join(name for name, attempt in attempts.items() if _succeeds(attempt)) or b"none"


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
