"""The audit log: who did what to which thing, and when. Entries are only ever appended; the database refuses the rest.

No personal data go in: actors are key prefixes and operators' login names, objects are our own identifiers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.bulk import insert_rows
from jmc_vc.storage.log_tables import audit_log

Detail = str | int | bool | None

_LATEST = select(audit_log.c.at).order_by(audit_log.c.seq.desc()).limit(1)


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
    """What was written; `seq` goes up, and may skip a number on PostgreSQL when a transaction was rolled back."""

    seq: int
    at: datetime
    actor_kind: ActorKind
    actor_id: str
    action: str
    object: str
    reason: str | None
    details: Mapping[str, Detail]


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

    def latest_at(self) -> datetime | None:
        """The time of the last entry: a clock that is behind it must not sign (CF-08)."""
        return self._connection.execute(_LATEST).scalar_one_or_none()


class AuditLog(ReadAuditLog):
    """As read, and may be appended to."""

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
        insert_rows(
            self._connection,
            audit_log,
            [
                {
                    "at": each.at,
                    "actor_kind": each.actor.kind,
                    "actor_id": each.actor.id,
                    "action": each.action,
                    "object": each.object,
                    "reason": each.reason,
                    "details": dict(each.details),
                }
                for each in happenings
            ],
        )


def entry_of(row: Mapping[str, Any] | RowMapping) -> AuditEntry:
    """The entry that a row of the table says."""
    return AuditEntry(**{**row, "actor_kind": ActorKind(row["actor_kind"])})
