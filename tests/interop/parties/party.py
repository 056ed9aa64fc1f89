"""What every side of an exchange can be asked for, and what they all know of it beforehand."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.builders.badges import typical_badge
from tests.interop.formats import P256, Family, Format
from tests.interop.keys import Jwk, key

OURS = "ours"
"""Our own id among the sides."""
AUDIENCE, NONCE = "https://verifier.example", "n-0S6_WzA2Mj"
"""Of a presentation with a key binding."""
HOLDER = key(P256, "holder")
"""Every holder has this key."""

VCT = "https://issuer.example/types/robotics"
CLAIMS: Mapping[str, Any] = {
    "given_name": "葛葉",
    "family_name": "𠮷野",
    "course": "Robotics 101",
    "grade": {"value": "A"},
}
"""Of an SD-JWT VC, beside those that each issuer writes about itself."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which claims of an SD-JWT the issuer leaves to the holder, and which of those the holder then shows."""

    shown: tuple[str, ...]
    withheld: str

    @property
    def disclosable(self) -> tuple[str, ...]:
        return (*self.shown, self.withheld)


SELECTIONS: Mapping[Family, Selection] = {
    Family.SD_JWT_VC: Selection(shown=("given_name", "grade"), withheld="family_name"),
    Family.VC_SD_JWT: Selection(shown=("name", "awardedDate"), withheld="description"),
}

TYPES: Mapping[Family, str] = {
    Family.OB3_JWT: "JWT",
    Family.VC_JOSE: "vc+jwt",
    Family.VP_JOSE: "vp+jwt",
    Family.VC_SD_JWT: "vc+sd-jwt",
    Family.SD_JWT_VC: "dc+sd-jwt",
}
"""What the header `typ` of a token says."""

MANDATORY = ("/issuer", "/validFrom", "/validUntil", "/name", "/credentialSubject/achievement")
SELECTED = ("/credentialSubject/identifier", "/evidence")
"""JSON Pointers of a selective cryptosuite: what the issuer, and what the holder wants to be shown."""


@dataclass(frozen=True, kw_only=True)
class World:
    """What a peer gets that cannot find it by itself: contexts by their addresses, those of 1EdTech and our own;
    `fetch` gets what stands at an address; `jwk` is the key that a `kid` names."""

    open_badges: Mapping[str, Any]
    own: Mapping[str, Any]
    fetch: Callable[[str], bytes]
    fetch_json: Callable[[str], dict[str, Any]]
    jwk: Callable[[str], Jwk]


class Party(Protocol):
    """One side. It knows the formats that the matrix says it does, and raises for others."""

    def issue(self, kind: Format) -> Any:
        """A credential of its own: a document, a token, or of a selective format what the holder gets."""

    def show(self, kind: Format, credential: Any) -> Any:
        """What HOLDER shows of a selective `credential` of anybody."""

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        """Which of those, all by one issuer, it finds good, whatever it may think of the issuer."""


def badge(issuer: str) -> dict[str, Any]:
    """An unsigned Open Badge of `issuer`. It has no status entry, since its list would stand on a host that nobody can
    ask."""
    unsigned = typical_badge()
    del unsigned["credentialStatus"]
    unsigned["issuer"]["id"] = issuer
    return unsigned


def badge_without_lists(issuer: str) -> dict[str, Any]:
    """The same without `allowedValue`, the one member of Open Badges whose order counts. Two peers cannot sign such a
    list selectively, nor show a part of what has one."""
    unsigned = badge(issuer)
    for described in unsigned["credentialSubject"]["achievement"]["resultDescription"]:
        described.pop("allowedValue", None)
    return unsigned


def presentation(holder: str, token: str) -> dict[str, Any]:
    """An unsigned presentation of the credential in `token`, enveloped (VCDM 2.0 §4.13)."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder,
        "verifiableCredential": [
            {
                "@context": "https://www.w3.org/ns/credentials/v2",
                "id": f"data:application/vc+jwt,{token}",
                "type": "EnvelopedVerifiableCredential",
            }
        ],
    }


def claims_of(kind: Format, issuer: str) -> dict[str, Any]:
    """What an SD-JWT by `issuer`, a did:jwk, says before anything of it is concealed."""
    if kind.family is Family.VC_SD_JWT:
        return badge(issuer)
    return {**CLAIMS, "iss": issuer, "vct": VCT, "iat": int(time.time())}
