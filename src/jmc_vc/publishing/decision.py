"""A decision of the committee, by what it approved."""

from dataclasses import dataclass
from datetime import date

from jmc_vc.errors import NotFound
from jmc_vc.publishing.register import RegisterEntry, entries_of
from jmc_vc.storage.database import Database


class DecisionNotFound(NotFound):
    """No approved version names this decision."""

    code = "decision.not_found"


@dataclass(frozen=True, kw_only=True)
class FindDecision:
    """Find a decision by its number."""

    database: Database

    def __call__(self, number: str, *, today: date) -> tuple[RegisterEntry, ...]:
        """The versions that the decision approved. Raises DecisionNotFound."""
        with self.database.read() as snapshot:
            decided = {(each.number, each.version) for each in snapshot.programs.by_decision(number)}
            programs = sorted({program for program, _ in decided})
            versions = [version for program in programs for version in snapshot.programs.versions(program)]
            entries = entries_of(snapshot, versions, today=today)
        found = tuple(entry for entry in entries if (entry.version.number, entry.version.version) in decided)
        if not found:
            raise DecisionNotFound
        return found
