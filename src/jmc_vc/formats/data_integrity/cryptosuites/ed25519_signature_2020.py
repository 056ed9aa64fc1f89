"""Ed25519Signature2020, a proof type of its own from before there were cryptosuites: URDNA2015, which became RDFC-1.0,
SHA-256, Ed25519 (https://www.w3.org/TR/vc-di-eddsa/#the-ed25519signature2020-suite). For verifying only.

The document brings the suite's context, under which the proof's options are read with the rest of them.
"""

from jmc_vc.formats.data_integrity.signed_hash import RdfcVerifier
from jmc_vc.formats.encoding.public_key import KeyAlgorithm

ED25519_SIGNATURE_2020 = RdfcVerifier(name="Ed25519Signature2020", key_algorithms=frozenset({KeyAlgorithm.ED25519}))
