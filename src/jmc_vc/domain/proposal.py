"""The life of a proposal: a dangerous act that one operator proposes and another confirms (INV-22).

    open ── confirm ──> done          by somebody else, within a day; for good, whatever then comes of the act
      └─── withdraw ──> withdrawn     by any operator

Both people sign the same bytes, and the time in them is when it was proposed: until when it can be confirmed follows
from that alone. A proposal is done before the act is carried out, so that nothing that was approved once is ever done
twice.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from jmc_vc.errors import Conflict, Forbidden, NotFound

OPEN_FOR = timedelta(hours=24)
"""Long enough for a colleague of the next shift, short enough that what was right yesterday is not done next month."""


class ProposalNotFound(NotFound):
    """No proposal has this number."""

    code = "proposal.not_found"


class ProposalNotOpen(Conflict):
    """It was confirmed or withdrawn; both are for good."""

    code = "proposal.not_open"


class ProposalExpired(Conflict):
    """Nobody confirmed it in time."""

    code = "proposal.expired"


class ProposalFromFuture(Conflict):
    """It is dated later than now: it would stay open for longer than a proposal may."""

    code = "proposal.future"


class ProposalChanged(Conflict):
    """The row is not the one that was shown: nobody signs or does what was not read."""

    code = "proposal.changed"


class DoneInPart:
    """Marks errors of acts that are not refused: what was begun is on record, for good, and the rest is done when it is
    asked for once more."""


class SamePerson(Forbidden):
    """Who proposed an act cannot confirm it."""

    code = "approval.same_person"


class ProposalState(StrEnum):
    """Where a proposal stands. One that expired is still open in the table: nothing happened to it."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`act` is what both sign, byte by byte, with `proposed_at` in it; the names are those of operators."""

    number: int
    act: bytes
    state: ProposalState
    proposed_by: str
    proposed_at: datetime
    proposal_signature: bytes
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    confirmation_signature: bytes | None = None

    @property
    def expires_at(self) -> datetime:
        """From then on it is confirmed no more."""
        return self.proposed_at + OPEN_FOR

    def expired(self, now: datetime) -> bool:
        """Whether it was left open for too long."""
        return self.state is ProposalState.OPEN and now >= self.expires_at


def confirmed(proposal: Proposal, *, by: str, signature: bytes, at: datetime) -> Proposal:
    """`proposal`, done. Raises ProposalNotOpen, ProposalExpired, SamePerson."""
    ensure_confirmable(proposal, by=by, at=at)
    return replace(
        proposal, state=ProposalState.DONE, confirmed_by=by, confirmed_at=at, confirmation_signature=signature
    )


def ensure_confirmable(proposal: Proposal, *, by: str, at: datetime) -> None:
    """Raise what `confirmed` would."""
    _ensure_open(proposal)
    if proposal.expired(at):
        raise ProposalExpired(number=proposal.number)
    if at < proposal.proposed_at:
        raise ProposalFromFuture(number=proposal.number)
    if proposal.proposed_by == by:
        raise SamePerson(name=by)


def ensure_as_shown(found: Proposal | None, shown: Proposal) -> None:
    """Raise ProposalNotFound, ProposalNotOpen or ProposalChanged unless the row that was `found` now is the open one
    that was `shown`, in all its parts."""
    if found is None:
        raise ProposalNotFound
    _ensure_open(found)
    if found != shown:
        raise ProposalChanged(number=shown.number)


def withdrawn(proposal: Proposal) -> Proposal:
    """`proposal`, withdrawn. Raises ProposalNotOpen."""
    _ensure_open(proposal)
    return replace(proposal, state=ProposalState.WITHDRAWN)


def _ensure_open(proposal: Proposal) -> None:
    if proposal.state is not ProposalState.OPEN:
        raise ProposalNotOpen(number=proposal.number)
