"""The DID document of this organization and of each issuer (did:web; Controlled Identifiers 1.0).

Every key that ever was published stays: credentials that it signed live for decades (CD-02, D-9). It stays without
`expires`, because from that moment on verifiers would refuse old proofs too. A compromised key is shown as revoked and
signs for nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, KeyState, SigningKey
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.publishing.owners import did_of_owner, registered_issuer
from jmc_vc.storage.database import Database

VERIFIES = frozenset({KeyState.PUBLISHED, KeyState.ACTIVE, KeyState.RETIRED, KeyState.DESTROYED})
"""States in which proofs of a key count. Destroyed is its private part only: nobody can sign with it any more."""
PUBLISHED = VERIFIES | {KeyState.COMPROMISED}


@dataclass(frozen=True, kw_only=True)
class PublishDidDocument:
    """The document at did.json."""

    database: Database
    site: Site

    def __call__(self, slug: str | None) -> JsonObject:
        """The document of the issuer `slug`; None means this organization. Raises IssuerNotFound."""
        with self.database.read() as snapshot:
            owner = JMC if slug is None else registered_issuer(snapshot, slug).slug
            keys = snapshot.signing_keys.of_owner(owner)
        methods = verification_methods(keys, self.site)
        states = {key.kid: key.state for key in keys}
        may_assert = [each.id for each in methods if states[each.id.partition("#")[2]] in VERIFIES]
        return did_document(did_of_owner(self.site, owner), methods, assertion_methods=may_assert)


def verification_methods(keys: Iterable[SigningKey], site: Site) -> tuple[VerificationMethod, ...]:
    """The published ones among `keys`, under their owners' DIDs."""
    return tuple(_method(key, site) for key in keys if key.state in PUBLISHED)


def _method(key: SigningKey, site: Site) -> VerificationMethod:
    did = did_of_owner(site, key.owner)
    return VerificationMethod(
        id=f"{did}#{key.kid}",
        controller=did,
        public_key=decode_multikey(key.public_key),
        revoked=key.retired_at if key.state is KeyState.COMPROMISED else None,
    )
