"""The identity that a database was made with. It is written once; another base URL or key at a later start is
refused. Only the key-encryption key may give its place to another one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jmc_vc.domain.identifiers import Site
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import site_record

_ONLY = 1


@dataclass(frozen=True, kw_only=True)
class SiteRecord:
    """`kek_check` is the check value of the key-encryption key that all sealed columns are under; `sealed_hash_keys`
    are what it took over from the one before, if there was one."""

    site: Site
    kek_check: bytes
    created_at: datetime
    sealed_hash_keys: bytes | None = None


class ReadSiteRecord(Aggregate):
    """The one row of `site_record`."""

    def get(self) -> SiteRecord | None:
        """The record; None in a database that was not initialized."""
        row = self._one(select(site_record))
        if row is None:
            return None
        site = Site(base_url=row["base_url"], did=row["did"], namespace=row["namespace"])
        return SiteRecord(
            site=site,
            kek_check=row["kek_check"],
            created_at=row["created_at"],
            sealed_hash_keys=row["sealed_hash_keys"],
        )


class SiteRecords(ReadSiteRecord):
    """As read, and may be written, once; its key-encryption key may be replaced."""

    def add(self, record: SiteRecord) -> None:
        """Write the record. Raises BrokenRule when there is one."""
        self._connection.execute(
            site_record.insert().values(
                id=_ONLY,
                base_url=record.site.base_url,
                did=record.site.did,
                namespace=record.site.namespace,
                kek_check=record.kek_check,
                created_at=record.created_at,
            )
        )
        self._wrote(site_record, (_ONLY,))

    def for_new_kek(self) -> SiteRecord | None:
        """The record, whose key-encryption key this transaction is about to replace. Waits its turn among those who
        store what is sealed; none of them stores anything before our commit."""
        self._alone(site_record)
        return self.get()

    def replace_kek(self, kek_check: bytes, sealed_hash_keys: bytes) -> None:
        """Everything that is sealed is under the key with this check value, from the commit on."""
        self._connection.execute(site_record.update().values(kek_check=kek_check, sealed_hash_keys=sealed_hash_keys))
        self._wrote(site_record, (_ONLY,))
