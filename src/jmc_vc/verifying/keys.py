"""Which key belongs to a signature: found in the DID document of whoever is said to have signed, and nowhere else.

What stands under our own base URL comes from storage and never over HTTP: a process that fetches from itself deadlocks.
So do the documents of DIDs that registered issuers brought. DIDs that say all in themselves are expanded. Other hosts
are not asked: what they would have to say is *unknown*, neither fine nor forged.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Error, NotFound, Unacceptable, Unavailable
from jmc_vc.formats.did import Expanded, did_method
from jmc_vc.formats.did.document import (
    ASSERTION_METHOD,
    KeyNotBound,
    UnknownKey,
    VerificationMethod,
    verification_method,
)
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.compact_jws import ALGORITHMS, CompactJws
from jmc_vc.formats.jose.key_reference import KeyReference, KeyReferenceKind
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.presented import TooManyParts

_ADDRESS = re.compile(r"https?://")


MOST_RSA_KEYS = 6
"""With which signatures of one request are verified. Each may be one that was never seen, and to judge the strength of
one of 4096 bits takes 0.13 s. A presentation of more tokens of issuers with such keys can be shown in two."""


@dataclass(frozen=True)
class RsaKeys:
    """The RSA keys that one request brings, counted before the strength of one is judged: a presentation of 20 tokens
    could ask for seconds of work. Only tokens are signed with such keys, no proof of Data Integrity is."""

    _met: set[PublicKey] = field(default_factory=set)

    def verify(self, jws: CompactJws, key: PublicKey) -> None:
        """`compact_jws.verify`, whose errors it raises, and TooManyParts."""
        if key.algorithm is KeyAlgorithm.RSA and jws.algorithm == ALGORITHMS[key.algorithm]:
            self._met.add(key)
            if len(self._met) > MOST_RSA_KEYS:
                raise TooManyParts
        compact_jws.verify(jws, key)


class DidUnavailable(Unavailable):
    """The DID document lies on another host, which was not asked."""

    code = "did.unavailable"


class KeyUnavailable(Unavailable):
    """The key lies at an address on another host, which was not asked."""

    code = "key.unavailable"


class KeyEnded(Unacceptable):
    """The key is revoked, or has expired, by its own DID document."""

    code = "key.ended"


def require_in_use(method: VerificationMethod, now: datetime) -> None:
    """Of a key that signs something now. Raises KeyEnded."""
    if any(end is not None and end <= now for end in (method.expires, method.revoked)):
        raise KeyEnded(pointer="/verificationMethod")


@dataclass(frozen=True, kw_only=True)
class FindKey:
    """Keys by what names them, as they stand in one snapshot: whoever reads the state of a key beside it sees both of
    one moment. `own_did_document` gives the document of a DID of ours, None being JMC's, or raises NotFound;
    `pinned_did_document` that of an issuer's own DID, None if no issuer registered it."""

    site: Site
    own_did_document: Callable[[Snapshot, str | None], JsonObject]
    pinned_did_document: Callable[[Snapshot, str], JsonObject | None]

    def named(self, snapshot: Snapshot, method_id: str, *, relationship: str = ASSERTION_METHOD) -> VerificationMethod:
        """The verification method of a proof, by its DID URL. Raises DidUnavailable, KeyUnavailable, and the errors of
        DIDs and keys; what lies on our own host and does not exist is an UnknownKey."""
        if method_id.startswith(f"{self.site.base_url}/"):
            raise UnknownKey
        if _ADDRESS.match(method_id):
            raise KeyUnavailable
        document = self._document(snapshot, method_id.partition("#")[0])
        return verification_method(document, method_id, relationship=relationship)

    def of_token(
        self,
        snapshot: Snapshot,
        kid: KeyReference | None,
        jwk: PublicKey | None,
        signer_id: str | None,
        *,
        relationship: str = ASSERTION_METHOD,
    ) -> VerificationMethod:
        """The verification method that a token means, whose issuer or holder says to be `signer_id`: the one that `kid`
        names, or the signer's own that is `jwk`. A key in the header is never used by itself (VW-05). Raises as `named`
        does, and UnknownKey when nothing is named."""
        if kid is None:
            return self._equal_to(snapshot, jwk, signer_id, relationship)
        if kid.kind is KeyReferenceKind.NAME and signer_id is None:
            raise UnknownKey(pointer="/kid")
        method = self.named(snapshot, self.method_of_token(kid, signer_id) or kid.text, relationship=relationship)
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
                return None if signer_id is None else f"{signer_id}#{kid.text}"

    def _method_at(self, address: str) -> str | None:
        """The DID URL of the key at an address of ours."""
        base = re.escape(self.site.base_url)
        found = re.fullmatch(base + r"/issuers/([a-z0-9-]+)/keys/([A-Za-z0-9-]+)", address)
        return f"{self.site.issuer_did(found[1])}#{found[2]}" if found else None

    def _equal_to(
        self, snapshot: Snapshot, jwk: PublicKey | None, signer_id: str | None, relationship: str
    ) -> VerificationMethod:
        if jwk is None or signer_id is None:
            raise UnknownKey
        listed = self._document(snapshot, signer_id).get(relationship)
        for entry in listed if isinstance(listed, list) else []:
            method_id = entry.get("id") if isinstance(entry, dict) else entry
            if isinstance(method_id, str):
                method = self._or_none(snapshot, method_id, relationship)
                if method is not None and method.public_key == jwk:
                    return method
        raise KeyNotBound

    def _or_none(self, snapshot: Snapshot, method_id: str, relationship: str) -> VerificationMethod | None:
        try:
            return self.named(snapshot, method_id, relationship=relationship)
        except Error:
            return None

    def _document(self, snapshot: Snapshot, did: str) -> JsonObject:
        if did == self.site.did or did.startswith(f"{self.site.did}:"):
            slug = own_slug(self.site, did)
            if slug is None and did != self.site.did:
                raise UnknownKey
            try:
                return self.own_did_document(snapshot, slug)
            except NotFound as err:
                raise UnknownKey from err
        known = did_method(did)
        if isinstance(known, Expanded):
            return known.document(did)
        known.document_url(did)  # raises for an address that must not be opened
        pinned = self.pinned_did_document(snapshot, did)
        if pinned is None:
            raise DidUnavailable
        return pinned


def own_slug(site: Site, did: str | None) -> str | None:
    """The issuer of ours whose DID it is."""
    prefix = site.issuer_did("")
    return did.removeprefix(prefix) if did is not None and did.startswith(prefix) else None
