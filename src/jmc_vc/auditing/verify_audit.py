"""The audit log against its chain, and the chain against its ends in the public log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.auditing.finding import Finding, Progress, unseen
from jmc_vc.auditing.readable import readable
from jmc_vc.auditing.restarts import believed_restarts
from jmc_vc.auditing.told import Told
from jmc_vc.auditing.verify_chain import VerifyChain
from jmc_vc.domain.identifiers import Site
from jmc_vc.storage.audit_chain import Link
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot


@dataclass(frozen=True, kw_only=True)
class AuditLogAudit:
    """`end` is the last link of the chain that fits; `logged` how many entries were in it when its end was last told in
    the public log, 0 if it never was. `restored` are the sizes of the public log between which it was put back after a
    loss: the audit log of that time is gone."""

    end: Link | None
    logged: int
    findings: tuple[Finding, ...]
    restored: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class VerifyAudit:
    """The audit log of `site`."""

    database: Database
    site: Site
    clock: Callable[[], datetime]

    def __call__(self, progress: Progress = unseen) -> AuditLogAudit:
        """What was found. An entry of the public log that cannot be read is `VerifyLog`'s to tell."""
        with self.database.read() as snapshot:
            told = _told(snapshot, self.site.log_origin)
            heads = [head for _, head in told.audit_heads]
            chain = VerifyChain(snapshot, heads, self.clock(), progress)
            findings = tuple(readable("audit log", chain))
            return AuditLogAudit(
                end=chain.end,
                logged=max((head.entries for head in heads), default=0),
                findings=findings,
                restored=tuple(told.restored),
            )


def _told(snapshot: Snapshot, origin: str) -> Told:
    """The ends that were logged, without those of entries that a restore could not bring back."""
    told = Told(restarts=believed_restarts(snapshot, origin))
    said = [*snapshot.ledger.entries_of_type("audit-head"), *snapshot.ledger.entries_of_type("restart")]
    last = 1 + max((entry.leaf or 0 for entry in said), default=0)
    for entry in sorted(said, key=lambda each: (last if each.leaf is None else each.leaf, each.id)):
        for _ in told.read(entry):
            pass
    return told
