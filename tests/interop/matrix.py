"""Who checks whom in which format: the table of the interoperability run, read by the tests, the report and the page.

Each direction of each cell is proved by the tests that carry its id. `python -m tests.interop.matrix RESULTS.xml` reads
their results and writes the report and the page; `make interop` does all of it.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Flag, auto
from pathlib import Path
from typing import Final

import pytest

from tests.interop.formats import FORMATS, Family


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


THERE: Final[Way] = Way.OURS_TO_PEER
BACK: Final[Way] = Way.PEER_TO_OURS
BOTH: Final[Way] = Way.BOTH

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
    "vc-sd-jwt": {"sd-jwt-js": BOTH, "sd-jwt-python": BOTH, "openbadgeslib": THERE, "openvc-core": THERE},
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
_LIB_SUITES = "of the suites with one signature it has eddsa-rdfc-2022 alone"
_NO_OLD_SUITE = "it has left the old suite out"
_NO_SIGNING = "it verifies and does not sign"
_OLDER_BADGE = (
    "it reads a badge from the claim `vc` and from nowhere else, where Open Badges 3.0 §8.2 puts it at the top of "
    "the payload; and it writes the time of signing into `nbf`, where that wants `validFrom`: we refuse the "
    "difference"
)
_OLDER_CLAIMS = "it writes and reads the older claims `vc` and `vp`, which VC-JOSE-COSE forbids"
_LEAVES_CONTEXT_OUT = (
    "it signs `@context` as a member of the proof and leaves it out of the proof that it writes, where VC-DI-EdDSA "
    "§3.3.1 and VC-DI-ECDSA §3.3.1 put it; @digitalbazaar/vc and we refuse its proofs, and take them with that "
    "member put back"
)
_NO_FORMAT = "it has no such format"
_WRITES_SD_JWT_VC = "it verifies such tokens, and writes SD-JWT VCs only"
_RESOLVES = "it resolves DIDs and makes none"
_NO_1EDTECH = (
    "it does not read this list: it says so, or gives no status; we know of no package on npm or PyPI that reads it"
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
    ("openbadge-jwt-es256", "openvc-core"): _OLDER_BADGE,
    ("openbadge-jwt-rs256", "openvc-core"): "it has no RSA",
    **{
        (format_, "openvc-core"): _OLDER_CLAIMS
        for format_, each in FORMATS.items()
        if each.family in (Family.VC_JOSE, Family.VP_JOSE)
    },
    **{
        (format_, "openbadgeslib"): _NO_FORMAT
        for format_, each in FORMATS.items()
        if each.family in (Family.VC_JOSE, Family.VP_JOSE)
    },
    ("vc-sd-jwt", "openvc-core"): _WRITES_SD_JWT_VC,
    ("vc-sd-jwt", "openbadgeslib"): _WRITES_SD_JWT_VC,
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
    ("did-key", "openvc-core"): _RESOLVES,
    ("did-jwk", "openvc-core"): _RESOLVES,
    ("did-web", "openvc-core"): _RESOLVES,
    ("did-jwk", "openbadgeslib"): "it makes such DIDs and does not resolve them",
    ("did-jwk", "digitalbazaar-vc"): "the method is not among its packages",
    ("did-web", "digitalbazaar-vc"): "its packages make no documents",
}
"""(Format, peer) → why a direction is missing, or both. Each reason was tried with the versions of this page."""

_GIVEN_THE_KEY = (
    "given the key: by itself it takes every `kid` for a DID URL, while ours is the address of the key alone (Open "
    "Badges 3.0 §8.2)"
)
_NO_CREDENTIALS = "it knows SD-JWT and no credentials, whose types and periods are for its caller"
_OPENVC_INSIDE = "it has openvc-core inside"

NOTES: Mapping[tuple[str, str], str] = {
    ("openbadge-eddsa-rdfc-2022", "digitalcredentials-verifier-core"): (
        "its copy of context-3.0.3.json is older than the published one: it lacks `endorsementJwt` and `jti`, which we "
        "never put under a Data Integrity proof. The JSON Schema of `credentialSchema` is not reached in the run; it "
        "reports that apart from the signature"
    ),
    ("openbadge-eddsa-rdfc-2022", "openbadgeslib"): (
        "`OB3LdpVerifier` knows bundled contexts only and takes no further ones, so its proof check, its key "
        "resolution and its status check are called one by one"
    ),
    ("openbadge-ecdsa-rdfc-2019-p384", "openvc-core"): (
        "with one blank node at most. It names blank nodes with SHA-256, the only hash of PyLD, where VC-DI-ECDSA §3 "
        "wants SHA-384 for P-384, so several of them get other names; a usual badge has ten. @digitalbazaar/vc refuses "
        "its proof of such a badge too"
    ),
    ("openbadge-ecdsa-sd-2023", "digitalbazaar-vc"): (
        "a badge with `allowedValue`, the one ordered list of Open Badges, it verifies, and can neither sign nor "
        "derive from: naming the nodes, it names the list too, and then refuses that"
    ),
    ("openbadge-ecdsa-sd-2023", "openvc-core"): (
        "`allowedValue` as with @digitalbazaar/vc. It takes no pointer to one entry of an array, and cannot show "
        "results without an `id`. What it derives it writes anew, `type` as a text and blank nodes by names: the proof "
        "holds, and the JSON Schema of Open Badges is not met"
    ),
    ("openbadge-ecdsa-sd-2023", "openbadgeslib"): f"{_OPENVC_INSIDE}, with the contexts that it brings and no others",
    ("openbadge-jwt-es256", "openbadgeslib"): _GIVEN_THE_KEY,
    ("openbadge-jwt-rs256", "openbadgeslib"): _GIVEN_THE_KEY,
    ("vc-sd-jwt", "sd-jwt-js"): "with its core, which leaves the data model of the credential to its caller",
    ("vc-sd-jwt", "sd-jwt-python"): _NO_CREDENTIALS,
    ("vc-sd-jwt", "openbadgeslib"): _OPENVC_INSIDE,
    ("sd-jwt-vc", "openbadgeslib"): f"{_OPENVC_INSIDE}. It issues and verifies, and has no holder",
    ("sd-jwt-vc", "sd-jwt-python"): _NO_CREDENTIALS,
    ("bitstring-status-list", "digitalcredentials-verifier-core"): (
        "revocation alone, as it reads a status with the whole badge, whose entry is for revocation"
    ),
    ("bitstring-status-list", "openbadgeslib"): (
        "it verifies the proofs of JWT lists only, so the Data Integrity proof of our list is not checked there; its "
        "own list is a JWT"
    ),
    ("token-status-list", "openbadgeslib"): _OPENVC_INSIDE,
    ("baked-svg", "openbadgeslib"): (
        "it writes the element last in the drawing, where Open Badges 3.0 §5.3 wants it first; we read it there too"
    ),
    ("did-key", "digitalbazaar-vc"): "it makes and reads the Multikey, the whole of such a DID but its beginning",
    ("did-key", "openbadgeslib"): "Ed25519 and P-256; it has no P-384",
    ("did-web", "digitalbazaar-vc"): "the document is fetched by a loader of the test; it reads the key from it",
    ("rdfc-1.0", "jsonld.js"): (
        "it sorts by UTF-16 unit where RDFC-1.0 sorts by code point: two values of one property that begin with a "
        "character outside the basic plane and one from U+E000 to U+FFFF come out in another order. 1e-7 it writes as 0"
    ),
}
"""(Format, peer) → what else a reader must know. Each was tried too."""

ONLY_VERIFIED = frozenset({"openbadge-ed25519signature2020"})
"""Formats of old badges, which we never write."""


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


if __name__ == "__main__":
    from tests.interop.report import main

    main(Path(sys.argv[1]))
