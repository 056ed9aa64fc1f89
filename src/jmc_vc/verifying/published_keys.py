"""Keys that an issuer with an https address for an id publishes: one JWK at the address that a `kid` names, and the set
of all of them (Open Badges 3.0 §8.2; OB-44, OB-45).

Anybody can put a key at some address and name it, on the issuer's own host too, where others may have pages. It is the
issuer's if the set that the host keeps at `/.well-known/jwks.json` has it and says so in `iss`: on one host there may
be many issuers. A key without `iss` is the host's own; whether it may sign for one of the others, nobody can tell.
"""

import re
from collections.abc import Callable, Iterator

from jmc_vc.errors import Error, Unavailable
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.formats.did.document import LIMITS, MOST_ENTRIES, BadDocument, KeyNotBound, UnknownKey, VerificationMethod
from jmc_vc.formats.encoding.jwk import PRIVATE_MEMBERS, public_key_of_jwk
from jmc_vc.formats.encoding.public_key import KeyExposed, PublicKey
from jmc_vc.formats.strict_json import JsonObject, parse_object
from jmc_vc.verifying.outside import Need, Outside
from jmc_vc.verifying.unobtained import KeyUnavailable, key_from

_AUTHORITY = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?=/|$)", re.ASCII)


class WhoseKey(Unavailable):
    """The host publishes the key, and does not say for which of its issuers."""

    code = "key.issuer_unstated"


def is_https(signer_id: str) -> bool:
    """Whether a signer is named by an https address, and not by a DID."""
    return signer_id.startswith("https://")


def key_need(address: str) -> Need | None:
    """The one JWK at an address; None for an address that is never opened."""
    return Need(address, DocumentKind.KEY_SET) if is_https(address) else None


def set_need(issuer_id: str) -> Need | None:
    """The set of keys of the host of `issuer_id`; None if that is no https address with a host."""
    found = _AUTHORITY.match(issuer_id)
    return None if found is None else Need(f"{found[0]}/.well-known/jwks.json", DocumentKind.KEY_SET)


def key_at(address: str, signer_id: str, outside: Outside) -> PublicKey:
    """The key at `address`, which may say in `iss` that it is the signer's and must not say that it is another's.
    Raises KeyUnavailable, KeyNotBound, parse.* and what is wrong with the key."""
    need = key_need(address)
    if need is None:
        raise KeyUnavailable
    jwk = parse_object(key_from(outside, need), LIMITS)
    if jwk.get("iss", signer_id) != signer_id:
        raise KeyNotBound(pointer="/iss")
    return public_key_of_jwk(jwk, judged=False)


def published_at(address: str, issuer_id: str, outside: Outside) -> VerificationMethod:
    """The key at `address`, if `issuer_id` publishes it as its own. Raises as `key_at` does, and KeyNotBound."""
    key = key_at(address, issuer_id, outside)
    try:
        in_set(issuer_id, outside, lambda _, listed: listed == key)
    except UnknownKey:
        raise KeyNotBound from None
    return VerificationMethod(id=address, controller=issuer_id, public_key=key)


def in_set(issuer_id: str, outside: Outside, is_meant: Callable[[JsonObject, PublicKey], bool]) -> VerificationMethod:
    """The key that `is_meant`, by its JWK and its value, of those that the host of `issuer_id` publishes. Raises
    KeyUnavailable, UnknownKey, KeyNotBound for one that is another issuer's, WhoseKey, KeyExposed, did.format,
    parse.*."""
    need = set_need(issuer_id)
    if need is None:
        raise KeyUnavailable
    for jwk, key in _keys(parse_object(key_from(outside, need), LIMITS)):
        if is_meant(jwk, key):
            if jwk.get("iss", issuer_id) != issuer_id:
                raise KeyNotBound(pointer="/iss")
            if PRIVATE_MEMBERS & jwk.keys():
                raise KeyExposed
            if "iss" not in jwk and not _AUTHORITY.fullmatch(issuer_id.rstrip("/")):
                raise WhoseKey(pointer="/iss")
            return VerificationMethod(id=f"{issuer_id}#{jwk.get('kid', '')}", controller=issuer_id, public_key=key)
    raise UnknownKey


def _keys(document: JsonObject) -> Iterator[tuple[JsonObject, PublicKey]]:
    """The keys of a set that we can read, by their public members: others stand there beside them."""
    keys = document.get("keys")
    if not isinstance(keys, list) or len(keys) > MOST_ENTRIES:
        raise BadDocument(pointer="/keys")
    for jwk in keys:
        if isinstance(jwk, dict):
            try:
                public = {name: member for name, member in jwk.items() if name not in PRIVATE_MEMBERS}
                yield jwk, public_key_of_jwk(public, judged=False)
            except Error:
                continue
