"""Copies: while they are fresh, while a host fails, and what is remembered of failures."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event
from time import monotonic

import pytest

from jmc_vc.fetching.asking import Asking
from jmc_vc.fetching.copies import Copies
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.gateway import Fetched, Gateway
from jmc_vc.fetching.pinning import STRANGERS, Pinning
from jmc_vc.fetching.resolving import MOST_WAITING, Resolver
from jmc_vc.fetching.unavailable import NotAsked, NotFetched, TookTooLong
from tests.builders.installation import NOON, Clock
from tests.builders.refusals import refused_code
from tests.fetching.conftest import Visitor
from tests.fetching.misbehaviour import MISBEHAVIOUR
from tests.simulators.connect_trace import traced
from tests.simulators.outside import Mode, Outside

pytestmark = pytest.mark.loopback

Visit = Callable[[], Visitor]
PATH = "/.well-known/did.json"


@pytest.mark.parametrize("kind", DocumentKind)
def test_no_row_lets_a_copy_be_shown_for_more_than_six_hours(kind: DocumentKind) -> None:
    row = kind.row
    assert row.stale_for <= timedelta(hours=6)
    assert row.freshness.least <= row.freshness.usual <= row.freshness.most <= timedelta(hours=1)


def test_a_copy_is_shown_while_it_is_fresh(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    address = host.serve(PATH, b"1")
    first = visitor.get(address)
    host.serve(PATH, b"2")
    visitor.clock.move(minutes=4)
    assert visitor.get(address) == first
    assert visitor.get("HTTPS://Issuer.Example:443" + PATH) == first  # one place, one copy
    visitor.clock.move(minutes=1)
    assert visitor.get(address).body == b"2"
    assert visitor.get(address, DocumentKind.KEY_SET).body == b"2"  # of another kind, so not shared
    assert len(host.requests) == 3


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({"Cache-Control": "max-age=120"}, 120),
        ({"Cache-Control": "public, MAX-AGE=120"}, 120),
        ({"Cache-Control": "max-age=600, s-maxage=120"}, 120),
        ({"Cache-Control": "max-age=120", "Age": "60"}, 60),
        ({"Cache-Control": "max-age=0"}, 30),
        ({"Cache-Control": "max-age=10", "Age": "99999"}, 30),
        ({"Cache-Control": "no-store"}, 30),
        ({"Cache-Control": "no-cache, max-age=600"}, 30),
        ({"Cache-Control": "max-age=999999999"}, 3_600),
        ({"Cache-Control": "max-age=99999999999999999999"}, 300),
        ({"Cache-Control": "max-age=-1"}, 300),
        ({"Cache-Control": "max-age=²"}, 300),
        ({"Cache-Control": "=,,;max-age"}, 300),
        ({}, 300),
    ],
)
def test_a_host_says_how_long_within_bounds(
    internet: Outside, visit: Visit, said: dict[str, str], seconds: int
) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    address = host.serve(PATH, b"1", said)
    visitor.get(address)
    visitor.clock.move(seconds=seconds - 1)
    visitor.get(address)
    assert len(host.requests) == 1
    visitor.clock.move(seconds=1)
    visitor.get(address)
    assert len(host.requests) == 2


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({"ETag": '"a1"'}, "if-none-match"),
        ({"ETag": 'W/"a1"'}, "if-none-match"),
        ({"Last-Modified": "Mon, 23 Nov 2026 00:00:00 GMT"}, "if-modified-since"),
    ],
)
def test_a_host_is_asked_whether_anything_changed(
    internet: Outside, visit: Visit, headers: dict[str, str], asked: str
) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    address = host.serve(PATH, b"{}", headers)
    first = visitor.get(address)
    visitor.clock.move(hours=2)
    second = visitor.get(address)
    assert (second.body, second.stale_since) == (b"{}", None)
    assert second.fetched_at == first.fetched_at + timedelta(hours=2)
    assert [asked in request.headers for request in host.requests] == [False, True]
    visitor.clock.move(minutes=4)
    assert visitor.get(address) == second
    assert len(host.requests) == 2


@pytest.mark.parametrize("etag", ["no quotes", '"' + "x" * 300 + '"', '"\x80"', '"a"b"'])
def test_a_tag_of_another_form_is_not_repeated(internet: Outside, visit: Visit, etag: str) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    address = host.serve(PATH, b"{}", {"ETag": etag})
    for _ in range(2):
        assert visitor.get(address).body == b"{}"
        visitor.clock.move(hours=2)
    assert not any("if-none-match" in request.headers for request in host.requests)


@pytest.mark.parametrize(
    "mode", [Mode.HANGS_UP, Mode.HANGS_AT_HEADERS, Mode.FAILS, Mode.TOO_MANY, Mode.EXPIRED_CERTIFICATE],
    ids=lambda mode: mode.name,
)  # fmt: skip
def test_where_a_host_fails_an_older_copy_is_shown_as_such(internet: Outside, visit: Visit, mode: Mode) -> None:
    """DD-21"""
    host = internet.host("issuer.example")
    visitor = visit()
    address = host.serve(PATH, b"{}")
    first = visitor.get(address)
    host.mode = mode
    visitor.clock.move(hours=6)
    patience = 0.3 if mode is Mode.HANGS_AT_HEADERS else 3.0
    shown = visitor.get(address, patience=patience)
    assert shown == Fetched(
        body=b"{}",
        media_type="application/json",
        fetched_at=first.fetched_at,
        stale_since=first.fetched_at + timedelta(minutes=5),
    )
    visitor.clock.move(seconds=1)
    with pytest.raises(NotFetched) as refused:
        visitor.get(address, patience=patience)
    assert refused.value.code == MISBEHAVIOUR[mode]
    assert refused.value.last_copy == first.fetched_at
    host.mode = Mode.SERVES
    visitor.clock.move(minutes=5)
    assert visitor.get(address).stale_since is None


@pytest.mark.parametrize(
    "mode", [Mode.NOT_FOUND, Mode.GONE, Mode.REDIRECTS_ELSEWHERE, Mode.ENDLESS_BODY], ids=lambda mode: mode.name
)
def test_where_a_host_answers_otherwise_no_older_copy_is_shown(internet: Outside, visit: Visit, mode: Mode) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    address = host.serve(PATH, b"{}")
    visitor.get(address)
    host.mode = mode
    visitor.clock.move(hours=1)
    assert refused_code(lambda: visitor.get(address)) == MISBEHAVIOUR[mode]


def test_what_is_at_hand_is_all_of_it_and_fresh(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    kind, kept = DocumentKind.DID_DOCUMENT, visitor.gateway.kept
    one, other = host.serve(PATH, b"1"), host.serve("/other", b"2")
    assert kept([(one, kind)]) is None
    first = visitor.get(one)
    assert kept([(one, kind), (other, kind)]) is None
    both = (first, visitor.get(other))
    assert kept([(one, kind), (other, kind)]) == both
    assert kept([(one, DocumentKind.KEY_SET)]) is None
    assert kept([("https://127.0.0.1/", kind)]) is None
    visitor.clock.move(hours=1)
    assert kept([(one, kind)]) is None
    host.mode = Mode.FAILS
    assert visitor.get(one).stale_since is not None
    assert kept([(one, kind)]) is None
    assert len(host.requests) == 3


def test_a_clock_that_is_set_back_makes_no_copy_fresh(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    address = host.serve(PATH, b"{}")
    visitor.get(address)
    visitor.clock.move(hours=-1)
    assert visitor.get(address).fetched_at == visitor.clock.now
    assert len(host.requests) == 2


def test_a_persons_credential_is_not_kept(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example")
    visitor = visit()
    address = host.serve("/credentials/1", b"{}", {"Cache-Control": "max-age=600", "ETag": '"1"'})
    for _ in range(2):
        assert visitor.get(address, DocumentKind.CREDENTIAL).stale_since is None
    assert [request.headers.get("if-none-match") for request in host.requests] == [None, None]
    host.mode = Mode.FAILS
    assert refused_code(lambda: visitor.get(address, DocumentKind.CREDENTIAL)) == "fetch.status"


def test_what_failed_is_not_asked_for_again_for_a_minute(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example", Mode.NOT_FOUND)
    visitor = visit()
    address = host.serve(PATH, b"{}")
    assert refused_code(lambda: visitor.get(address)) == "fetch.status"
    host.mode = Mode.SERVES
    visitor.clock.move(seconds=59)
    assert refused_code(lambda: visitor.get(address)) == "fetch.status"
    assert len(host.requests) == 1
    assert visitor.get(host.serve("/other", b"{}")).body == b"{}"  # the host itself is not shunned
    visitor.clock.move(seconds=1)
    assert visitor.get(address).body == b"{}"


def test_who_gives_no_time_cannot_make_others_believe_that_a_host_is_slow(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example", Mode.HANGS_AT_HEADERS)
    visitor = visit()
    address = host.serve(PATH, b"{}")
    for _ in range(6):
        assert refused_code(lambda: visitor.get(address, patience=0.05)) == "fetch.timeout"
    host.mode = Mode.SERVES
    assert visitor.get(address).body == b"{}"
    assert refused_code(lambda: visitor.get(host.serve("/2", b"{}"), patience=0)) == "fetch.timeout"


def test_that_we_were_busy_with_slow_names_is_remembered_of_nobody() -> None:
    over = Event()

    def resolve(host: str) -> list[str]:
        over.wait(30)
        return ["10.0.0.5"]

    resolver, clock = Resolver(resolve), Clock(NOON)
    gateway = Gateway(Asking(Pinning(STRANGERS, resolver)), clock=clock, random=bytes, copies=Copies())
    for number in range(MOST_WAITING):
        with pytest.raises(TookTooLong):
            resolver(f"www.slow-{number}.example", monotonic())
    good = f"https://good.example{PATH}"

    def get() -> Fetched:
        return gateway.get(good, DocumentKind.DID_DOCUMENT, deadline=monotonic() + 1.1)

    assert refused_code(get) == "fetch.timeout"
    over.set()
    assert refused_code(get) == "fetch.forbidden"  # now it was asked for


@pytest.mark.parametrize("domain", ["attacker.example", "attacker.co.jp"])
def test_slow_names_of_one_domain_keep_nobody_from_the_names_of_others(domain: str) -> None:
    over = Event()

    def resolve(host: str) -> list[str]:
        if host.endswith(domain):
            over.wait(30)
        return ["10.0.0.5"]

    resolver = Resolver(resolve)
    begun = monotonic()
    for number in range(MOST_WAITING):
        with pytest.raises((TookTooLong, NotAsked)):
            resolver(f"slow-{number}.{domain}", monotonic())
    assert resolver("university.co.jp", begun + 30) == ["10.0.0.5"]
    with pytest.raises(NotAsked):  # and nobody waits long for more of them
        resolver(f"another.{domain}", begun + 30)
    over.set()


def test_a_host_that_never_answers_is_left_alone_and_looked_after(internet: Outside, visit: Visit) -> None:
    host = internet.host("issuer.example", Mode.RESETS)
    other = internet.host("other.example")
    visitor = visit()
    for n in range(5):
        assert refused_code(partial(visitor.get, host.serve(f"/{n}", b"{}"))) == "fetch.unreachable"
    host.mode = Mode.SERVES
    address = host.serve("/good", b"{}")
    with traced() as trace:
        assert refused_code(lambda: visitor.get(address)) == "fetch.unreachable"
        visitor.clock.move(seconds=29)
        assert refused_code(lambda: visitor.get(address)) == "fetch.unreachable"
    assert trace.connections == []
    assert visitor.get(other.serve(PATH, b"{}")).body == b"{}"
    host.mode = Mode.RESETS
    visitor.clock.move(seconds=1)
    with traced() as trace:
        assert refused_code(lambda: visitor.get(host.serve("/x", b"{}"))) == "fetch.unreachable"  # looked, still shut
        assert refused_code(lambda: visitor.get(address)) == "fetch.unreachable"
    assert len(trace.connections) == 1
    host.mode = Mode.SERVES
    visitor.clock.move(seconds=30)
    assert visitor.get(address).body == b"{}"
    assert visitor.get(host.serve("/more", b"{}")).body == b"{}"
