"""All issuers, also suspended ones."""

from dataclasses import dataclass

from jmc_vc.domain.issuer import Issuer
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class ListIssuers:
    """For JMC's own staff."""

    database: Database

    def __call__(self) -> tuple[Issuer, ...]:
        """By slug."""
        with self.database.read() as tx:
            return tx.issuers.all()
