"""All signing keys with their dates, and how many credentials rest on each."""

from dataclasses import dataclass

from jmc_vc.domain.signing_key import JMC, LOG, SigningKey
from jmc_vc.storage.database import Database


@dataclass(frozen=True)
class ListedKey:
    """`credentials` is how many were signed with the key, in whatever form."""

    key: SigningKey
    credentials: int


@dataclass(frozen=True, kw_only=True)
class ListKeys:
    """JMC's own first, then that of the log, then those of the issuers."""

    database: Database

    def __call__(self) -> tuple[ListedKey, ...]:
        """Every key, in whatever state, each owner's oldest first."""
        with self.database.read() as snapshot:
            counts = snapshot.credentials.by_key()
            owners = (JMC, LOG, *(issuer.slug for issuer in snapshot.issuers.all()))
            keys = [key for owner in owners for key in snapshot.signing_keys.of_owner(owner)]
        return tuple(ListedKey(key, counts.get((key.owner, key.kid), 0)) for key in keys)
