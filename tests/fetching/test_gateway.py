"""Documents of other hosts: what is taken, what is refused, and that it ends in time."""

import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from jmc_vc.fetching.document_kind import DOCUMENTS, DocumentKind
from tests.builders.refusals import refused_code
from tests.fetching.conftest import Visitor
from tests.fetching.misbehaviour import MISBEHAVIOUR
from tests.simulators.connect_trace import traced
from tests.simulators.outside import Mode, Outside

pytestmark = pytest.mark.loopback

Visit = Callable[[], Visitor]
PATH = "/.well-known/did.json"


def test_all_misbehaviour_is_tried() -> None:
    assert MISBEHAVIOUR.keys() | {Mode.SERVES, Mode.EMPTY} == set(Mode)


@pytest.mark.parametrize("mode", MISBEHAVIOUR, ids=lambda mode: mode.name)
def test_a_host_that_misbehaves_is_left_in_time(internet: Outside, visit: Visit, mode: Mode) -> None:
    """F-15: whatever the other side does, and at whatever moment. Only its own address is connected to."""
    host, other = internet.host("bad.example", mode), internet.host("good.example")
    address = host.serve(PATH, b"{}")
    visitor = visit()
    # Who waits in vain waits as long as it may; the others have all the time of a slow machine.
    patience = 0.4 if MISBEHAVIOUR[mode] == "fetch.timeout" else 3.0
    with traced() as trace:
        begun = monotonic()
        assert refused_code(lambda: visitor.get(address, patience=patience)) == MISBEHAVIOUR[mode]
        assert monotonic() - begun < patience + 1.0
        assert visitor.get(other.serve(PATH, b"{}")).body == b"{}"  # the next good one works
    assert set(trace.connections) == {("127.0.0.1", host.port), ("127.0.0.1", other.port)}
    assert trace.names == []


@pytest.mark.parametrize(
    "mode",
    [Mode.ENDLESS_BODY, Mode.ENDLESS_CHUNKS, Mode.ENDLESS_HEADERS, Mode.ENDLESS_INTERIM, Mode.GZIP_BOMB],
    ids=lambda mode: mode.name,
)
def test_a_flood_takes_little_memory(internet: Outside, visit: Visit, mode: Mode) -> None:
    address = internet.host("bad.example", mode).serve(PATH, b"{}")
    good = internet.host("good.example").serve(PATH, b"{}")
    visitor = visit()
    visitor.get(good)  # what is loaded once
    tracemalloc.start()
    try:
        assert refused_code(lambda: visitor.get(address, DocumentKind.STATUS_LIST)) == "fetch.limit"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The simulator's own bomb is made in this process, too, by a C library that tracemalloc does not see all of.
    assert peak < 80 * 1024 * 1024 if mode is Mode.GZIP_BOMB else peak < 8 * 1024 * 1024


@pytest.mark.parametrize("mode", [Mode.REFUSES, Mode.HANGS_AT_CONNECT], ids=lambda mode: mode.name)
def test_a_dead_address_of_a_host_does_not_hide_a_living_one(internet: Outside, visit: Visit, mode: Mode) -> None:
    """F-28: as where IPv6 leads nowhere."""
    internet.host("issuer.example", mode)
    address = internet.host("issuer.example").serve(PATH, b"{}")
    assert visit().get(address).body == b"{}"


def test_what_is_asked_for_names_the_host_and_nothing_about_us(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example")
    fetched = visit().get(host.serve(f"{PATH}?v=1", b"{}", {"Content-Type": "Application/DID+json; charset=x"}))
    assert fetched.body == b"{}"
    assert fetched.media_type in {"application/did+json", "application/json"}  # the host sends two
    (request,) = host.requests
    assert (request.method, request.target) == ("GET", f"{PATH}?v=1")
    assert request.headers == {
        "host": "issuer.example",
        "user-agent": "jmc-vc",
        "accept": DOCUMENTS[DocumentKind.DID_DOCUMENT].accept,
        "accept-encoding": "identity",
        "connection": "close",
    }


def test_no_proxy_and_no_cookie(internet: Outside, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    host = internet.host("issuer.example")
    visitor = visit()
    visitor.get(host.serve("/1", b"{}"))
    visitor.get(host.serve("/2", b"{}"))
    assert all("cookie" not in request.headers for request in host.requests)  # the simulator sets one


def test_an_empty_answer_is_an_answer(internet: Outside, visit: Visit) -> None:
    address = internet.host("issuer.example", Mode.EMPTY).serve(PATH, b"")
    assert visit().get(address).body == b""


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_largest_document_is_taken_and_one_byte_more_is_not(
    internet: Outside, visit: Visit, kind: DocumentKind
) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    assert visitor.get(host.serve("/largest", bytes(kind.row.largest)), kind).body == bytes(kind.row.largest)
    for headers in ({}, {"Content-Length": "1000000000"}):
        address = host.serve(f"/larger{len(headers)}", bytes(kind.row.largest + 1), headers)
        assert refused_code(partial(visitor.get, address, kind)) == "fetch.limit"


def test_one_document_is_fetched_for_all(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    addresses = [host.serve(f"/{n % 4}", b"%d" % (n % 4)) for n in range(60)]
    with ThreadPoolExecutor(60) as pool:
        found = list(pool.map(visitor.get, addresses))
    assert [fetched.body for fetched in found] == [b"%d" % (n % 4) for n in range(60)]
    assert len(host.requests) <= 8  # at most two at once found no copy yet


def test_a_crowd_at_a_host_that_hangs_keeps_nobody_from_another(internet: Outside, visit: Visit) -> None:
    """F-15"""
    slow, good = internet.host("slow.example", Mode.HANGS_AT_HEADERS), internet.host("good.example")
    visitor = visit()
    addresses = [slow.serve(f"/{n}", b"{}") for n in range(40)]
    with ThreadPoolExecutor(40) as pool:
        crowd = [pool.submit(refused_code, partial(visitor.get, address, patience=1.0)) for address in addresses]
        begun = monotonic()
        assert visitor.get(good.serve(PATH, b"{}")).body == b"{}"
        assert monotonic() - begun < 0.9
        assert {each.result() for each in crowd} <= {"fetch.timeout", "fetch.unreachable"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://127.0.0.1/", "fetch.forbidden"),
        ("https://2130706433/", "fetch.forbidden"),
        ("https://[::1]/", "fetch.forbidden"),
        ("https://localhost/", "fetch.forbidden"),
        ("https://169.254.169.254/latest/meta-data/", "fetch.forbidden"),
        ("https://metadata.internal/", "fetch.forbidden"),
        ("https://private.example/", "fetch.forbidden"),
        ("https://both.example/", "fetch.forbidden"),
        ("https://issuer.example@127.0.0.1/", "fetch.syntax"),
        ("https://issuer.example\\@127.0.0.1/", "fetch.syntax"),
        ("https://xn--a/", "fetch.syntax"),
        ("https://issuer.example/../x", "fetch.syntax"),
        ("file:///etc/passwd", "fetch.syntax"),
        ("http://issuer.example/", "fetch.tls"),
        ("http://127.0.0.1:8080/", "fetch.tls"),
        ("http://localhost:8080/", "fetch.tls"),
    ],
)
def test_nothing_is_connected_to_that_must_not_be(internet: Outside, visit: Visit, address: str, code: str) -> None:
    """DD-01, DD-02, DD-05, DD-16, DD-17, by a trace of all connections."""
    internet.host("issuer.example")
    internet.point("private.example", "10.0.0.5:443")
    internet.point("both.example", "93.184.216.34:443")
    internet.point("both.example", "10.0.0.5:443")
    visitor = visit()
    with traced() as trace:
        assert refused_code(lambda: visitor.get(address)) == code
    assert (trace.connections, trace.names) == ([], [])


def test_figures_tell_what_came_of_it_and_of_nobody(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    registry = CollectorRegistry()
    visitor.gateway.figures.register(registry)
    address = host.serve(PATH, b"{}", {"ETag": '"1"'})
    visitor.get(address)
    visitor.get(address)
    visitor.clock.move(hours=1)
    visitor.get(address)
    host.mode = Mode.FAILS
    visitor.clock.move(hours=1)
    visitor.get(address)
    refused_code(lambda: visitor.get("https://127.0.0.1/"))
    page = generate_latest(registry).decode()
    for outcome in ("fetched", "copy", "unchanged", "stale", "fetch.forbidden"):
        assert f'jmc_vc_fetches_total{{kind="did-document",outcome="{outcome}"}} 1.0' in page
    assert "issuer.example" not in page
