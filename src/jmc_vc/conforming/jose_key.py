"""A key as the suite for JOSE gives it: a JsonWebKey in a file, with its private part where something is to be signed.

https://www.w3.org/TR/cid-1.0/#jsonwebkey. Only keys of tests are ever written down like this; ours never leave the
database unsealed.
"""

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from jwcrypto.common import JWException  # type: ignore[import-untyped]
from jwcrypto.jwk import JWK  # type: ignore[import-untyped]

from jmc_vc.formats.encoding.jwk import PRIVATE_MEMBERS, public_key_of_jwk
from jmc_vc.formats.encoding.public_key import InvalidKey, PublicKey, UnsupportedKey
from jmc_vc.formats.jose.compact_jws import ALGORITHMS
from jmc_vc.formats.signature import ECDSA
from jmc_vc.formats.strict_json import JsonObject, JsonValue


@dataclass(frozen=True, kw_only=True)
class KeyOfAFile:
    """`kid` is what a header says of it: the whole id of a DID's key, else its short name."""

    kid: str
    public_key: PublicKey
    _private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey

    @property
    def algorithm(self) -> str:
        return ALGORITHMS[self.public_key.algorithm]

    def sign(self, message: bytes) -> bytes:
        """The signature as JOSE writes it: of a curve, r and s side by side."""
        if isinstance(self._private, Ed25519PrivateKey):
            return self._private.sign(message)
        r, s = decode_dss_signature(self._private.sign(message, ECDSA[self.public_key.algorithm]))
        size = (self._private.key_size + 7) // 8
        return r.to_bytes(size) + s.to_bytes(size)


def read_public_key(document: JsonObject) -> PublicKey:
    """The public part of the key in `document`. Raises InvalidKey, UnsupportedKey, and what `public_key_of_jwk`
    raises."""
    return public_key_of_jwk(_member(document, "publicKeyJwk"))


def read_key(document: JsonObject) -> KeyOfAFile:
    """The key in `document`. Raises what `read_public_key` raises, also for its private part."""
    public, secret = _member(document, "publicKeyJwk"), _member(document, "secretKeyJwk")
    public_key = read_public_key(document)
    if public_key_of_jwk({name: value for name, value in secret.items() if name not in PRIVATE_MEMBERS}) != public_key:
        raise InvalidKey(pointer="/secretKeyJwk")
    key_id, name = document.get("id"), public.get("kid")
    if not isinstance(key_id, str):
        raise InvalidKey(pointer="/id")
    return KeyOfAFile(
        kid=name if isinstance(name, str) and not key_id.startswith("did:") else key_id,
        public_key=public_key,
        _private=_private_key(secret),
    )


def _private_key(secret: JsonObject) -> Ed25519PrivateKey | ec.EllipticCurvePrivateKey:
    try:
        key: Any = JWK(**secret).get_op_key("sign")
    except (JWException, TypeError, ValueError) as err:
        raise InvalidKey(pointer="/secretKeyJwk") from err
    if not isinstance(key, Ed25519PrivateKey | ec.EllipticCurvePrivateKey):
        raise UnsupportedKey(pointer="/secretKeyJwk")
    return key


def _member(document: JsonObject, name: str) -> JsonObject:
    found: JsonValue = document.get(name)
    if not isinstance(found, dict):
        raise InvalidKey(pointer=f"/{name}")
    return found
