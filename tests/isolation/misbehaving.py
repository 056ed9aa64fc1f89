"""Work that no decoder should do, for the workers of tests."""

import ctypes
import errno
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping


def echo(data: bytes) -> bytes:
    return data


def spin(data: bytes) -> bytes:
    while True:
        pass


def hang(data: bytes) -> bytes:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
    return data


def hang_on_pictures(data: bytes) -> bytes:
    return hang(data) if len(data) > 9 else b"none\n"


def grow(data: bytes) -> bytes:
    return bytes(1 << 30)


def crash(data: bytes) -> bytes:
    ctypes.string_at(0)
    return data


def fail(data: bytes) -> bytes:
    raise RuntimeError


def talk(data: bytes) -> bytes:
    return bytes(1 << 20)


def misbehave(name: bytes) -> bytes:
    """One of the above, or below."""
    work: Callable[[bytes], bytes] = globals()[name.decode()]
    return work(name)


def remember(data: bytes) -> bytes:
    """What the process was told before, and this."""
    _TOLD.append(data)
    return b" ".join(_TOLD)


_TOLD: list[bytes] = []


def attempt(name: bytes) -> bytes:
    """Try what `name` says: what came of it, or the name of the error."""
    try:
        return str(ATTEMPTS[name.decode()]()).encode()
    except (OSError, ValueError) as err:  # ValueError: a limit
        return type(err).__name__.encode()


def _start() -> object:
    child = os.fork()
    if child == 0:
        os._exit(0)
    return child


ATTEMPTS: Mapping[str, Callable[[], object]] = {
    "open a file": lambda: os.open(sys.executable, os.O_RDONLY),
    "make a file": lambda: os.open("/tmp/made-by-a-worker", os.O_CREAT),
    "list a folder": lambda: os.listdir("/"),  # noqa: PTH208 - the system call itself
    "remove a file": lambda: os.unlink("/tmp/not-there"),  # noqa: PTH108
    "a socket of the internet": lambda: socket.socket(socket.AF_INET),
    "a socket of the machine": lambda: socket.socket(socket.AF_UNIX),
    "a pair of sockets": socket.socketpair,
    "a pipe": os.pipe,
    "memory as a file": lambda: os.memfd_create("x"),
    "a second descriptor": lambda: os.dup(_answer()),
    "start a process": _start,
    "execute a program": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "signal the worker": lambda: os.kill(os.getppid(), 0),
    "signal everybody": lambda: os.kill(-1, signal.SIGCONT),
    "lift a limit": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)),
    "know the environment": lambda: dict(os.environ),
    "what is open": lambda: [number for number in range(256) if _is_open(number)],
}


def _answer() -> int:
    return next(number for number in range(256) if _is_open(number))


def _is_open(number: int) -> bool:
    try:
        os.write(number, b"")
    except OSError as err:
        return err.errno != errno.EBADF
    return True
