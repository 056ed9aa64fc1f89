"""Does this public key verify this signature?

Ed25519 (RFC 8032) is the one algorithm that our cryptosuite signs with. libsodium verifies: 1.9 times as fast as
OpenSSL here, and it refuses S ≥ L and small-order R.
"""

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey

SIGNATURE_BYTES = 64


def verify(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """True when `signature` is one of `message` by `key`. Never raises for a bad signature, and holds none for good by
    a key of another algorithm."""
    if key.algorithm is not KeyAlgorithm.ED25519 or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        crypto_sign_open(signature + message, key.raw)
    except BadSignatureError:
        return False
    return True
