"""Requests that no honest client makes, and what every answer carries (bad-input catalogue, "Transport")."""

import asyncio
import re

import pytest
from starlette.types import Message, Receive, Scope, Send

from jmc_vc.web.limits import RequestLimits, hosts_of
from jmc_vc.web.problems import Guard
from tests.web.conftest import Running

HOST = (b"host", b"localhost:8000")


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [HOST, HOST],
        [HOST, (b"host", b"evil.test")],
        [(b"host", b"evil.test")],
        [(b"host", b"")],
        [(b"host", b"localhost:8000/@evil.test")],
        [(b"host", b"localhost:8000 ")],
        [(b"host", b"localhost")],
        [(b"host", b"user@localhost:8000")],
        [(b"host", b"localhost:8000\x00")],
    ],
)
def test_ht_01_a_request_has_exactly_one_host_and_it_is_ours(
    running: Running, hosts: list[tuple[bytes, bytes]]
) -> None:
    """HT-01: no, two, or malformed Host."""
    answer = running.client.raw("GET", "/verify", hosts)
    assert answer.status == 400
    assert b'"request.host"' in answer.body
    assert b"evil.test" not in answer.body


@pytest.mark.parametrize(
    ("base_url", "host", "ours"),
    [
        ("https://mc.example.jp", b"mc.example.jp", True),
        ("https://mc.example.jp", b"mc.example.jp:443", True),
        ("https://mc.example.jp", b"mc.example.jp:80", False),
        ("https://mc.example.jp:8443", b"mc.example.jp:8443", True),
        ("https://mc.example.jp:8443", b"mc.example.jp", False),
        ("http://localhost:8000", b"127.0.0.1:8000", True),
        ("http://localhost:8000", b"[::1]:8000", True),
        ("https://mc.example.jp", b"localhost", False),
    ],
)
def test_the_default_port_and_the_names_of_a_loopback_are_the_same_host(base_url: str, host: bytes, ours: bool) -> None:
    assert (host in hosts_of(base_url)) is ours


def test_probes_may_name_the_machine_by_its_address(running: Running) -> None:
    assert running.client.raw("GET", "/healthz", [(b"host", b"10.0.0.7:8000")]).status == 200


def test_ht_02_ranges_are_ignored(running: Running) -> None:
    """HT-02: ten thousand ranges."""
    ranges = "bytes=" + ",".join(f"{n}-{n + 1}" for n in range(10_000))
    answer = running.client.get("/ns/mc/v1/context.json", headers={"range": ranges})
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["content-length"])


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-length", b"2"), (b"transfer-encoding", b"chunked")],
        [(b"content-length", b"2"), (b"content-length", b"3")],
        [(b"content-length", b"-1")],
        [(b"content-length", b"0x10")],
        [(b"content-type", b"application/json"), (b"content-type", b"text/plain")],
        [(b"authorization", b"Bearer a"), (b"authorization", b"Bearer b")],
    ],
)
def test_ht_04_a_length_is_said_once_and_so_is_every_header_that_counts(
    running: Running, headers: list[tuple[bytes, bytes]]
) -> None:
    """HT-04: Content-Length with Transfer-Encoding."""
    answer = running.client.raw("POST", "/v1/verify", [HOST, *headers], [b"{}"])
    assert answer.status == 400
    assert b'"request.ambiguous"' in answer.body


def test_ap_21_a_body_that_is_announced_too_large_is_refused_unread(running: Running) -> None:
    """AP-21: a body of 5 MiB."""
    headers = [HOST, (b"content-type", b"application/json"), (b"content-length", str(5 << 20).encode())]
    answer = running.client.raw("POST", "/v1/verify", headers, endless=b"x" * 65_536)
    assert answer.status == 413
    assert answer.headers["connection"] == "close"


def test_ap_21_an_endless_body_is_cut_off(running: Running) -> None:
    """AP-21: an endless chunked body."""
    headers = [HOST, (b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    headers += [(name.encode(), value.encode()) for name, value in running.bearer().items()]
    answer = running.client.raw("POST", "/v1/assertions", headers, endless=b" " * 65_536)
    assert answer.status == 413
    assert answer.headers["connection"] == "close"
    assert b'"request.body_size"' in answer.body


@pytest.mark.parametrize("path", ["/v1/assertions", "/v1/verify", "/v1/programs/lint", "/verify"])
def test_ap_22_a_compressed_body_is_refused_wherever_it_goes(running: Running, path: str) -> None:
    """AP-22."""
    headers = {"content-encoding": "gzip", "content-type": "application/json", **running.bearer()}
    answer = running.client.post(path, content=b"\x1f\x8b\x08\x00", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "request.content_encoding")


@pytest.mark.parametrize(
    ("case", "body"),
    [
        ("HT-06", b'{"program": 5, "recipient": NaN}'),
        ("HT-06", b'{"program": Infinity}'),
        ("HT-07", b'{"\\ud800": 1}'),
        ("HT-07", b'{"program": "\\udfff"}'),
        ("HT-07", b'{"program": "\xed\xa0\x80"}'),
        ("HT-10", b'{"program": {"secret": "hunter2-hunter2"}}'),
        ("HT-10", b'{"recipient": "hunter2-hunter2"}'),
    ],
)
@pytest.mark.parametrize("path", ["/v1/assertions", "/v1/verify", "/v1/programs/lint"])
def test_a_body_that_cannot_be_read_is_a_plain_refusal_without_an_echo(
    running: Running, case: str, body: bytes, path: str
) -> None:
    answer = running.client.post(path, content=body, headers={"content-type": "application/json", **running.bearer()})
    assert answer.status_code < 500, case
    if path == "/v1/assertions":
        assert answer.status_code in (400, 422)
    assert "hunter2" not in answer.text


def test_ht_09_line_breaks_in_an_id_reach_no_header(running: Running) -> None:
    """HT-09: CRLF in an id."""
    for path in ("/credentials/a%0d%0aSet-Cookie:%20x=1", "/v1/assertions/%0d%0aX:%20y", "/programs/%0d%0aX:y"):
        answer = running.client.get(path, headers=running.bearer())
        assert answer.status_code == 404
        assert not {"set-cookie", "x"} & set(answer.headers)


PATHS_WITH_AN_ID = (
    "/credentials/{}", "/credentials/{}/qr.svg", "/decisions/{}", "/issuers/{}", "/issuers/{}/did.json",
    "/issuers/{}/jwks.json", "/issuers/{}/keys/key-1", "/issuers/hoshimigaoka/keys/{}", "/keys/{}", "/ns/mc/v1/{}",
    "/pathways/{}", "/problems/{}", "/programs/{}", "/programs/{}/v/1", "/programs/JMC-P-900001/v/{}", "/schema/{}",
    "/static/{}", "/status/{}/revocation", "/status/1/{}", "/ims/case/v1p0/CFItems/{}", "/v1/assertions/{}",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS_WITH_AN_ID)
@pytest.mark.parametrize("odd", ["%00", "x%00", "%0d%0ax", "%ed%a0%80", "%7f", "%E2%80%AE"])
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_ht_09_what_cannot_be_an_id_is_not_found(running: Running, path: str, odd: str, accept: str) -> None:
    """HT-09: also a NUL, which a database would refuse with an answer of its own."""
    answer = running.client.get(path.format(odd), headers={**running.bearer(), "accept": accept})
    assert answer.status_code == 404
    assert "text.unstorable" not in answer.text


def test_every_answer_is_inert_and_has_a_number(running: Running) -> None:
    seen = set()
    for path in ("/", "/verify", "/.well-known/did.json", "/nothing", "/v1/assertions", "/healthz"):
        answer = running.client.get(path, headers={"x-request-id": "mine"})
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        camera = "camera=(self)" if path == "/verify" else "camera=()"  # there a script of ours looks for a QR code
        assert camera in answer.headers["permissions-policy"]
        assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
        seen.add(answer.headers["x-request-id"])
    assert len(seen) == 6


def test_head_is_get_without_the_body(running: Running) -> None:
    get, head = (running.client.request(method, "/.well-known/did.json") for method in ("GET", "HEAD"))
    assert head.content == b""
    assert (head.status_code, head.headers["etag"]) == (get.status_code, get.headers["etag"])


def test_bodies_beyond_what_any_request_may_have_are_counted_together() -> None:
    """Of 1,000 bytes that all large bodies share: one that is held, one that finds no room, a small one, and one that
    comes when the first is gone."""
    held = asyncio.Event()

    async def reads(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        if scope["query_string"] == b"hold":
            await held.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    base_url = "http://localhost:8000"
    limited = RequestLimits(Guard(reads, base_url), base_url, body_limit=100, most_large=1_000)

    async def status(size: int, client: str, query: bytes = b"") -> int:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"x" * size}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [HOST, (b"content-length", str(size).encode())]
        scope = {"type": "http", "method": "POST", "path": "/v1/verify/batch", "headers": headers,
                 "query_string": query, "client": (client, 1)}  # fmt: skip
        await limited(scope, receive, send)
        found: int = sent[0]["status"]
        return found

    async def scenario() -> None:
        first = asyncio.ensure_future(status(1_000, "192.0.2.1", b"hold"))
        await asyncio.sleep(0)
        assert await status(1_000, "192.0.2.2") == 503
        assert await status(100, "192.0.2.2") == 200
        held.set()
        assert await first == 200
        assert await status(1_000, "192.0.2.2") == 200

    asyncio.run(scenario())
