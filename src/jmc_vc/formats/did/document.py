"""DID documents: made for our own issuers, and searched, strictly, for the key of somebody's proof.

https://www.w3.org/TR/cid-1.0/#retrieve-verification-method (Controlled Identifiers 1.0 section 3.3), whose three errors
are here did.mismatch, key.unknown and key.binding; https://www.w3.org/TR/did-1.0/ for the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.encoding.jwk import public_key_of_jwk
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import PublicKey, UnsupportedKey
from jmc_vc.formats.openbadges.date_time import NotADateTimeStamp, read_date_time_stamp, write_date_time_stamp
from jmc_vc.formats.strict_json import JsonObject, JsonValue

CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")

ASSERTION_METHOD = "assertionMethod"
AUTHENTICATION = "authentication"

_MULTIKEYS = frozenset({"Multikey", "Ed25519VerificationKey2020"})
_JWKS = frozenset({"JsonWebKey", "JsonWebKey2020"})
_PRIVATE = frozenset({"secretKeyMultibase", "privateKeyMultibase", "privateKeyBase58", "secretKeyJwk", "privateKeyJwk"})
_PRIVATE_IN_JWK = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class WrongDocument(Unacceptable):
    """The document says of itself that it is another DID's."""

    code = "did.mismatch"


class BadDocument(Unacceptable):
    """The document is not shaped as a DID document, or names one key twice."""

    code = "did.format"


class UnknownKey(Unacceptable):
    """The document has no verification method of this id."""

    code = "key.unknown"


class KeyNotBound(Unacceptable):
    """The key stands in the document, but its controller is another, or it is not meant for this use."""

    code = "key.binding"


class KeyExposed(Unacceptable):
    """The private half of the key is published: anyone can sign with it."""

    code = "key.exposed"


@dataclass(frozen=True, kw_only=True)
class VerificationMethod:
    """`id` is the full DID URL. A proof made after `revoked` or `expires` does not count; older ones stay good."""

    id: str
    controller: str
    public_key: PublicKey
    expires: datetime | None = None
    revoked: datetime | None = None


def did_document(
    did: str,
    methods: Sequence[VerificationMethod],
    *,
    assertion_methods: Sequence[str] | None = None,
    authentication_methods: Sequence[str] = (),
) -> JsonObject:
    """The DID document of `did` with Multikey methods.

    `assertion_methods` are the ids of those that may sign credentials: all of `methods` unless told. Old keys stay in
    both lists, dated, for as long as a credential lives that they signed (CD-02)."""
    may_assert = [method.id for method in methods] if assertion_methods is None else list(assertion_methods)
    known = {method.id for method in methods}
    if not known.issuperset([*may_assert, *authentication_methods]) or len(known) != len(methods):
        raise ValueError("every method has an id of its own, and a relationship names only methods of this document")
    document: JsonObject = {
        "@context": list(CONTEXTS),
        "id": did,
        "verificationMethod": [_written(method) for method in methods],
        ASSERTION_METHOD: list(may_assert),
    }
    if authentication_methods:
        document[AUTHENTICATION] = list(authentication_methods)
    return document


def verification_method(
    document: JsonObject, method_id: str, *, relationship: str = ASSERTION_METHOD
) -> VerificationMethod:
    """The verification method of `method_id`, a full DID URL, listed under `relationship`.

    Raises did.mismatch when the document is another DID's, key.unknown, key.binding (controller or relationship),
    key.exposed, key.unsupported, did.format, and the errors of the key itself (key.invalid, key.weak)."""
    did, separator, fragment = method_id.partition("#")
    if document.get("id") != did:
        raise WrongDocument(pointer="/id")
    if not separator or not fragment:
        raise UnknownKey
    method, pointer = _method(document, method_id, relationship)
    if method.get("controller") != did:
        raise KeyNotBound(pointer=f"{pointer}/controller")
    if not _is_listed(document, method_id, relationship):
        raise KeyNotBound(pointer=f"/{relationship}")
    return VerificationMethod(
        id=method_id,
        controller=did,
        public_key=_public_key(method, pointer),
        expires=_moment(method, "expires", pointer),
        revoked=_moment(method, "revoked", pointer),
    )


def _written(method: VerificationMethod) -> JsonObject:
    written: JsonObject = {
        "id": method.id,
        "type": "Multikey",
        "controller": method.controller,
        "publicKeyMultibase": encode_multikey(method.public_key),
    }
    if method.expires is not None:
        written["expires"] = write_date_time_stamp(method.expires)
    if method.revoked is not None:
        written["revoked"] = write_date_time_stamp(method.revoked)
    return written


def _method(document: JsonObject, method_id: str, relationship: str) -> tuple[JsonObject, str]:
    """The one object of that id under `verificationMethod` or embedded in the relationship. Two of them are refused:
    a reader that takes the first and one that takes the last would see two keys."""
    found = [
        (entry, f"/{member}/{position}")
        for member in ("verificationMethod", relationship)
        for position, entry in enumerate(_list(document, member))
        if isinstance(entry, dict) and entry.get("id") == method_id
    ]
    if not found:
        raise UnknownKey
    if len(found) > 1:
        raise BadDocument(pointer=found[1][1])
    return found[0]


def _is_listed(document: JsonObject, method_id: str, relationship: str) -> bool:
    return any(
        entry == method_id or (isinstance(entry, dict) and entry.get("id") == method_id)
        for entry in _list(document, relationship)
    )


def _list(document: JsonObject, member: str) -> list[JsonValue]:
    value = document.get(member, [])
    if not isinstance(value, list):
        raise BadDocument(pointer=f"/{member}")
    return value


def _public_key(method: JsonObject, pointer: str) -> PublicKey:
    jwk = method.get("publicKeyJwk")
    if _PRIVATE & method.keys() or (isinstance(jwk, dict) and _PRIVATE_IN_JWK & jwk.keys()):
        raise KeyExposed(pointer=pointer)
    kind, multibase = method.get("type"), method.get("publicKeyMultibase")
    if kind in _MULTIKEYS and isinstance(multibase, str) and jwk is None:
        return decode_multikey(multibase)
    if kind in _JWKS and isinstance(jwk, dict) and multibase is None:
        return public_key_of_jwk(jwk)
    raise UnsupportedKey(pointer=f"{pointer}/type")


def _moment(method: JsonObject, member: str, pointer: str) -> datetime | None:
    if member not in method:
        return None
    try:
        return read_date_time_stamp(method[member]).instant
    except NotADateTimeStamp as err:
        raise BadDocument(pointer=f"{pointer}/{member}") from err
