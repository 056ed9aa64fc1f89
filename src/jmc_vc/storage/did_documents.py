"""The versions of each owner's DID document, oldest first: what was published stays to be looked up, byte for byte."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, select

from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import did_documents

_LATEST = (
    select(did_documents)
    .where(did_documents.c.owner == bindparam("owner"))
    .order_by(did_documents.c.version.desc())
    .limit(1)
)


@dataclass(frozen=True, kw_only=True)
class DidDocumentVersion:
    """The document of `owner`, an issuer's slug or `jmc`, from `at` until the next version. `version` counts from 1,
    without a gap; `body` is the document in its one canonical spelling (RFC 8785)."""

    owner: str
    version: int
    at: datetime
    body: bytes


class ReadDidDocuments(Aggregate):
    """DID documents as they were published."""

    def latest(self, owner: str) -> DidDocumentVersion | None:
        """The document as it is now; None when none was recorded yet."""
        row = self._one(_LATEST, owner=owner)
        return None if row is None else _version(row)

    def history(self, owner: str) -> tuple[DidDocumentVersion, ...]:
        """Every version, oldest first."""
        rows = did_documents.c
        return tuple(map(_version, self._all(select(did_documents).where(rows.owner == owner).order_by(rows.version))))


class DidDocuments(ReadDidDocuments):
    """As read, and may be added to."""

    def add(self, version: DidDocumentVersion) -> None:
        """Store the next version. Raises BrokenRule when there is one of that number."""
        self._wrote(did_documents, (version.owner, version.version))
        self._connection.execute(
            did_documents.insert().values(
                owner=version.owner, version=version.version, at=version.at, body=version.body
            )
        )


def _version(row: RowMapping) -> DidDocumentVersion:
    return DidDocumentVersion(**{**row, "body": bytes(row["body"])})
