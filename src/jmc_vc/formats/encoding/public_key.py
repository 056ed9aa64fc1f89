"""A public key as a value: which algorithm, which bytes. A weak or malformed key cannot become one.

Libraries take more keys than they should. With the Ed25519 key that is the identity point, R = identity and S = 0 is a
valid signature of *every* message for OpenSSL; a point of small or mixed order, or a second encoding of the same
point, opens related doors (https://www.rfc-editor.org/rfc/rfc8032#section-5.1.7 leaves them to us). A point off the
curve is no key.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from nacl.bindings import crypto_core_ed25519_is_valid_point

from jmc_vc.errors import Unacceptable


class KeyAlgorithm(StrEnum):
    """The key types that we can read. Ed25519 alone signs and verifies; a proof by another key is `proof.suite`."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"


class InvalidKey(Unacceptable):
    """The bytes are no key of that algorithm: wrong length, another encoding of the point, or not on the curve."""

    code = "key.invalid"


class WeakKey(Unacceptable):
    """A key that lets anybody sign: an Ed25519 point of small or mixed order."""

    code = "key.weak"


class UnsupportedKey(Unacceptable):
    """A key of an algorithm that we cannot read."""

    code = "key.unsupported"


CURVES: dict[KeyAlgorithm, ec.EllipticCurve] = {KeyAlgorithm.P256: ec.SECP256R1(), KeyAlgorithm.P384: ec.SECP384R1()}
LENGTHS = {KeyAlgorithm.ED25519: 32, KeyAlgorithm.P256: 33, KeyAlgorithm.P384: 49}
"""Bytes of `PublicKey.raw`: RFC 8032 for Ed25519, the compressed point of SEC 1 §2.3.3 for the others."""


@dataclass(frozen=True)
class PublicKey:
    """A checked public key. Raises InvalidKey or WeakKey when made from other bytes."""

    algorithm: KeyAlgorithm
    raw: bytes

    def __post_init__(self) -> None:
        _require_sound(self.algorithm, self.raw)


def public_key_of_point(algorithm: KeyAlgorithm, x: bytes, y: bytes) -> PublicKey:
    """The key of a P-256 or P-384 point, `x` and `y` at their full length. Raises InvalidKey."""
    size = LENGTHS[algorithm] - 1
    if len(x) != size or len(y) != size:
        raise InvalidKey
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVES[algorithm], b"\x04" + x + y)
    except ValueError as err:
        raise InvalidKey from err
    return PublicKey(algorithm, key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def point_of(key: PublicKey) -> tuple[bytes, bytes]:
    """The x and y of a P-256 or P-384 key, at their full length."""
    point = ec.EllipticCurvePublicKey.from_encoded_point(CURVES[key.algorithm], key.raw)
    uncompressed = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    size = LENGTHS[key.algorithm] - 1
    return uncompressed[1 : 1 + size], uncompressed[1 + size :]


# The check costs 0.1 ms (a multiplication by the group's order), and the same issuers come again and again.
@lru_cache(maxsize=1_024)
def _require_sound(algorithm: KeyAlgorithm, raw: bytes) -> None:
    if len(raw) != LENGTHS[algorithm]:
        raise InvalidKey
    if algorithm is KeyAlgorithm.ED25519:
        _require_sound_edwards_point(raw)
        return
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVES[algorithm], raw)
    except ValueError as err:
        raise InvalidKey from err


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
