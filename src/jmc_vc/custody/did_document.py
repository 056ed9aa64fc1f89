"""The DID document of this organization and of each issuer (did:web; Controlled Identifiers 1.0).

Every key that ever was published stays: credentials that it signed live for decades (CD-02, D-9). It stays without
`expires`, because from that moment on verifiers would refuse old proofs too. A compromised key is shown as revoked
since it may have been in other hands, and signs for nobody. The key of the public log is in no DID document: what it
signs are heads of the log and never a credential, and its readers know it by the log's own name. No key of ours is for
`authentication`: nobody signs in anywhere with one."""

from collections.abc import Iterable
from dataclasses import dataclass

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, KeyState, SigningKey
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.strict_json import JsonObject, parse_object
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot

_VERIFIES = frozenset({KeyState.PUBLISHED, KeyState.ACTIVE, KeyState.RETIRED, KeyState.DESTROYED})
"""States in which proofs of a key count. Destroyed is its private part only: nobody can sign with it any more."""


@dataclass(frozen=True, kw_only=True)
class PublishDidDocument:
    """The document at did.json: the version that was recorded last, which is in the history and in the public log; made
    of the keys as they stand where none was recorded yet."""

    database: Database
    site: Site

    def __call__(self, slug: str | None) -> JsonObject:
        """The document of the issuer `slug`; None means this organization. Raises IssuerNotFound."""
        with self.database.read() as snapshot:
            return self.at(snapshot, slug)

    def at(self, snapshot: Snapshot, slug: str | None) -> JsonObject:
        """The same as it stands in `snapshot`, for who reads more than the document."""
        owner = JMC if slug is None else snapshot.issuers.registered(slug).slug
        recorded = snapshot.did_documents.latest(owner)
        if recorded is not None:
            return parse_object(recorded.body)
        return document_of(owner, snapshot.signing_keys.of_owner(owner), self.site)


def document_of(owner: str, keys: Iterable[SigningKey], site: Site) -> JsonObject:
    """The DID document of `owner`, an issuer's slug or `jmc`, with those of its `keys` that are published."""
    known = tuple(keys)
    may_assert = [f"{site.owner_did(owner)}#{key.kid}" for key in known if verifies(key)]
    return did_document(site.owner_did(owner), verification_methods(known, site), assertion_methods=may_assert)


def verification_methods(keys: Iterable[SigningKey], site: Site) -> tuple[VerificationMethod, ...]:
    """Those among `keys` that are or were published, under their owners' DIDs."""
    return tuple(_method(key, site) for key in keys if key.was_published)


def verifies(key: SigningKey) -> bool:
    """Whether proofs of `key` count. One that leaked or was destroyed before anybody was told of it made none."""
    return key.was_published and key.state in _VERIFIES


def _method(key: SigningKey, site: Site) -> VerificationMethod:
    did = site.owner_did(key.owner)
    return VerificationMethod(
        id=f"{did}#{key.kid}",
        controller=did,
        public_key=decode_multikey(key.public_key),
        revoked=key.compromised_since,
    )
