"""Verifying through the whole service: POST /v1/verify, of credentials that are all different, against
@digitalcredentials/verifier-core on Node.

The service is `jmc-vc serve` in one process or two, with the compiled build where there is one, on SQLite. The client
is here, with sixteen connections. The peer has no HTTP to do: it is called in a loop in its process, with the texts at
hand and everything that it would fetch in memory. Both have met every issuer and list before. They take turns.

`verify/hostile-p99`: how long the slowest hundredth of good requests takes, at half of the pace that the service can
keep, while a fifth of all requests is hostile; against the same without them.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from bench import service
from bench.client import Load, Stream, load, post
from bench.contestants import COMPILED, INTEROP, Process, locked_versions
from bench.row import Row
from bench.verified import Credentials, credentials, foreign_documents, hostile
from jmc_vc import vendored
from jmc_vc.issuing.assemble import CREDENTIAL_SCHEMA
from tests.builders.installation import Installation
from tests.builders.outside_issuer import HOST, OutsideIssuer
from tests.parts import PARTS
from tests.simulators.outside import Host, outside

TARGET = 15.0
MOST_SLOWED = 2.0
CONNECTIONS = 16
CORE = "@digitalcredentials/verifier-core"
_SHARE = 4
"""Good requests to a hostile one."""
_PACE = 0.5
"""Of what the service can do: at full load each queue is as long as there are connections."""
_LONGER = 3
"""Turns, for the sake of a hundredth."""
_ELSEWHERE = "127.0.0.2"
"""The hostile come from another address: places in the waiting room are by address."""
_DUE = (b'{"verdict":"valid",', b'{"verdict":"indeterminate","summary":{"code":"issuer_not_registered"')


@dataclass(frozen=True, kw_only=True)
class World:
    """A furnished installation, which is closed, its credentials, and the environment of services on it."""

    folder: Path
    port: int
    environment: Mapping[str, str]
    installation: Installation
    credentials: Credentials
    slow: Host

    def requests(self, pool: Sequence[bytes]) -> Iterator[bytes]:
        """For ever, one after the other."""
        return cycle([post(self.port, "/v1/verify", each, "application/json") for each in pool])

    def stream(self, pool: Sequence[bytes], rate: float | None = None) -> Stream:
        connections = CONNECTIONS if rate is None else 2 * CONNECTIONS
        return Stream(
            port=self.port, requests=self.requests(pool), connections=connections, accepts=_verified, rate=rate
        )


def rows(*, rounds: int, seconds: float, different: int = 1_000, each_with: Sequence[int] = (1, 2)) -> list[Row]:
    """Every row, with so many processes; without Node they have no peer. Each turn lasts `seconds`."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _world(Path(folder), different) as world:
        return [row for processes in each_with for row in _rows(world, processes, rounds, seconds)]


@contextmanager
def _world(folder: Path, different: int) -> Iterator[World]:
    port = service.free_port()
    with outside(folder) as internet:
        host, slow = internet.host(HOST.removeprefix("https://")), internet.host("slow.example")
        own = service.settings_of(folder / "data", port) | internet.environment
        installation = service.furnished(own)
        made = credentials(installation, host, different)
        installation.service.log.advance(now=installation.now)
        installation.service.database.close()
        paths = [str(COMPILED)] if (COMPILED / ".made").is_file() else []
        environment = {**os.environ, **own, "PYTHONPATH": os.pathsep.join(paths)}
        yield World(
            folder=folder, port=port, environment=environment, installation=installation, credentials=made, slow=slow
        )


def _rows(world: World, processes: int, rounds: int, seconds: float) -> Iterator[Row]:
    pools = {"mixed": world.credentials.mixed}
    if processes == 1:
        pools |= {"own": world.credentials.own, "foreign": world.credentials.foreign}
    environment = {**world.environment, "JMC_VC_WORKERS": str(processes)}
    with ExitStack() as stack:
        stack.enter_context(service.running(world.folder, world.port, environment))
        streams = {name: world.stream(pool) for name, pool in pools.items()}
        for each in streams.values():
            load(each, seconds)
        node = _node(world, pools)
        if node is not None:
            stack.callback(node.close)
            for name in pools:
                node.measure(name, seconds)
        measured = {
            name: [(load(stream, seconds), node.measure(name, seconds) if node else None) for _ in range(rounds)]
            for name, stream in streams.items()
        }
        for name, turns in measured.items():
            yield _row(name, processes, turns, node)
        if processes == 1:
            yield _hostile(world, median(ours.rate for ours, _ in measured["mixed"]), rounds, seconds)


def _row(name: str, processes: int, turns: Sequence[tuple[Load, float | None]], node: "Node | None") -> Row:
    rates = [(ours.rate, theirs) for ours, theirs in turns if theirs is not None]
    kind = "" if name == "mixed" else f"-{name}"
    return Row(
        id=f"verify/service-{processes}{kind}" + ("/node" if rates else ""),
        ours=median(ours.rate for ours, _ in turns),
        peer=median(theirs for _, theirs in rates) if rates else None,
        ratio=median(ours / theirs for ours, theirs in rates) if rates else None,
        target=TARGET if rates and (name, processes) == ("mixed", 1) else None,
        versions=_versions() | (node.versions if node else {}),
        remark=f"{_engine()}; {CONNECTIONS} connections, p50 {median(ours.p50 for ours, _ in turns):.0f} ms, "
        f"p99 {median(ours.p99 for ours, _ in turns):.0f} ms",
    )


def _hostile(world: World, rate: float, rounds: int, seconds: float) -> Row:
    """The p99 of good requests with hostile ones beside them, and without."""
    pace = _PACE * rate
    good = world.stream(world.credentials.mixed, pace)
    bad = Stream(
        port=world.port,
        requests=(post(world.port, "/v1/verify", *each) for each in hostile(world.installation, world.slow)),
        connections=2 * CONNECTIONS,
        accepts=_answered,
        rate=pace / _SHARE,
        source=_ELSEWHERE,
    )
    longer = _LONGER * seconds
    load(good, seconds, bad)
    times = [(load(good, longer).p99, load(good, longer, bad).p99) for _ in range(rounds)]
    return Row(
        id="verify/hostile-p99",
        ours=median(among for _, among in times),
        peer=median(alone for alone, _ in times),
        ratio=median(among / alone for alone, among in times),
        target=MOST_SLOWED,
        better="lower",
        unit="milliseconds",
        versions=_versions(),
        remark=f"{_engine()}; {pace:.0f} good ones a second, {pace / _SHARE:.0f} hostile; the peer is without these",
    )


def _verified(head: bytes, body: bytes) -> bool:
    """Whether the report says what is due: valid, and of those from elsewhere that only the issuer is not known."""
    return head.startswith(b"HTTP/1.1 200") and body.startswith(_DUE)


def _answered(head: bytes, _: bytes) -> bool:
    """Anything but an error of ours, or that there is no room for more now."""
    return not head.startswith(b"HTTP/1.1 5") or head.startswith(b"HTTP/1.1 503")


def _engine() -> str:
    return "compiled" if (COMPILED / ".made").is_file() else "plain source"


def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("jmc-vc", "uvicorn", "fastapi", "sqlalchemy")}


# --- the peer ---------------------------------------------------------------------------------------------------------


class Node(Process):
    """@digitalcredentials/verifier-core."""

    def __init__(self, program: Path, material: Mapping[str, Any]) -> None:
        self.versions = locked_versions(program, (CORE,))
        super().__init__([program, "timed_verification.mjs"], INTEROP)
        self._tell(material)

    def measure(self, pool: str, seconds: float) -> float:
        """How often a second it verifies one of `pool`."""
        done = self._ask({"work": pool, "seconds": seconds})
        rate: float = done["count"] / done["seconds"]
        return rate


def _node(world: World, pools: Mapping[str, Sequence[bytes]]) -> Node | None:
    program = PARTS["node"].find()
    if program is None or not PARTS["node-packages"].find():
        return None
    texts = {name: [each.decode() for each in pool] for name, pool in pools.items()}
    return Node(program, {"documents": _documents(world), "pools": texts})


def _documents(world: World) -> dict[str, str]:
    """Everything that the peer would fetch for the credentials, as their hosts serve it."""
    site = world.installation.service.site
    (slug,) = world.installation.api_keys
    found = {
        **vendored.contexts(site.namespace),
        CREDENTIAL_SCHEMA: _schema(),
        **foreign_documents(OutsideIssuer(), world.installation),
    }
    entries = {json.loads(each)["credentialStatus"]["statusListCredential"] for each in world.credentials.own}
    for address in (f"{site.base_url}/issuers/{slug}/did.json", *sorted(entries)):
        found[address] = httpx.get(address).raise_for_status().content
        found[address.replace("http://", "https://")] = found[address]  # who reads a did:web asks by https
    return {address: document.decode() for address, document in found.items()}


def _schema() -> bytes:
    """Ours of Open Badges, in the draft that the peer reads, which has no `iri`."""
    schema = json.loads(vendored.json_schema("ob3-achievement-credential.json"), object_hook=_of_draft_2019)
    return json.dumps({**schema, "$schema": "https://json-schema.org/draft/2019-09/schema"}).encode()


def _of_draft_2019(part: dict[str, Any]) -> dict[str, Any]:
    renamed = {"items": "additionalItems", "prefixItems": "items"} if "prefixItems" in part else {}
    return {renamed.get(name, name): "uri" if member == "iri" else member for name, member in part.items()}
