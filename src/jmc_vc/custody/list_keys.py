"""All signing keys with their dates, and how many credentials rest on each; and those that no row knows."""

from dataclasses import dataclass

from jmc_vc.domain.signing_key import JMC, LOG, KeyState, SigningKey
from jmc_vc.signing.keyring import Keyring
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
    keyring: Keyring

    def __call__(self) -> tuple[ListedKey, ...]:
        """Every key, in whatever state, each owner's oldest first."""
        with self.database.read() as snapshot:
            counts = snapshot.credentials.by_key()
            owners = (JMC, LOG, *(issuer.slug for issuer in snapshot.issuers.all()))
            keys = [key for owner in owners for key in snapshot.signing_keys.of_owner(owner)]
        return tuple(ListedKey(key, counts.get((key.owner, key.kid), 0)) for key in keys)

    def strays(self) -> tuple[str, ...]:
        """The URIs of keys on the token that are no key of this installation: what came to be there after we had given
        up waiting for it, what was to be destroyed and is still there, or another installation's. Raises what the token
        raises."""
        with self.database.read() as snapshot:
            keys = snapshot.signing_keys.all()
        known = {key.signer_uri for key in keys if key.state is not KeyState.DESTROYED}
        return tuple(sorted(self.keyring.outside() - known))
