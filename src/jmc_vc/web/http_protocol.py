"""The server's HTTP/1.1 protocol with limits around the application: how long a request head may be, how long it may
take, and how long an answer waits to be read.

uvicorn hands a request to the application when its head is complete; its parser (httptools) collects a head without
bound and without hurry, joining a long value again with every read. So one connection that never ends its head would
take all memory and all time, and many half ones all sockets (AP-21). What the server itself answers is a problem
document, as every other answer (RFC 9457); 431 is RFC 6585 §5.
"""

from asyncio import TimerHandle, Transport
from http import HTTPStatus
from os import urandom

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from jmc_vc.errors import Error
from jmc_vc.web.problems import HeadTooLarge, Unreadable, problem


class LimitedHttpProtocol(HttpToolsProtocol):
    """One connection. The limits are class attributes, for tests to set lower."""

    head_bytes = 65_536
    """What may come in without the parser getting on: a head, but also the trailer or a chunk's extension of a body.
    Browsers and proxies stop at 8 to 64 KiB."""
    head_lines = 100
    """Header and trailer lines of one request: proxies add a dozen to the dozen of a browser."""
    head_seconds = 15.0
    """From the connection, or from the last answer, to the end of the next head."""

    read_seconds = 30.0
    """That an answer waits for a client which reads nothing: as long as a body may take to come. A buffer of 64 KiB is
    full then, and what holds a place or memory for the rest of the answer lets it go."""

    _unfinished = 0
    """Bytes since the parser last finished something."""
    _got_on = False
    _too_large = False
    _deadline: TimerHandle | None = None
    _unread: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start the time of the first head."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._head_is_here()
        self._is_read()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """More is written than is read: start the time of the reader."""
        super().pause_writing()
        self._is_read()
        self._unread = self.loop.call_later(self.read_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """The reader got on."""
        self._is_read()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Feed the parser never more than it may hold, and stop when it has not got on for a whole head."""
        while data and not self.transport.is_closing():
            room = self.head_bytes - self._unfinished
            part, data = data[:room], data[room:]
            self._got_on = False
            super().data_received(part)
            # A part in which something ended counts for nothing, so a head may be twice as long if it follows a body
            # in one packet; that is a bound as well.
            self._unfinished = 0 if self._got_on else self._unfinished + len(part)
            if self._unfinished >= self.head_bytes and not self.transport.is_closing():
                self._too_large = True
                self.send_400_response("")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called for trailer lines as well. What is raised here ends the parsing, as an error of its own would."""
        if len(self.headers) >= self.head_lines:
            self._too_large = True
            raise HeadTooLarge
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is here: from now on the application's limits count."""
        self._got_on = True
        self._head_is_here()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """The parser gets on with a body, which the application counts."""
        self._got_on = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        """What comes now is the next request."""
        self._got_on = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Start the time of the next head. An idle connection is closed sooner, by uvicorn's own timer."""
        super().on_response_complete()
        if not self.transport.is_closing() and self.cycle.response_complete:
            self._expect_head()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's sentence; ours is in two languages
        """Answer what never reaches the application, and close."""
        before: RequestResponseCycle | None = self.cycle  # uvicorn's own annotation leaves the None out
        if before is None or before.response_complete or not before.response_started:
            self.transport.write(_answer(HeadTooLarge() if self._too_large else Unreadable(), self._base_url()))
        # else the answer to the request before is under way: nothing can be said in the middle of it
        self.transport.close()

    def _base_url(self) -> str:
        """As the application told the server when it started."""
        return str(self.app_state.get("base_url", ""))

    def _expect_head(self) -> None:
        self._head_is_here()
        self._deadline = self.loop.call_later(self.head_seconds, self.transport.close)

    def _is_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _head_is_here(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _answer(error: Error, base_url: str) -> bytes:
    response = problem(error, {"type": "http", "headers": [], "jmc_vc.trace_id": urandom(16).hex()}, base_url=base_url)
    lines = [
        f"HTTP/1.1 {response.status_code} {HTTPStatus(response.status_code).phrase}".encode("ascii"),
        *(name + b": " + value for name, value in response.raw_headers),
        b"x-content-type-options: nosniff",
        b"connection: close",
    ]
    return b"\r\n".join([*lines, b"", bytes(response.body)])
