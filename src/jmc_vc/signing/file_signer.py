"""Signing with a key that lies, sealed, in the database row itself (`file:`), one way of signing for each kind of key.

Ed25519 (RFC 8032): the secret is the seed of 32 bytes. libsodium signs: 62 thousand signatures a second on the machine
where cryptography with OpenSSL makes 47 thousand. P-256 and P-384: ECDSA with SHA-256 and SHA-384, in the form of
`ecdsa_form`. The nonce is that of RFC 6979, so a poor source of chance can give no key away. RSA: RSASSA-PKCS1-v1_5
with SHA-256 (RFC 7518 §3.3), with 2048 bits. The secrets of both are PKCS #8.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from nacl.signing import SigningKey

from jmc_vc.formats.encoding.public_key import CURVE_ORDERS, CURVES, KeyAlgorithm, PublicKey
from jmc_vc.formats.signature import RSA_HASH, RSA_PADDING
from jmc_vc.settings import Settings
from jmc_vc.signing.ecdsa_form import side_by_side
from jmc_vc.signing.signer import NewKey, Signer

SEED_BYTES = 32
RSA_BITS = 2048
"""What RS256 asks for at least (RFC 7518 §3.3), and what NIST SP 800-131A allows until 2030; longer keys make each
credential of whoever cannot take ES256 longer still."""

_ECDSA = {
    KeyAlgorithm.P256: ec.ECDSA(SHA256(), deterministic_signing=True),
    KeyAlgorithm.P384: ec.ECDSA(SHA384(), deterministic_signing=True),
}


class NotASecret(ValueError):
    """The bytes are no private key of that kind. The message tells nothing of them."""


class Ed25519Signer:
    """An unsealed private key in memory. It signs and shows its public part; the private part has no way out."""

    __slots__ = ("_key", "public_key")

    def __init__(self, seed: bytes) -> None:
        self._key = SigningKey(seed)
        self.public_key = PublicKey(KeyAlgorithm.ED25519, bytes(self._key.verify_key))

    def __repr__(self) -> str:
        return f"Ed25519Signer({self.public_key!r})"

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._key.sign(message).signature


class EcdsaSigner:
    """The same with a key on P-256 or P-384."""

    __slots__ = ("_key", "public_key")

    def __init__(self, algorithm: KeyAlgorithm, secret: bytes) -> None:
        key = _loaded(secret)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != CURVES[algorithm].name:
            raise NotASecret
        self._key = key
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        self.public_key = PublicKey(algorithm, point)

    def __repr__(self) -> str:
        return f"EcdsaSigner({self.public_key!r})"

    def sign(self, message: bytes) -> bytes:
        """Both numbers, r and s, 32 or 48 bytes each."""
        algorithm = self.public_key.algorithm
        return side_by_side(algorithm, *decode_dss_signature(self._key.sign(message, _ECDSA[algorithm])))


class RsaSigner:
    """The same with an RSA key."""

    __slots__ = ("_key", "public_key")

    def __init__(self, secret: bytes) -> None:
        key = _loaded(secret)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise NotASecret
        self._key = key
        self.public_key = PublicKey(KeyAlgorithm.RSA, key.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1))

    def __repr__(self) -> str:
        return f"RsaSigner({self.public_key!r})"

    def sign(self, message: bytes) -> bytes:
        """As many bytes as the modulus has."""
        return self._key.sign(message, RSA_PADDING, RSA_HASH)


def new_seed(random: Callable[[int], bytes]) -> bytes:
    """A new Ed25519 key: 32 bytes, RFC 8032 §5.1.5."""
    return random(SEED_BYTES)


def new_scalar(algorithm: KeyAlgorithm, random: Callable[[int], bytes]) -> bytes:
    """A new key on a curve, by FIPS 186-5 §A.2.1: with 64 bits more than the order has, so that what is left of the
    division favours no key."""
    order = CURVE_ORDERS[algorithm]
    scalar = int.from_bytes(random(order.bit_length() // 8 + 8)) % (order - 1) + 1
    return _written(ec.derive_private_key(scalar, CURVES[algorithm]))


def new_rsa_key(_: Callable[[int], bytes]) -> bytes:
    """A new RSA key. Its primes are OpenSSL's choice: it takes no other source of chance than its own."""
    return _written(rsa.generate_private_key(65_537, RSA_BITS))


FILE_SIGNERS: Mapping[KeyAlgorithm, tuple[Callable[[bytes], Signer], Callable[[Callable[[int], bytes]], bytes]]] = {
    KeyAlgorithm.ED25519: (Ed25519Signer, new_seed),
    KeyAlgorithm.P256: (partial(EcdsaSigner, KeyAlgorithm.P256), partial(new_scalar, KeyAlgorithm.P256)),
    KeyAlgorithm.P384: (partial(EcdsaSigner, KeyAlgorithm.P384), partial(new_scalar, KeyAlgorithm.P384)),
    KeyAlgorithm.RSA: (RsaSigner, new_rsa_key),
}
"""Kind of key → what makes a signer of a secret, and what makes a new secret. P-521 we read and do not sign with: no
format of ours asks for it."""


def file_signer(algorithm: KeyAlgorithm, secret: bytes) -> Signer:
    """The signer of a secret. Raises KeyError for a kind of key that we do not sign with, ValueError for bytes that are
    no such secret."""
    make, _ = FILE_SIGNERS[algorithm]
    return make(secret)


def new_secret(algorithm: KeyAlgorithm, random: Callable[[int], bytes]) -> bytes:
    """A new private key. Raises KeyError for a kind of key that we do not sign with."""
    _, new = FILE_SIGNERS[algorithm]
    return new(random)


class FileKeys:
    """Keys that live, sealed, in their own rows (a KeyPlace)."""

    def __init__(self, _: Settings) -> None:
        """Nothing to set."""

    def new_key(self, algorithm: KeyAlgorithm, name: str, random: Callable[[int], bytes]) -> NewKey:  # noqa: ARG002
        secret = new_secret(algorithm, random)
        return NewKey("file:", secret, file_signer(algorithm, secret).public_key)

    def signer(self, algorithm: KeyAlgorithm, uri: str, bound: bytes) -> Signer:
        if uri != "file:":
            raise ValueError(uri)
        return file_signer(algorithm, bound)

    def outside(self) -> Sequence[str]:
        return ()

    def destroy(self, uri: str) -> None:
        """Nothing: the row was all there was."""


def _loaded(secret: bytes) -> object:
    try:
        # Without OpenSSL's look at the primes, which takes 30 ms: the secret was made here and lay under a seal, and
        # the keyring compares its public key with the published one.
        return load_der_private_key(secret, None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError):
        raise NotASecret from None  # what OpenSSL says of it stays here


def _written(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
