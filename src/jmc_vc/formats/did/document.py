"""DID documents: made for our own issuers, and searched, strictly, for the key of somebody's proof.

https://www.w3.org/TR/cid-1.0/#retrieve-verification-method (Controlled Identifiers 1.0 §3.3; DI-04), whose errors are
here: INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID did.mismatch, INVALID_CONTROLLED_IDENTIFIER_DOCUMENT did.format,
INVALID_VERIFICATION_METHOD key.unknown and what is wrong with the key itself, and key.binding both for another
controller and for INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD. https://www.w3.org/TR/did-1.0/ for the document.

Names of keys are full DID URLs, or fragments (`#key-1`) as DID 1.0 §3.2.2 allows and many hosts write. A fragment is
only ever joined to the DID that was asked for and that the document names as its own; no other base exists.
`alsoKnownAs`, `controller` of the document and `service` say nothing about keys and are not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.did.key_material import contexts_of, read_public_key, written_public_key
from jmc_vc.formats.encoding.public_key import PublicKey, UnsupportedKey
from jmc_vc.formats.openbadges.date_time import NotADateTimeStamp, read_date_time_stamp, write_date_time_stamp
from jmc_vc.formats.strict_json import JsonObject, JsonValue, Limits, parse_object

ASSERTION_METHOD = "assertionMethod"
AUTHENTICATION = "authentication"
KEY_AGREEMENT = "keyAgreement"
CAPABILITY_INVOCATION = "capabilityInvocation"
CAPABILITY_DELEGATION = "capabilityDelegation"

LIMITS = Limits(bytes=64 << 10, depth=16, values=4_000)
"""Of a document that a stranger's host serves: 64 KiB hold 150 keys or more, a new one each month for twelve years. The
deepest honest part is a service with an address in an object in a list: five. A key is five to eight values."""
MOST_ENTRIES = 500
"""In one list of a document: more than 64 KiB can hold of keys, so that only hostile ones get there."""

_METHODS = "verificationMethod"
_RELATIONSHIPS = (ASSERTION_METHOD, AUTHENTICATION, KEY_AGREEMENT, CAPABILITY_INVOCATION, CAPABILITY_DELEGATION)


class WrongDocument(Unacceptable):
    """The document says of itself that it is another DID's."""

    code = "did.mismatch"


class BadDocument(Unacceptable):
    """The document is not shaped as a DID document, or names one key twice."""

    code = "did.format"


class UnknownKey(Unacceptable):
    """There is no key of this name."""

    code = "key.unknown"


class KeyNotBound(Unacceptable):
    """The key is not the one of whom it is said to be: its controller is another."""

    code = "key.binding"


class WrongRelationship(KeyNotBound):
    """The key is the owner's, but not meant for this use."""

    code = "key.relationship"


@dataclass(frozen=True, kw_only=True)
class VerificationMethod:
    """`id` is the full DID URL. From `revoked` or `expires` on no proof is verified with it any more (CID 1.0)."""

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
    """The DID document of `did`, its keys as Multikey, those of RSA and P-521 as JsonWebKey.

    `assertion_methods` are the ids of those that may sign credentials: all of `methods` unless told. Old keys stay in
    both lists, dated, for as long as a credential lives that they signed (CD-02)."""
    may_assert = [method.id for method in methods] if assertion_methods is None else list(assertion_methods)
    known = {method.id for method in methods}
    if not known.issuperset([*may_assert, *authentication_methods]) or len(known) != len(methods):
        raise ValueError("every method has an id of its own, and a relationship names only methods of this document")
    written = [_written(method) for method in methods]
    document: JsonObject = {
        "@context": contexts_of(written),
        "id": did,
        _METHODS: [*written],
        ASSERTION_METHOD: list(may_assert),
    }
    if authentication_methods:
        document[AUTHENTICATION] = list(authentication_methods)
    return document


def read_document(data: bytes) -> JsonObject:
    """The document that a host served. Raises what `strict_json.parse_object` raises, for more than LIMITS too."""
    return parse_object(data, LIMITS)


def verification_method(
    document: JsonObject, method_id: str, *, relationship: str = ASSERTION_METHOD
) -> VerificationMethod:
    """The verification method of `method_id`, a full DID URL, listed under `relationship`.

    Raises did.mismatch when the document is another DID's, did.format, key.unknown, key.binding for
    another controller, key.relationship, and what `read_public_key` raises."""
    did, separator, fragment = method_id.partition("#")
    if document.get("id") != did:
        raise WrongDocument(pointer="/id")
    if not separator or not fragment:
        raise UnknownKey
    method, member, position = _method(document, did, method_id)
    pointer = f"/{member}/{position}"
    if method.get("controller") != did:
        raise KeyNotBound(pointer=f"{pointer}/controller")
    if not _is_meant_for(relationship, member, document, did, method_id):
        raise WrongRelationship(pointer=f"/{relationship}")
    return VerificationMethod(
        id=method_id,
        controller=did,
        public_key=read_public_key(method, pointer),
        expires=_moment(method, "expires", pointer),
        revoked=_moment(method, "revoked", pointer),
    )


def assertion_methods(document: JsonObject, did: str) -> tuple[VerificationMethod, ...]:
    """All that may sign credentials for `did`, each key judged whole, but for those of a kind that is not read here.
    Raises as `verification_method` does, and key.weak for an RSA key too."""
    found = []
    for entry in _entries(document, ASSERTION_METHOD):
        method_id = _absolute(entry.get("id") if isinstance(entry, dict) else entry, did)
        try:
            method = verification_method(document, method_id if isinstance(method_id, str) else "")
        except UnsupportedKey:
            continue
        PublicKey(method.public_key.algorithm, method.public_key.raw)
        found.append(method)
    return tuple(found)


def _written(method: VerificationMethod) -> JsonObject:
    kind, material = written_public_key(method.public_key)
    written: JsonObject = {"id": method.id, "type": kind, "controller": method.controller, **material}
    if method.expires is not None:
        written["expires"] = write_date_time_stamp(method.expires)
    if method.revoked is not None:
        written["revoked"] = write_date_time_stamp(method.revoked)
    return written


def _method(document: JsonObject, did: str, method_id: str) -> tuple[JsonObject, str, int]:
    """The one object of that id, with its place: under `verificationMethod` or embedded in a relationship. Two of them
    are refused: a reader that takes the first and one that takes the last would see two keys."""
    found = [
        (entry, member, position)
        for member in (_METHODS, *_RELATIONSHIPS)
        for position, entry in enumerate(_entries(document, member))
        if isinstance(entry, dict) and _absolute(entry.get("id"), did) == method_id
    ]
    if not found:
        raise UnknownKey
    if len(found) > 1:
        raise BadDocument(pointer=f"/{found[1][1]}/{found[1][2]}")
    return found[0]


def _is_meant_for(relationship: str, member: str, document: JsonObject, did: str, method_id: str) -> bool:
    """A method that stands inside a relationship is for that one alone (DID 1.0 §5.3); others are named in theirs."""
    if member != _METHODS:
        return member == relationship
    return any(_absolute(entry, did) == method_id for entry in _entries(document, relationship))


def _entries(document: JsonObject, member: str) -> list[JsonValue]:
    """The list `member`: of methods, or under a relationship of methods and names of methods."""
    entries = document.get(member, [])
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise BadDocument(pointer=f"/{member}")
    shapes = dict if member == _METHODS else (dict, str)
    for position, entry in enumerate(entries):
        if not isinstance(entry, shapes):
            raise BadDocument(pointer=f"/{member}/{position}")
    return entries


def _absolute(name: JsonValue, did: str) -> JsonValue:
    return did + name if isinstance(name, str) and name.startswith("#") else name


def _moment(method: JsonObject, member: str, pointer: str) -> datetime | None:
    if member not in method:
        return None
    try:
        return read_date_time_stamp(method[member]).instant
    except NotADateTimeStamp as err:
        raise BadDocument(pointer=f"{pointer}/{member}") from err
