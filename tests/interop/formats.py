"""The formats of the interoperability run, by the ids that the matrix has them under."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jmc_vc.formats.encoding.public_key import KeyAlgorithm

ED25519, P256, P384, P521, RSA = (
    KeyAlgorithm.ED25519,
    KeyAlgorithm.P256,
    KeyAlgorithm.P384,
    KeyAlgorithm.P521,
    KeyAlgorithm.RSA,
)


class Family(StrEnum):
    """Formats of one family travel alike; the value is the heading in the matrix."""

    EMBEDDED = "Data Integrity"
    SELECTIVE_EMBEDDED = "Data Integrity, selective"
    OB3_JWT = "Open Badges VC-JWT"
    VC_JOSE = "VC-JOSE, credential"
    VP_JOSE = "VC-JOSE, presentation"
    VC_SD_JWT = "VC-JOSE, selective"
    SD_JWT_VC = "SD-JWT VC"
    STATUS = "Status"
    BAKED = "Baked pictures"
    DID = "DID methods"
    CANONICAL = "Canonical form"


@dataclass(frozen=True)
class Format:
    """`name` is the cryptosuite, the algorithm or whatever else tells the format from others of its family."""

    family: Family
    name: str
    key: KeyAlgorithm | None = None

    @property
    def title(self) -> str:
        """The name, with the key where the name allows several."""
        return f"{self.name}, {self.key}" if self.name.startswith("ecdsa-") else self.name


FORMATS: Mapping[str, Format] = {
    "openbadge-eddsa-rdfc-2022": Format(Family.EMBEDDED, "eddsa-rdfc-2022", ED25519),
    "openbadge-eddsa-jcs-2022": Format(Family.EMBEDDED, "eddsa-jcs-2022", ED25519),
    "openbadge-ecdsa-rdfc-2019-p256": Format(Family.EMBEDDED, "ecdsa-rdfc-2019", P256),
    "openbadge-ecdsa-rdfc-2019-p384": Format(Family.EMBEDDED, "ecdsa-rdfc-2019", P384),
    "openbadge-ecdsa-jcs-2019-p256": Format(Family.EMBEDDED, "ecdsa-jcs-2019", P256),
    "openbadge-ecdsa-jcs-2019-p384": Format(Family.EMBEDDED, "ecdsa-jcs-2019", P384),
    "openbadge-ed25519signature2020": Format(Family.EMBEDDED, "Ed25519Signature2020", ED25519),
    "openbadge-ecdsa-sd-2023": Format(Family.SELECTIVE_EMBEDDED, "ecdsa-sd-2023", P256),
    "openbadge-jwt-es256": Format(Family.OB3_JWT, "ES256", P256),
    "openbadge-jwt-rs256": Format(Family.OB3_JWT, "RS256", RSA),
    "vc-jose-es256": Format(Family.VC_JOSE, "ES256", P256),
    "vc-jose-es384": Format(Family.VC_JOSE, "ES384", P384),
    "vc-jose-es512": Format(Family.VC_JOSE, "ES512", P521),
    "vc-jose-eddsa": Format(Family.VC_JOSE, "EdDSA", ED25519),
    "vp-jose-es256": Format(Family.VP_JOSE, "ES256", P256),
    "vp-jose-es384": Format(Family.VP_JOSE, "ES384", P384),
    "vp-jose-es512": Format(Family.VP_JOSE, "ES512", P521),
    "vp-jose-eddsa": Format(Family.VP_JOSE, "EdDSA", ED25519),
    "vc-sd-jwt": Format(Family.VC_SD_JWT, "ES256", P256),
    "sd-jwt-vc": Format(Family.SD_JWT_VC, "ES256", P256),
    "bitstring-status-list": Format(Family.STATUS, "Bitstring Status List"),
    "token-status-list": Format(Family.STATUS, "Token Status List", P256),
    "1edtech-revocation-list": Format(Family.STATUS, "1EdTech Revocation List"),
    "baked-png": Format(Family.BAKED, "PNG"),
    "baked-svg": Format(Family.BAKED, "SVG"),
    "did-key": Format(Family.DID, "did:key"),
    "did-jwk": Format(Family.DID, "did:jwk"),
    "did-web": Format(Family.DID, "did:web"),
    "rdfc-1.0": Format(Family.CANONICAL, "RDFC-1.0"),
}
"""Id → format."""
