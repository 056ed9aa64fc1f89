"""The key pair that signs the single statements of one credential, and nothing else ever.

https://www.w3.org/TR/vc-di-ecdsa/#base-proof-serialization-ecdsa-sd-2023. The issuer's own key signs once, and with it
vouches for this key; so no key in an HSM has to sign a hundred times.
"""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey

RANDOM_BYTES = 40
"""FIPS 186-5 §A.2.1: 64 bits more than the order has, so that no scalar is likelier than another by more than 2^-64."""
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# RFC 6979: no dice while signing, so that the same randomness gives the same proof.
_SIGNING = ec.ECDSA(SHA256(), deterministic_signing=True)


class EphemeralKey:
    """A P-256 key pair for one proof. Forgotten with this value; nothing writes the private key anywhere."""

    __slots__ = ("_private_key", "public_key")

    def __init__(self, random: Callable[[int], bytes]) -> None:
        """`random` gives as many random bytes as it is asked for."""
        scalar = int.from_bytes(random(RANDOM_BYTES)) % (_ORDER - 1) + 1
        self._private_key = ec.derive_private_key(scalar, ec.SECP256R1())
        point = self._private_key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        self.public_key = PublicKey(KeyAlgorithm.P256, point)

    def sign(self, message: bytes) -> bytes:
        """The signature of `message`: r and s, 64 bytes."""
        r, s = decode_dss_signature(self._private_key.sign(message, _SIGNING))
        return r.to_bytes(32) + s.to_bytes(32)
