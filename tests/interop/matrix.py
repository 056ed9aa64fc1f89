"""Which other implementations check us, and whom we check: the table of the interoperability run.

Each cell is proved by the tests that carry its ids. `python -m tests.interop.matrix RESULTS.xml` reads their results
(JUnit, as pytest writes it) and writes build/interop.json and docs/reference/interop.md; `make interop` does all of it.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Flag, auto
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.interop.formats import FORMATS, Family
from tests.interop.peers import PEERS

REPOSITORY = Path(__file__).parents[2]
REPORT = REPOSITORY / "build" / "interop.json"


class Way(Flag):
    """Who checks whom."""

    OURS_TO_PEER = auto()
    """The peer accepts ours, and refuses it when it was altered."""
    PEER_TO_OURS = auto()
    """We accept the peer's, and refuse it when it was altered."""
    BOTH = OURS_TO_PEER | PEER_TO_OURS

    @property
    def id(self) -> str:
        assert self.name is not None
        return self.name.lower().replace("_", "-")


THERE, BACK, BOTH = Way.OURS_TO_PEER, Way.PEER_TO_OURS, Way.BOTH

TABLE: Mapping[str, Mapping[str, Way]] = {
    "openbadge-eddsa-rdfc-2022": {
        "digitalbazaar-vc": BOTH,
        "digitalcredentials-verifier-core": THERE,
        "openbadgeslib": BOTH,
        "openvc-core": BOTH,
    },
    "openbadge-eddsa-jcs-2022": {"digitalbazaar-vc": BOTH, "openvc-core": THERE},
    "openbadge-ecdsa-rdfc-2019-p256": {"digitalbazaar-vc": BOTH, "openvc-core": BOTH},
    "openbadge-ecdsa-rdfc-2019-p384": {"digitalbazaar-vc": BOTH, "openvc-core": BOTH},
    "openbadge-ecdsa-jcs-2019-p256": {"digitalbazaar-vc": BOTH, "openvc-core": THERE},
    "openbadge-ecdsa-jcs-2019-p384": {"digitalbazaar-vc": BOTH, "openvc-core": THERE},
    "openbadge-ed25519signature2020": {"digitalbazaar-vc": BACK},
    "openbadge-ecdsa-sd-2023": {"digitalbazaar-vc": BOTH, "openbadgeslib": THERE, "openvc-core": BOTH},
    "openbadge-jwt-es256": {"jose": BOTH, "openbadgeslib": BOTH},
    "openbadge-jwt-rs256": {"jose": BOTH, "openbadgeslib": BOTH},
    "vc-jose-es256": {"jose": BOTH},
    "vc-jose-es384": {"jose": BOTH},
    "vc-jose-es512": {"jose": BOTH},
    "vc-jose-eddsa": {"jose": BOTH},
    "vp-jose-es256": {"jose": BOTH},
    "vp-jose-es384": {"jose": BOTH},
    "vp-jose-es512": {"jose": BOTH},
    "vp-jose-eddsa": {"jose": BOTH},
    "sd-jwt-vc": {"sd-jwt-js": BOTH, "sd-jwt-python": BOTH, "openbadgeslib": BOTH, "openvc-core": BOTH},
    "bitstring-status-list": {
        "digitalbazaar-vc": BOTH,
        "digitalcredentials-verifier-core": THERE,
        "openbadgeslib": BOTH,
        "openvc-core": BOTH,
    },
    "token-status-list": {"sd-jwt-js": BOTH, "openbadgeslib": THERE, "openvc-core": BOTH},
    "1edtech-revocation-list": {},
    "baked-png": {"openbadgeslib": BOTH},
    "baked-svg": {"openbadgeslib": BOTH},
    "did-key": {"digitalbazaar-vc": BOTH, "openbadgeslib": BOTH, "openvc-core": THERE},
    "did-jwk": {"openbadgeslib": BACK, "openvc-core": THERE},
    "did-web": {"digitalbazaar-vc": THERE, "openbadgeslib": BOTH, "openvc-core": THERE},
    "rdfc-1.0": {"jsonld.js": BOTH},
}
"""Format → peer → what is shown. What is missing for a peer of that family stands in HOLES, with its reason."""

_CORE_SUITES = "it has two suites, eddsa-rdfc-2022 and Ed25519Signature2020"
_LIB_SUITES = "of the suites of one signature it has eddsa-rdfc-2022 alone"
_NO_OLD_SUITE = "it has left the old suite out"
_NO_SIGNING = "it verifies and does not sign"
_READS_VC = "it reads the badge from a claim `vc` and from nowhere else; Open Badges 3.0 §8.2.4 puts it at the top of the payload"
_WRITES_NBF = (
    "it writes the time of signing into `nbf`, where Open Badges 3.0 §8.2.4 wants `validFrom`; we refuse the difference"
)
_NOT_THE_VC_PROFILE = "it writes and reads the older claims `vc` and `vp`, which VC-JOSE-COSE forbids"
_LEAVES_CONTEXT_OUT = (
    "it signs `@context` as a member of the proof and leaves it out of the proof that it writes, where VC-DI-EdDSA §3.3.1 "
    "and VC-DI-ECDSA §3.3.1 put it; @digitalbazaar/vc and we refuse its proofs, and take them with that member put back"
)
_NO_FORMAT = "it has no such format"
_NO_1EDTECH = (
    "it does not read this list, and says so or takes no notice; we know of no package on npm or PyPI that does"
)

HOLES: Mapping[tuple[str, str], str] = {
    ("openbadge-eddsa-rdfc-2022", "digitalcredentials-verifier-core"): _NO_SIGNING,
    ("openbadge-eddsa-jcs-2022", "digitalcredentials-verifier-core"): _CORE_SUITES,
    ("openbadge-ecdsa-rdfc-2019-p256", "digitalcredentials-verifier-core"): _CORE_SUITES,
    ("openbadge-ecdsa-rdfc-2019-p384", "digitalcredentials-verifier-core"): _CORE_SUITES,
    ("openbadge-ecdsa-jcs-2019-p256", "digitalcredentials-verifier-core"): _CORE_SUITES,
    ("openbadge-ecdsa-jcs-2019-p384", "digitalcredentials-verifier-core"): _CORE_SUITES,
    ("openbadge-ed25519signature2020", "digitalcredentials-verifier-core"): _NO_SIGNING,
    ("openbadge-eddsa-jcs-2022", "openbadgeslib"): _LIB_SUITES,
    ("openbadge-ecdsa-rdfc-2019-p256", "openbadgeslib"): _LIB_SUITES,
    ("openbadge-ecdsa-rdfc-2019-p384", "openbadgeslib"): _LIB_SUITES,
    ("openbadge-ecdsa-jcs-2019-p256", "openbadgeslib"): _LIB_SUITES,
    ("openbadge-ecdsa-jcs-2019-p384", "openbadgeslib"): _LIB_SUITES,
    ("openbadge-ed25519signature2020", "openbadgeslib"): _NO_OLD_SUITE,
    ("openbadge-ed25519signature2020", "openvc-core"): _NO_OLD_SUITE,
    ("openbadge-eddsa-jcs-2022", "openvc-core"): _LEAVES_CONTEXT_OUT,
    ("openbadge-ecdsa-jcs-2019-p256", "openvc-core"): _LEAVES_CONTEXT_OUT,
    ("openbadge-ecdsa-jcs-2019-p384", "openvc-core"): _LEAVES_CONTEXT_OUT,
    ("openbadge-ecdsa-sd-2023", "openbadgeslib"): _NO_SIGNING,
    ("openbadge-jwt-es256", "openvc-core"): f"{_READS_VC}; {_WRITES_NBF}",
    ("openbadge-jwt-rs256", "openvc-core"): "it has no RSA",
    **{
        (format_, "openvc-core"): _NOT_THE_VC_PROFILE
        for format_, each in FORMATS.items()
        if each.family in (Family.VC_JOSE, Family.VP_JOSE)
    },
    **{
        (format_, "openbadgeslib"): _NO_FORMAT
        for format_, each in FORMATS.items()
        if each.family in (Family.VC_JOSE, Family.VP_JOSE)
    },
    ("bitstring-status-list", "digitalcredentials-verifier-core"): _NO_SIGNING,
    ("bitstring-status-list", "sd-jwt-js"): _NO_FORMAT,
    ("token-status-list", "digitalbazaar-vc"): _NO_FORMAT,
    ("token-status-list", "digitalcredentials-verifier-core"): _NO_FORMAT,
    ("token-status-list", "openbadgeslib"): "it reads such lists and does not write them",
    ("1edtech-revocation-list", "sd-jwt-js"): _NO_FORMAT,
    ("1edtech-revocation-list", "digitalbazaar-vc"): _NO_1EDTECH,
    ("1edtech-revocation-list", "digitalcredentials-verifier-core"): _NO_1EDTECH,
    ("1edtech-revocation-list", "openbadgeslib"): _NO_1EDTECH,
    ("1edtech-revocation-list", "openvc-core"): _NO_1EDTECH,
    ("did-key", "openvc-core"): "it resolves DIDs and makes none",
    ("did-jwk", "openvc-core"): "it resolves DIDs and makes none",
    ("did-web", "openvc-core"): "it resolves DIDs and makes none",
    ("did-jwk", "openbadgeslib"): "it makes such DIDs and does not resolve them",
    ("did-jwk", "digitalbazaar-vc"): "the method is not among its packages",
    ("did-web", "digitalbazaar-vc"): "its packages make no documents",
}
"""(Format, peer) → why a direction is missing, or both. Each reason was tried with the versions of this page."""

NOTES: Mapping[tuple[str, str], str] = {
    (
        "openbadge-eddsa-rdfc-2022",
        "digitalcredentials-verifier-core",
    ): "Its copy of context-3.0.3.json is older than the "
    "published one: it lacks `endorsementJwt` and `jti`, which we never put under a Data Integrity proof. The JSON Schema "
    "of `credentialSchema` is not reached in the run; it reports that apart from the signature.",
    ("openbadge-eddsa-rdfc-2022", "openbadgeslib"): "`OB3LdpVerifier` knows bundled contexts only and takes no further "
    "ones, so for badges of the service its proof check, its key resolution and its status check are called one by one.",
    (
        "openbadge-ecdsa-rdfc-2019-p384",
        "openvc-core",
    ): "With one blank node at most. It names blank nodes with SHA-256, "
    "the only hash of PyLD, where VC-DI-ECDSA §3 wants SHA-384 for P-384, so that several of them get other names; a usual "
    "badge has ten.",
    (
        "openbadge-ecdsa-sd-2023",
        "digitalbazaar-vc",
    ): "A badge with `allowedValue`, the one ordered list of Open Badges, it "
    "can verify, and neither sign nor derive: naming its nodes, it gives the list a name too, and then refuses that.",
    ("openbadge-ecdsa-sd-2023", "openvc-core"): "As @digitalbazaar/vc with `allowedValue`. It takes no pointer to one "
    "entry of an array, and cannot show results without an `id`. What it derives it writes anew, `type` as a text and "
    "blank nodes by names: the proof holds, and the JSON Schema of Open Badges is not met.",
    (
        "openbadge-ecdsa-sd-2023",
        "openbadgeslib",
    ): "With openvc-core inside, and the contexts that it brings: ours is not "
    "among them, so a badge of an example program is none for it.",
    (
        "openbadge-jwt-es256",
        "openbadgeslib",
    ): "Given the key. By itself it takes a `kid` to be a DID URL, while ours is the "
    "address of the key alone (Open Badges 3.0 §8.2.3).",
    ("openbadge-jwt-rs256", "openbadgeslib"): "Given the key, as with ES256.",
    ("sd-jwt-vc", "openbadgeslib"): "With openvc-core inside. It issues and verifies, and has no holder.",
    ("sd-jwt-vc", "sd-jwt-python"): "It knows SD-JWT and no credentials: `vct` and the period are for its caller.",
    (
        "bitstring-status-list",
        "openbadgeslib",
    ): "It verifies the proofs of JWT lists only, so the Data Integrity proof of "
    "our list is not checked there; its own list is a JWT.",
    ("token-status-list", "sd-jwt-js"): "It leaves the signature of a list to its caller, here @sd-jwt/sd-jwt-vc.",
    ("token-status-list", "openbadgeslib"): "With openvc-core inside.",
    (
        "baked-svg",
        "openbadgeslib",
    ): "It writes the element last in the drawing, where Open Badges 3.0 §5.3.2.1 wants it "
    "first; we read it there too.",
    ("did-key", "digitalbazaar-vc"): "It makes the Multikey, the whole of such a DID but its beginning.",
    ("did-web", "digitalbazaar-vc"): "The document is fetched by the test's own loader; it reads the key from it.",
    ("rdfc-1.0", "jsonld.js"): "jsonld.js sorts by UTF-16 unit where RDFC-1.0 sorts by code point: two values of one "
    "property that begin with a character outside the basic plane and one from U+E000 to U+FFFF come out in another order.",
}
"""(Format, peer) → what else a reader must know."""


@dataclass(frozen=True)
class Row:
    """One direction of one cell: what build/interop.json has an outcome for."""

    format: str
    peer: str
    way: Way

    @property
    def id(self) -> str:
        return f"{self.format}/{self.peer}/{self.way.id}"


ROWS: tuple[Row, ...] = tuple(
    Row(format_, peer, way)
    for format_, cells in TABLE.items()
    for peer, ways in cells.items()
    for way in (THERE, BACK)
    if way in ways
)


def row(format_: str, peer: str, ways: Way) -> pytest.MarkDecorator:
    """Marks a test that shows these directions of a cell."""
    return pytest.mark.row(*(Row(format_, peer, way).id for way in ways))


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
            "versions": {**PEERS[row.peer].versions(), **PEERS[row.peer].runtime()},
        }
        for row in ROWS
    ]


def _outcome(case: ET.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def main(results: Path) -> None:
    from tests.interop.page import PAGE, page

    rows = report(ET.parse(results).getroot())
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
    for row in rows:
        sys.stdout.write(f"{row['outcome']:8}{row['id']}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
