"""Record the committee's approval of a version: the window of the accreditation and the decision's number."""

from dataclasses import dataclass
from datetime import date, datetime

from jmc_vc.accrediting.find_version import find_version
from jmc_vc.accrediting.logged import program_entry
from jmc_vc.domain import program
from jmc_vc.domain.accreditation import Approval
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.identifiers import check_decision_number
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class ApproveProgram:
    """Approve a submitted version; the committee decided before, or today. Windows of one program never overlap
    (INV-07); an alignment that nobody looked up blocks the approval (INV-36)."""

    database: Database

    def __call__(
        self,
        number: str,
        version: str,
        *,
        effective_from: date,
        effective_until: date,
        decision: str,
        decided_on: date | None = None,
        actor: Actor,
        now: datetime,
    ) -> ProgramVersion:
        """The version afterwards; all dates are Japanese ones, the window's are both included, and `decided_on` is
        today if it is not given. Raises DecidedInFuture, WindowUnusable, WindowOverlap, AlignmentUnconfirmed,
        RecordMissing, IllegalMove, ProgramNotFound."""
        check_decision_number(decision)
        approval = Approval(
            decision=decision,
            decided_on=decided_on or jst_day(now),
            effective_from=effective_from,
            effective_until=effective_until,
            approved_at=now,
        )

        def work(tx: Transaction) -> ProgramVersion:
            found = find_version(tx, number, version)
            approved = program.approve(found, approval, tx.programs.versions(number))
            tx.programs.save(approved)
            tx.audit_log.append("program-approved", f"{number} v{version}", actor=actor, at=now, reason=decision)
            tx.public_log.append([program_entry(approved, "approved", at=now)])
            return approved

        return self.database.write(work)
