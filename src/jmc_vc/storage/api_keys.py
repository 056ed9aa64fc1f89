"""API keys, found by their public prefix."""

from datetime import datetime

from sqlalchemy import RowMapping, select

from jmc_vc.domain.actor import Scope
from jmc_vc.domain.api_key import ApiKey
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import api_keys


class ReadApiKeys(Aggregate):
    """API keys."""

    def get(self, prefix: str) -> ApiKey | None:
        """The key with that prefix, in whatever state."""
        row = self._one(select(api_keys).where(api_keys.c.prefix == prefix))
        return None if row is None else _key(row)

    def of_issuer(self, slug: str) -> tuple[ApiKey, ...]:
        """All keys of an issuer, oldest first."""
        statement = select(api_keys).where(api_keys.c.issuer == slug).order_by(api_keys.c.created_at, api_keys.c.prefix)
        return tuple(map(_key, self._all(statement)))


class ApiKeys(ReadApiKeys):
    """As read, and may be added and revoked."""

    def add(self, key: ApiKey) -> None:
        """Store a new key. Raises BrokenRule when its prefix is taken."""
        values = {column.name: getattr(key, column.name) for column in api_keys.columns}
        self._connection.execute(api_keys.insert().values({**values, "scopes": sorted(key.scopes)}))
        self._wrote(api_keys, (key.prefix,))

    def revoke(self, prefix: str, at: datetime) -> bool:
        """Revoke the key; the first revocation's time stays. False when there is no such key that is not revoked
        yet."""
        keys = api_keys.c
        changed = self._connection.execute(
            api_keys.update().where(keys.prefix == prefix, keys.revoked_at.is_(None)).values(revoked_at=at)
        )
        self._wrote(api_keys, (prefix,))
        return changed.rowcount == 1

    def revoke_all(self, at: datetime) -> tuple[ApiKey, ...]:
        """Revoke every key that is not revoked yet; which they were."""
        keys = api_keys.c
        living = select(api_keys).where(keys.revoked_at.is_(None)).order_by(keys.issuer, keys.created_at, keys.prefix)
        found = tuple(map(_key, self._all(living)))
        for key in found:
            self.revoke(key.prefix, at)
        return found


def _key(row: RowMapping) -> ApiKey:
    return ApiKey(**{**row, "scopes": frozenset(map(Scope, row["scopes"]))})
