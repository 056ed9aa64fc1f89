"""Issuers."""

from typing import Any

from sqlalchemy import RowMapping, bindparam, func, select

from jmc_vc.domain.issuer import Issuer, IssuerNotFound, IssuerState
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import issuers

_ISSUER = select(issuers).where(issuers.c.slug == bindparam("slug"))
_COUNT = select(func.count()).select_from(issuers)


class ReadIssuers(Aggregate):
    """Issuers, by slug."""

    def get(self, slug: str) -> Issuer | None:
        """The issuer `slug`."""
        row = self._one(self._shared(_ISSUER), slug=slug)
        return None if row is None else _issuer(row)

    def registered(self, slug: str) -> Issuer:
        """The issuer `slug`, also when it is suspended or its registration has run out. Raises IssuerNotFound."""
        issuer = self.get(slug)
        if issuer is None:
            raise IssuerNotFound
        return issuer

    def all(self) -> tuple[Issuer, ...]:
        """All issuers, by slug."""
        return tuple(map(_issuer, self._all(select(issuers).order_by(issuers.c.slug))))

    def count(self) -> int:
        """How many there are."""
        return int(self._connection.execute(_COUNT).scalar_one())


class Issuers(ReadIssuers):
    """As read, and may be registered and changed."""

    locks = True

    def for_change(self, slug: str) -> Issuer | None:
        """The issuer `slug`, which this transaction is about to change. Waits its turn among those that rely on
        issuers."""
        self._alone(issuers)
        return self.get(slug)

    def add(self, issuer: Issuer) -> None:
        """Register `issuer`. Raises BrokenRule when its slug or number is taken."""
        self._connection.execute(issuers.insert().values(**_columns(issuer)))
        self._wrote(issuers, (issuer.slug,))

    def save(self, issuer: Issuer) -> None:
        """Write `issuer`, read `for_change`, over the row of its slug."""
        self._connection.execute(issuers.update().where(issuers.c.slug == issuer.slug).values(**_columns(issuer)))
        self._wrote(issuers, (issuer.slug,))


def _columns(issuer: Issuer) -> dict[str, Any]:
    return {column.name: getattr(issuer, column.name) for column in issuers.columns}


def _issuer(row: RowMapping) -> Issuer:
    return Issuer(**{**row, "state": IssuerState(row["state"])})
