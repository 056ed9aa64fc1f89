"""Signing keys: public for decades, private under the key-encryption key, one active for each owner and algorithm."""

from sqlalchemy import RowMapping, bindparam, select

from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import signing_keys

_ACTIVE = select(signing_keys).where(
    signing_keys.c.owner == bindparam("owner"),
    signing_keys.c.algorithm == bindparam("algorithm"),
    signing_keys.c.state == KeyState.ACTIVE.value,
)


class ReadSigningKeys(Aggregate):
    """Signing keys, by owner (an issuer's slug or `jmc`)."""

    def get(self, owner: str, kid: str) -> SigningKey | None:
        """One key, in whatever state."""
        row = self._one(
            self._shared(select(signing_keys).where(signing_keys.c.owner == owner, signing_keys.c.kid == kid))
        )
        return None if row is None else _key(row)

    def active(self, owner: str, algorithm: str = "Ed25519") -> SigningKey | None:
        """The key that signs now. Inside a write transaction it stays active until the commit."""
        # Where this waits for a rotation, it waits for the table and only then looks: it sees the new key.
        row = self._one(self._shared(_ACTIVE), owner=owner, algorithm=algorithm)
        return None if row is None else _key(row)

    def of_owner(self, owner: str) -> tuple[SigningKey, ...]:
        """All keys of `owner`, oldest first."""
        keys = signing_keys.c
        statement = select(signing_keys).where(keys.owner == owner).order_by(keys.created_at, keys.kid)
        return tuple(map(_key, self._all(statement)))


class SigningKeys(ReadSigningKeys):
    """As read, and may be added and moved on."""

    locks = True

    def of_owner_for_change(self, owner: str) -> tuple[SigningKey, ...]:
        """All keys of `owner`, oldest first, which this transaction is about to add to or to move on. Waits its turn
        among those that rely on keys."""
        self._alone(signing_keys)
        return self.of_owner(owner)

    def add(self, key: SigningKey) -> None:
        """Store a new key. Raises BrokenRule when its id or public key is taken, or a second key would be active."""
        self._connection.execute(
            signing_keys.insert().values(**{column.name: getattr(key, column.name) for column in signing_keys.columns})
        )

    def save(self, key: SigningKey) -> None:
        """Write the state, its dates and the ciphertext bound to it. To rotate, save the retiring key first."""
        self._connection.execute(
            signing_keys.update()
            .where(signing_keys.c.owner == key.owner, signing_keys.c.kid == key.kid)
            .values(
                state=key.state,
                active_from=key.active_from,
                retired_at=key.retired_at,
                sealed_private=key.sealed_private,
            )
        )


def _key(row: RowMapping) -> SigningKey:
    return SigningKey(**{**row, "state": KeyState(row["state"])})
