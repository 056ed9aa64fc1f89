"""Proposals of dangerous acts, numbered from 1. What was proposed never changes, and what was done stays done: the
database holds that too."""

from sqlalchemy import RowMapping, func, select

from jmc_vc.domain.proposal import Proposal, ProposalState
from jmc_vc.storage.aggregate import LARGEST_INTEGER, Aggregate
from jmc_vc.storage.tables import proposals


class ReadProposals(Aggregate):
    """Proposals, by number."""

    def get(self, number: int) -> Proposal | None:
        """One proposal. In a write transaction nobody else changes it before our commit."""
        if not 0 < number <= LARGEST_INTEGER:
            return None
        row = self._one(self._reserved(select(proposals).where(proposals.c.number == number)))
        return None if row is None else _proposal(row)

    def latest(self, limit: int = 100) -> tuple[Proposal, ...]:
        """The last ones, newest first."""
        return tuple(map(_proposal, self._all(select(proposals).order_by(proposals.c.number.desc()).limit(limit))))


class Proposals(ReadProposals):
    """As read, and may be added and moved on."""

    locks = True

    def next_number(self) -> int:
        """The number of the proposal that this transaction is about to add."""
        self._alone(proposals)
        last = self._connection.execute(select(func.max(proposals.c.number))).scalar_one()
        return 1 + (last or 0)

    def add(self, proposal: Proposal) -> None:
        """Store a new proposal."""
        self._connection.execute(
            proposals.insert().values(**{column.name: getattr(proposal, column.name) for column in proposals.columns})
        )
        self._wrote(proposals, (proposal.number,))

    def save(self, proposal: Proposal) -> None:
        """Write what became of it. Raises BrokenRule when it was not open any more."""
        self._connection.execute(
            proposals.update()
            .where(proposals.c.number == proposal.number)
            .values(
                state=proposal.state,
                confirmed_by=proposal.confirmed_by,
                confirmed_at=proposal.confirmed_at,
                confirmation_signature=proposal.confirmation_signature,
            )
        )
        self._wrote(proposals, (proposal.number,))


def _proposal(row: RowMapping) -> Proposal:
    return Proposal(**{**row, "state": ProposalState(row["state"])})
