"""Which other implementations check us, and whom we check: the table of the interoperability run.

Each row is proved by the tests that carry its id. `python -m tests.interop.matrix RESULTS.xml` reads their results
(JUnit, as pytest writes it) and writes build/interop.json and docs/reference/interop.md; `make interop` does all of it.
"""

import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
REPORT = REPOSITORY / "build" / "interop.json"
PAGE = REPOSITORY / "docs" / "reference" / "interop.md"

BADGE, LIST, CANONICAL = "openbadge-eddsa-rdfc-2022", "bitstring-status-list", "rdfc-1.0"
OURS_TO_PEER, PEER_TO_OURS = "ours-to-peer", "peer-to-ours"

_OPEN_BADGES = "the contexts of Open Badges 3.0.3, from `schemas/`"
_KNOWS_W3C = "the contexts of W3C (its own packages)"


@dataclass(frozen=True, kw_only=True)
class Peer:
    """`packages` are those whose versions matter; `registry` is npm or PyPI."""

    title: str
    registry: str
    packages: tuple[str, ...]

    def versions(self) -> Mapping[str, str]:
        """Package → version, as locked."""
        if self.registry == "npm":
            locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
            return {name: locked[f"node_modules/{name}"]["version"] for name in self.packages}
        pins = (REPOSITORY / "requirements-dev.txt").read_text()
        return {name: _pinned(pins, name) for name in self.packages}


def _pinned(pins: str, name: str) -> str:
    found = re.search(rf"^{re.escape(name)}==(\S+)", pins, re.MULTILINE | re.IGNORECASE)
    if found is None:
        raise LookupError(f"{name} is not in requirements-dev.txt")
    return found[1]


PEERS: Mapping[str, Peer] = {
    "digitalbazaar-vc": Peer(
        title="@digitalbazaar/vc",
        registry="npm",
        packages=(
            "@digitalbazaar/vc",
            "@digitalbazaar/data-integrity",
            "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
            "@digitalbazaar/ed25519-multikey",
            "@digitalbazaar/vc-bitstring-status-list",
        ),
    ),
    "digitalcredentials-verifier-core": Peer(
        title="@digitalcredentials/verifier-core", registry="npm", packages=("@digitalcredentials/verifier-core",)
    ),
    "openbadgeslib": Peer(title="openbadgeslib", registry="PyPI", packages=("openbadgeslib", "pyld")),
    "jsonld.js": Peer(title="jsonld.js", registry="npm", packages=("jsonld",)),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """`claims` is what the row's tests show; `supplied` is what the peer was given; `fetched` what it got from the
    running service over https; `knows` what it brought; `note` what else a reader must know."""

    format: str
    peer: str
    direction: str
    claims: str
    supplied: tuple[str, ...] = ()
    fetched: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    note: str = ""

    @property
    def id(self) -> str:
        return f"{self.format}/{self.peer}/{self.direction}"


ROWS: tuple[Row, ...] = (
    Row(
        format=BADGE,
        peer="digitalbazaar-vc",
        direction=OURS_TO_PEER,
        claims="verifies a badge of each example program; refuses it after one changed character, wherever it stands",
        supplied=(_OPEN_BADGES,),
        fetched=("DID document (did:web)", "our context"),
        knows=(_KNOWS_W3C,),
    ),
    Row(
        format=BADGE,
        peer="digitalbazaar-vc",
        direction=PEER_TO_OURS,
        claims="what it signed under a did:key is `valid` under the policy `technical`, `indeterminate` under "
        "`default` (an issuer that JMC does not know), and `invalid` after one changed character",
        supplied=(_OPEN_BADGES,),
        knows=(_KNOWS_W3C,),
    ),
    Row(
        format=LIST,
        peer="digitalbazaar-vc",
        direction=OURS_TO_PEER,
        claims="verifies the list's own proof; reads the badge as clear, and as revoked within five seconds of "
        "revocation",
        supplied=(_OPEN_BADGES,),
        fetched=("DID document (did:web)", "our context", "status list"),
        knows=(_KNOWS_W3C,),
    ),
    Row(
        format=BADGE,
        peer="digitalcredentials-verifier-core",
        direction=OURS_TO_PEER,
        claims="verifies a badge of each example program; refuses it after one changed character, wherever it stands",
        fetched=("DID document (did:web)", "our context"),
        knows=("the contexts of W3C and of Open Badges 3.0.3",),
        note="Its copy of context-3.0.3.json is older than the published one: it lacks `endorsementJwt` and `jti`, "
        "which we never put under a Data Integrity proof. The JSON Schema of `credentialSchema` is not reached in the "
        "run; it reports that apart from the signature.",
    ),
    Row(
        format=LIST,
        peer="digitalcredentials-verifier-core",
        direction=OURS_TO_PEER,
        claims="reads the badge as clear, and as revoked within five seconds of revocation",
        fetched=("DID document (did:web)", "our context", "status list"),
        knows=("the contexts of W3C and of Open Badges 3.0.3",),
    ),
    Row(
        format=BADGE,
        peer="openbadgeslib",
        direction=OURS_TO_PEER,
        claims="verifies a badge of each example program; refuses it after one changed character, wherever it stands",
        supplied=(
            "our context, as the running service publishes it (`verify_data_integrity_proof(…, extra_contexts=…)`)",
        ),
        fetched=("DID document (did:web)",),
        knows=("the contexts of W3C and of Open Badges 3.0.3",),
        note="`OB3LdpVerifier` knows bundled contexts only and takes no further ones, so its proof check, its key "
        "resolution and its status check are called one by one.",
    ),
    Row(
        format=BADGE,
        peer="openbadgeslib",
        direction=PEER_TO_OURS,
        claims="what it signed under a did:key is `valid` under the policy `technical`, `indeterminate` under "
        "`default`, and `invalid` after one changed character",
        knows=("the contexts of W3C and of Open Badges 3.0.3",),
    ),
    Row(
        format=LIST,
        peer="openbadgeslib",
        direction=OURS_TO_PEER,
        claims="reads the badge as clear, and as revoked within five seconds of revocation",
        fetched=("status list",),
        note="It verifies the proofs of JWT lists only, so the list's Data Integrity proof is not checked here.",
    ),
    Row(
        format=CANONICAL,
        peer="jsonld.js",
        direction=OURS_TO_PEER,
        claims="canonical N-Quads of a badge of each example program are the same, byte for byte",
        supplied=(_OPEN_BADGES, "our context"),
        knows=(_KNOWS_W3C,),
        note="jsonld.js sorts by UTF-16 unit where RDFC-1.0 sorts by code point: two values of one property that begin "
        "with a character outside the basic plane and one from U+E000 to U+FFFF come out in another order.",
    ),
)


def report(results: ET.Element) -> list[dict[str, Any]]:
    """The rows as build/interop.json has them. A row that no test proved is an error, not an empty cell."""
    outcomes: dict[str, set[str]] = {row.id: set() for row in ROWS}
    for case in results.iter("testcase"):
        for prop in case.iter("property"):
            if prop.get("name") == "row":
                outcomes[prop.get("value", "")].add(_outcome(case))
    unproved = sorted(row for row, found in outcomes.items() if not found)
    if unproved:
        raise LookupError(f"no test for {', '.join(unproved)}")
    return [
        {
            "id": row.id,
            "outcome": next(each for each in ("failed", "skipped", "passed") if each in outcomes[row.id]),
            "versions": {**PEERS[row.peer].versions(), **_runtime(PEERS[row.peer])},
            "supplied": list(row.supplied),
            "fetched": list(row.fetched),
        }
        for row in ROWS
    ]


def page() -> str:
    """docs/reference/interop.md: what the run compares, without outcomes, which belong to a run."""
    return "\n".join([*_HEAD, *_cells(ROWS), "", *_DETAILS, *(line for row in ROWS for line in _details(row))])


_HEAD = (
    "# Interoperability",
    "",
    "<!-- Written by `make interop` from tests/interop/matrix.py. -->",
    "",
    "Other implementations check what a running instance of this service issues, and it checks what they sign. The",
    "service runs on `https://localhost` with a throw-away certificate authority; what is listed as fetched, the peer",
    "requests from it itself. `make interop` runs all of it and writes the outcomes to `build/interop.json`; `.ci/run`",
    "demands that all pass.",
    "",
    "| id | peer | version |",
    "|---|---|---|",
)
_DETAILS = ("## What each row shows", "")


def _cells(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        name = PEERS[row.peer]
        yield f"| `{row.id}` | {name.title} ({name.registry}) | {next(iter(name.versions().values()))} |"


def _details(row: Row) -> Iterable[str]:
    yield f"### `{row.id}`"
    yield ""
    who = PEERS[row.peer]
    subject = "We" if row.direction == PEER_TO_OURS else who.title
    yield f"- {subject}: {row.claims}."
    yield f"- Versions: {', '.join(f'{name} {number}' for name, number in who.versions().items())}."
    for label, facts in (("Supplied to it", row.supplied), ("Fetched by it", row.fetched), ("It brings", row.knows)):
        if facts:
            yield f"- {label}: {', '.join(facts)}."
    if row.note:
        yield f"- {row.note}"
    yield ""


def _outcome(case: ET.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def _runtime(peer: Peer) -> Mapping[str, str]:
    if peer.registry == "npm":
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
        return {"node": node.stdout.strip().removeprefix("v")}
    return {"python": platform.python_version(), "cryptography": version("cryptography")}


def main(results: Path) -> None:
    rows = report(ET.parse(results).getroot())
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
    for row in rows:
        sys.stdout.write(f"{row['outcome']:8}{row['id']}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
