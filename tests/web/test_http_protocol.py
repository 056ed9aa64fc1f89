"""Request heads that never end, or come for ever, at a real server on a real socket (HT-05)."""

import json
import re
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
import uvicorn

from jmc_vc.web.app import create_app
from jmc_vc.web.http_protocol import LimitedHttpProtocol
from jmc_vc.web.verify_api.gate import MOST_BATCHES
from tests.builders.installation import make_installation

pytestmark = pytest.mark.loopback

START = b"GET /healthz HTTP/1.1\r\nHost: localhost:8000\r\n"


class Hurried(LimitedHttpProtocol):
    """With little patience, so that a test need not wait."""

    head_seconds = 0.3
    read_seconds = 0.5


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    installation = make_installation(tmp_path_factory.mktemp("installation"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)  # else megabytes are sent that nobody reads
        config = uvicorn.Config(
            create_app(installation.service), http=Hurried, lifespan="on", ws="none", log_config=None, access_log=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=30)
        assert not thread.is_alive()
    installation.service.database.close()


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        yield connection


def everything(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass  # closed while we were still sending
    return b"".join(parts)


def sent_to(port: int, data: bytes) -> bytes:
    with connected(port) as connection:
        connection.sendall(data)
        return everything(connection)


def problem_in(answer: bytes) -> tuple[int, Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head.lower()
    assert b"connection: close" in head.lower()
    document = json.loads(body)
    assert int(head.split()[1]) == document["status"]
    return document["status"], document


def healthy(port: int) -> bool:
    began = time.monotonic()
    answer = sent_to(port, START + b"Connection: close\r\n\r\n")
    return answer.startswith(b"HTTP/1.1 200") and time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("start", "again"),
    [
        pytest.param(START + b"X: ", b"a" * 100_000, id="one header"),
        pytest.param(START, b"X: y\r\n" * 20_000, id="many headers"),
        pytest.param(b"GET /", b"a" * 100_000, id="the request line"),
        pytest.param(b"", b"\r\n" * 50_000, id="empty lines before the request"),
        pytest.param(
            b"POST /v1/verify HTTP/1.1\r\nHost: localhost:8000\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ",
            b"a" * 100_000,
            id="a trailer",
        ),
        pytest.param(
            b"POST /v1/verify HTTP/1.1\r\nHost: localhost:8000\r\nTransfer-Encoding: chunked\r\n\r\n1;",
            b"a" * 100_000,
            id="the extension of a chunk",
        ),
    ],
)
def test_a_head_that_never_ends_is_cut_off_and_nobody_else_waits(port: int, start: bytes, again: bytes) -> None:
    sent = 0
    with connected(port) as connection:
        connection.sendall(start)
        with suppress(ConnectionError):
            while sent < 100_000_000:
                connection.sendall(again)
                sent += len(again)
        # What the buffers of the two sockets hold is more than what the server took.
        assert sent < 30_000_000
        assert healthy(port)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(START + b"X: " + b"a" * 65_536, id="bytes"),
        pytest.param(START + b"X: y\r\n" * 100 + b"\r\n", id="lines"),
    ],
)
def test_a_head_over_the_limit_is_answered_with_a_problem(port: int, head: bytes) -> None:
    status, document = problem_in(sent_to(port, head))
    assert status == 431
    assert document["code"] == "http.head_size"
    assert document["type"] == "http://localhost:8000/problems/http.head_size"
    assert document["message"]["ja"]
    assert document["message"]["en"]
    assert len(document["traceId"]) == 32


def test_a_head_just_under_the_limits_is_answered(port: int) -> None:
    lines = b"".join(b"X-%d: y\r\n" % number for number in range(98))
    assert sent_to(port, START + lines + b"Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200")
    long = START + b"Connection: close\r\nX: "
    assert sent_to(port, long + b"a" * (65_535 - len(long) - 4) + b"\r\n\r\n").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "data",
    [b"hello\r\n\r\n", b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ids=["no request", "no header", "TLS"],
)
def test_what_is_no_http_is_answered_with_a_problem(port: int, data: bytes) -> None:
    status, document = problem_in(sent_to(port, data))
    assert status == 400
    assert document["code"] == "http.unreadable"


@pytest.mark.parametrize("half", [b"", b"GET", START], ids=["nothing", "half a line", "half a head"])
def test_a_half_head_is_let_go(port: int, half: bytes) -> None:
    began = time.monotonic()
    with connected(port) as connection:
        connection.sendall(half)
        assert everything(connection) == b""
    assert 0.2 < time.monotonic() - began < 2


def test_a_half_head_after_an_answer_is_let_go(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(START + b"\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /he")
        assert b"HTTP/1.1" not in everything(connection)


def test_a_head_byte_by_byte_has_no_more_time_than_any_other(port: int) -> None:
    began = time.monotonic()
    with connected(port) as connection, suppress(ConnectionError):
        for byte in START + b"X: " + b"a" * 1_000:
            connection.sendall(bytes([byte]))
            select.select([connection], [], [], 0.01)
    assert time.monotonic() - began < 2


def test_requests_in_one_packet_and_a_large_body_in_parts_are_no_long_head(port: int) -> None:
    pipelined = (START + b"\r\n") * 20 + START + b"Connection: close\r\n\r\n"
    assert sent_to(port, pipelined).count(b"HTTP/1.1 200") == 21
    body = b"[" + b" " * 300_000 + b"]"
    head = b"POST /v1/verify HTTP/1.1\r\nHost: localhost:8000\r\nContent-Type: application/json\r\n"
    length = b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
    assert b"431" not in sent_to(port, head + length + body).splitlines()[0]


def cut(port: int, path: str, media_type: str, byte: str = "[") -> None:
    """A body of which one byte comes."""
    with connected(port) as connection:
        connection.sendall(
            f"POST {path} HTTP/1.1\r\nHost: localhost:8000\r\nContent-Type: {media_type}\r\n"
            f"Content-Length: 1000\r\n\r\n{byte}".encode()
        )
        time.sleep(0.2)


def counted(port: int) -> dict[str, int]:
    """Answers by status, of requests for verification."""
    figures = sent_to(port, b"GET /metrics HTTP/1.1\r\nHost: localhost:8000\r\nConnection: close\r\n\r\n").decode()
    found = re.findall(
        r'^jmc_vc_requests_total\{.*route="/(?:v1/)?verify.*status="(\d+)"\} (\d+)', figures, re.MULTILINE
    )
    return {status: sum(int(count) for each, count in found if each == status) for status, _ in found}


def test_a_connection_that_is_cut_in_its_body_is_no_fault_of_ours(port: int) -> None:
    for path in ("/v1/verify", "/v1/verify/batch", "/v1/verify/receipt"):
        cut(port, path, "application/json")
    cut(port, "/verify/batch", "multipart/form-data; boundary=x", "-")
    waited = time.monotonic() + 10
    while counted(port).get("499", 0) < 4 and time.monotonic() < waited:
        time.sleep(0.05)
    assert "500" not in counted(port)
    assert counted(port)["499"] == 4


def test_who_sends_batches_slowly_keeps_nobody_from_sending_one(port: int) -> None:
    begun = b"POST /v1/verify/batch HTTP/1.1\r\nHost: localhost:8000\r\nContent-Type: application/json\r\n"
    with ExitStack() as held:
        for number in range(MOST_BATCHES + 8):
            connection = held.enter_context(socket.socket())
            connection.bind((f"127.0.1.{number + 1}", 0))
            connection.connect(("127.0.0.1", port))
            connection.sendall(begun + b"Content-Length: 1000\r\n\r\n[")
        time.sleep(0.3)
        answer = sent_to(port, begun + b"Connection: close\r\nContent-Length: 3\r\n\r\n[1]")
    assert answer.startswith(b"HTTP/1.1 200")


def test_who_reads_nothing_of_a_long_answer_is_let_go(port: int) -> None:
    """A batch holds a place and its body until its answer is out."""
    head = b"POST /v1/verify/batch HTTP/1.1\r\nHost: localhost:8000\r\nContent-Type: application/json\r\n"
    body = json.dumps(["x"] * 1_000).encode()
    again = head + b"Connection: close\r\nContent-Length: 3\r\n\r\n[1]"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.settimeout(10)
        connection.connect(("127.0.0.1", port))
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        waited = time.monotonic() + 30
        time.sleep(0.2)
        assert sent_to(port, again).startswith(b"HTTP/1.1 429")
        while not (last := sent_to(port, again)).startswith(b"HTTP/1.1 200") and time.monotonic() < waited:
            time.sleep(0.1)
        assert last.startswith(b"HTTP/1.1 200"), "the place was given back"
        assert b'"summary"' not in everything(connection), "the answer was not cut short"
