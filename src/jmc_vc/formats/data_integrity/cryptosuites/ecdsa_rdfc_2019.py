"""ecdsa-rdfc-2019: RDFC-1.0, P-256 with SHA-256 or P-384 with SHA-384
(https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019)."""

from jmc_vc.formats.data_integrity.signed_hash import RdfcSuite
from jmc_vc.formats.encoding.public_key import KeyAlgorithm

ECDSA_RDFC_2019 = RdfcSuite(name="ecdsa-rdfc-2019", key_algorithms=frozenset({KeyAlgorithm.P256, KeyAlgorithm.P384}))
