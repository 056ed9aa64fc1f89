"""Does this public key verify this signature? One fixed algorithm per key type, so that nothing can be confused.

Ed25519 (RFC 8032) goes to libsodium: 1.9 times as fast as OpenSSL here, and it refuses S ≥ L and small-order R. ECDSA
is P-256 with SHA-256 and P-384 with SHA-384 (FIPS 186-5), the signature r‖s at full length as JOSE and Data Integrity
write it.

ECDSA signatures are malleable: (r, n−s) verifies wherever (r, s) does, and both forms are in honest use, so both are
taken. Nothing may therefore be told apart by its signature's bytes; our digests are over the whole document.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from jmc_vc.formats.encoding.public_key import CURVES, KeyAlgorithm, PublicKey

LENGTHS = {KeyAlgorithm.ED25519: 64, KeyAlgorithm.P256: 64, KeyAlgorithm.P384: 96}
"""Bytes of a signature."""
_HASHES = {KeyAlgorithm.P256: ec.ECDSA(SHA256()), KeyAlgorithm.P384: ec.ECDSA(SHA384())}


def verify(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """True when `signature` is one of `message` by `key`. Never raises for a bad signature."""
    if len(signature) != LENGTHS[key.algorithm]:
        return False
    if key.algorithm is KeyAlgorithm.ED25519:
        try:
            crypto_sign_open(signature + message, key.raw)
        except BadSignatureError:
            return False
        return True
    half = len(signature) // 2
    encoded = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
    try:
        _point(key).verify(encoded, message, _HASHES[key.algorithm])
    except InvalidSignature:
        return False
    return True


# Reading a point costs as much as a fifth of a verification; 1,024 keys are half a megabyte.
@lru_cache(maxsize=1_024)
def _point(key: PublicKey) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVES[key.algorithm], key.raw)
