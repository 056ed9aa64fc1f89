"""Withdraw a proposal that nobody is to confirm any more. Any operator may: also who suspects a colleague's key."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.authorizing.approval import Role, Sign, acting, ensure_signed, proposal_name, signed_bytes
from jmc_vc.domain.proposal import Proposal, ensure_as_shown, withdrawn
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal:
    """For good."""

    database: Database

    def __call__(self, seen: Proposal, *, by: str, sign: Sign, now: datetime) -> Proposal:
        """The proposal afterwards. Raises ProposalNotFound, ProposalNotOpen, ProposalChanged, NotAnOperator."""
        signature = sign(signed_bytes(Role.WITHDRAW, seen.act))

        def work(tx: Transaction) -> Proposal:
            ensure_signed(tx.operators, by, Role.WITHDRAW, seen.act, signature)
            ensure_as_shown(tx.proposals.get(seen.number), seen)
            after = withdrawn(seen)
            tx.proposals.save(after)
            tx.audit_log.append("proposal-withdrawn", proposal_name(seen.number), acting(by), now)
            return after

        return self.database.write(work)
