"""Signing keys: public for decades, private under the key-encryption key, one active for each owner and algorithm."""

from collections.abc import Collection

from sqlalchemy import RowMapping, bindparam, select

from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import signing_keys

_ACTIVE = select(signing_keys).where(
    signing_keys.c.owner == bindparam("owner"),
    signing_keys.c.algorithm == bindparam("algorithm"),
    signing_keys.c.state == KeyState.ACTIVE.value,
)
_OF_OWNER = (
    select(signing_keys)
    .where(signing_keys.c.owner == bindparam("owner"))
    .order_by(signing_keys.c.created_at, signing_keys.c.kid)
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

    def active_of_all(self, algorithm: str = "Ed25519") -> tuple[SigningKey, ...]:
        """The keys that sign now, of everybody, by owner."""
        keys = signing_keys.c
        signing = (keys.algorithm == algorithm) & (keys.state == KeyState.ACTIVE.value)
        return tuple(map(_key, self._all(select(signing_keys).where(signing).order_by(keys.owner))))

    def all_active(self) -> tuple[SigningKey, ...]:
        """Every key that signs now."""
        return tuple(map(_key, self._all(select(signing_keys).where(signing_keys.c.state == KeyState.ACTIVE.value))))

    def any_of(self, public_keys: Collection[str]) -> bool:
        """Whether one of these Multikeys is or was a key of ours, in whatever state."""
        found = select(signing_keys.c.kid).where(self._among(signing_keys.c.public_key, public_keys)).limit(1)
        return self._connection.execute(found).first() is not None

    def all(self) -> tuple[SigningKey, ...]:
        """All keys of everybody."""
        keys = signing_keys.c
        return tuple(map(_key, self._all(select(signing_keys).order_by(keys.owner, keys.created_at, keys.kid))))

    def of_owner(self, owner: str) -> tuple[SigningKey, ...]:
        """All keys of `owner`, oldest first."""
        return tuple(map(_key, self._all(_OF_OWNER, owner=owner)))

    def with_public_key(self, public_key: str) -> SigningKey | None:
        """The one key, whoever its owner is, with this Multikey string."""
        row = self._one(select(signing_keys).where(signing_keys.c.public_key == public_key))
        return None if row is None else _key(row)


class SigningKeys(ReadSigningKeys):
    """As read, and may be added and moved on."""

    locks = True

    def of_owner_for_change(self, owner: str) -> tuple[SigningKey, ...]:
        """All keys of `owner`, oldest first, which this transaction is about to add to or to move on. Waits its turn
        among those that rely on keys."""
        self._alone(signing_keys)
        return self.of_owner(owner)

    def all_for_change(self) -> tuple[SigningKey, ...]:
        """All keys of everybody, which this transaction is about to change. As `of_owner_for_change`."""
        self._alone(signing_keys)
        return self.all()

    def add(self, key: SigningKey) -> None:
        """Store a new key. Raises BrokenRule when its id or public key is taken, or a second key would be active."""
        self._connection.execute(
            signing_keys.insert().values(**{column.name: getattr(key, column.name) for column in signing_keys.columns})
        )
        self._wrote(signing_keys, (key.owner, key.kid))
        self._require_kek()

    def save(self, key: SigningKey) -> None:
        """Write the state, its dates and the ciphertext bound to it. To rotate, save the retiring key first."""
        this = (signing_keys.c.owner == key.owner) & (signing_keys.c.kid == key.kid)
        stored = self._connection.execute(select(signing_keys.c.sealed_private).where(this)).scalar()
        self._connection.execute(
            signing_keys.update()
            .where(this)
            .values(
                state=key.state,
                published_at=key.published_at,
                active_from=key.active_from,
                retired_at=key.retired_at,
                compromised_since=key.compromised_since,
                compromised_at=key.compromised_at,
                destroyed_at=key.destroyed_at,
                sealed_private=key.sealed_private,
            )
        )
        self._wrote(signing_keys, (key.owner, key.kid))
        if key.sealed_private not in (b"", stored):
            self._require_kek()


def _key(row: RowMapping) -> SigningKey:
    return SigningKey(**{**row, "state": KeyState(row["state"])})
