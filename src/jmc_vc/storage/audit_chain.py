"""The hashes of the audit log, each over the one before (`formats.audit_chain`).

An entry gets its place in the chain after its transaction, so that no transaction waits for another's because of the
chain. On PostgreSQL the order of the chain is therefore not always that of the entries' numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select

from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.audit_log import AuditEntry, entry_of
from jmc_vc.storage.bulk import insert_rows
from jmc_vc.storage.log_tables import audit_chain, audit_log

_LOOKED_BACK = 65_536
"""Numbers of entries below the highest one in the chain among which one without a place may still turn up: its
transaction began before, and committed after. So many are given out in some ten seconds at the utmost, and no
transaction of ours takes as long. SQLite commits in the order of the numbers."""
_NEVER_GIVEN = 2**40
"""A number that the database reaches with a thousand entries a second in 34 years: who writes one wants to keep the
entries that follow out of the chain."""
_COLUMNS = tuple(audit_log.columns.keys())
_LAST = select(audit_chain).order_by(audit_chain.c.position.desc()).limit(1)
_HIGHEST = select(func.coalesce(func.max(audit_chain.c.entry), 0))
_WAITING = (
    select(audit_log)
    .where(
        audit_log.c.seq > bindparam("after"),
        audit_log.c.seq < _NEVER_GIVEN,
        ~exists().where(audit_chain.c.entry == audit_log.c.seq),
    )
    .order_by(audit_log.c.seq)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True)
class Link:
    """The entry number `entry` of the audit log has the place `position`, from 1, and there the chain has `hash`."""

    position: int
    entry: int
    hash: bytes


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """An entry without a place in the chain. `in_turn`: its number is one that the database could have given now."""

    seq: int
    at: datetime
    in_turn: bool


class ReadAuditChain(Aggregate):
    """The chain."""

    def last(self) -> Link | None:
        """The end of the chain; None before its first entry."""
        row = self._one(_LAST)
        return None if row is None else Link(row["position"], row["entry"], bytes(row["hash"]))

    def links(self, *, after: int = 0, limit: int = 1_000) -> tuple[tuple[Link, AuditEntry], ...]:
        """The links that follow the place `after`, in order, each with its entry."""
        statement = (
            select(audit_chain.c.position, audit_chain.c.hash, audit_log)
            .join_from(audit_chain, audit_log, audit_log.c.seq == audit_chain.c.entry)
            .where(audit_chain.c.position > after)
            .order_by(audit_chain.c.position)
            .limit(limit)
        )
        found = []
        for row in self._all(statement):
            columns = dict(row)
            link = Link(columns.pop("position"), row["seq"], bytes(columns.pop("hash")))
            found.append((link, entry_of(columns)))
        return tuple(found)

    def grows(self) -> bool:
        """Whether entries were written since the last one that has its place. One that was committed out of turn is
        noticed with the next."""
        seq = audit_log.c.seq
        later = exists().where(seq > self._highest(), seq < _NEVER_GIVEN)
        return bool(self._connection.execute(select(later)).scalar_one())

    def waiting(self, limit: int) -> tuple[AuditEntry, ...]:
        """Entries that have no place in the chain yet, oldest first."""
        after = max(0, self._highest() - (_LOOKED_BACK if self._connection.dialect.name == "postgresql" else 0))
        rows = self._connection.execute(_WAITING, {"after": after, "limit": limit})
        # Every entry passes here in its first second; as mappings the rows would cost twice as much.
        return tuple(entry_of(dict(zip(_COLUMNS, row, strict=True))) for row in rows)

    def unplaced(self, limit: int) -> tuple[Unplaced, ...]:
        """Entries of whatever number that have no place in the chain, lowest number first."""
        columns = audit_log.c
        statement = (
            select(columns.seq, columns.at)
            .where(~exists().where(audit_chain.c.entry == columns.seq))
            .order_by(columns.seq)
            .limit(limit)
        )
        highest = self._highest()
        first = max(0, highest - _LOOKED_BACK)
        return tuple(
            Unplaced(seq=row["seq"], at=row["at"], in_turn=first < row["seq"] < _NEVER_GIVEN)
            for row in self._all(statement)
        )

    def rows(self, *, after: int, limit: int) -> tuple[tuple[int, Mapping[str, str | None] | None], ...]:
        """Number and row digests of entries that have no place yet and follow the number `after`."""
        columns = audit_log.c
        statement = (
            select(columns.seq, columns.rows)
            .where(columns.seq > after, ~exists().where(audit_chain.c.entry == columns.seq))
            .order_by(columns.seq)
            .limit(limit)
        )
        return tuple((row["seq"], row["rows"]) for row in self._all(statement))

    def _highest(self) -> int:
        return int(self._connection.execute(_HIGHEST).scalar_one())


class AuditChain(ReadAuditChain):
    """As read, and may be made longer, by who has `public_log.alone`."""

    def add(self, links: Sequence[Link]) -> None:
        """Store links behind the last one. Raises BrokenRule when a place is taken or an entry has one."""
        insert_rows(
            self._connection,
            audit_chain,
            [{"position": link.position, "entry": link.entry, "hash": link.hash} for link in links],
        )
