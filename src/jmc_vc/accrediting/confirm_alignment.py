"""Record that a member of staff looked up a framework node that the description could not confirm (INV-36)."""

from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.accrediting.find_version import find_version
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.program import AlignmentCheck, ProgramVersion, unchecked_alignments
from jmc_vc.errors import NotFound
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


class NoSuchAlignment(NotFound):
    """The version has no alignment with this target that still waits for a check."""

    code = "program.alignment_not_found"


@dataclass(frozen=True, kw_only=True)
class ConfirmAlignment:
    """The check stands beside the version; its content stays as it was submitted."""

    database: Database

    def __call__(
        self, number: str, version: str, target_url: str, *, note: str, actor: Actor, now: datetime
    ) -> ProgramVersion:
        """The version afterwards. Raises ProgramNotFound, NoSuchAlignment."""

        def work(tx: Transaction) -> ProgramVersion:
            found = find_version(tx, number, version)
            if target_url not in {alignment["targetUrl"] for alignment in unchecked_alignments(found)}:
                raise NoSuchAlignment
            check = AlignmentCheck(target_url=target_url, note=note, by=actor.id, at=now)
            confirmed = replace(found, alignment_checks=(*found.alignment_checks, check))
            tx.programs.save(confirmed)
            tx.audit_log.append("alignment-confirmed", f"{number} v{version}", actor=actor, at=now, reason=note)
            return confirmed

        return self.database.write(work)
