"""Other hosts: a small internet on this machine, whose hosts serve documents over TLS or misbehave on purpose.

    with outside(folder) as internet:
        host = internet.host("issuer.example")
        host.serve("/.well-known/did.json", b"{}", {"ETag": '"1"'})
        host.mode = Mode.HANGS_AT_HEADERS
        settings.load({**internet.environment, …})

Every host has a name, a port of its own on 127.0.0.1 and a certificate of the internet's authority. The two settings
for test networks make a service see them.
"""

import gzip
import socket
import ssl
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Event, Lock, Thread

from tests.simulators.certificates import CertificateAuthority

_DRIP = 0.05
"""Seconds between two bytes of a host that drips. What matters is that it is far less than anybody's patience, and
that the whole would take far longer."""


class Mode(StrEnum):
    """What a host does to those who come."""

    SERVES = "serves"
    REFUSES = "refuses connections"
    HANGS_AT_CONNECT = "hangs at connect"
    HANGS_AT_HANDSHAKE = "hangs at the handshake"
    DRIPS_HANDSHAKE = "sends one byte of the handshake at a time"
    HANGS_AT_HEADERS = "hangs before the headers"
    HANGS_IN_BODY = "hangs in the body"
    DRIPS_HEADERS = "sends one byte of the headers at a time"
    DRIPS_BODY = "sends one byte of the body at a time"
    ENDLESS_INTERIM = "sends interim answers without end"
    ENDLESS_HEADERS = "sends headers without end"
    ENDLESS_BODY = "sends a body without end"
    ENDLESS_CHUNKS = "sends chunks without end"
    TINY_CHUNKS = "sends a body in chunks of one byte"
    ANNOUNCES_TOO_MUCH = "announces a body of a terabyte"
    REDIRECTS_INSIDE = "redirects to an address inside"
    REDIRECTS_ELSEWHERE = "redirects to another host"
    GZIP_BOMB = "sends a small body that unpacks to 64 MiB"
    RESETS = "resets the connection"
    RESETS_AT_HEADERS = "resets the connection before the headers"
    RESETS_IN_BODY = "resets the connection in the body"
    HANGS_UP = "hangs up without an answer"
    GARBAGE = "sends something that is no HTTP"
    PLAIN = "speaks no TLS"
    WRONG_CERTIFICATE = "shows the certificate of another name"
    EXPIRED_CERTIFICATE = "shows a certificate that has expired"
    UNKNOWN_AUTHORITY = "shows a certificate of an unknown authority"
    TOO_SHORT = "sends less than it announced"
    CUT_OFF = "ends a body of unknown length without TLS's goodbye"
    SWITCHES = "switches to another protocol"
    EMPTY = "sends an empty body"
    NOT_FOUND = "404"
    GONE = "410"
    TOO_MANY = "429"
    FAILS = "500"
    BAD_GATEWAY = "502"


_STATUS = {Mode.NOT_FOUND: 404, Mode.GONE: 410, Mode.TOO_MANY: 429, Mode.FAILS: 500, Mode.BAD_GATEWAY: 502}


@dataclass(frozen=True)
class Request:
    """What arrived; names of headers are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Document:
    """What a path gives."""

    body: bytes
    headers: Mapping[str, str]


@dataclass
class Host:
    """One host. `requests` are all that arrived so far."""

    name: str
    port: int
    mode: Mode = Mode.SERVES
    requests: list[Request] = field(default_factory=list)
    _documents: dict[str, Document] = field(default_factory=dict)

    def serve(self, target: str, body: bytes, headers: Mapping[str, str] | None = None) -> str:
        """Serve `body` at `target`, with `If-None-Match` and `If-Modified-Since` where the headers make them possible.
        The address comes back."""
        self._documents[target] = Document(body, headers or {})
        return f"https://{self.name}{target}"


class Outside:
    """The hosts and their authority."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._authority = CertificateAuthority(folder / "outside-authority.pem")
        self._unknown = CertificateAuthority(folder / "unknown-authority.pem")
        self._stopped = Event()
        self._servers: list[_Server] = []
        self.hosts_file = folder / "hosts"
        self.hosts_file.write_text("# a test's internet\n")

    @property
    def authorities(self) -> Path:
        return self._authority.file

    @property
    def environment(self) -> dict[str, str]:
        """The settings that make a service see this internet."""
        return {"JMC_VC_FETCH_HOSTS_FILE": str(self.hosts_file), "JMC_VC_FETCH_CA_FILE": str(self.authorities)}

    def host(self, name: str, mode: Mode = Mode.SERVES) -> Host:
        """A new host. To be made before the service that is to see it: the file of hosts is read once."""
        server = _Server(name, mode, self._contexts(name), self._stopped)
        self._servers.append(server)
        self.point(name, f"127.0.0.1:{server.host.port}")
        return server.host

    def point(self, name: str, endpoint: str) -> None:
        """Let `name` lead to `endpoint`, wherever that is."""
        with self.hosts_file.open("a") as hosts:
            hosts.write(f"{name} {endpoint}\n")

    def stop(self) -> None:
        self._stopped.set()
        for server in self._servers:
            server.stop()

    def _contexts(self, name: str) -> Callable[[Mode], ssl.SSLContext]:
        made: dict[str, ssl.SSLContext] = {}
        lock = Lock()

        def context(mode: Mode) -> ssl.SSLContext:
            with lock:
                kind = mode if mode in _CERTIFICATES else Mode.SERVES
                if kind not in made:
                    authority = self._unknown if kind is Mode.UNKNOWN_AUTHORITY else self._authority
                    file = self._folder / f"{name}-{kind.name}.pem"
                    made[kind] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    made[kind].load_cert_chain(
                        authority.certify(
                            file,
                            "another.example" if kind is Mode.WRONG_CERTIFICATE else name,
                            days_ago=30 if kind is Mode.EXPIRED_CERTIFICATE else 0,
                        )
                    )
                return made[kind]

        return context


@contextmanager
def outside(folder: Path) -> Iterator[Outside]:
    """An internet that is gone when the block ends."""
    internet = Outside(folder)
    try:
        yield internet
    finally:
        internet.stop()


_CERTIFICATES = frozenset({Mode.WRONG_CERTIFICATE, Mode.EXPIRED_CERTIFICATE, Mode.UNKNOWN_AUTHORITY})


class _Server:
    """The sockets and threads of one host."""

    def __init__(self, name: str, mode: Mode, contexts: Callable[[Mode], ssl.SSLContext], stopped: Event) -> None:
        self._contexts = contexts
        self._stopped = stopped
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._fillers: list[socket.socket] = []
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self.host = Host(name, self._listener.getsockname()[1], mode)
        if mode is Mode.HANGS_AT_CONNECT:
            self._fill()
        elif mode is not Mode.REFUSES:
            self._listener.listen(64)
            Thread(target=self._accept, name=f"host-{name}", daemon=True).start()

    def stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for filler in self._fillers:
            filler.close()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _fill(self) -> None:
        """A queue of connections that nobody accepts: the kernel lets those who come later wait."""
        self._listener.listen(0)
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(self._listener.getsockname())
            self._fillers.append(filler)

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.add(connection)
            Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        conversation = _Conversation(self.host, connection, self._contexts, self._stopped)
        try:
            # A peer that gives up is what many modes are for.
            with suppress(OSError, ValueError):
                conversation.run()
        finally:
            with self._lock:
                self._open.discard(connection)
            conversation.close()


class _Conversation:
    """One connection, from its first byte to its last."""

    def __init__(
        self, host: Host, connection: socket.socket, contexts: Callable[[Mode], ssl.SSLContext], stopped: Event
    ) -> None:
        self._host = host
        self._mode = host.mode
        self._connection = connection
        self._contexts = contexts
        self._stopped = stopped

    def close(self) -> None:
        self._connection.close()

    def run(self) -> None:
        match self._mode:
            case Mode.RESETS:
                self._reset()
            case Mode.HANGS_AT_HANDSHAKE:
                self._stopped.wait()
            case Mode.DRIPS_HANDSHAKE:
                # The head of a record that announces a long one, and then its bytes, each welcome.
                self._drip(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc" + b"\x03" * 16_000)
            case Mode.PLAIN:
                self._connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            case _:
                self._talk()

    def _talk(self) -> None:
        self._connection = self._contexts(self._mode).wrap_socket(self._connection, server_side=True)
        request = self._read()
        self._host.requests.append(request)
        self._answer(request)
        if self._mode is not Mode.CUT_OFF:
            with suppress(OSError):
                self._connection.settimeout(1)
                self._connection = self._connection.unwrap()

    def _read(self) -> Request:
        received = b""
        while b"\r\n\r\n" not in received:
            part = self._connection.recv(65_536)
            if not part:
                raise OSError
            received += part
        first, *lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = (line.partition(":") for line in lines)
        return Request(method, target, {name.lower(): value.strip() for name, _, value in headers})

    def _answer(self, request: Request) -> None:
        send = self._connection.sendall
        match self._mode:
            case Mode.HANGS_AT_HEADERS:
                self._stopped.wait()
            case Mode.HANGS_IN_BODY:
                send(_head(200, {"Content-Length": "100"}) + b"{")
                self._stopped.wait()
            case Mode.DRIPS_HEADERS:
                self._drip(_head(200, {"X-Long": "x" * 10_000, "Content-Length": "2"}) + b"{}")
            case Mode.DRIPS_BODY:
                send(_head(200, {"Content-Length": "10000"}))
                self._drip(b" " * 10_000)
            case Mode.ENDLESS_INTERIM:
                self._flood(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)
            case Mode.ENDLESS_HEADERS:
                send(b"HTTP/1.1 200 OK\r\n")
                self._flood(b"X-More: and more\r\n" * 100)
            case Mode.ENDLESS_BODY:
                send(_head(200, {}))
                self._flood(b" " * 65_536)
            case Mode.ENDLESS_CHUNKS:
                send(_head(200, {"Transfer-Encoding": "chunked"}))
                self._flood(b"1000\r\n" + b" " * 4_096 + b"\r\n")
            case Mode.TINY_CHUNKS:
                send(_head(200, {"Transfer-Encoding": "chunked"}) + b"1\r\n \r\n" * 60_000 + b"0\r\n\r\n")
            case Mode.ANNOUNCES_TOO_MUCH:
                send(_head(200, {"Content-Length": str(10**12)}) + b"{}")
            case Mode.REDIRECTS_INSIDE:
                send(_head(302, {"Location": "http://169.254.169.254/latest/", "Content-Length": "0"}))
            case Mode.REDIRECTS_ELSEWHERE:
                send(_head(301, {"Location": "https://other.example/did.json", "Content-Length": "0"}))
            case Mode.GZIP_BOMB:
                head = _head(200, {"Content-Encoding": "gzip", "Content-Length": str(len(_bomb()))})
                send(head + _bomb())
            case Mode.RESETS_AT_HEADERS:
                self._reset()
            case Mode.RESETS_IN_BODY:
                send(_head(200, {"Content-Length": "100"}) + b"{")
                self._reset()
            case Mode.HANGS_UP:
                pass
            case Mode.GARBAGE:
                send(b"\x00\xff\r\n\r\n220 mail.example ESMTP\r\n" * 100)
            case Mode.TOO_SHORT:
                send(_head(200, {"Content-Length": "100"}) + b"{}")
            case Mode.CUT_OFF:
                send(_head(200, {}) + b'{"a": 1')
            case Mode.SWITCHES:
                send(_head(101, {"Upgrade": "chat", "Connection": "Upgrade"}) + b"hello")
            case Mode.EMPTY:
                send(_head(200, {"Content-Length": "0"}))
            case mode if mode in _STATUS:
                send(_head(_STATUS[mode], {"Content-Length": "7"}) + b"trouble")
            case _:
                send(self._document(request))

    def _document(self, request: Request) -> bytes:
        document = self._host._documents.get(request.target)
        if document is None:
            return _head(404, {"Content-Length": "0"})
        same = {"etag": "if-none-match", "last-modified": "if-modified-since"}
        for name, value in document.headers.items():
            if name.lower() in same and request.headers.get(same[name.lower()]) == value:
                return _head(304, document.headers)
        return _head(200, {"Content-Length": str(len(document.body)), **document.headers}) + document.body

    def _drip(self, data: bytes) -> None:
        for byte in data:
            self._connection.sendall(bytes([byte]))
            if self._stopped.wait(_DRIP):
                return

    def _flood(self, data: bytes) -> None:
        while not self._stopped.is_set():
            self._connection.sendall(data)

    def _reset(self) -> None:
        # Closing with a linger of no seconds sends RST in the place of FIN.
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(8 * 1024 * 1024)) * 8


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Said", "Content-Type: application/json", "Set-Cookie: a=b", "Connection: close"]
    return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode()
