"""Whose keys and lists are published: this organization's own, or those of an issuer."""

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer, IssuerNotFound
from jmc_vc.domain.signing_key import JMC
from jmc_vc.storage.transaction import Snapshot


def registered_issuer(snapshot: Snapshot, slug: str) -> Issuer:
    """The issuer called `slug`, also when it is suspended or its registration has run out. Raises IssuerNotFound."""
    issuer = snapshot.issuers.get(slug)
    if issuer is None:
        raise IssuerNotFound
    return issuer


def did_of_owner(site: Site, owner: str) -> str:
    """The DID under which the keys of `owner` are published, a slug or `jmc`."""
    return site.did if owner == JMC else site.issuer_did(owner)
