"""eddsa-jcs-2022: JCS, SHA-256, Ed25519 (https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022)."""

from jmc_vc.formats.data_integrity.signed_hash import JcsSuite
from jmc_vc.formats.encoding.public_key import KeyAlgorithm

EDDSA_JCS_2022 = JcsSuite(name="eddsa-jcs-2022", key_algorithms=frozenset({KeyAlgorithm.ED25519}))
