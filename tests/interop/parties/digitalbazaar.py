"""@digitalbazaar/vc on Node: the reference implementation of Data Integrity, which most wallets are built on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.interop.formats import ED25519, Format
from tests.interop.parties.party import MANDATORY, SELECTED, badge, badge_without_lists
from tests.interop.served import Node

ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
"""The context that its oldest suite puts into what it signs."""


@dataclass(frozen=True)
class DigitalBazaar:
    """`supplied` are contexts that it does not bring."""

    node: Node
    supplied: Mapping[str, Any]

    def issue(self, kind: Format) -> Any:
        return self.node(
            "signDocument",
            supplied=self.supplied,
            credential=UNSIGNED.get(kind.name, badge)("to be named"),
            cryptosuite=kind.name,
            curve=None if kind.key is ED25519 else kind.key,
            mandatoryPointers=MANDATORY,
        )

    def show(self, kind: Format, credential: Any) -> Any:
        return self.node("deriveDocument", supplied=self.supplied, credential=credential, selectivePointers=SELECTED)

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        answer = self.node("verifyDocuments", supplied=self.supplied, credentials=list(shown))
        return [result["verified"] for result in answer["results"]]


def old_badge(issuer: str) -> dict[str, Any]:
    """The badge in the data model of 2022, as proofs of that time have it."""
    unsigned = badge(issuer)
    begins, ends = unsigned.pop("validFrom"), unsigned.pop("validUntil")
    return {
        **unsigned,
        "@context": ["https://www.w3.org/2018/credentials/v1", *unsigned["@context"][1:], ED25519_2020],
        "issuanceDate": begins,
        "expirationDate": ends,
    }


UNSIGNED = {"Ed25519Signature2020": old_badge, "ecdsa-sd-2023": badge_without_lists}
"""Suite → what it signs, where that is no usual badge."""
