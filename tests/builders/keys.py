"""Throw-away keys, always the same for the same number: no secret, never used outside tests."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jmc_vc.formats.encoding.multikey import KeyAlgorithm, PublicKey, encode_multikey


def ed25519_private_key(number: int = 0) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(f"test key {number}".encode()).digest())


def ed25519_public_key(number: int = 0) -> PublicKey:
    return PublicKey(KeyAlgorithm.ED25519, ed25519_private_key(number).public_key().public_bytes_raw())


def did_key(number: int = 0) -> str:
    return "did:key:" + encode_multikey(ed25519_public_key(number))


def did_key_method(number: int = 0) -> str:
    """The verification method of `did_key(number)`."""
    multikey = encode_multikey(ed25519_public_key(number))
    return f"did:key:{multikey}#{multikey}"
