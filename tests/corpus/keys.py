"""The keys of the corpus, each derived from its name, so that they are the same wherever the corpus is made. They are
published with it and protect nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256, sha512

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto.jwk import JWK  # type: ignore[import-untyped]

from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from tests.builders.signers import TestSigner, ecdsa_signer, ed25519_signer

ED25519, P256, P384, RSA = KeyAlgorithm.ED25519, KeyAlgorithm.P256, KeyAlgorithm.P384, KeyAlgorithm.RSA
ALG = {ED25519: "EdDSA", P256: "ES256", P384: "ES384", RSA: "RS256"}
_CURVES = {P256: ec.SECP256R1(), P384: ec.SECP384R1()}
Private = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class CorpusKey:
    """`sign` answers a signature as Data Integrity and JOSE both write it; ECDSA with the nonce of RFC 6979."""

    name: str
    private: Private
    signer: TestSigner

    @property
    def algorithm(self) -> KeyAlgorithm:
        return self.signer.algorithm

    @property
    def public_key(self) -> PublicKey:
        return self.signer.public_key

    @property
    def alg(self) -> str:
        """The name of its one algorithm in JOSE."""
        return ALG[self.algorithm]

    def sign(self, message: bytes) -> bytes:
        return self.signer.sign(message)

    def private_jwk(self) -> dict[str, str]:
        """All of it, as RFC 7517 has it."""
        written: dict[str, str] = JWK.from_pyca(self.private).export(as_dict=True)
        return {"kid": self.name, **{name: value for name, value in sorted(written.items()) if name != "kid"}}


@cache
def key(algorithm: KeyAlgorithm, name: str) -> CorpusKey:
    """The key of this kind that is called `name`."""
    title = f"{name} {algorithm}"
    if algorithm is ED25519:
        edwards = Ed25519PrivateKey.from_private_bytes(sha256(f"corpus {title}".encode()).digest())
        return CorpusKey(title, edwards, ed25519_signer(edwards))
    if algorithm is RSA:
        pair = _rsa(title)
        der = pair.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
        signer = TestSigner(PublicKey(RSA, der), lambda message: pair.sign(message, PKCS1v15(), SHA256()))
        return CorpusKey(title, pair, signer)
    scalar = int.from_bytes(sha512(f"corpus {title}".encode()).digest()[:31])
    elliptic = ec.derive_private_key(scalar, _CURVES[algorithm])
    return CorpusKey(title, elliptic, ecdsa_signer(elliptic))


def _rsa(title: str) -> rsa.RSAPrivateKey:
    """2,048 bits, from the first two primes that a stream of hashes gives."""
    primes = _primes(title)
    p, q = sorted((next(primes), next(primes)), reverse=True)
    e = 65_537
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(e, p * q))
    return numbers.private_key()


_SMALL = [n for n in range(3, 2_000, 2) if all(n % m for m in range(3, int(n**0.5) + 1, 2))]


def _primes(title: str) -> Iterator[int]:
    number = 0
    while True:
        block = b"".join(sha512(f"corpus {title} {number} {part}".encode()).digest() for part in range(2))
        number += 1
        candidate = int.from_bytes(block) | (3 << 1022) | 1  # of full length, and so is the product of two
        if all(candidate % small for small in _SMALL) and _is_prime(candidate):
            yield candidate


def _is_prime(candidate: int) -> bool:
    """Miller and Rabin, for numbers that nobody chose in order to deceive."""
    odd, twos = candidate - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29):
        power = pow(base, odd, candidate)
        if power in (1, candidate - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % candidate
            if power == candidate - 1:
                break
        else:
            return False
    return True
