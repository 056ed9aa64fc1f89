"""Credentials of which the public log tells and whose rows were lost with the database that had them.

Who holds one has it still, and its place in the status list must go on saying what it said: the place is never given
away again, and its bit stays as it was logged.
"""

from collections.abc import Sequence

from sqlalchemy import RowMapping, func, select

from jmc_vc.domain.credential import CredentialState
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.storage.aggregate import LARGEST_INTEGER, Aggregate
from jmc_vc.storage.bulk import insert_rows
from jmc_vc.storage.log_tables import lost_credentials

_SET_BIT = {
    StatusPurpose.REVOCATION: CredentialState.REVOKED,
    StatusPurpose.SUSPENSION: CredentialState.SUSPENDED,
}


class ReadLostCredentials(Aggregate):
    """Lost credentials."""

    def all(self) -> tuple[LostCredential, ...]:
        """By place."""
        columns = lost_credentials.c
        statement = select(lost_credentials).order_by(columns.list_number, columns.status_index)
        return tuple(map(_lost, self._all(statement)))

    def at_place(self, list_number: int, status_index: int) -> LostCredential | None:
        """The one that had this place; None where none was lost."""
        columns = lost_credentials.c
        row = self._one(
            select(lost_credentials).where(columns.list_number == list_number, columns.status_index == status_index)
        )
        return None if row is None else _lost(row)

    def any_at(self, issuer: str, list_number: int, status_index: int | None) -> bool:
        """Whether one of the issuer with this DID was lost that had this place, or, without an index, any in this
        list."""
        if max(list_number, status_index or 0) > LARGEST_INTEGER:
            return False
        columns = lost_credentials.c
        found = select(columns.state).where(columns.issuer == issuer, columns.list_number == list_number)
        if status_index is not None:
            found = found.where(columns.status_index == status_index)
        return self._connection.execute(found.limit(1)).first() is not None

    def set_bits(self, list_number: int, purpose: StatusPurpose) -> list[int]:
        """The indexes whose bit is 1 in that list, ascending."""
        if not 0 < list_number <= LARGEST_INTEGER:
            return []
        columns = lost_credentials.c
        statement = (
            select(columns.status_index)
            .where(columns.list_number == list_number, columns.state == _SET_BIT[purpose].value)
            .order_by(columns.status_index)
        )
        return list(self._connection.execute(statement).scalars())

    def highest_list(self) -> int:
        """The highest number of a list that one of them is in; 0 without any."""
        highest = select(func.coalesce(func.max(lost_credentials.c.list_number), 0))
        return int(self._connection.execute(highest).scalar_one())


class LostCredentials(ReadLostCredentials):
    """As read, and may be put on record."""

    def add(self, lost: Sequence[LostCredential]) -> None:
        """Store the places. Raises BrokenRule when one is on record already."""
        insert_rows(
            self._connection,
            lost_credentials,
            [{column.name: getattr(each, column.name) for column in lost_credentials.columns} for each in lost],
        )
        self._wrote(lost_credentials, *((each.list_number, each.status_index) for each in lost))


def _lost(row: RowMapping) -> LostCredential:
    return LostCredential(**{**row, "state": CredentialState(row["state"])})
