"""What this process connects to and which names it asks for, as the interpreter itself tells it (PEP 578)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Trace:
    """`connections` are the addresses (`("127.0.0.1", 8443)`, or the path of a unix socket), `names` what was to be
    resolved."""

    connections: list[Any] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@contextmanager
def traced() -> Iterator[Trace]:
    """A trace of all threads, as long as the block lasts."""
    trace = Trace()
    if not _installed:
        sys.addaudithook(_hear)  # for good: a hook cannot be taken away
        _installed.append(True)
    _open.append(trace)
    try:
        yield trace
    finally:
        _open.remove(trace)


_open: list[Trace] = []
_installed: list[bool] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        for trace in _open:
            trace.connections.append(arguments[1])
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        for trace in _open:
            trace.names.append(str(arguments[0]))
