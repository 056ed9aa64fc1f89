"""Does this public key verify this signature? One way of signing for each kind of key, so that none can be mistaken.

Ed25519 as RFC 8032: libsodium verifies, 1.9 times as fast as OpenSSL here, and it refuses S ≥ L and small-order R.
P-256, P-384 and P-521 as ECDSA with SHA-256, SHA-384 and SHA-512, the signature being r and s side by side at their
full length (RFC 7518 §3.4, VC-DI-ECDSA §3.2). RSA as RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).

Of an ECDSA signature (r, s) there is always a twin (r, n−s), which verifies too. Both standards take both, and so do
we; what we sign ourselves has the smaller s. A twin is no second credential: credentials are told apart by their id.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey


class BadSignature(Unacceptable):
    """The signature is not one of this content by this key."""

    code = "proof.crypto"


ECDSA = {
    KeyAlgorithm.P256: ec.ECDSA(SHA256()),
    KeyAlgorithm.P384: ec.ECDSA(SHA384()),
    KeyAlgorithm.P521: ec.ECDSA(SHA512()),
}
RSA_PADDING = PKCS1v15()
RSA_HASH = SHA256()

LENGTHS = {KeyAlgorithm.ED25519: 64, KeyAlgorithm.P256: 64, KeyAlgorithm.P384: 96, KeyAlgorithm.P521: 132}
"""Bytes of a signature; that of an RSA key is as long as its modulus."""


def signature_length(key: PublicKey) -> int:
    """Bytes of every signature by `key`."""
    if key.algorithm is KeyAlgorithm.RSA:
        return (key.openssl.key_size + 7) // 8
    return LENGTHS[key.algorithm]


def verify(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """True when `signature` is one of `message` by `key`. Never raises for a bad signature. Raises WeakKey for an RSA
    key, which is judged here at the latest (`PublicKey`)."""
    if len(signature) != signature_length(key):
        return False
    try:
        if key.algorithm is KeyAlgorithm.ED25519:
            crypto_sign_open(signature + message, key.raw)
            return True
        loaded = key.openssl
        if isinstance(loaded, RSAPublicKey):
            loaded.verify(signature, message, RSA_PADDING, RSA_HASH)
        else:
            half = len(signature) // 2
            r, s = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
            loaded.verify(encode_dss_signature(r, s), message, ECDSA[key.algorithm])
    except (BadSignatureError, InvalidSignature):
        return False
    return True
