"""The Profile at an issuer's address, as Open Badges writes it."""

from dataclasses import dataclass

from jmc_vc.domain.identifiers import Site
from jmc_vc.formats.openbadges.profile import profile_document
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.publishing.achievement import contexts_of
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class PublishIssuerProfile:
    """The profile of an issuer, also when it is suspended: its credentials name it."""

    database: Database
    site: Site

    def __call__(self, slug: str) -> JsonObject:
        """The Profile with its `@context`. Raises IssuerNotFound."""
        with self.database.read() as snapshot:
            issuer = snapshot.issuers.registered(slug)
        profile = profile_document(
            id=self.site.issuer_did(slug),
            name=issuer.name_ja,
            url=issuer.url,
            country_code=issuer.country,
            region=issuer.region,
            identifiers={"ext:JMCIssuerNumber": issuer.number},
        )
        return {"@context": [*contexts_of(self.site)], **profile}
