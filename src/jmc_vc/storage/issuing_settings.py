"""In which forms programs' credentials are made: every change that there was, never altered and never deleted."""

from typing import Any

from sqlalchemy import RowMapping, bindparam, select

from jmc_vc.domain.issuing_settings import IssuingProfile, IssuingSettings, JwtAlgorithm, SettingsChange
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import issuing_settings

_OF_PROGRAM = (
    select(issuing_settings)
    .where(issuing_settings.c.program == bindparam("program"))
    .order_by(issuing_settings.c.number)
)


class ReadIssuingSettings(Aggregate):
    """Issuing settings, by program number."""

    def of_program(self, program: str) -> tuple[SettingsChange, ...]:
        """All changes for a program, oldest first; `domain.issuing_settings.in_force` says which holds."""
        return tuple(map(_change, self._all(_OF_PROGRAM, program=program)))


class IssuingSettingsChanges(ReadIssuingSettings):
    """As read, and may be added to."""

    def add(self, change: SettingsChange) -> None:
        """Store a change. Raises BrokenRule when its number is taken."""
        self._connection.execute(issuing_settings.insert().values(**_columns(change)))
        self._wrote(issuing_settings, (change.program, change.number))


def _columns(change: SettingsChange) -> dict[str, Any]:
    settings = change.settings
    return {
        "program": change.program,
        "number": change.number,
        "in_force_from": change.in_force_from,
        "profile": settings.profile,
        "jwt_algorithm": settings.jwt_algorithm,
        "sd_jwt_vc": settings.sd_jwt_vc,
        "status_form": settings.status_form,
    }


def _change(row: RowMapping) -> SettingsChange:
    return SettingsChange(
        program=row["program"],
        number=row["number"],
        in_force_from=row["in_force_from"],
        settings=IssuingSettings(
            profile=IssuingProfile(row["profile"]),
            jwt_algorithm=JwtAlgorithm(row["jwt_algorithm"]),
            sd_jwt_vc=row["sd_jwt_vc"],
            status_form=StatusForm(row["status_form"]),
        ),
    )
