"""Keys of the parties: new ones in each run, of every kind that signs a format, with the DIDs that say them whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from jmc_vc.formats.did import Expanded, did_method
from jmc_vc.formats.did.did_key import did_of_key
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_jwk, public_key_of_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey

Private = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Jwk = dict[str, Any]

_CURVES: Mapping[KeyAlgorithm, tuple[ec.EllipticCurve, SHA256 | SHA384 | SHA512]] = {
    KeyAlgorithm.P256: (ec.SECP256R1(), SHA256()),
    KeyAlgorithm.P384: (ec.SECP384R1(), SHA384()),
    KeyAlgorithm.P521: (ec.SECP521R1(), SHA512()),
}


@dataclass(frozen=True)
class Key:
    """A private key. It signs as JOSE and Data Integrity write signatures, by `cryptography` alone."""

    private: Private

    @cached_property
    def public(self) -> PublicKey:
        """The key as our formats have it, read from what `cryptography` says of it."""
        public = self.private.public_key()
        if isinstance(public, rsa.RSAPublicKey):
            return PublicKey(KeyAlgorithm.RSA, public.public_bytes(Encoding.DER, PublicFormat.PKCS1))
        if isinstance(public, ec.EllipticCurvePublicKey):
            algorithm = next(each for each, (curve, _) in _CURVES.items() if curve.name == public.curve.name)
            return PublicKey(algorithm, public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
        return PublicKey(KeyAlgorithm.ED25519, public.public_bytes_raw())

    @property
    def jwk(self) -> Jwk:
        return dict(public_jwk(self.public))

    @property
    def private_jwk(self) -> Jwk:
        """The JWK with `d`, for keys on curves."""
        if isinstance(self.private, Ed25519PrivateKey):
            return {**self.jwk, "d": base64url.encode(self.private.private_bytes_raw())}
        assert isinstance(self.private, ec.EllipticCurvePrivateKey)
        size = (self.private.key_size + 7) // 8
        return {**self.jwk, "d": base64url.encode(self.private.private_numbers().private_value.to_bytes(size))}

    @property
    def pem(self) -> bytes:
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def public_pem(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def did_key(self) -> str:
        return did_of_key(self.public)

    @property
    def did_key_method(self) -> str:
        return f"{self.did_key}#{self.did_key.rpartition(':')[2]}"

    @property
    def did_jwk(self) -> str:
        return did_of_jwk(self.jwk)

    @property
    def did_jwk_method(self) -> str:
        return f"{self.did_jwk}#0"

    def sign(self, message: bytes) -> bytes:
        if isinstance(self.private, Ed25519PrivateKey):
            return self.private.sign(message)
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(message, PKCS1v15(), SHA256())
        _, digest = _CURVES[self.public.algorithm]
        size = (self.private.key_size + 7) // 8
        r, s = decode_dss_signature(self.private.sign(message, ec.ECDSA(digest)))
        return r.to_bytes(size) + s.to_bytes(size)


@cache
def key(algorithm: KeyAlgorithm, owner: str = "issuer") -> Key:
    """The key of this kind of `owner`, the same one throughout the run."""
    if algorithm is KeyAlgorithm.ED25519:
        return Key(Ed25519PrivateKey.generate())
    if algorithm is KeyAlgorithm.RSA:
        return Key(rsa.generate_private_key(65_537, 2_048))
    return Key(ec.generate_private_key(_CURVES[algorithm][0]))


def did_of_jwk(jwk: Jwk) -> str:
    return "did:jwk:" + base64url.encode(orjson.dumps(jwk))


def jwk_of_did(did_url: str) -> Jwk:
    """The JWK that a did:jwk says, read without our DID methods."""
    jwk: Jwk = orjson.loads(base64url.decode(did_url.removeprefix("did:jwk:").partition("#")[0]))
    return jwk


def pem_of_jwk(jwk: Jwk) -> bytes:
    """The public key as PEM. Raises what reading the JWK raises."""
    public = public_key_of_jwk(jwk)
    if public.algorithm is KeyAlgorithm.ED25519:
        loaded: PublicKeyTypes = Ed25519PublicKey.from_public_bytes(public.raw)
    else:
        loaded = public.openssl
    return loaded.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def key_of_method(method_id: str) -> PublicKey:
    """The key of a verification method whose DID says all in itself, as our DID methods find it."""
    did = method_id.partition("#")[0]
    method = did_method(did)
    assert isinstance(method, Expanded)
    return verification_method(method.document(did), method_id).public_key


def header_of(token: str) -> Jwk:
    """The JOSE header of a token, or of that in an SD-JWT, unverified."""
    header: Jwk = orjson.loads(base64url.decode(token.partition(".")[0]))
    return header
