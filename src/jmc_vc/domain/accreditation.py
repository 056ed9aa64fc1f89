"""The accreditation of a program version: its window of Japanese calendar dates, and what interrupts it.

The award date decides (INV-01): the version was effective on it, as a date in Japan, in the half-open window
[effective_from, effective_until + 1 day); a day of suspension does not count. Signing needs, besides, that the
version is neither suspended nor withdrawn *now*; expiry, supersession or surrender since then block nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from jmc_vc.domain.japan_time import jst_day
from jmc_vc.errors import Conflict


class ProgramState(StrEnum):
    """What JMC has done with a version. What people see on a given day is `PublicState`."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class PublicState(StrEnum):
    """What the register shows on a given day."""

    UPCOMING = "upcoming"
    EFFECTIVE = "effective"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A decision of the committee, with the first and the last day (both included) of the accreditation. The committee
    decided on `decided_on`; it was recorded here, and became public, at `approved_at`."""

    decision: str
    decided_on: date
    effective_from: date
    effective_until: date
    approved_at: datetime

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the window, whatever interrupted it."""
        return self.effective_from <= day <= self.effective_until


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """The first day of a suspension and the day on which it was lifted (that day counts as suspended); None = still
    on."""

    from_day: date
    until_day: date | None
    reason: str

    def touches(self, day: date) -> bool:
        """The first day and the day of lifting included: on both it was suspended for a part of the day."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)

    def fills(self, day: date) -> bool:
        """Suspended from the first to the last hour of `day`."""
        return self.from_day < day and (self.until_day is None or day < self.until_day)

    def on_at_the_end_of(self, day: date) -> bool:
        """Still on when `day` ended: what the register shows for that day."""
        return self.from_day <= day and (self.until_day is None or day < self.until_day)


class Accredited(Protocol):
    """What this module needs to know of a program version; `program.ProgramVersion` is built on it."""

    @property
    def state(self) -> ProgramState: ...
    @property
    def approval(self) -> Approval | None: ...
    @property
    def suspensions(self) -> tuple[Suspension, ...]: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


class NotApprovedOnAwardDate(Conflict):
    """No accreditation on the award date. The subclasses say more: same `code`, a more exact sentence."""

    code = "program_not_approved_on_award_date"
    sentence_code: ClassVar[str] = "program_not_approved_on_award_date"


class AwardBeforeAccreditation(NotApprovedOnAwardDate):
    """No retroactive awards (domain model §10)."""

    sentence_code = "program_not_approved_on_award_date.before"


class AwardAfterAccreditation(NotApprovedOnAwardDate):
    """The accreditation had ended."""

    sentence_code = "program_not_approved_on_award_date.after"


class AwardDuringSuspension(NotApprovedOnAwardDate):
    """It was suspended on that day, or on a part of it."""

    sentence_code = "program_not_approved_on_award_date.suspended"


class NeverAccredited(NotApprovedOnAwardDate):
    """No version of the program was ever approved."""

    sentence_code = "program_not_approved_on_award_date.never"


class ProgramSuspended(Conflict):
    """Suspended at signing time (INV-01)."""

    code = "program.suspended"


class ProgramWithdrawn(Conflict):
    """Withdrawn at signing time (INV-01)."""

    code = "program.withdrawn"


def is_public(version: Accredited, day: date) -> bool:
    """Whether the register knew the version on `day`: it does so from the day of the approval on."""
    return version.approval is not None and jst_day(version.approval.approved_at) <= day


def public_state(version: Accredited, today: date, siblings: Iterable[Accredited] = ()) -> PublicState:
    """What the register shows at the end of `today`, which may be a day of the past.

    `siblings` are the program's versions (it does no harm if `version` is among them): a version whose window is over
    is superseded if a newer one has begun, else ended. Raises ValueError for a version that was never approved.
    """
    approval = version.approval
    if approval is None:
        raise ValueError("a version that was never approved is not public")
    if version.withdrawn_at is not None and jst_day(version.withdrawn_at) <= today:
        return PublicState.WITHDRAWN
    if today > approval.effective_until:
        newer = any(
            sibling.approval is not None and approval.effective_from < sibling.approval.effective_from <= today
            for sibling in siblings
        )
        return PublicState.SUPERSEDED if newer else PublicState.ENDED
    if any(suspension.on_at_the_end_of(today) for suspension in version.suspensions):
        return PublicState.SUSPENDED
    return PublicState.UPCOMING if today < approval.effective_from else PublicState.EFFECTIVE


def accredited_on(version: Accredited, day: date) -> bool:
    """For verifying: the accreditation was in force at some moment of `day`.

    Milder than `ensure_awardable` on the days on which a suspension began or ended: a credential that was signed in the
    morning is not undone by what JMC does in the afternoon (INV-25). Nothing was signed while the suspension was on.
    """
    if version.approval is None or not version.approval.covers(day):
        return False
    # The day of a withdrawal still counts: what was awarded and signed before it on that day stays good (INV-25).
    if version.withdrawn_at is not None and jst_day(version.withdrawn_at) < day:
        return False
    return not any(suspension.fills(day) for suspension in version.suspensions)


def ensure_awardable(version: Accredited, award_day: date) -> None:
    """INV-01: raises unless a credential with this award date in Japan may be signed now."""
    if version.state is ProgramState.WITHDRAWN:
        raise ProgramWithdrawn
    if version.state is ProgramState.SUSPENDED:
        raise ProgramSuspended
    approval = version.approval
    if approval is None:
        raise NeverAccredited(pointer=AWARD_DATE, awardedDate=award_day)
    if not approval.covers(award_day):
        raise outside(approval, award_day)
    if any(suspension.touches(award_day) for suspension in version.suspensions):
        raise AwardDuringSuspension(
            pointer=AWARD_DATE,
            awardedDate=award_day,
            approvedFrom=approval.effective_from,
            approvedUntil=approval.effective_until,
        )


AWARD_DATE = "/awardedDate"
"""Where the award date stands in a request."""


def outside(approval: Approval, award_day: date) -> NotApprovedOnAwardDate:
    """The refusal of an award date that the window of `approval` does not hold."""
    kind = AwardBeforeAccreditation if award_day < approval.effective_from else AwardAfterAccreditation
    return kind(
        pointer=AWARD_DATE,
        awardedDate=award_day,
        approvedFrom=approval.effective_from,
        approvedUntil=approval.effective_until,
    )
