"""The data keys of the credentials, each sealed under the key-encryption key: what has to be sealed anew when another
key takes its place. Nothing else of a credential changes then."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import bindparam, func, select

from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.bulk import columns_of
from jmc_vc.storage.tables import sealed_awards

_SAVE_ON_SQLITE = (
    sealed_awards.update()
    .where(sealed_awards.c.credential == bindparam("row"))
    .values(sealed_key=bindparam("sealed_key"))
)
_SAVE_ON_POSTGRESQL = """
    UPDATE sealed_awards AS a SET sealed_key = r.sealed_key
    FROM unnest(%(credential)s::uuid[], %(sealed_key)s::bytea[]) AS r (credential, sealed_key)
    WHERE a.credential = r.credential
"""


@dataclass(frozen=True, kw_only=True)
class DataKey:
    """A data key under the key-encryption key, bound to its credential."""

    credential: UUID
    sealed_key: bytes


class ReadDataKeys(Aggregate):
    """Data keys. Those of erased credentials are gone."""

    def count(self) -> int:
        """How many there are."""
        found: int = self._connection.execute(select(func.count()).select_from(sealed_awards)).scalar_one()
        return found

    def page(self, limit: int, after: UUID | None = None) -> tuple[DataKey, ...]:
        """The next ones in an order of their own."""
        keys = sealed_awards.c
        statement = select(keys.credential, keys.sealed_key).order_by(keys.credential).limit(limit)
        if after is not None:
            statement = statement.where(keys.credential > after)
        return tuple(DataKey(**row) for row in self._all(statement))


class DataKeys(ReadDataKeys):
    """As read, and may be sealed anew."""

    def save(self, keys: Sequence[DataKey]) -> None:
        """Put other ciphertexts in the place of theirs; nothing is written of a credential that is erased meanwhile."""
        rows = [asdict(key) for key in keys]
        if rows and self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(_SAVE_ON_POSTGRESQL, columns_of(self._connection, sealed_awards, rows))
        elif rows:
            self._connection.execute(
                _SAVE_ON_SQLITE, [{"row": row["credential"], "sealed_key": row["sealed_key"]} for row in rows]
            )
