"""Confirm a proposal: the act is carried out at once, in the name of both (INV-22).

1 the proposal is open, in time, another person's, and still what that person signed
2 transaction: both signatures are by operators of today; the proposal is done; audit          COMMIT
3 the act is carried out
4 audit: carried out, or refused

A crash after 2 leaves a proposal that is done and an act that may not be: nothing is done twice, and who looks at the
proposal is told that its end is not on record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from jmc_vc.authorizing.approval import (
    DangerousAct,
    Role,
    Sign,
    acting,
    ensure_signed,
    proposal_name,
    read_act,
    signed_bytes,
)
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.proposal import Proposal, ProposalNotFound, confirmed, ensure_confirmable
from jmc_vc.errors import Error
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction

APPROVED, CARRIED_OUT, REFUSED = "act-approved", "act-carried-out", "act-refused"

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class ConfirmProposal:
    """At most once, whatever breaks."""

    database: Database
    site: Site

    def __call__(
        self,
        number: int,
        *,
        by: str,
        sign: Sign,
        carry_out: Callable[[DangerousAct, Actor], Answer],
        now: datetime,
    ) -> Answer:
        """What `carry_out` answers, given the act and the actor that both are together. Raises ProposalNotFound,
        ProposalNotOpen, ProposalExpired, SamePerson, NotAnOperator, ProposalUnreadable, and what `carry_out` raises:
        then the proposal is used up all the same."""
        with self.database.read() as snapshot:
            seen = snapshot.proposals.get(number)
        if seen is None:
            raise ProposalNotFound
        ensure_confirmable(seen, by=by, at=now)
        act = read_act(seen.act, self.site.base_url)
        signature = sign(signed_bytes(Role.CONFIRM, seen.act))
        together, name = acting(seen.proposed_by, by), proposal_name(number)

        def settle(tx: Transaction) -> None:
            ensure_signed(tx.operators, by, Role.CONFIRM, seen.act, signature)
            ensure_signed(tx.operators, seen.proposed_by, Role.PROPOSE, seen.act, seen.proposal_signature)
            done = confirmed(_still(tx, seen), by=by, signature=signature, at=now)
            tx.proposals.save(done)
            tx.audit_log.append(APPROVED, name, together, now, reason=act.reason, details={"command": act.command})

        self.database.write(settle)
        try:
            answer = carry_out(act, together)
        except Error as err:
            with self.database.begin() as tx:
                tx.audit_log.append(REFUSED, name, together, now, details={"command": act.command, "code": err.code})
            raise
        with self.database.begin() as tx:
            tx.audit_log.append(CARRIED_OUT, name, together, now, details={"command": act.command})
        return answer


def _still(tx: Transaction, seen: Proposal) -> Proposal:
    """The proposal as it stands now, which nobody else changes before our commit."""
    found = tx.proposals.get(seen.number)
    if found is None:
        raise ProposalNotFound
    return found
