"""Signatures: what one key signed verifies, anything altered does not, and bad input is an answer, not an error."""

from collections.abc import Callable
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.formats import signature
from jmc_vc.formats.encoding.public_key import CURVES, KeyAlgorithm, PublicKey

L = 2**252 + 27742317777372353535851937790883648493
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
Signed = tuple[PublicKey, Callable[[bytes], bytes]]


@cache
def keys(algorithm: KeyAlgorithm) -> Signed:
    """A key of `algorithm` and what signs with it, by OpenSSL."""
    if algorithm is KeyAlgorithm.ED25519:
        edwards = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
        return PublicKey(algorithm, edwards.public_key().public_bytes_raw()), edwards.sign
    if algorithm is KeyAlgorithm.RSA:
        pair = rsa.generate_private_key(65_537, 2_048)
        der = pair.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
        return PublicKey(algorithm, der), lambda message: pair.sign(message, signature.RSA_PADDING, signature.RSA_HASH)
    curve = ec.derive_private_key(7, CURVES[algorithm])
    raw = curve.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    half = signature.LENGTHS[algorithm] // 2

    def sign(message: bytes) -> bytes:
        r, s = decode_dss_signature(curve.sign(message, signature.ECDSA[algorithm]))
        return r.to_bytes(half) + s.to_bytes(half)

    return PublicKey(algorithm, raw), sign


every_algorithm = pytest.mark.parametrize("algorithm", KeyAlgorithm)


@every_algorithm
def test_a_signature_verifies_and_an_altered_one_does_not(algorithm: KeyAlgorithm) -> None:
    key, sign = keys(algorithm)
    signed = sign(b"message")
    assert signature.verify(key, signed, b"message")
    assert not signature.verify(key, signed, b"massage")
    for position in (0, len(signed) // 2, len(signed) - 1):
        altered = bytearray(signed)
        altered[position] ^= 1
        assert not signature.verify(key, bytes(altered), b"message")


@every_algorithm
def test_a_signature_of_another_length_is_no_signature(algorithm: KeyAlgorithm) -> None:  # VJ-39
    key, sign = keys(algorithm)
    signed = sign(b"message")
    for other in (b"", signed[:-1], signed + b"\0", bytes(len(signed)), b"\xff" * len(signed)):
        assert not signature.verify(key, other, b"message")


def test_an_ed25519_s_beyond_the_group_order_is_refused() -> None:
    key, sign = keys(KeyAlgorithm.ED25519)
    signed = sign(b"message")
    s = int.from_bytes(signed[32:], "little")
    assert not signature.verify(key, signed[:32] + (s + L).to_bytes(32, "little"), b"message")


@every_algorithm
def test_a_key_verifies_nothing_that_another_kind_of_key_signed(algorithm: KeyAlgorithm) -> None:
    key, _ = keys(algorithm)
    for other in KeyAlgorithm:
        if other is not algorithm:
            assert not signature.verify(key, keys(other)[1](b"message"), b"message")


def test_the_twin_of_an_ecdsa_signature_verifies_and_any_other_s_does_not() -> None:  # VJ-42, as documented
    key, sign = keys(KeyAlgorithm.P256)
    signed = sign(b"message")
    s = int.from_bytes(signed[32:])
    assert signature.verify(key, signed[:32] + (P256_ORDER - s).to_bytes(32), b"message")
    for other in (0, P256_ORDER, 2**256 - 1, (s + 1) % 2**256):
        assert not signature.verify(key, signed[:32] + other.to_bytes(32), b"message")
