"""After a crash: rows that were reserved and never issued are abandoned. Their places are never used again, and what
may have been signed for them never left the service."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.storage.database import Database

_SYSTEM = Actor(kind=ActorKind.SYSTEM, id="recover")
REASON = "issue.interrupted"


@dataclass(frozen=True, kw_only=True)
class Recover:
    """Give up rows reserved longer ago than `patience`: longer than any cycle takes, so that another process that is in
    the middle of one is left alone."""

    database: Database
    patience: timedelta = timedelta(minutes=2)

    def __call__(self, *, now: datetime) -> int:
        """How many rows were given up."""
        with self.database.begin() as tx:
            left = [credential.uuid for credential in tx.credentials.reserved_before(now - self.patience)]
            given_up = tx.credentials.abandon(left, REASON)  # not those that were finished in this very moment
            tx.idempotency_keys.release(given_up)
            for uuid in given_up:
                tx.audit_log.append("credential-abandoned", str(uuid), actor=_SYSTEM, at=now, reason=REASON)
        return len(given_up)
