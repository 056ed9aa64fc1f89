"""All program versions, also those that the public register does not show yet."""

from dataclasses import dataclass

from jmc_vc.domain.program import ProgramVersion
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class ListPrograms:
    """For JMC's own staff."""

    database: Database

    def __call__(self) -> tuple[ProgramVersion, ...]:
        """By number, the newest version first."""
        with self.database.read() as tx:
            return tx.programs.all()
