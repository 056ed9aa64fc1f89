"""Signatures: what one key signed verifies, anything altered does not, and bad input is an answer, not an error."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.formats import signature
from jmc_vc.formats.encoding.public_key import CURVES, KeyAlgorithm, PublicKey

L = 2**252 + 27742317777372353535851937790883648493
Signed = tuple[PublicKey, Callable[[bytes], bytes]]


def _ed25519() -> Signed:
    key = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
    return PublicKey(KeyAlgorithm.ED25519, key.public_key().public_bytes_raw()), key.sign


def test_a_signature_verifies_and_an_altered_one_does_not() -> None:
    key, sign = _ed25519()
    signed = sign(b"message")
    assert signature.verify(key, signed, b"message")
    assert not signature.verify(key, signed, b"massage")
    for position in (0, len(signed) // 2, len(signed) - 1):
        altered = bytearray(signed)
        altered[position] ^= 1
        assert not signature.verify(key, bytes(altered), b"message")


def test_a_signature_of_another_length_is_no_signature() -> None:  # VJ-39
    key, sign = _ed25519()
    signed = sign(b"message")
    for other in (b"", signed[:-1], signed + b"\0", bytes(len(signed)), b"\xff" * len(signed)):
        assert not signature.verify(key, other, b"message")


def test_an_ed25519_s_beyond_the_group_order_is_refused() -> None:
    key, sign = _ed25519()
    signed = sign(b"message")
    s = int.from_bytes(signed[32:], "little")
    assert not signature.verify(key, signed[:32] + (s + L).to_bytes(32, "little"), b"message")


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.P256, KeyAlgorithm.P384])
def test_a_key_of_another_algorithm_verifies_nothing(algorithm: KeyAlgorithm) -> None:
    key = ec.derive_private_key(7, CURVES[algorithm]).public_key()
    public_key = PublicKey(algorithm, key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
    assert not signature.verify(public_key, bytes(signature.SIGNATURE_BYTES), b"message")
