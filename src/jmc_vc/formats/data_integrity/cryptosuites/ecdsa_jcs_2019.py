"""ecdsa-jcs-2019: JCS, P-256 with SHA-256 or P-384 with SHA-384
(https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019)."""

from jmc_vc.formats.data_integrity.signed_hash import JcsSuite
from jmc_vc.formats.encoding.public_key import KeyAlgorithm

ECDSA_JCS_2019 = JcsSuite(name="ecdsa-jcs-2019", key_algorithms=frozenset({KeyAlgorithm.P256, KeyAlgorithm.P384}))
