"""Throw-away private keys of each kind that signs tokens, by `cryptography` alone, and the same keys for other
libraries. Those on curves are always the same for the same number; an RSA key is new in every run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto.jwk import JWK  # type: ignore[import-untyped]

from jmc_vc.formats.encoding.public_key import CURVES, KeyAlgorithm, PublicKey

_HASHES = {KeyAlgorithm.P256: SHA256(), KeyAlgorithm.P384: SHA384(), KeyAlgorithm.P521: SHA512()}


@dataclass(frozen=True)
class JoseKey:
    """`sign` answers a signature as RFC 7518 writes it; `alg` is its name there."""

    alg: str
    public_key: PublicKey
    private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    sign: Callable[[bytes], bytes]

    @property
    def jwk(self) -> JWK:
        """The private key as jwcrypto has it."""
        return JWK.from_pyca(self.private)


@cache
def jose_key(algorithm: KeyAlgorithm = KeyAlgorithm.P256, number: int = 0) -> JoseKey:
    """Key no. `number` of this kind."""
    seed = sha256(f"token key {number} {algorithm}".encode()).digest()
    if algorithm is KeyAlgorithm.ED25519:
        edwards = Ed25519PrivateKey.from_private_bytes(seed)
        return JoseKey("EdDSA", PublicKey(algorithm, edwards.public_key().public_bytes_raw()), edwards, edwards.sign)
    if algorithm is KeyAlgorithm.RSA:
        pair = rsa.generate_private_key(65_537, 2_048)
        der = pair.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
        return JoseKey(
            "RS256", PublicKey(algorithm, der), pair, lambda message: pair.sign(message, PKCS1v15(), SHA256())
        )
    private = ec.derive_private_key(int.from_bytes(seed[:31]), CURVES[algorithm])
    size = (private.key_size + 7) // 8

    def sign(message: bytes) -> bytes:
        r, s = decode_dss_signature(private.sign(message, ec.ECDSA(_HASHES[algorithm], deterministic_signing=True)))
        return r.to_bytes(size) + s.to_bytes(size)

    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    alg = {KeyAlgorithm.P256: "ES256", KeyAlgorithm.P384: "ES384", KeyAlgorithm.P521: "ES512"}[algorithm]
    return JoseKey(alg, PublicKey(algorithm, point), private, sign)


def salts() -> Callable[[], str]:
    """Salts that are told apart, the same in every run."""
    numbers: Iterator[int] = count()
    return lambda: sha256(f"salt {next(numbers)}".encode()).hexdigest()[:22]
