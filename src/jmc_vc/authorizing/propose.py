"""Propose a dangerous act, which another operator then confirms (INV-22)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.authorizing.approval import (
    NONCE_BYTES,
    DangerousAct,
    Role,
    Sign,
    acting,
    ensure_signed,
    proposal_name,
    signed_bytes,
    written,
)
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.proposal import Proposal, ProposalState
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class Propose:
    """Nothing is done yet."""

    database: Database
    site: Site
    random: Callable[[int], bytes]

    def __call__(
        self, command: str, arguments: JsonObject, *, reason: str, by: str, sign: Sign, now: datetime
    ) -> Proposal:
        """The proposal of `by`, whose approval key `sign` uses. Raises NotAnOperator."""
        act = written(
            DangerousAct(
                command=command,
                arguments=arguments,
                reason=reason,
                at=now.isoformat(),
                installation=self.site.base_url,
                nonce=self.random(NONCE_BYTES).hex(),
            )
        )
        signature = sign(signed_bytes(Role.PROPOSE, act))

        def work(tx: Transaction) -> Proposal:
            ensure_signed(tx.operators, by, Role.PROPOSE, act, signature)
            proposal = Proposal(
                number=tx.proposals.next_number(),
                act=act,
                state=ProposalState.OPEN,
                proposed_by=by,
                proposed_at=now,
                proposal_signature=signature,
            )
            tx.proposals.add(proposal)
            tx.audit_log.append(
                "act-proposed", proposal_name(proposal.number), acting(by), now, reason=reason,
                details={"command": command},
            )  # fmt: skip
            return proposal

        return self.database.write(work)
