"""Throw-away private keys of each kind that signs Data Integrity proofs, by `cryptography` alone: what a signer must
answer is made here a second time, without the signing of the service. Always the same for the same number: no secret.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from tests.builders.keys import ed25519_private_key

_ECDSA = {
    KeyAlgorithm.P256: ec.ECDSA(SHA256(), deterministic_signing=True),
    KeyAlgorithm.P384: ec.ECDSA(SHA384(), deterministic_signing=True),
}
_CURVES: dict[KeyAlgorithm, tuple[ec.EllipticCurve, int]] = {
    KeyAlgorithm.P256: (ec.SECP256R1(), 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551),
    KeyAlgorithm.P384: (ec.SECP384R1(), (1 << 384) - 0x389CB27E0BC8D220A7E5F24DB74F58851313E695333AD68D),
}
"""With the order of each curve."""


@dataclass(frozen=True)
class TestSigner:
    """`sign` answers the signature as the suites write it; ECDSA with the nonce of RFC 6979."""

    __test__ = False

    public_key: PublicKey
    sign: Callable[[bytes], bytes]

    @property
    def algorithm(self) -> KeyAlgorithm:
        return self.public_key.algorithm

    @property
    def method(self) -> str:
        """The verification method of its did:key."""
        multikey = encode_multikey(self.public_key)
        return f"did:key:{multikey}#{multikey}"


@cache
def signer(algorithm: KeyAlgorithm = KeyAlgorithm.ED25519, number: int = 0) -> TestSigner:
    """Key no. `number` of this kind."""
    if algorithm is KeyAlgorithm.ED25519:
        return ed25519_signer(ed25519_private_key(number))
    curve, order = _CURVES[algorithm]
    seed = b"".join(sha256(f"test key {number} {algorithm} {part}".encode()).digest() for part in range(2))
    return ecdsa_signer(ec.derive_private_key(int.from_bytes(seed) % (order - 1) + 1, curve))


def ed25519_signer(key: Ed25519PrivateKey) -> TestSigner:
    return TestSigner(PublicKey(KeyAlgorithm.ED25519, key.public_key().public_bytes_raw()), key.sign)


def ecdsa_signer(key: ec.EllipticCurvePrivateKey) -> TestSigner:
    """One that takes the smaller of s and n−s."""
    algorithm = KeyAlgorithm.P256 if key.key_size == 256 else KeyAlgorithm.P384

    def sign(message: bytes) -> bytes:
        size = key.key_size // 8
        r, s = decode_dss_signature(key.sign(message, _ECDSA[algorithm]))
        return r.to_bytes(size) + min(s, _CURVES[algorithm][1] - s).to_bytes(size)

    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return TestSigner(PublicKey(algorithm, point), sign)


def twin(signature: bytes, algorithm: KeyAlgorithm) -> bytes:
    """The other signature of the same content: (r, n−s)."""
    half = len(signature) // 2
    return signature[:half] + (_CURVES[algorithm][1] - int.from_bytes(signature[half:])).to_bytes(half)
