"""Status lists: which place a credential gets, and the signed lists that anyone fetches.

A place is given away once: the counter of a list only goes up, under the lock of its row. The bits themselves are the
credentials' states, and a published list is never replaced by an older one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, func, select

from jmc_vc.domain.status_list import SIZE, ListForm, StatusList
from jmc_vc.storage.aggregate import LARGEST_INTEGER, Aggregate
from jmc_vc.storage.lost_credentials import ReadLostCredentials
from jmc_vc.storage.tables import published_lists, status_lists

_KEY_BYTES = 32

_LIST = select(status_lists).where(status_lists.c.number == bindparam("number"))
_OF_ISSUER = select(status_lists).where(status_lists.c.issuer == bindparam("issuer"))
_OLDEST_FIRST = _OF_ISSUER.order_by(status_lists.c.number)
_LAST = _OF_ISSUER.order_by(status_lists.c.number.desc()).limit(1)


@dataclass(frozen=True, kw_only=True)
class PublishedStatusList:
    """The signed bytes that are served; `change` is the list's counter when its bits were read, `kid` the issuer's key
    that signed."""

    number: int
    form: ListForm
    change: int
    body: bytes
    etag: str
    kid: str
    signed_at: datetime
    valid_until: datetime


class ReadStatusLists(Aggregate):
    """Status lists and their published forms."""

    def get(self, number: int) -> StatusList | None:
        """The list `number`."""
        if not 0 < number <= LARGEST_INTEGER:
            return None
        row = self._one(_LIST, number=number)
        return None if row is None else _list(row)

    def of_issuer(self, slug: str) -> tuple[StatusList, ...]:
        """All lists of an issuer, oldest first; only the last one can have free places."""
        return tuple(map(_list, self._all(_OLDEST_FIRST, issuer=slug)))

    def published(self, number: int, form: ListForm) -> PublishedStatusList | None:
        """What is served for that list now; None before its first publication."""
        if not 0 < number <= LARGEST_INTEGER:
            return None
        lists = published_lists.c
        statement = select(published_lists).where(lists.number == number, lists.form == form.value)
        row = self._one(statement)
        if row is None:
            return None
        return PublishedStatusList(**{**row, "form": ListForm(row["form"])})


class StatusLists(ReadStatusLists):
    """As read, and may give places away, change and be published."""

    locks = True

    def allot(
        self, issuer: str, count: int, random: Callable[[int], bytes], *, size: int = SIZE
    ) -> list[tuple[int, int]]:
        """`count` new places of `issuer`: (list number, counter); `domain.status_list.index_at` makes the index of
        a counter. Opens a list when the last one is full; `random` makes its permutation key. The lists stay locked
        until the commit. Raises TransactionRaced when another transaction opened the list first."""
        places: list[tuple[int, int]] = []
        while len(places) < count:
            last = self._last_locked(issuer)
            if last is None or last.allotted == last.size:
                self._open(issuer, size, random)
                continue
            taken = min(count - len(places), last.size - last.allotted)
            places += [(last.number, last.allotted + n) for n in range(taken)]
            self._connection.execute(
                status_lists.update()
                .where(status_lists.c.number == last.number)
                .values(allotted=status_lists.c.allotted + taken)
            )
        return places

    def skip(self, number: int, allotted: int) -> None:
        """Give no place of the list away whose counter is below `allotted`: they are taken, whoever forgot it."""
        self._connection.execute(
            status_lists.update()
            .where(status_lists.c.number == number, status_lists.c.allotted < allotted)
            .values(allotted=allotted)
        )

    def put_back(self, number: int, issuer: str, random: Callable[[int], bytes], *, size: int = SIZE) -> None:
        """A list that was lost, under its number. None of its places is given away any more, for which of them were is
        not known."""
        self._connection.execute(
            status_lists.insert().values(
                number=number,
                issuer=issuer,
                size=size,
                allotted=size,
                change=0,
                permutation_key=random(_KEY_BYTES),
            )
        )
        self._wrote(status_lists, (number,))

    def bump(self, number: int) -> int:
        """Count a change of bits, in the transaction that makes it; the new count."""
        changed = self._connection.execute(
            status_lists.update()
            .where(status_lists.c.number == number)
            .values(change=status_lists.c.change + 1)
            .returning(status_lists.c.change)
        )
        return int(changed.scalar_one())

    def publish(self, published: PublishedStatusList) -> bool:
        """Serve `published` from the commit on. False when what is served already is newer: then nothing is
        changed, so that a slow signer never takes a revocation back."""
        values = {column.name: getattr(published, column.name) for column in published_lists.columns}
        # The list's own row is the lock: two first publications would else both find nothing to replace.
        self._connection.execute(
            self._reserved(select(status_lists.c.number).where(status_lists.c.number == published.number))
        ).one()
        served = self.published(published.number, published.form)
        if served is None:
            self._connection.execute(published_lists.insert().values(values))
            return True
        if (published.change, published.signed_at) < (served.change, served.signed_at):
            return False
        lists = published_lists.c
        self._connection.execute(
            published_lists.update()
            .where(lists.number == published.number, lists.form == published.form.value)
            .values(values)
        )
        return True

    def _last_locked(self, issuer: str) -> StatusList | None:
        row = self._one(self._reserved(_LAST), issuer=issuer)
        return None if row is None else _list(row)

    def _open(self, issuer: str, size: int, random: Callable[[int], bytes]) -> None:
        """Open a list, unless another transaction has just done so."""
        # In this order: whatever is opened after the first statement takes the number that we are about to take, and
        # what was opened before it is seen by the second (a statement sees all that was committed when it began).
        # A number that the log names is never given to another list, even where the list itself was lost.
        lists = self._connection.execute(select(func.coalesce(func.max(status_lists.c.number), 0))).scalar_one()
        highest = max(lists, ReadLostCredentials(self._connection).highest_list())
        last = self._last_locked(issuer)
        if last is not None and last.allotted < last.size:
            return
        opened = StatusList(
            number=highest + 1, issuer=issuer, size=size, allotted=0, change=0, permutation_key=random(_KEY_BYTES)
        )
        self._connection.execute(
            status_lists.insert().values(
                **{column.name: getattr(opened, column.name) for column in status_lists.columns}
            )
        )
        self._wrote(status_lists, (opened.number,))


def _list(row: RowMapping) -> StatusList:
    return StatusList(**row)
