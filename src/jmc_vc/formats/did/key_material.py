"""How a verification method writes its key: as a Multikey or as a JSON Web Key, under their present and older names.

https://www.w3.org/TR/cid-1.0/#verification-methods (Controlled Identifiers 1.0 §2.2.2 and §2.2.3). The key stands in
one notation only: of two, one reader would take the first and another the second.
"""

from collections.abc import Iterable, Mapping

from jmc_vc.formats.encoding.jwk import PRIVATE_MEMBERS, public_jwk, public_key_of_jwk
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import InvalidKey, KeyAlgorithm, KeyExposed, PublicKey, UnsupportedKey
from jmc_vc.formats.strict_json import JsonObject, JsonValue

MULTIKEY = "Multikey"
JSON_WEB_KEY = "JsonWebKey"

_MULTIKEYS: Mapping[str, frozenset[KeyAlgorithm]] = {
    MULTIKEY: frozenset(KeyAlgorithm),
    "Ed25519VerificationKey2020": frozenset({KeyAlgorithm.ED25519}),
    "EcdsaSecp256r1VerificationKey2019": frozenset({KeyAlgorithm.P256}),
    "EcdsaSecp384r1VerificationKey2019": frozenset({KeyAlgorithm.P384}),
}
"""Types with `publicKeyMultibase`, and the keys that each may hold."""
_JSON_WEB_KEYS = frozenset({JSON_WEB_KEY, "JsonWebKey2020"})
_NOTATIONS = frozenset({"publicKeyMultibase", "publicKeyJwk", "publicKeyBase58", "publicKeyHex", "publicKeyPem"})
_WRITTEN_AS_MULTIKEY = frozenset({KeyAlgorithm.ED25519, KeyAlgorithm.P256, KeyAlgorithm.P384})
"""Those whose Multikey stands in CID 1.0. For P-521 and RSA others expect a JWK."""

_DID_CONTEXT = "https://www.w3.org/ns/did/v1"
_CONTEXT_OF: Mapping[str, JsonValue] = {
    MULTIKEY: "https://w3id.org/security/multikey/v1",
    # Written out: then nobody has to fetch a file to know what the document says, and it names none that we do not
    # ship.
    JSON_WEB_KEY: {
        JSON_WEB_KEY: "https://w3id.org/security#JsonWebKey",
        "publicKeyJwk": {"@id": "https://w3id.org/security#publicKeyJwk", "@type": "@json"},
        "expires": {
            "@id": "https://w3id.org/security#expiration",
            "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        },
        "revoked": {"@id": "https://w3id.org/security#revoked", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
    },
}


def read_public_key(method: JsonObject, pointer: str) -> PublicKey:
    """The key of the verification method at `pointer`. Raises key.exposed when a private one stands anywhere in it,
    key.unsupported for another type, key.invalid for a type that does not go with the key or for a key written twice,
    and what the key itself is refused for: key.purpose, key.weak for all but the strength of an RSA key, which is
    judged when a signature is verified with it."""
    if _shows_a_private_key(method):
        raise KeyExposed(pointer=pointer)
    kind = method.get("type")
    if not isinstance(kind, str) or (kind not in _MULTIKEYS and kind not in _JSON_WEB_KEYS):
        raise UnsupportedKey(pointer=f"{pointer}/type")
    if len(_NOTATIONS & method.keys()) != 1:
        raise InvalidKey(pointer=pointer)
    if kind in _JSON_WEB_KEYS:
        jwk = method.get("publicKeyJwk")
        if not isinstance(jwk, dict):
            raise InvalidKey(pointer=f"{pointer}/publicKeyJwk")
        return public_key_of_jwk(jwk, judged=False)
    multibase = method.get("publicKeyMultibase")
    if not isinstance(multibase, str):
        raise InvalidKey(pointer=f"{pointer}/publicKeyMultibase")
    key = decode_multikey(multibase, judged=False)
    if key.algorithm not in _MULTIKEYS[kind]:
        raise InvalidKey(pointer=f"{pointer}/type")
    return key


def written_public_key(key: PublicKey) -> tuple[str, JsonObject]:
    """The type of method for `key`, and its one member `publicKeyMultibase` or `publicKeyJwk`."""
    if key.algorithm in _WRITTEN_AS_MULTIKEY:
        return MULTIKEY, {"publicKeyMultibase": encode_multikey(key)}
    return JSON_WEB_KEY, {"publicKeyJwk": {**public_jwk(key)}}


def contexts_of(methods: Iterable[JsonObject]) -> list[JsonValue]:
    """The `@context` of a document with these methods, all of type Multikey or JsonWebKey."""
    kinds = {method["type"] for method in methods} or {MULTIKEY}
    return [_DID_CONTEXT, *(context for kind, context in _CONTEXT_OF.items() if kind in kinds)]


def _shows_a_private_key(method: JsonObject) -> bool:
    """Whether a member at any depth is named as one that holds a private key, or a JWK has a private member."""
    waiting: list[JsonValue] = [method]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            if any(name.startswith(("secretKey", "privateKey")) for name in item):
                return True
            if "kty" in item and PRIVATE_MEMBERS & item.keys():
                return True
            waiting.extend(item.values())
    return False
