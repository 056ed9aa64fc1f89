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

LONGEST = 128
"""Characters: P-384, the longest key that we know, has 70."""

_PREFIXES = {
    KeyAlgorithm.ED25519: b"\xed\x01",
    KeyAlgorithm.P256: b"\x80\x24",
    KeyAlgorithm.P384: b"\x81\x24",
}
"""The multicodec of the key type, as a varint."""
_ALGORITHMS = {prefix: algorithm for algorithm, prefix in _PREFIXES.items()}


def decode_multikey(text: str) -> PublicKey:
    """The key that `text` says. Raises InvalidKey, WeakKey or UnsupportedKey."""
    if text[:1] != "z":  # CID 1.0 §2.2.2: Multikey is base58btc
        raise InvalidKey
    try:
        data = multibase.decode(text, longest=LONGEST)
    except NotMultibase as err:
        raise InvalidKey from err
    algorithm = _ALGORITHMS.get(data[:2])
    if algorithm is None:
        raise UnsupportedKey
    return PublicKey(algorithm, data[2:])


def encode_multikey(key: PublicKey) -> str:
    """`key` as `z…`."""
    return multibase.encode_base58(_PREFIXES[key.algorithm] + key.raw)
