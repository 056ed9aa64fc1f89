"""A public key as a JSON Web Key (RFC 7517, RFC 8037) and its thumbprint (RFC 7638), which is its key id with us."""

from collections.abc import Mapping

from jwcrypto.jwk import JWK  # type: ignore[import-untyped]

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.base64url import NotBase64Url
from jmc_vc.formats.encoding.public_key import (
    InvalidKey,
    KeyAlgorithm,
    PublicKey,
    UnsupportedKey,
    point_of,
    public_key_of_point,
)

_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_LONGEST_MEMBER = 128


def public_jwk(key: PublicKey) -> dict[str, str]:
    """The members that RFC 7638 hashes, and no others: kty, crv, x and, for the NIST curves, y."""
    if key.algorithm is KeyAlgorithm.ED25519:
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url.encode(key.raw)}
    x, y = point_of(key)
    return {"kty": "EC", "crv": key.algorithm.value, "x": base64url.encode(x), "y": base64url.encode(y)}


def public_key_of_jwk(jwk: Mapping[str, object]) -> PublicKey:
    """The key in `jwk`. Raises InvalidKey (also when it holds a private member), UnsupportedKey, WeakKey."""
    if _PRIVATE_MEMBERS & jwk.keys():
        raise InvalidKey
    match jwk.get("kty"), jwk.get("crv"):
        case "OKP", "Ed25519":
            return PublicKey(KeyAlgorithm.ED25519, _member(jwk, "x"))
        case "EC", "P-256" | "P-384" as curve:
            return public_key_of_point(KeyAlgorithm(curve), _member(jwk, "x"), _member(jwk, "y"))
    raise UnsupportedKey


def thumbprint(key: PublicKey) -> str:
    """RFC 7638 with SHA-256, in base64url."""
    return str(jwk_object(key).thumbprint())


def jwk_object(key: PublicKey) -> JWK:
    """The key as jwcrypto's object, for JOSE."""
    return JWK(**public_jwk(key))


def _member(jwk: Mapping[str, object], name: str) -> bytes:
    text = jwk.get(name)
    if not isinstance(text, str) or len(text) > _LONGEST_MEMBER:
        raise InvalidKey
    try:
        return base64url.decode(text)
    except NotBase64Url as err:
        raise InvalidKey from err
