"""Which key belongs to a signature: found in the DID document of whoever is said to have signed, and nowhere else.

What stands under our own base URL comes from storage and never over HTTP: a process that fetches from itself deadlocks.
So do the documents of DIDs that registered issuers brought. DIDs that say all in themselves are expanded. What other
hosts say was fetched before and is handed in: what they did not say is *unknown*, neither fine nor forged.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Error, NotFound, Unacceptable
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.formats.did import Expanded, Hosted, did_method
from jmc_vc.formats.did.document import (
    ASSERTION_METHOD,
    KeyNotBound,
    UnknownKey,
    VerificationMethod,
    read_document,
    verification_method,
)
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose.key_reference import KeyReference, KeyReferenceKind
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.outside import Need, Outside
from jmc_vc.verifying.published_keys import in_set, is_https, key_at, key_need, published_at, set_need
from jmc_vc.verifying.unobtained import KeyUnavailable, did_document_from, key_from


class KeyEnded(Unacceptable):
    """The key is revoked, or has expired, by its own DID document."""

    code = "key.ended"


def require_in_use(method: VerificationMethod, now: datetime) -> None:
    """Of a key that signs something now. Raises KeyEnded."""
    if any(end is not None and end <= now for end in (method.expires, method.revoked)):
        raise KeyEnded(pointer="/verificationMethod")


@dataclass(frozen=True, kw_only=True)
class Documents:
    """The DID documents by which signatures are judged, all of one moment: whoever reads the state of a key beside them
    sees both of that moment. `own` gives the document of a DID of ours, None being JMC's, or raises NotFound; `pinned`
    that of an issuer's own DID, None if no issuer registered it; `outside` is what other hosts said before. `read` are
    those that were read already: whoever signed a credential signs its status list, too."""

    own: Callable[[str | None], JsonObject]
    pinned: Callable[[str], JsonObject | None]
    outside: Outside
    read: dict[str, JsonObject] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class FindKey:
    """Keys by what names them, in `Documents`; `document_need` and `token_needs` tell beforehand what these should have
    from other hosts. `is_pinned` tells of an issuer's own DID whether its document is registered."""

    site: Site
    is_pinned: Callable[[str], bool]

    def document_need(self, controller: str) -> Need | None:
        """The document with the keys of `controller`, a DID or an https address, if it is to be had elsewhere."""
        if self._is_ours(controller):
            return None
        if is_https(controller):
            return Need(controller, DocumentKind.DID_DOCUMENT)
        try:
            known = did_method(controller)
            address = known.document_url(controller) if isinstance(known, Hosted) else None
        except Error:  # one that must not be opened, or cannot; who looks for the key is told so
            return None
        if address is None or self.is_pinned(controller):
            return None
        return Need(address, DocumentKind.DID_DOCUMENT)

    def can_have(self, controller: str) -> bool:
        """Whether the keys of `controller` can be had at all: it is neither of a kind that we do not read, nor at an
        address that is never opened."""
        if self._is_ours(controller) or is_https(controller):
            return True
        try:
            known = did_method(controller)
            if isinstance(known, Hosted):
                known.document_url(controller)
        except Error:
            return False
        return True

    def keys_need(self, signer_id: str) -> Need | None:
        """What has all keys of a signer, if it is to be had elsewhere: its document, or the set of its host's keys."""
        if is_https(signer_id) and not self._is_ours(signer_id):
            return set_need(signer_id)
        return self.document_need(signer_id)

    def token_needs(self, kid: KeyReference | None, signer_id: str | None) -> tuple[Need | None, ...]:
        """What `of_token` will look for elsewhere."""
        if signer_id is None or self._is_ours(signer_id):
            return ()
        if kid is None or kid.kind is KeyReferenceKind.NAME:
            return (self.keys_need(signer_id),)
        if "#" in kid.text:  # a key in the document of its controller, who has to be the signer
            return (self.document_need(signer_id),) if kid.text.partition("#")[0] == signer_id else ()
        return (self.keys_need(signer_id), key_need(kid.text))

    def named(
        self, method_id: str, documents: Documents, *, relationship: str = ASSERTION_METHOD
    ) -> VerificationMethod:
        """The verification method of a proof, by its DID URL or by the address of its controller's document. Raises
        did.* and key.*; what lies on our own host and does not exist is an UnknownKey."""
        if method_id.startswith(f"{self.site.base_url}/"):
            raise UnknownKey
        return verification_method(
            self._document(method_id.partition("#")[0], documents), method_id, relationship=relationship
        )

    def of_token(
        self,
        kid: KeyReference | None,
        jwk: PublicKey | None,
        signer_id: str | None,
        documents: Documents,
        *,
        relationship: str = ASSERTION_METHOD,
    ) -> VerificationMethod:
        """The verification method that a token means, whose issuer or holder says to be `signer_id`: the one that `kid`
        names, or the signer's own that is `jwk`. A key in the header is never used by itself (VW-05). Raises as `named`
        does, and UnknownKey when nothing is named."""
        if kid is None:
            return self._equal_to(jwk, signer_id, documents, relationship)
        method = self._referenced(kid, signer_id, documents, relationship)
        if jwk is not None and method.public_key != jwk:
            raise KeyNotBound(pointer="/jwk")
        return method

    def method_of_token(self, kid: KeyReference | None, signer_id: str | None) -> str | None:
        """The DID URL of the key that `kid` names; None when it names an address elsewhere, or nothing."""
        if kid is None:
            return None
        match kid.kind:
            case KeyReferenceKind.DID_URL:
                return kid.text
            case KeyReferenceKind.ADDRESS:
                return self._method_at(kid.text)
            case KeyReferenceKind.NAME:
                return None if signer_id is None or is_https(signer_id) else f"{signer_id}#{kid.text}"

    def _referenced(
        self, kid: KeyReference, signer_id: str | None, documents: Documents, relationship: str
    ) -> VerificationMethod:
        method_id = self.method_of_token(kid, signer_id)
        if method_id is not None:
            return self.named(method_id, documents, relationship=relationship)
        if signer_id is None:
            raise UnknownKey(pointer="/kid")
        if kid.kind is KeyReferenceKind.NAME:
            return in_set(signer_id, documents.outside, lambda listed, _: listed.get("kid") == kid.text)
        if "#" in kid.text or kid.text.startswith(f"{self.site.base_url}/"):
            return self.named(kid.text, documents, relationship=relationship)
        if is_https(signer_id):
            return published_at(kid.text, signer_id, documents.outside)
        return self._equal_to(key_at(kid.text, signer_id, documents.outside), signer_id, documents, relationship)

    def _method_at(self, address: str) -> str | None:
        """The DID URL of the key at an address of ours."""
        base = re.escape(self.site.base_url)
        found = re.fullmatch(base + r"/issuers/([a-z0-9-]+)/keys/([A-Za-z0-9-]+)", address)
        return f"{self.site.issuer_did(found[1])}#{found[2]}" if found else None

    def _equal_to(
        self, jwk: PublicKey | None, signer_id: str | None, documents: Documents, relationship: str
    ) -> VerificationMethod:
        if jwk is None or signer_id is None:
            raise UnknownKey
        if is_https(signer_id) and not self._is_ours(signer_id):
            return in_set(signer_id, documents.outside, lambda _, listed: listed == jwk)
        listed = self._document(signer_id, documents).get(relationship)
        for entry in listed if isinstance(listed, list) else []:
            method_id = entry.get("id") if isinstance(entry, dict) else entry
            if isinstance(method_id, str):
                method = self._or_none(method_id, documents, relationship)
                if method is not None and method.public_key == jwk:
                    return method
        raise KeyNotBound

    def _or_none(self, method_id: str, documents: Documents, relationship: str) -> VerificationMethod | None:
        try:
            return self.named(method_id, documents, relationship=relationship)
        except Error:
            return None

    def _is_ours(self, controller: str) -> bool:
        did, base = self.site.did, self.site.base_url
        return controller in (did, base) or controller.startswith((f"{did}:", f"{base}/"))

    def _document(self, controller: str, documents: Documents) -> JsonObject:
        found = documents.read.get(controller)
        if found is None:
            found = documents.read[controller] = self._read(controller, documents)
        return found

    def _read(self, controller: str, documents: Documents) -> JsonObject:
        if controller.startswith(("https://", "http://")):
            if not is_https(controller):
                raise KeyUnavailable
            return read_document(key_from(documents.outside, Need(controller, DocumentKind.DID_DOCUMENT)))
        if self._is_ours(controller):
            slug = own_slug(self.site, controller)
            if slug is None and controller != self.site.did:
                raise UnknownKey
            try:
                return documents.own(slug)
            except NotFound as err:
                raise UnknownKey from err
        known = did_method(controller)
        if isinstance(known, Expanded):
            return known.document(controller)
        address = known.document_url(controller)  # raises for an address that must not be opened
        pinned = documents.pinned(controller)
        if pinned is not None:
            return pinned
        return read_document(did_document_from(documents.outside, Need(address, DocumentKind.DID_DOCUMENT)))


def own_slug(site: Site, did: str | None) -> str | None:
    """The issuer of ours whose DID it is."""
    prefix = site.issuer_did("")
    return did.removeprefix(prefix) if did is not None and did.startswith(prefix) else None
