"""The audit log: who did what to which thing, and when. Entries are only ever appended; the database refuses the rest.

No personal data go in: actors are key prefixes and operators' login names, objects are our own identifiers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, select

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.bulk import insert_rows
from jmc_vc.storage.log_tables import audit_log
from jmc_vc.storage.row_records import RECORDED, all_records, records_of

Detail = str | int | bool | None

CLOCK, CLOCK_ACCEPTED = "clock", "clock-accepted"
"""Object and action of the entry by which times that lie ahead were accepted as wrong."""
ISSUER_SUSPENDED, ISSUER_REINSTATED = "issuer-suspended", "issuer-reinstated"
"""Actions of the entries by which an issuer was suspended, and that was lifted; their object is the slug."""
PROGRAM_SUSPENDED, PROGRAM_REINSTATED = "program-suspend", "program-reinstate"
"""Likewise of the accreditation of a version; their object is the number, a space, v and the version."""
LOG_RESTORED = "log-restored"
"""Action of the entry by which a database that was set back was brought up to what was published."""
ROWS, ROWS_RECORDED = "rows", "rows-recorded"
"""Object and action of the entries by which digests of all rows were entered."""
_RECORDED_AT_ONCE = 500
"""Digests in one entry: some 50 kB."""
_ROWS_RECORDED = select(audit_log.c.seq).where(audit_log.c.object == ROWS, audit_log.c.action == ROWS_RECORDED).limit(1)
_AFTER = audit_log.c.seq + 0 >= bindparam("seq")
"""No search by number, but a look at each of the latest, of which the first one is mostly the one (SQLite would sort
all others instead)."""
_LATEST = select(audit_log.c.at).where(_AFTER).order_by(audit_log.c.at.desc(), audit_log.c.seq.desc()).limit(1)
_CLOCKS_ACCEPTED = (
    select(audit_log)
    .where(audit_log.c.object == CLOCK, audit_log.c.action == CLOCK_ACCEPTED)
    .order_by(audit_log.c.seq.desc())
)
_CLOCK_ACCEPTED = _CLOCKS_ACCEPTED.limit(1)


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What is to be written: `action` is a word such as `credential-issued`, `object` the id of what it was done to."""

    action: str
    object: str
    actor: Actor
    at: datetime
    reason: str | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """What was written; `seq` goes up, and may skip a number on PostgreSQL when a transaction was rolled back. `rows`
    are digests of the rows that the transaction left behind, by their names (`row_records`): in its last entry, if it
    wrote any."""

    seq: int
    at: datetime
    actor_kind: ActorKind
    actor_id: str
    action: str
    object: str
    reason: str | None
    details: Mapping[str, Detail]
    rows: Mapping[str, str | None] | None = None


@dataclass(frozen=True, kw_only=True)
class ClockAccepted:
    """The entry number `seq`: times up to `latest` that are on record were accepted as wrong. `entries` is the number
    of the public log's last entry then."""

    seq: int
    latest: datetime
    entries: int


class ReadAuditLog(Aggregate):
    """The audit log."""

    def entries(self, *, after: int = 0, limit: int = 1_000) -> tuple[AuditEntry, ...]:
        """The entries that follow number `after`, oldest first."""
        statement = select(audit_log).where(audit_log.c.seq > after).order_by(audit_log.c.seq).limit(limit)
        return tuple(map(entry_of, self._all(statement)))

    def of_object(self, name: str) -> tuple[AuditEntry, ...]:
        """What happened to the thing with the id `name`, oldest first."""
        statement = select(audit_log).where(audit_log.c.object == name).order_by(audit_log.c.seq)
        return tuple(map(entry_of, self._all(statement)))

    def rows_recorded(self) -> bool:
        """Whether digests of all rows were entered once; those that came since are with their acts."""
        return self._one(_ROWS_RECORDED) is not None

    def latest_at(self, *, since: ClockAccepted | None = None) -> datetime | None:
        """The latest time that an entry bears, be it the last or not; of those `since` the clock was accepted."""
        after = {"seq": 0 if since is None else since.seq}
        return self._connection.execute(_LATEST, after).scalar_one_or_none()

    def clock_accepted(self) -> ClockAccepted | None:
        """The last time when that was done."""
        row = self._one(_CLOCK_ACCEPTED)
        return None if row is None else _clock_accepted(row)

    def clocks_accepted(self) -> tuple[ClockAccepted, ...]:
        """All of them, the last one first."""
        return tuple(map(_clock_accepted, self._all(_CLOCKS_ACCEPTED)))


class AuditLog(ReadAuditLog):
    """As read, and may be appended to. The last entry of a transaction is written at its end, with digests of the rows
    that the transaction leaves behind (`row_records`)."""

    _held: Happening | None = None

    def append(
        self,
        action: str,
        object: str,  # noqa: A002 (the grammar of an entry: actor, action, object)
        actor: Actor,
        at: datetime,
        *,
        reason: str | None = None,
        details: Mapping[str, Detail] | None = None,
    ) -> None:
        """Write one entry, in the transaction of what it tells of."""
        self.append_all(
            [Happening(action=action, object=object, actor=actor, at=at, reason=reason, details=details or {})]
        )

    def append_all(self, happenings: Iterable[Happening]) -> None:
        """Write many entries in their order."""
        entries = [*([] if self._held is None else [self._held]), *happenings]
        if not entries:
            return
        self._written.logged = True
        *earlier, self._held = entries
        insert_rows(self._connection, audit_log, [_row(each, None) for each in earlier])

    def _all(self, statement: Select[Any], **parameters: object) -> Sequence[RowMapping]:
        """With what this transaction wrote itself. Rows that it writes after that need an entry of their own."""
        self.release()
        return super()._all(statement, **parameters)

    def release(self) -> None:
        """Write the entry that was held back, with digests of what was written so far. Rows that were written without
        any entry are vouched for by nobody."""
        held, self._held = self._held, None
        if held is not None:
            rows = records_of(self._connection, self._written)
            insert_rows(self._connection, audit_log, [_row(held, rows or None)])

    def record_all(self, actor: Actor, at: datetime) -> None:
        """Enter digests of all rows that are there: from now on the audit log vouches for them. For an installation
        that is older than these digests, and the first time of any."""
        for table in RECORDED:
            records = all_records(self._connection, table, to_enter=True)
            while page := {each.name: each.digest for each in islice(records, _RECORDED_AT_ONCE)}:
                entry = Happening(action=ROWS_RECORDED, object=ROWS, actor=actor, at=at)
                insert_rows(self._connection, audit_log, [_row(entry, page)])
        last = Happening(action=ROWS_RECORDED, object=ROWS, actor=actor, at=at, details={"complete": True})
        insert_rows(self._connection, audit_log, [_row(last, None)])
        self._written.logged = True


def _row(happening: Happening, rows: Mapping[str, str | None] | None) -> dict[str, Any]:
    return {
        "at": happening.at,
        "actor_kind": happening.actor.kind,
        "actor_id": happening.actor.id,
        "action": happening.action,
        "object": happening.object,
        "reason": happening.reason,
        "details": dict(happening.details),
        "rows": rows,
    }


def entry_of(row: Mapping[str, Any] | RowMapping) -> AuditEntry:
    """The entry that a row of the table says."""
    return AuditEntry(**{**row, "actor_kind": ActorKind(row["actor_kind"])})


def _clock_accepted(row: RowMapping) -> ClockAccepted:
    details = row["details"]
    return ClockAccepted(
        seq=row["seq"], latest=datetime.fromisoformat(details["latest"]), entries=int(details["entries"])
    )
