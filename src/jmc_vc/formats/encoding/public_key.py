"""A public key as a value: which algorithm, which bytes. A weak or malformed key cannot become one.

Libraries take more keys than they should. With the Ed25519 key that is the identity point, R = identity and S = 0 is a
valid signature of *every* message for OpenSSL; a point of small or mixed order, or a second encoding of the same
point, opens related doors (https://www.rfc-editor.org/rfc/rfc8032#section-5.1.7 leaves them to us). A point off the
curve is no key. What an RSA key must not be is told in `rsa_strength`. To judge one takes 0.1 s, which anybody could
ask for with key after key: one from outside is therefore made without, and judged where a signature by it is verified.
"""

from dataclasses import InitVar, dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from nacl.bindings import crypto_core_ed25519_is_valid_point

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.encoding.rsa_strength import (
    EXPONENT,
    LARGEST_BITS,
    LARGEST_DER,
    SMALLEST_BITS,
    is_sound_modulus,
)


class KeyAlgorithm(StrEnum):
    """The kinds of key that we read. Each signs in one way: `signature`."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    P521 = "P-521"
    RSA = "RSA"


class InvalidKey(Unacceptable):
    """The bytes are no key of that algorithm: wrong length, another encoding of the point, or not on the curve."""

    code = "key.invalid"


class WeakKey(Unacceptable):
    """A key that lets others sign: an Ed25519 point of small or mixed order, an RSA modulus that can be factored."""

    code = "key.weak"


class UnsupportedKey(Unacceptable):
    """A key of an algorithm that we cannot read."""

    code = "key.unsupported"


class KeyExposed(Unacceptable):
    """The private half of the key is published: anyone can sign with it."""

    code = "key.exposed"


class KeyNotForSigning(Unacceptable):
    """A sound key whose owner says that it is for something else: encryption, or another algorithm."""

    code = "key.purpose"


CURVES: dict[KeyAlgorithm, ec.EllipticCurve] = {
    KeyAlgorithm.P256: ec.SECP256R1(),
    KeyAlgorithm.P384: ec.SECP384R1(),
    KeyAlgorithm.P521: ec.SECP521R1(),
}
CURVE_ORDERS: dict[KeyAlgorithm, int] = {
    KeyAlgorithm.P256: (1 << 256) - (1 << 224) + (1 << 192) - 0x4319055258E8617B0C46353D039CDAAF,
    KeyAlgorithm.P384: (1 << 384) - 0x389CB27E0BC8D220A7E5F24DB74F58851313E695333AD68D,
}
"""Of the curves that we sign on: NIST SP 800-186 §3.2.1; cryptography does not tell them."""
LENGTHS = {KeyAlgorithm.ED25519: 32, KeyAlgorithm.P256: 33, KeyAlgorithm.P384: 49, KeyAlgorithm.P521: 67}
"""Bytes of `PublicKey.raw`: RFC 8032 for Ed25519, the compressed point of SEC 1 §2.3.3 for the curves."""

OpenSslKey: TypeAlias = ec.EllipticCurvePublicKey | RSAPublicKey


@dataclass(frozen=True)
class PublicKey:
    """A checked public key. Raises InvalidKey or WeakKey when made from other bytes. `raw` of an RSA key is the DER of
    its RSAPublicKey (RFC 8017 §A.1.1).

    An RSA key made with `judged` false has the right form, size and exponent; used, it is judged all the same."""

    algorithm: KeyAlgorithm
    raw: bytes
    judged: InitVar[bool] = True

    def __post_init__(self, judged: bool) -> None:
        if judged or self.algorithm is not KeyAlgorithm.RSA:
            _loaded(self.algorithm, self.raw)
        else:
            _rsa_key(self.raw)

    @property
    def openssl(self) -> OpenSslKey:
        """The key as OpenSSL's object; not for Ed25519, which libsodium verifies. Raises as the making of a key
        does."""
        loaded = _loaded(self.algorithm, self.raw)
        assert loaded is not None
        return loaded


@lru_cache(maxsize=1_024)
def public_key_of_point(algorithm: KeyAlgorithm, x: bytes, y: bytes) -> PublicKey:
    """The key of a point on one of CURVES, `x` and `y` at their full length. Raises InvalidKey."""
    size = LENGTHS[algorithm] - 1
    if len(x) != size or len(y) != size:
        raise InvalidKey
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVES[algorithm], b"\x04" + x + y)
    except ValueError as err:
        raise InvalidKey from err
    return PublicKey(algorithm, key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def point_of(key: PublicKey) -> tuple[bytes, bytes]:
    """The x and y of a key on one of CURVES, at their full length."""
    uncompressed = key.openssl.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    size = LENGTHS[key.algorithm] - 1
    return uncompressed[1 : 1 + size], uncompressed[1 + size :]


@lru_cache(maxsize=1_024)
def public_key_of_modulus(modulus: bytes, exponent: bytes, *, judged: bool = True) -> PublicKey:
    """The RSA key of both numbers, big-endian without leading zeros. Raises InvalidKey and WeakKey, of a key that is
    not `judged` for its size and exponent."""
    if modulus[:1] in (b"", b"\0") or exponent[:1] in (b"", b"\0"):
        raise InvalidKey
    if len(modulus) > LARGEST_DER or int.from_bytes(exponent) != EXPONENT:
        raise WeakKey
    number = int.from_bytes(modulus)
    if not SMALLEST_BITS <= number.bit_length() <= LARGEST_BITS:
        raise WeakKey
    try:
        key = RSAPublicNumbers(EXPONENT, number).public_key()
    except ValueError as err:
        raise WeakKey from err  # an even number
    return PublicKey(KeyAlgorithm.RSA, key.public_bytes(Encoding.DER, PublicFormat.PKCS1), judged)


def modulus_of(key: PublicKey) -> tuple[bytes, bytes]:
    """The modulus and the exponent of an RSA key, big-endian without leading zeros."""
    loaded = key.openssl
    assert isinstance(loaded, RSAPublicKey)
    modulus = loaded.public_numbers().n
    return modulus.to_bytes(loaded.key_size // 8 + (loaded.key_size % 8 > 0)), EXPONENT.to_bytes(3)


def _loaded(algorithm: KeyAlgorithm, raw: bytes) -> OpenSslKey | None:
    """The sound key as OpenSSL's object, None for Ed25519. Raises InvalidKey and WeakKey."""
    found = _judged(algorithm, raw)
    if isinstance(found, type):
        raise found
    return found


# The checks cost 0.1 ms for Ed25519 (a multiplication by the group's order) and up to 150 for RSA, and the same issuers
# come again and again. So do bad keys, and the cache forgets what is raised: a refusal is a value in it.
@lru_cache(maxsize=1_024)
def _judged(algorithm: KeyAlgorithm, raw: bytes) -> OpenSslKey | type[InvalidKey | WeakKey] | None:
    try:
        return _sound_key(algorithm, raw)
    except (InvalidKey, WeakKey) as err:
        return type(err)


def _sound_key(algorithm: KeyAlgorithm, raw: bytes) -> OpenSslKey | None:
    if algorithm is KeyAlgorithm.RSA:
        return _sound_rsa_key(raw)
    if len(raw) != LENGTHS[algorithm]:
        raise InvalidKey
    if algorithm is KeyAlgorithm.ED25519:
        _require_sound_edwards_point(raw)
        return None
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVES[algorithm], raw)
    except ValueError as err:
        raise InvalidKey from err


def _sound_rsa_key(der: bytes) -> RSAPublicKey:
    key = _rsa_key(der)
    if not is_sound_modulus(key.public_numbers().n):
        raise WeakKey
    return key


def _rsa_key(der: bytes) -> RSAPublicKey:
    """The key of the right form, size and exponent, which costs little to see."""
    if len(der) > LARGEST_DER:
        raise WeakKey
    try:
        key = load_der_public_key(der)
    except (
        ValueError,
        UnsupportedAlgorithm,
    ) as err:  # the latter for a key of what OpenSSL never heard of
        raise InvalidKey from err
    if not isinstance(key, RSAPublicKey) or key.public_bytes(Encoding.DER, PublicFormat.PKCS1) != der:
        raise InvalidKey
    numbers = key.public_numbers()
    if numbers.e != EXPONENT or not SMALLEST_BITS <= numbers.n.bit_length() <= LARGEST_BITS:
        raise WeakKey
    return key


_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P


def _require_sound_edwards_point(raw: bytes) -> None:
    encoded = int.from_bytes(raw, "little")
    y, sign = encoded & (1 << 255) - 1, encoded >> 255
    if y in _SMALL_ORDER:
        raise WeakKey
    if y >= _P:
        # A second encoding of another point (RFC 8032 §5.1.3, step 1); of a small-order one when y - p is in the set.
        raise WeakKey if y - _P in _SMALL_ORDER else InvalidKey
    x_squared = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if pow(x_squared, (_P - 1) // 2, _P) != 1 or (x_squared == 0 and sign):
        raise InvalidKey
    # On the curve and not of small order; what remains is a point outside the prime-order group.
    if not crypto_core_ed25519_is_valid_point(raw):
        raise WeakKey


def _small_order_ys() -> frozenset[int]:
    """The y of the eight points of order 1, 2, 4 and 8: 1, -1, 0, and the two roots of d·y⁴ + 2·y² − 1 = 0."""
    root = pow(_D + 1, (_P + 3) // 8, _P)
    if root * root % _P != (_D + 1) % _P:
        root = root * pow(2, (_P - 1) // 4, _P) % _P
    ys = {0, 1, _P - 1}
    for sign in (1, -1):
        square = (sign * root - 1) * pow(_D, -1, _P) % _P
        y = pow(square, (_P + 3) // 8, _P)
        if y * y % _P != square:
            y = y * pow(2, (_P - 1) // 4, _P) % _P
        if y * y % _P == square:
            ys |= {y, _P - y}
    return frozenset(ys)


_SMALL_ORDER = _small_order_ys()
