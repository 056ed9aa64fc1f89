"""The audit log against its chain, and the chain against its ends in the public log."""

from dataclasses import dataclass

from jmc_vc.auditing.finding import Finding, Progress, unseen
from jmc_vc.auditing.told import Told
from jmc_vc.auditing.verify_chain import VerifyChain
from jmc_vc.formats.transparency.entry_types import AuditHead
from jmc_vc.storage.audit_chain import Link
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot


@dataclass(frozen=True, kw_only=True)
class AuditLogAudit:
    """`end` is the last link of the chain that fits; `logged` how many entries were in it when its end was last told in
    the public log, 0 if it never was."""

    end: Link | None
    logged: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class VerifyAudit:
    """The audit log."""

    database: Database

    def __call__(self, progress: Progress = unseen) -> AuditLogAudit:
        """What was found. An entry of the public log that cannot be read is `VerifyLog`'s to tell."""
        with self.database.read() as snapshot:
            heads = _heads(snapshot)
            chain = VerifyChain(snapshot, heads, progress)
            findings = tuple(chain())
            return AuditLogAudit(
                end=chain.end, logged=max((head.entries for head in heads), default=0), findings=findings
            )


def _heads(snapshot: Snapshot) -> list[AuditHead]:
    """The ends that were logged, without those of entries that a restore could not bring back."""
    told = Told()
    kinds = [*snapshot.ledger.entries_of_kind("audit-head"), *snapshot.ledger.entries_of_kind("restart")]
    last = 1 + max((entry.leaf or 0 for entry in kinds), default=0)
    for entry in sorted(kinds, key=lambda each: (last if each.leaf is None else each.leaf, each.id)):
        for _ in told.read(entry):
            pass
    return [head for _, head in told.audit_heads]
