"""Signatures: what one key signed verifies, anything altered does not, and bad input is an answer, not an error."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.formats import signature
from jmc_vc.formats.encoding.public_key import CURVES, KeyAlgorithm, PublicKey

L = 2**252 + 27742317777372353535851937790883648493
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
Signed = tuple[PublicKey, Callable[[bytes], bytes]]


def _ed25519() -> Signed:
    key = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
    return PublicKey(KeyAlgorithm.ED25519, key.public_key().public_bytes_raw()), key.sign


def _nist(algorithm: KeyAlgorithm, digest: HashAlgorithm, size: int) -> Signed:
    key = ec.derive_private_key(7, CURVES[algorithm])
    raw = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)

    def sign(message: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(digest)))
        return r.to_bytes(size) + s.to_bytes(size)

    return PublicKey(algorithm, raw), sign


SIGNERS = [_ed25519(), _nist(KeyAlgorithm.P256, SHA256(), 32), _nist(KeyAlgorithm.P384, SHA384(), 48)]


@pytest.mark.parametrize(("key", "sign"), SIGNERS, ids=list(KeyAlgorithm))
def test_a_signature_verifies_and_an_altered_one_does_not(key: PublicKey, sign: Callable[[bytes], bytes]) -> None:
    signed = sign(b"message")
    assert signature.verify(key, signed, b"message")
    assert not signature.verify(key, signed, b"massage")
    for position in (0, len(signed) // 2, len(signed) - 1):
        altered = bytearray(signed)
        altered[position] ^= 1
        assert not signature.verify(key, bytes(altered), b"message")


@pytest.mark.parametrize(("key", "sign"), SIGNERS, ids=list(KeyAlgorithm))
def test_a_signature_of_another_length_is_no_signature(key: PublicKey, sign: Callable[[bytes], bytes]) -> None:  # VJ-39
    signed = sign(b"message")
    for other in (b"", signed[:-1], signed + b"\0", bytes(len(signed)), b"\xff" * len(signed)):
        assert not signature.verify(key, other, b"message")


def test_an_ed25519_s_beyond_the_group_order_is_refused() -> None:
    key, sign = SIGNERS[0]
    signed = sign(b"message")
    s = int.from_bytes(signed[32:], "little")
    assert not signature.verify(key, signed[:32] + (s + L).to_bytes(32, "little"), b"message")


def test_both_forms_of_an_ecdsa_signature_are_taken() -> None:  # VJ-42: documented in the module
    key, sign = SIGNERS[1]
    signed = sign(b"message")
    flipped = (P256_ORDER - int.from_bytes(signed[32:])).to_bytes(32)
    assert signature.verify(key, signed[:32] + flipped, b"message")
