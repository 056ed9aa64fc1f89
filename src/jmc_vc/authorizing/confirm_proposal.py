"""Confirm a proposal: the act is carried out at once, in the name of both (INV-22).

1 the bytes that were shown are an act of here; the second person signs them, and no others
2 transaction: the row is still all that was shown, open, in time and another person's; both signatures are by
  operators of today; the proposal is done; audit          COMMIT
3 the act is carried out
4 audit: carried out, or in part, or refused

Between the showing and the signing somebody reads, and a passphrase is typed; so the time is asked for where it counts.
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
    proposed_act,
    signed_bytes,
)
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.proposal import DoneInPart, Proposal, confirmed, ensure_as_shown
from jmc_vc.errors import Error
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction

APPROVED, CARRIED_OUT, REFUSED = "act-approved", "act-carried-out", "act-refused"
IN_PART = "act-carried-out-in-part"

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class ConfirmProposal:
    """At most once, whatever breaks."""

    database: Database
    site: Site
    clock: Callable[[], datetime]

    def __call__(
        self, shown: Proposal, *, by: str, sign: Sign, carry_out: Callable[[DangerousAct, Actor], Answer]
    ) -> Answer:
        """What `carry_out` answers, given the act and the actor that both are together. `shown` is the proposal as
        `by` has read it. Raises ProposalNotFound, ProposalNotOpen, ProposalChanged, ProposalExpired,
        ProposalFromFuture, SamePerson, NotAnOperator, ProposalUnreadable, and what `carry_out` raises: then the
        proposal is used up all the same."""
        act = proposed_act(shown, self.site.base_url)
        signature = sign(signed_bytes(Role.CONFIRM, shown.act))
        together, name = acting(shown.proposed_by, by), proposal_name(shown.number)

        def settle(tx: Transaction) -> None:
            ensure_signed(tx.operators, by, Role.CONFIRM, shown.act, signature)
            ensure_signed(tx.operators, shown.proposed_by, Role.PROPOSE, shown.act, shown.proposal_signature)
            ensure_as_shown(tx.proposals.get(shown.number), shown)
            now = self.clock()
            tx.proposals.save(confirmed(shown, by=by, signature=signature, at=now))
            tx.audit_log.append(APPROVED, name, together, now, reason=act.reason, details={"command": act.command})

        self.database.write(settle)
        try:
            answer = carry_out(act, together)
        except Error as err:
            became = IN_PART if isinstance(err, DoneInPart) else REFUSED
            with self.database.begin() as tx:
                tx.audit_log.append(
                    became, name, together, self.clock(), details={"command": act.command, "code": err.code}
                )
            raise
        with self.database.begin() as tx:
            tx.audit_log.append(CARRIED_OUT, name, together, self.clock(), details={"command": act.command})
        return answer
