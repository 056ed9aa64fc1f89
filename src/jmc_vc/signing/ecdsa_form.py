"""The form of our ECDSA signatures: r and s side by side at their full length (RFC 7518 §3.4), and of the twins s and
n−s the smaller one, because some verifiers know no other."""

from jmc_vc.formats.encoding.public_key import CURVE_ORDERS, KeyAlgorithm


def side_by_side(algorithm: KeyAlgorithm, r: int, s: int) -> bytes:
    """Both numbers, 32 or 48 bytes each."""
    order = CURVE_ORDERS[algorithm]
    size = order.bit_length() // 8
    return r.to_bytes(size) + min(s, order - s).to_bytes(size)
