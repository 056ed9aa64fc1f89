"""Documents of other hosts, by the ids of the catalogue of bad inputs: through HTTP, against hosts that misbehave.

Each case has a host of its own. What a document says wrongly is told in `tests/verifying/test_outside_documents.py`."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from jmc_vc import bootstrap
from jmc_vc.formats.status.bitstring import MINIMUM
from tests.builders.installation import NOON, Clock, make_installation
from tests.builders.outside_issuer import OutsideIssuer
from tests.builders.web import WebClient, web_client
from tests.hostile.over_http import within_bounds
from tests.simulators.outside import Host, Mode, outside

pytestmark = pytest.mark.loopback
Json = dict[str, Any]
Prepare = Callable[[Host, OutsideIssuer], bytes]


def did_document(mode: Mode) -> Prepare:
    """A good badge of an issuer whose host behaves like that."""

    def prepare(host: Host, issuer: OutsideIssuer) -> bytes:
        host.serve("/.well-known/did.json", json.dumps(issuer.document()).encode())
        host.mode = mode
        return issuer.sign(issuer.badge())

    return prepare


def of_another(host: Host, issuer: OutsideIssuer) -> bytes:
    host.serve("/.well-known/did.json", json.dumps({**issuer.document(), "id": "did:web:other.example"}).encode())
    return issuer.sign(issuer.badge())


def exposed(host: Host, issuer: OutsideIssuer) -> bytes:
    document = issuer.document()
    key = {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43, "d": "A" * 43}
    method = {"id": f"{issuer.id}#key-1", "type": "JsonWebKey", "controller": issuer.id, "publicKeyJwk": key}
    host.serve("/.well-known/did.json", json.dumps({**document, "verificationMethod": [method]}).encode())
    return issuer.sign(issuer.badge())


def status_list(change: Callable[[OutsideIssuer, str], bytes | None], index: int = 7) -> Prepare:
    """A good badge whose status list is what `change` says for its address, or is not there."""

    def prepare(host: Host, issuer: OutsideIssuer) -> bytes:
        host.serve("/.well-known/did.json", json.dumps(issuer.document()).encode())
        url = f"https://{host.name}/status/1"
        body = change(issuer, url)
        if body is not None:
            host.serve("/status/1", body)
        return issuer.sign(issuer.badge(credentialStatus=issuer.entry(index, url=url)))

    return prepare


def signed(issuer: OutsideIssuer, url: str, **changes: Any) -> bytes:
    return issuer.sign(issuer.status_list({9}, url=url, **changes))


def encoded(text: str) -> Prepare:
    """A well-signed list whose bits are written like that."""
    return status_list(lambda issuer, url: signed(issuer, url, subject={"encodedList": text}))


def entry_with(**members: Any) -> Prepare:
    """A good list, and an entry that says something odd about it."""

    def prepare(host: Host, issuer: OutsideIssuer) -> bytes:
        status_list(signed)(host, issuer)
        url = f"https://{host.name}/status/1"
        return issuer.sign(issuer.badge(credentialStatus=issuer.entry(url=url, **members)))

    return prepare


def by_another(host: Host, issuer: OutsideIssuer) -> bytes:
    """A list that its own issuer signed well, who is not the badge's."""
    other = OutsideIssuer(id=f"https://{host.name}/somebody", seed="somebody")
    host.serve("/somebody", json.dumps(other.document()).encode())
    return status_list(lambda _, url: other.sign(other.status_list(url=url)))(host, issuer)


def named(did: str) -> Prepare:
    """A badge of whoever has this DID."""
    issuer = OutsideIssuer(id=did)
    return lambda *_: issuer.sign(issuer.badge(), cryptosuite="eddsa-jcs-2022")


def bits(count: int) -> str:
    return multibase_gzip(gzip.compress(bytes(count // 8), mtime=0))


def multibase_gzip(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


def a_gibibyte() -> str:
    """Of zeros, of which each mebibyte is packed as the one before: made without unpacking it."""
    mebibyte = bytes(1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    one = packer.compress(mebibyte) + packer.flush(zlib.Z_FULL_FLUSH)
    sum_ = 0
    for _ in range(1024):
        sum_ = zlib.crc32(mebibyte, sum_)
    trailer = sum_.to_bytes(4, "little") + (1 << 30).to_bytes(4, "little")
    return multibase_gzip(b"\x1f\x8b\x08" + bytes(6) + b"\xff" + one * 1024 + b"\x03\x00" + trailer)


MESSAGES = [{"status": hex(number), "message": "x"} for number in range(3)]


def two_entries(host: Host, issuer: OutsideIssuer, order: int) -> bytes:
    """Not revoked, and suspended."""
    host.serve("/.well-known/did.json", json.dumps(issuer.document()).encode())
    clear, set_ = f"https://{host.name}/status/1", f"https://{host.name}/status/2"
    host.serve("/status/1", signed(issuer, clear))
    host.serve("/status/2", signed(issuer, set_, purpose="suspension"))
    entries = [issuer.entry(url=clear), issuer.entry(9, purpose="suspension", url=set_)][::order]
    return issuer.sign(issuer.badge(credentialStatus=entries))


def elsewhere(host: Host, issuer: OutsideIssuer) -> bytes:
    host.serve("/.well-known/did.json", json.dumps(issuer.document()).encode())
    inside = "https://10.0.0.1/1"
    badge = issuer.badge(evidence=[{"id": inside, "type": ["Evidence"]}], image={"id": inside, "type": "Image"})
    return issuer.sign(badge)


CASES: Mapping[str, tuple[Prepare, str, str, str]] = {
    "VJ-77 a good one": (did_document(Mode.SERVES), "valid", "key", "key.bound"),
    "DD-06 a redirect inside": (did_document(Mode.REDIRECTS_INSIDE), "indeterminate", "key", "did.redirect"),
    "DD-07 a redirect elsewhere": (did_document(Mode.REDIRECTS_ELSEWHERE), "indeterminate", "key", "did.redirect"),
    "DD-08 no TLS": (did_document(Mode.PLAIN), "indeterminate", "key", "did.tls"),
    "DD-08 expired": (did_document(Mode.EXPIRED_CERTIFICATE), "indeterminate", "key", "did.tls"),
    "DD-08 another's certificate": (did_document(Mode.WRONG_CERTIFICATE), "indeterminate", "key", "did.tls"),
    "DD-09 an endless body": (did_document(Mode.ENDLESS_BODY), "indeterminate", "key", "did.limit"),
    "DD-11 a bomb": (did_document(Mode.GZIP_BOMB), "indeterminate", "key", "did.limit"),
    "DD-12 another DID": (of_another, "invalid", "key", "did.mismatch"),
    "DD-14 404": (did_document(Mode.NOT_FOUND), "indeterminate", "key", "did.unavailable"),
    "DD-14 410": (did_document(Mode.GONE), "indeterminate", "key", "did.unavailable"),
    "DD-14 429": (did_document(Mode.TOO_MANY), "indeterminate", "key", "did.unavailable"),
    "DD-14 500": (did_document(Mode.FAILS), "indeterminate", "key", "did.unavailable"),
    "DD-14 refused": (did_document(Mode.REFUSES), "indeterminate", "key", "did.unavailable"),
    "DD-15 a private key": (exposed, "invalid", "key", "key.exposed"),
    "SL good": (status_list(signed), "valid", "status", "status.clear"),
    "SL revoked": (status_list(signed, 9), "invalid", "status", "status.revoked"),
    "SL-02 unsigned": (
        status_list(lambda issuer, url: json.dumps(issuer.status_list(url=url)).encode()),
        "indeterminate",
        "status",
        "status.verification",
    ),
    "SL-04 another purpose": (
        status_list(lambda issuer, url: signed(issuer, url, purpose="suspension")),
        "indeterminate",
        "status",
        "status.purpose",
    ),
    "SL-08 404": (status_list(lambda *_: None), "indeterminate", "status", "status.retrieval"),
    "SL-10 another address": (
        status_list(lambda issuer, url: signed(issuer, url + "0")),
        "indeterminate",
        "status",
        "status.verification",
    ),
    "SL-12 a list with a status": (
        status_list(lambda issuer, url: signed(issuer, url, credentialStatus=issuer.entry(url=url))),
        "indeterminate",
        "status",
        "status.nested",
    ),
    "SL-01 a gibibyte": (encoded(a_gibibyte()), "indeterminate", "status", "status.limit"),
    "SL-03 another issuer's": (by_another, "indeterminate", "status", "status.issuer"),
    "SL-05 past the end": (status_list(signed, MINIMUM), "indeterminate", "status", "status.range"),
    "SL-07 too short": (encoded(bits(MINIMUM // 2)), "indeterminate", "status", "status.length"),
    "SL-08 502": (status_list(lambda *_: None), "indeterminate", "status", "status.retrieval"),
    "SL-11 out of date": (
        status_list(lambda issuer, url: signed(issuer, url, issued=NOON - timedelta(days=2))),
        "indeterminate",
        "status",
        "status.stale",
    ),
    "SL-13 three messages for two bits": (
        entry_with(statusSize=2, statusMessage=MESSAGES), "indeterminate", "status", "status.format",
    ),
    "SL-13 size 0": (entry_with(statusSize=0), "indeterminate", "status", "status.format"),
    "SL-13 size 10^9": (entry_with(statusSize=10**9), "indeterminate", "status", "status.format"),
    "SL-15 no prefix": (encoded(bits(MINIMUM)[1:]), "indeterminate", "status", "status.encoding"),
    "SL-15 padded": (encoded(bits(MINIMUM) + "="), "indeterminate", "status", "status.encoding"),
    "VJ-63 two entries, the second set": (
        lambda host, issuer: two_entries(host, issuer, 1), "invalid", "status", "status.suspended",
    ),
    "VJ-63 two entries, the first set": (
        lambda host, issuer: two_entries(host, issuer, -1), "invalid", "status", "status.suspended",
    ),
    "VJ-68 evidence and pictures at other addresses": (
        elsewhere, "valid", "key", "key.bound",
    ),
    "DD-01 a loopback address": (named("did:web:127.0.0.1"), "indeterminate", "key", "did.forbidden"),
    "DD-01 localhost and a port": (named("did:web:localhost%3A8080"), "indeterminate", "key", "did.forbidden"),
    "DD-01 a loopback address of IPv6": (named("did:web:[::1]"), "invalid", "key", "did.forbidden"),
    "DD-01 a loopback address of IPv6 and a port": (named("did:web:[::1]%3A8443"), "invalid", "key", "did.forbidden"),
    "DD-01 escaped brackets": (named("did:web:%5B%3A%3A1%5D"), "indeterminate", "key", "did.forbidden"),
    "DD-01 escaped brackets and a port": (
        named("did:web:%5B%3A%3A1%5D%3A8443"), "indeterminate", "key", "did.forbidden",
    ),
    "DD-01 an address and a port": (named("did:web:127.0.0.1%3A8443"), "indeterminate", "key", "did.forbidden"),
    "DD-01 escaped digits": (named("did:web:%31%32%37.0.0.1"), "indeterminate", "key", "did.forbidden"),
    "DD-01 an address of IPv6 without brackets": (
        named("did:web:2001:db8::1"), "indeterminate", "key", "did.forbidden",
    ),
    "DD-01 a decimal address": (named("did:web:2130706433"), "indeterminate", "key", "did.forbidden"),
    "DD-16 dots": (named("did:web:a.test:..:x"), "indeterminate", "key", "did.syntax"),
    "DD-16 escaped dots": (named("did:web:a.test:%2e%2e"), "indeterminate", "key", "did.syntax"),
    "DD-16 an escaped slash": (named("did:web:a.test%2Fx"), "indeterminate", "key", "did.syntax"),
    "DD-16 port 22": (named("did:web:a.test%3A22"), "indeterminate", "key", "did.syntax"),
    "DD-17 a host that is no name": (named("did:web:xn--a.example"), "indeterminate", "key", "did.syntax"),
    "DD-20 another method": (named("did:foo:1"), "indeterminate", "key", "did.unsupported"),
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """The service, and the hosts by case."""

    client: WebClient
    hosts: Mapping[str, Host]
    clock: Clock

    def verify(self, body: bytes) -> Json:
        headers = {"content-type": "application/vc+ld+json"}
        answer = self.client.post("/v1/verify?policy=technical", content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("world")
    with outside(folder) as internet:
        # Some misbehaviour begins with the socket.
        modes = {"DD-14 refused": Mode.REFUSES}
        hosts = {
            name: internet.host(f"case-{number}.example", modes.get(name, Mode.SERVES))
            for number, name in enumerate([*CASES, "slow", "later down", "older list"])
        }
        installation = make_installation(folder / "data", empty=True, environment=internet.environment)
        with web_client(installation.service) as client:
            yield World(client, hosts, installation.clock)
        installation.service.database.close()


@pytest.mark.parametrize("name", CASES)
def test_what_other_hosts_say(world: World, name: str) -> None:
    prepare, verdict, check, code = CASES[name]
    host = world.hosts[name]
    body = prepare(host, OutsideIssuer(id=f"did:web:{host.name}"))
    # The host is of this process too, and some of them work hard.
    with within_bounds([("127.0.0.1", host.port)], seconds=3):
        report = world.verify(body)
    found = {each["id"]: each["code"] for each in report["checks"]}
    assert (report["verdict"], found[check]) == (verdict, code)


def test_dd_21_a_document_that_is_too_old_stands_in_for_nobody(world: World) -> None:
    host = world.hosts["later down"]
    body = did_document(Mode.SERVES)(host, OutsideIssuer(id=f"did:web:{host.name}"))
    assert world.verify(body)["verdict"] == "valid"
    host.mode = Mode.FAILS
    before = world.clock.now
    for hours, code in ((2, "did.stale"), (7, "did.stale")):
        world.clock.now = before + timedelta(hours=hours)
        report = world.verify(body)
        assert report["verdict"] == "indeterminate"
        assert {each["id"]: each["code"] for each in report["checks"]}["key"] == code
    world.clock.now = before


def test_sl_11_a_list_that_is_older_than_one_seen_before_says_nothing(world: World) -> None:
    host = world.hosts["older list"]
    issuer = OutsideIssuer(id=f"did:web:{host.name}")
    url = f"https://{host.name}/status/1"
    newer, older = (signed(issuer, url, issued=NOON - timedelta(hours=hours)) for hours in (1, 2))
    body = status_list(lambda *_: newer)(host, issuer)
    assert world.verify(body)["verdict"] == "valid"
    before = world.clock.now
    world.clock.now = before + timedelta(hours=2)  # the copy is no longer fresh
    host.serve("/status/1", older)
    report = world.verify(body)
    world.clock.now = before
    assert {each["id"]: each["code"] for each in report["checks"]}["status"] == "status.stale"


RESOLVED: Mapping[str, list[list[str]]] = {
    "DD-02 a private address": [["10.0.0.5"]],
    "DD-02 the address of a cloud's secrets": [["169.254.169.254"]],
    "DD-02 an address of a provider's network": [["100.64.0.1"]],
    "DD-04 rebinding, the other way round": [["127.0.0.1"], ["93.184.216.34"]],
    "DD-05 one public, one private": [["93.184.216.34", "10.0.0.5"]],
}


@pytest.mark.parametrize("case", RESOLVED)
def test_a_name_that_leads_inside_is_asked_for_once_and_not_followed(tmp_path: Path, case: str) -> None:
    """Each name has its answers in turn. That a public one is pinned before a loopback address comes, `test_pinning`
    shows: nothing here connects to the Internet."""
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return RESOLVED[case][min(len(asked), len(RESOLVED[case])) - 1]

    made = make_installation(tmp_path, empty=True)
    service = bootstrap.build(made.service.settings, clock=made.clock, resolve=resolve)
    issuer = OutsideIssuer()
    with web_client(service) as client:
        body, headers = issuer.sign(issuer.badge()), {"content-type": "application/vc+ld+json"}
        with within_bounds():
            report = client.post("/v1/verify?policy=technical", content=body, headers=headers).json()
    assert (report["verdict"], asked) == ("indeterminate", ["badges.elsewhere.example"])
    assert {each["id"]: each["code"] for each in report["checks"]}["key"] == "did.forbidden"
    for each in (made.service, service):
        each.database.close()


def test_f_15_a_slow_host_costs_three_seconds_and_nobody_else(world: World) -> None:
    host = world.hosts["slow"]
    slow = did_document(Mode.HANGS_AT_HEADERS)(host, OutsideIssuer(id=f"did:web:{host.name}"))
    good = did_document(Mode.SERVES)(
        world.hosts["VJ-77 a good one"], OutsideIssuer(id=f"did:web:{world.hosts['VJ-77 a good one'].name}")
    )
    headers = {"content-type": "application/vc+ld+json"}
    begun = monotonic()
    answers = world.client.many(
        [("POST", "/v1/verify?policy=technical", {"content": each, "headers": headers}) for each in [slow] * 6 + [good]]
    )
    assert monotonic() - begun < 3 + 2  # and not six times as long
    assert [each.json()["verdict"] for each in answers] == ["indeterminate"] * 6 + ["valid"]
