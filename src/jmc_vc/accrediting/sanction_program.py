"""Suspend a version's accreditation, lift the suspension, or withdraw it for good. Signing stops with the commit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jmc_vc.accrediting.find_version import find_version
from jmc_vc.accrediting.logged import program_entry
from jmc_vc.domain import program
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


class Sanction(StrEnum):
    """What JMC can do to an accreditation that is in force, or suspended."""

    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"


_MOVES: Mapping[Sanction, Callable[[ProgramVersion, datetime, str], ProgramVersion]] = {
    Sanction.SUSPEND: lambda version, now, reason: program.suspend(version, jst_day(now), reason),
    Sanction.REINSTATE: lambda version, now, _: program.reinstate(version, jst_day(now)),
    Sanction.WITHDRAW: lambda version, now, _: program.withdraw(version, now),
}


_EVENTS: Mapping[Sanction, str] = {
    Sanction.SUSPEND: "suspended",
    Sanction.REINSTATE: "reinstated",
    Sanction.WITHDRAW: "withdrawn",
}
"""What the public log calls them."""


@dataclass(frozen=True, kw_only=True)
class SanctionProgram:
    """Change the state of an accreditation, with its reason in the audit log."""

    database: Database

    def __call__(
        self, number: str, version: str, sanction: Sanction, *, reason: str, actor: Actor, now: datetime
    ) -> ProgramVersion:
        """The version afterwards. Raises ProgramNotFound, IllegalMove."""

        def work(tx: Transaction) -> ProgramVersion:
            moved = _MOVES[sanction](find_version(tx, number, version), now, reason)
            tx.programs.save(moved)
            tx.audit_log.append(f"program-{sanction}", f"{number} v{version}", actor=actor, at=now, reason=reason)
            tx.public_log.append([program_entry(moved, _EVENTS[sanction], at=now)])
            return moved

        return self.database.write(work)
