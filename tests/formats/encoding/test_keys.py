"""Public keys: every form says the same key, and no weak or malformed one becomes a key."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.formats import signature
from jmc_vc.formats.encoding import base64url, jwk, multibase, public_key
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import (
    CURVES,
    InvalidKey,
    KeyAlgorithm,
    KeyExposed,
    KeyNotForSigning,
    PublicKey,
    UnsupportedKey,
    WeakKey,
    public_key_of_modulus,
)
from jmc_vc.formats.jose.compact_jws import ALGORITHMS

P = 2**255 - 19
FIELDS = {
    KeyAlgorithm.P256: 2**256 - 2**224 + 2**192 + 2**96 - 1,
    KeyAlgorithm.P384: 2**384 - 2**128 - 2**96 + 2**32 - 1,
    KeyAlgorithm.P521: 2**521 - 1,
}
ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
"""The y of a point of order 8; P minus it is the other one."""


def ed25519(number: int = 1) -> PublicKey:
    return PublicKey(
        KeyAlgorithm.ED25519, Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32).public_key().public_bytes_raw()
    )


def nist(algorithm: KeyAlgorithm, number: int = 7) -> PublicKey:
    key = ec.derive_private_key(number, CURVES[algorithm]).public_key()
    return PublicKey(algorithm, key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


MODULUS = generate_private_key(65_537, 2_048).public_key().public_numbers().n


def rsa(modulus: int = MODULUS, exponent: int = 65_537) -> PublicKey:
    size, exponent_size = (modulus.bit_length() + 7) // 8, (exponent.bit_length() + 7) // 8
    return public_key_of_modulus(modulus.to_bytes(size), exponent.to_bytes(exponent_size))


KEYS = [
    ed25519(),
    ed25519(2),
    nist(KeyAlgorithm.P256),
    nist(KeyAlgorithm.P256, 8),
    nist(KeyAlgorithm.P384),
    nist(KeyAlgorithm.P521),
    rsa(),
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_comes_back_from_multikey_and_jwk(key: PublicKey) -> None:
    assert decode_multikey(encode_multikey(key)) == key
    assert jwk.public_key_of_jwk(jwk.public_jwk(key)) == key


@pytest.mark.parametrize(
    ("key", "start"), [(KEYS[0], "z6Mk"), (KEYS[2], "zDna"), (KEYS[4], "z82L")], ids=["Ed25519", "P-256", "P-384"]
)
def test_the_start_of_a_multikey_tells_its_type(key: PublicKey, start: str) -> None:  # CD-01, CD-04
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
        ("z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", InvalidKey),  # X25519 never signs
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
        ({"kty": "RSA", "n": "AQAB", "e": "AQAB"}, WeakKey),
        ({"kty": "OKP", "crv": "X25519", "x": "A" * 43}, InvalidKey),
        ({"kty": "OKP", "crv": "Ed448", "x": "A" * 76}, UnsupportedKey),
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


@pytest.mark.parametrize("member", ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
@pytest.mark.parametrize("value", ["A" * 43, "", None, []])
def test_a_jwk_with_its_private_half_is_exposed(member: str, value: object) -> None:  # DD-15, OB-41
    with pytest.raises(KeyExposed):
        jwk.public_key_of_jwk({**jwk.public_jwk(KEYS[0]), member: value})


@pytest.mark.parametrize(
    "members",
    [{"use": "sig"}, {"key_ops": ["verify"]}, {"use": "sig", "key_ops": ["sign", "verify"], "kid": 5, "x5c": []}],
)
def test_what_a_jwk_says_besides_does_not_matter_when_it_signs(members: dict[str, object]) -> None:
    for key in KEYS:
        assert jwk.public_key_of_jwk({**members, **jwk.public_jwk(key), "alg": ALGORITHMS[key.algorithm]}) == key


@pytest.mark.parametrize(
    "members",
    [
        {"use": "enc"},
        {"use": "SIG"},
        {"use": None},
        {"use": ["sig"]},
        {"use": "sig", "key_ops": ["deriveKey"]},
        {"key_ops": []},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"key_ops": {"verify": 1}},
        {"alg": "ECDH-ES"},
        {"alg": "ESP256"},  # RFC 9864: of COSE alone
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "es256"},
        {"alg": None},
        {"alg": ["ES256"]},
        {"alg": {}},
    ],
    ids=str,
)
def test_a_jwk_that_is_meant_for_something_else_signs_nothing(members: dict[str, object]) -> None:
    for key in KEYS:
        with pytest.raises(KeyNotForSigning):
            jwk.public_key_of_jwk({**jwk.public_jwk(key), **members})


def test_a_jwk_has_the_algorithm_of_its_own_kind() -> None:  # VW-04
    for key in KEYS:
        for algorithm, name in ALGORITHMS.items():
            if algorithm is not key.algorithm:
                with pytest.raises(KeyNotForSigning):
                    jwk.public_key_of_jwk({**jwk.public_jwk(key), "alg": name})


def _respelled(key: PublicKey) -> list[dict[str, object]]:
    """The members of `key` in every other spelling that some reader takes for the same numbers."""
    plain = jwk.public_jwk(key)
    spellings: list[dict[str, object]] = []
    for name in {"x", "y", "n", "e"} & plain.keys():
        text, data = plain[name], base64url.decode(plain[name])
        padded = [base64url.encode(other) for other in (b"\0" + data, data + b"\0", data[:-1])]
        others: list[object] = [text + "=", text + "\n", " " + text, "", *padded, None, 5, [text], {}, True]
        spellings += [{**plain, name: other} for other in others]
    return spellings


@pytest.mark.parametrize("key", KEYS)
def test_a_key_has_one_jwk(key: PublicKey) -> None:
    for spelling in _respelled(key):
        with pytest.raises((InvalidKey, WeakKey)):
            jwk.public_key_of_jwk(spelling)


@pytest.mark.parametrize("algorithm", CURVES)
def test_a_coordinate_beyond_the_field_is_no_point(algorithm: KeyAlgorithm) -> None:
    size = signature.LENGTHS[algorithm] // 2
    plain = jwk.public_jwk(nist(algorithm))
    for x in (FIELDS[algorithm] + 5, FIELDS[algorithm], 2 ** (8 * size) - 1):
        with pytest.raises(InvalidKey):
            jwk.public_key_of_jwk({**plain, "x": base64url.encode(x.to_bytes(size))})
        with pytest.raises(InvalidKey):
            PublicKey(algorithm, b"\2" + x.to_bytes(size))
    for start in (b"\0", b"\1", b"\4", b"\5", b"\6", b"\7", b"\xff"):
        with pytest.raises(InvalidKey):
            PublicKey(algorithm, start + nist(algorithm).raw[1:])


def test_a_curve_is_not_taken_for_another() -> None:
    for key, other in ((KEYS[2], "P-384"), (KEYS[4], "P-521"), (KEYS[5], "P-256"), (KEYS[4], "P-256")):
        with pytest.raises(InvalidKey):
            jwk.public_key_of_jwk({**jwk.public_jwk(key), "crv": other})
    with pytest.raises(UnsupportedKey):
        jwk.public_key_of_jwk({**jwk.public_jwk(KEYS[0]), "kty": "EC"})
    with pytest.raises(UnsupportedKey):
        jwk.public_key_of_jwk({**jwk.public_jwk(KEYS[6]), "crv": "P-256"})


M521, M1279 = 2**521 - 1, 2**1279 - 1
"""Mersenne primes."""


@pytest.mark.parametrize(
    ("modulus", "exponent"),
    [
        pytest.param(MODULUS >> 1536, 65_537, id="VW-24-512-bits"),
        pytest.param(MODULUS, 1, id="VW-24-exponent-1"),
        pytest.param(MODULUS, 3, id="exponent-3"),
        pytest.param(MODULUS, 2**16_384 - 1, id="VW-25-exponent-of-16384-bits"),
        pytest.param(2**16_383 + 1, 65_537, id="VW-25-modulus-of-16384-bits"),
        pytest.param(2**4_096 + 1, 65_537, id="4097-bits"),
        pytest.param(MODULUS & ~1, 65_537, id="even"),
        pytest.param(MODULUS - MODULUS % 1_999 + 1_999 * (1 - (MODULUS // 1_999) % 2), 65_537, id="small-factor"),
        pytest.param((M1279 * 2**20 + 7) ** 2, 65_537, id="square"),
        pytest.param(2**2203 - 1, 65_537, id="prime"),
        pytest.param((2**1100 + 2_191) * (2**1100 + 1_052_167), 65_537, id="CVE-2022-26320-factors-close-together"),
    ],
)
def test_an_rsa_key_that_others_can_break_or_that_costs_too_much_is_weak(modulus: int, exponent: int) -> None:
    with pytest.raises(WeakKey):
        rsa(modulus, exponent)


def test_a_refused_key_is_remembered_as_a_good_one_is() -> None:  # SR-5: to judge one takes 0.1 s
    raw = rsa().raw.replace(MODULUS.to_bytes(256), (2**2048 - 1).to_bytes(256))
    with pytest.raises(WeakKey):
        PublicKey(KeyAlgorithm.RSA, raw)
    before = public_key._judged.cache_info()
    with pytest.raises(WeakKey):
        PublicKey(KeyAlgorithm.RSA, raw)
    after = public_key._judged.cache_info()
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)


def test_a_modulus_whose_primes_follow_the_faulty_pattern_is_weak() -> None:  # CVE-2017-15361
    primorial = 1
    for number in range(2, 168):
        if all(number % smaller for smaller in range(2, number)):
            primorial *= number
    modulus = 2**2047 // primorial * primorial + pow(65_537, 12_345, primorial)
    with pytest.raises(WeakKey):
        rsa(modulus)


def test_an_rsa_key_has_one_encoding() -> None:
    good = rsa().raw
    with pytest.raises(InvalidKey):
        PublicKey(KeyAlgorithm.RSA, good + b"\0")
    with pytest.raises(InvalidKey):
        PublicKey(KeyAlgorithm.RSA, good[:-1])
    with pytest.raises(InvalidKey):
        public_key_of_modulus(b"\0" + MODULUS.to_bytes(256), b"\1\0\1")
    with pytest.raises(WeakKey):
        PublicKey(KeyAlgorithm.RSA, bytes(1_000))


def _der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = bytes([len(body)]) if len(body) < 128 else b"\x82" + len(body).to_bytes(2)
    return bytes([tag]) + size + body


N, E = b"\0" + MODULUS.to_bytes(256), b"\1\0\1"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(_der(0x30, _der(2, b"\0" + N), _der(2, E)), id="leading-zero-in-n"),
        pytest.param(_der(0x30, _der(2, N), _der(2, b"\0" + E)), id="leading-zero-in-e"),
        pytest.param(_der(0x30, _der(2, N[1:]), _der(2, E)), id="negative-n"),
        pytest.param(_der(0x30, _der(2, N), _der(2, E), _der(2, E)), id="three-numbers"),
        pytest.param(_der(0x30, _der(2, N)), id="one-number"),
        pytest.param(_der(0x31, _der(2, N), _der(2, E)), id="a-set"),
        pytest.param(b"\x30\x83\0" + _der(0x30, _der(2, N), _der(2, E))[2:], id="long-length"),
        pytest.param(b"\x30\x80" + _der(2, N) + _der(2, E) + b"\0\0", id="indefinite-length"),
        pytest.param(
            generate_private_key(65_537, 2_048)
            .public_key()
            .public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            id="subject-public-key-info",
        ),
        pytest.param(
            _der(0x30, _der(0x30, _der(6, b"\x2a\3\4")), _der(3, b"\0\1")),
            id="subject-public-key-info-of-nothing-known",
        ),
        pytest.param(
            _der(0x30, _der(0x30, _der(6, bytes.fromhex("2a8648ce3d0201")), _der(6, b"\x2a\3\4")), _der(3, b"\0\4")),
            id="subject-public-key-info-of-no-known-curve",
        ),
        pytest.param(b"", id="nothing"),
    ],
)
def test_another_encoding_of_an_rsa_key_is_no_key(raw: bytes) -> None:
    with pytest.raises(InvalidKey):
        PublicKey(KeyAlgorithm.RSA, raw)
    with pytest.raises(InvalidKey):
        decode_multikey(multibase.encode_base58(b"\x85\x24" + raw))
