"""eddsa-rdfc-2022: RDFC-1.0, SHA-256, Ed25519 (https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022). The suite that Open
Badges 3.0 certification asks for."""

from jmc_vc.formats.data_integrity.signed_hash import RdfcSuite
from jmc_vc.formats.encoding.public_key import KeyAlgorithm

EDDSA_RDFC_2022 = RdfcSuite(name="eddsa-rdfc-2022", key_algorithms=frozenset({KeyAlgorithm.ED25519}))
