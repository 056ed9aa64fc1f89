"""Public keys: every form says the same key, and no weak or malformed one becomes a key."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.formats.encoding import base64url, jwk, multibase
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import (
    CURVES,
    InvalidKey,
    KeyAlgorithm,
    PublicKey,
    UnsupportedKey,
    WeakKey,
)

P = 2**255 - 19
ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
"""The y of a point of order 8; P minus it is the other one."""


def ed25519(number: int = 1) -> PublicKey:
    return PublicKey(
        KeyAlgorithm.ED25519, Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32).public_key().public_bytes_raw()
    )


def nist(algorithm: KeyAlgorithm, number: int = 7) -> PublicKey:
    key = ec.derive_private_key(number, CURVES[algorithm]).public_key()
    return PublicKey(algorithm, key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


KEYS = [ed25519(), ed25519(2), nist(KeyAlgorithm.P256), nist(KeyAlgorithm.P256, 8), nist(KeyAlgorithm.P384)]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_comes_back_from_multikey_and_jwk(key: PublicKey) -> None:
    assert decode_multikey(encode_multikey(key)) == key
    assert jwk.public_key_of_jwk(jwk.public_jwk(key)) == key


@pytest.mark.parametrize(
    ("key", "start"), [(KEYS[0], "z6Mk"), (KEYS[2], "zDna"), (KEYS[4], "z82L")], ids=["Ed25519", "P-256", "P-384"]
)
def test_the_start_of_a_multikey_tells_its_type(key: PublicKey, start: str) -> None:
    assert encode_multikey(key).startswith(start)


def test_the_thumbprint_is_that_of_rfc_8037() -> None:
    key = PublicKey(KeyAlgorithm.ED25519, base64url.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
    assert jwk.thumbprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"  # RFC 8037, appendix A.3


def small_order_encodings() -> list[bytes]:
    """Every 32 bytes that some library reads as a point of order 1, 2, 4 or 8, in canonical form and not."""
    ys = [0, 1, P - 1, ORDER_8, P - ORDER_8]
    ys += [y + P for y in ys if y + P < 2**255]
    return [(y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1)]


@pytest.mark.parametrize("raw", small_order_encodings(), ids=bytes.hex)
def test_points_of_small_order_are_weak_keys(raw: bytes) -> None:  # VJ-40
    with pytest.raises(WeakKey):
        PublicKey(KeyAlgorithm.ED25519, raw)
    with pytest.raises(WeakKey):
        decode_multikey(multibase.encode_base58(b"\xed\x01" + raw))


def test_the_identity_key_of_the_catalogue_really_verifies_anything_elsewhere() -> None:  # VJ-40
    identity = (1).to_bytes(32, "little")
    Ed25519PublicKey.from_public_bytes(identity).verify(identity + bytes(32), b"any message")


def test_points_outside_the_prime_order_group_are_weak_keys() -> None:
    weak = [raw for raw in map(_plus_torsion, range(1, 5)) if raw is not None]
    assert weak
    for raw in weak:
        with pytest.raises(WeakKey):
            PublicKey(KeyAlgorithm.ED25519, raw)


def _plus_torsion(number: int) -> bytes | None:
    """An honest key plus the point of order 2: (x, y) → (−x, −y)."""
    honest = int.from_bytes(ed25519(number).raw, "little")
    y, sign = honest & (1 << 255) - 1, honest >> 255
    return ((P - y) | (1 - sign) << 255).to_bytes(32, "little")


@pytest.mark.parametrize(
    ("algorithm", "raw"),
    [
        (KeyAlgorithm.ED25519, b""),
        (KeyAlgorithm.ED25519, bytes(31)),
        (KeyAlgorithm.ED25519, bytes(33)),
        (KeyAlgorithm.ED25519, (2).to_bytes(32, "little")),
        (KeyAlgorithm.ED25519, (P + 3).to_bytes(32, "little")),
        (KeyAlgorithm.P256, b"\x02" + b"\xff" * 32),
        (KeyAlgorithm.P256, b"\x02" + (5).to_bytes(32)[:-1] + b"\x01"),
        (KeyAlgorithm.P256, b"\x04" + bytes(32)),
        (KeyAlgorithm.P256, bytes(33)),
        (KeyAlgorithm.P384, b"\x02" + b"\xff" * 48),
        (KeyAlgorithm.P384, b"\x03" + bytes(32)),
    ],
)
def test_bytes_that_are_no_point_are_no_key(algorithm: KeyAlgorithm, raw: bytes) -> None:
    with pytest.raises(InvalidKey):
        PublicKey(algorithm, raw)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", UnsupportedKey),  # X25519
        ("zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", UnsupportedKey),  # secp256k1
        ("u7QEB", InvalidKey),
        ("6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", InvalidKey),
        ("z", UnsupportedKey),
        (multibase.encode_base58(b"\xed\x01"), InvalidKey),
        ("z" + "1" * 400_000, InvalidKey),
    ],
)
def test_other_texts_are_no_multikey(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        decode_multikey(text)


@pytest.mark.parametrize(
    ("members", "refusal"),
    [
        ({"kty": "RSA", "n": "AQAB", "e": "AQAB"}, UnsupportedKey),
        ({"kty": "OKP", "crv": "X25519", "x": "A" * 43}, UnsupportedKey),
        ({"kty": "EC", "crv": "secp256k1", "x": "A" * 43, "y": "A" * 43}, UnsupportedKey),
        ({"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}, InvalidKey),
        ({"kty": "EC", "crv": "P-256", "x": "A" * 43}, InvalidKey),
        ({"kty": "OKP", "crv": "Ed25519", "x": 5}, InvalidKey),
        ({"kty": "OKP", "crv": "Ed25519", "x": "A" * 44 + "="}, InvalidKey),
        ({"kty": "OKP", "crv": "Ed25519", "x": "A" * 100_000}, InvalidKey),
        ({"kty": "OKP", "crv": "Ed25519", "x": "AQ" + "A" * 41}, WeakKey),
        ({"kty": ["OKP"], "crv": "Ed25519"}, UnsupportedKey),
        ({}, UnsupportedKey),
    ],
)
def test_other_jwks_are_no_keys(members: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        jwk.public_key_of_jwk(members)


def test_a_jwk_with_its_private_half_is_refused() -> None:
    with pytest.raises(InvalidKey):
        jwk.public_key_of_jwk({**jwk.public_jwk(KEYS[0]), "d": "A" * 43})
