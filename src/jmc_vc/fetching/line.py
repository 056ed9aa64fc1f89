"""A connection that ends in time: to one of the addresses that were judged, TLS on it, and a stream for httpcore.

Everything that can wait (connecting, the handshake, reading, writing) waits until one and the same moment, whatever the
other side does; a byte a second does not buy another second. What is read is counted here too, head and body, because
this is where a flood arrives first.
"""

import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Final

import httpcore

from jmc_vc.fetching.pinning import Endpoint
from jmc_vc.fetching.unavailable import NoTls, PastLimit, TookTooLong, Unreachable

_MOST_TRIED: Final = 4
"""Addresses of one host. Each gets its share of the time that is left, so that a dead one (IPv6 that leads nowhere)
does not use up all of it."""
_LARGEST_HEAD: Final = 64 * 1024
"""Bytes of status line and headers, and of the interim answers before them."""


class Line(httpcore.NetworkStream):
    """An open connection with a deadline. `allow` says how many more bytes may arrive."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline
        self._allowed = _LARGEST_HEAD

    def allow(self, more: int) -> None:
        """Let `more` bytes arrive."""
        self._allowed += more

    # The time limits that httpcore brings are not ours: they begin anew with every call.
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        if self._allowed == 0:
            raise PastLimit
        with _failures():
            self._connection.settimeout(_left(self._deadline))
            found = self._connection.recv(min(max_bytes, self._allowed))
        self._allowed -= len(found)
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        unsent = memoryview(buffer)
        with _failures():
            while unsent:
                self._connection.settimeout(_left(self._deadline))
                unsent = unsent[self._connection.send(unsent) :]

    def close(self) -> None:
        self._connection.close()


@contextmanager
def open_line(
    endpoints: Sequence[Endpoint], *, name: str, trust: ssl.SSLContext | None, deadline: float
) -> Iterator[Line]:
    """A line to the first of `endpoints` that takes one. `trust` None is for plain http; otherwise the certificate has
    to be that of `name`. Raises NoTls, TookTooLong and Unreachable."""
    connection = _connect(endpoints, deadline)
    try:
        if trust is not None:
            connection = _secured(connection, name, trust, deadline)
        yield Line(connection, deadline)
    finally:
        connection.close()


def _connect(endpoints: Sequence[Endpoint], deadline: float) -> socket.socket:
    tried = endpoints[:_MOST_TRIED]
    for left, endpoint in zip(range(len(tried), 0, -1), tried, strict=True):
        family = socket.AF_INET if endpoint.address.version == 4 else socket.AF_INET6
        with _failures():
            patience = _left(deadline) / left
        try:
            connection = socket.socket(family, socket.SOCK_STREAM)
        except OSError:  # no IPv6 on this machine
            continue
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each small write waits 40 ms
            connection.settimeout(patience)
            connection.connect((str(endpoint.address), endpoint.port))
        except OSError:
            connection.close()
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    if monotonic() >= deadline:
        raise TookTooLong
    raise Unreachable


def _secured(connection: socket.socket, name: str, trust: ssl.SSLContext, deadline: float) -> ssl.SSLSocket:
    with _failures():
        connection.settimeout(_left(deadline))
        try:
            # An end without TLS's own goodbye is an error: somebody may have cut the answer short.
            return trust.wrap_socket(connection, server_hostname=name, suppress_ragged_eofs=False)
        except ssl.SSLEOFError as err:  # hung up, as a host does that is going down
            raise Unreachable from err
        except ssl.SSLError as err:
            raise NoTls from err


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except TimeoutError as err:
        raise TookTooLong from err
    except OSError as err:
        raise Unreachable from err


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
