"""Withdraw a proposal that nobody is to confirm any more. Any operator may: also who suspects a colleague's key."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.authorizing.approval import Role, Sign, acting, ensure_signed, proposal_name, signed_bytes
from jmc_vc.domain.proposal import Proposal, ProposalNotFound, withdrawn
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal:
    """For good."""

    database: Database

    def __call__(self, number: int, *, by: str, sign: Sign, now: datetime) -> Proposal:
        """The proposal afterwards. Raises ProposalNotFound, ProposalNotOpen, NotAnOperator."""
        with self.database.read() as snapshot:
            seen = snapshot.proposals.get(number)
        if seen is None:
            raise ProposalNotFound
        signature = sign(signed_bytes(Role.WITHDRAW, seen.act))

        def work(tx: Transaction) -> Proposal:
            ensure_signed(tx.operators, by, Role.WITHDRAW, seen.act, signature)
            found = tx.proposals.get(number)
            if found is None:
                raise ProposalNotFound
            after = withdrawn(found)
            tx.proposals.save(after)
            tx.audit_log.append("proposal-withdrawn", proposal_name(number), acting(by), now)
            return after

        return self.database.write(work)
