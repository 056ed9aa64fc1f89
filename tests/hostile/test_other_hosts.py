"""Documents of other hosts, by the ids of the catalogue of bad inputs: through HTTP, against hosts that misbehave.

Each case has a host of its own. What a document says wrongly is told in `tests/verifying/test_outside_documents.py`."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from tests.builders.installation import make_installation
from tests.builders.outside_issuer import OutsideIssuer
from tests.builders.web import WebClient, web_client
from tests.simulators.connect_trace import traced
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
}


@dataclass(frozen=True)
class World:
    """The service, and the hosts by case."""

    client: WebClient
    hosts: Mapping[str, Host]

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
        refuses = {"DD-14 refused": Mode.REFUSES}
        hosts = {
            name: internet.host(f"case-{number}.example", refuses.get(name, Mode.SERVES))
            for number, name in enumerate([*CASES, "slow"])
        }
        installation = make_installation(folder / "data", empty=True, environment=internet.environment)
        with web_client(installation.service) as client:
            yield World(client, hosts)
        installation.service.database.close()


@pytest.mark.parametrize("name", CASES)
def test_what_other_hosts_say(world: World, name: str) -> None:
    prepare, verdict, check, code = CASES[name]
    host = world.hosts[name]
    body = prepare(host, OutsideIssuer(id=f"did:web:{host.name}"))
    with traced() as trace:
        report = world.verify(body)
    found = {each["id"]: each["code"] for each in report["checks"]}
    assert (report["verdict"], found[check]) == (verdict, code)
    assert set(trace.connections) <= {("127.0.0.1", host.port)}
    assert trace.names == []


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
