"""Multikey: a public key as one multibase text, as in `did:key` and `publicKeyMultibase`.

https://www.w3.org/TR/cid-1.0/#Multikey
"""

from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.multibase import NotMultibase
from jmc_vc.formats.encoding.public_key import InvalidKey, KeyAlgorithm, PublicKey, UnsupportedKey, WeakKey

__all__ = [
    "InvalidKey",
    "KeyAlgorithm",
    "PublicKey",
    "UnsupportedKey",
    "WeakKey",
    "decode_multikey",
    "encode_multikey",
]

LONGEST = 800
"""Characters: an RSA key of 4096 bits has 721."""

_PREFIXES = {
    KeyAlgorithm.ED25519: b"\xed\x01",
    KeyAlgorithm.P256: b"\x80\x24",
    KeyAlgorithm.P384: b"\x81\x24",
    KeyAlgorithm.P521: b"\x82\x24",
    KeyAlgorithm.RSA: b"\x85\x24",
}
"""The multicodec of the key type, as a varint. P-521 and RSA are not in the table of CID 1.0: what others
are to read has such keys as JWKs."""
_ENCRYPTION = b"\xec\x01"
"""X25519: a key that encrypts and can never sign, so it is no matter of more support later."""
_ALGORITHMS = {prefix: algorithm for algorithm, prefix in _PREFIXES.items()}


def decode_multikey(text: str, *, judged: bool = True) -> PublicKey:
    """The key that `text` says. Raises InvalidKey, WeakKey or UnsupportedKey. The strength of an RSA key need not be
    `judged`."""
    if text[:1] != "z":  # CID 1.0 §2.2.2: Multikey is base58btc
        raise InvalidKey
    try:
        data = multibase.decode(text, longest=LONGEST)
    except NotMultibase as err:
        raise InvalidKey from err
    if data[:2] == _ENCRYPTION:
        raise InvalidKey
    algorithm = _ALGORITHMS.get(data[:2])
    if algorithm is None:
        raise UnsupportedKey
    return PublicKey(algorithm, data[2:], judged)


def encode_multikey(key: PublicKey) -> str:
    """`key` as `z…`."""
    return multibase.encode_base58(_PREFIXES[key.algorithm] + key.raw)
