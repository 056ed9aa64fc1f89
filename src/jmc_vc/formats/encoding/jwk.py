"""A public key as a JSON Web Key (RFC 7517, RFC 8037) and its thumbprint (RFC 7638), which is its key id with us."""

from collections.abc import Mapping

from jwcrypto.jwk import JWK  # type: ignore[import-untyped]

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.base64url import NotBase64Url
from jmc_vc.formats.encoding.public_key import (
    InvalidKey,
    KeyAlgorithm,
    KeyExposed,
    KeyNotForSigning,
    PublicKey,
    UnsupportedKey,
    WeakKey,
    modulus_of,
    point_of,
    public_key_of_modulus,
    public_key_of_point,
)

PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Of RFC 7518 §6: with any of them, the key is published to be used by everybody."""
_LONGEST_MEMBER = 1_024
"""Characters. An RSA modulus of 4096 bits has 683; longer ones are refused before they are decoded."""


_SIGNATURES: Mapping[KeyAlgorithm, tuple[str, ...]] = {
    KeyAlgorithm.ED25519: ("EdDSA", "Ed25519"),
    KeyAlgorithm.P256: ("ES256",),
    KeyAlgorithm.P384: ("ES384",),
    KeyAlgorithm.P521: ("ES512",),
    KeyAlgorithm.RSA: ("RS256",),
}
"""What `alg` may say: the one way in which such a key signs with us, by its name in RFC 7518 or RFC 8037 and, second,
in RFC 9864 §2.2, which renamed only this one in JOSE."""


def public_jwk(key: PublicKey) -> dict[str, str]:
    """The members that RFC 7638 hashes, and no others: kty with crv and x, crv, x and y, or n and e."""
    if key.algorithm is KeyAlgorithm.ED25519:
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url.encode(key.raw)}
    if key.algorithm is KeyAlgorithm.RSA:
        modulus, exponent = modulus_of(key)
        return {"kty": "RSA", "n": base64url.encode(modulus), "e": base64url.encode(exponent)}
    x, y = point_of(key)
    return {"kty": "EC", "crv": key.algorithm.value, "x": base64url.encode(x), "y": base64url.encode(y)}


def public_key_of_jwk(jwk: Mapping[str, object], *, judged: bool = True) -> PublicKey:
    """The key in `jwk`, which its owner means for signatures. Raises KeyExposed for one with a private member,
    InvalidKey, WeakKey, UnsupportedKey; and KeyNotForSigning for a sound key whose `use`, `key_ops` or `alg` says
    otherwise. The strength of an RSA key need not be `judged`."""
    if PRIVATE_MEMBERS & jwk.keys():
        raise KeyExposed
    key = _key(jwk, judged=judged)
    operations = jwk.get("key_ops", ["verify"])
    if (
        jwk.get("use", "sig") != "sig"
        or not (isinstance(operations, list) and "verify" in operations)
        or jwk.get("alg", _SIGNATURES[key.algorithm][0]) not in _SIGNATURES[key.algorithm]
    ):
        raise KeyNotForSigning
    return key


def thumbprint(key: PublicKey) -> str:
    """RFC 7638 with SHA-256, in base64url."""
    return str(jwk_object(key).thumbprint())


def jwk_object(key: PublicKey) -> JWK:
    """The key as jwcrypto's object, for JOSE."""
    return JWK(**public_jwk(key))


def _key(jwk: Mapping[str, object], *, judged: bool) -> PublicKey:
    match jwk.get("kty"), jwk.get("crv"):
        case "OKP", "Ed25519":
            return PublicKey(KeyAlgorithm.ED25519, _member(jwk, "x"))
        case "OKP", "X25519" | "X448":  # they encrypt and can never sign
            raise InvalidKey
        case "EC", "P-256" | "P-384" | "P-521" as curve:
            return public_key_of_point(KeyAlgorithm(curve), _member(jwk, "x"), _member(jwk, "y"))
        case "RSA", None:
            return public_key_of_modulus(_member(jwk, "n"), _member(jwk, "e"), judged=judged)
    raise UnsupportedKey


def _member(jwk: Mapping[str, object], name: str) -> bytes:
    text = jwk.get(name)
    if not isinstance(text, str):
        raise InvalidKey
    if len(text) > _LONGEST_MEMBER:
        raise WeakKey if name in "ne" else InvalidKey
    try:
        return base64url.decode(text)
    except NotBase64Url as err:
        raise InvalidKey from err
