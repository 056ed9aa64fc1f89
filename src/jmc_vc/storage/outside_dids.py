"""DIDs of issuers that sign with their own keys, with the documents that they are judged by."""

from typing import Any

from sqlalchemy import RowMapping, bindparam, select

from jmc_vc.domain.outside_did import OutsideDid
from jmc_vc.formats.did.document import assertion_methods, read_document
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import outside_dids

_DID = select(outside_dids).where(outside_dids.c.did == bindparam("did"))


class ReadOutsideDids(Aggregate):
    """Outside DIDs."""

    def get(self, did: str) -> OutsideDid | None:
        """The DID, also after its registration has ended; None if it never was registered."""
        row = self._one(_DID, did=did)
        return None if row is None else _outside_did(row)

    def all(self) -> tuple[OutsideDid, ...]:
        """All of them, by issuer and DID."""
        statement = select(outside_dids).order_by(outside_dids.c.issuer, outside_dids.c.did)
        return tuple(map(_outside_did, self._all(statement)))


class OutsideDids(ReadOutsideDids):
    """As read, and may be registered, renewed and ended."""

    def for_change(self, did: str) -> OutsideDid | None:
        """The DID, which this transaction is about to register, to renew or to end: nobody else does meanwhile."""
        self._alone(outside_dids)
        return self.get(did)

    def add(self, outside_did: OutsideDid) -> None:
        """Register a DID. Raises BrokenRule when there is one of this name."""
        self._connection.execute(outside_dids.insert().values(**_columns(outside_did)))
        self._wrote(outside_dids, (outside_did.did,))

    def save(self, outside_did: OutsideDid) -> None:
        """Write `outside_did`, read `for_change`, over the row of its name."""
        change = outside_dids.update().where(outside_dids.c.did == outside_did.did)
        self._connection.execute(change.values(**_columns(outside_did)))
        self._wrote(outside_dids, (outside_did.did,))


def pinned_keys(outside_did: OutsideDid) -> frozenset[str]:
    """The keys, as Multikeys, that may sign credentials by its document."""
    methods = assertion_methods(read_document(outside_did.document), outside_did.did)
    return frozenset(encode_multikey(each.public_key) for each in methods)


def _columns(outside_did: OutsideDid) -> dict[str, Any]:
    return {column.name: getattr(outside_did, column.name) for column in outside_dids.columns}


def _outside_did(row: RowMapping) -> OutsideDid:
    return OutsideDid(**{**row, "document": bytes(row["document"])})
