"""One program: the version asked for, and all its versions."""

from dataclasses import dataclass
from datetime import date

from jmc_vc.domain.accreditation import PublicState
from jmc_vc.domain.program import ProgramNotFound
from jmc_vc.publishing.register import RegisterEntry, entries_of
from jmc_vc.storage.database import Database

_CURRENT = (PublicState.EFFECTIVE, PublicState.SUSPENDED)


@dataclass(frozen=True, kw_only=True)
class ProgramEntry:
    """`entry` is the version asked for; `versions` are all public ones, newest first."""

    entry: RegisterEntry
    versions: tuple[RegisterEntry, ...]


@dataclass(frozen=True, kw_only=True)
class FindProgram:
    """Find a program by its number."""

    database: Database

    def __call__(self, number: str, version: str | None, *, today: date) -> ProgramEntry:
        """The program; without `version` the one that is in force today, else the newest. Raises ProgramNotFound."""
        with self.database.read() as snapshot:
            versions = entries_of(snapshot, snapshot.programs.versions(number), today=today)
        if version is None:
            asked = sorted(versions, key=lambda entry: entry.state not in _CURRENT)[:1]  # stable: newest first
        else:
            asked = [entry for entry in versions if entry.version.version == version]
        if not asked:
            raise ProgramNotFound
        return ProgramEntry(entry=asked[0], versions=versions)
