"""Remove an operator: what they propose or confirm counts no more, also what they proposed before."""

from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.operator import Operator, OperatorNotFound, ensure_enough_left
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class RemoveOperator:
    """For good: the name stays theirs, for what they signed."""

    database: Database

    def __call__(self, name: str, *, reason: str, actor: Actor, now: datetime) -> Operator:
        """The operator afterwards. Raises OperatorNotFound, TooFewOperators."""

        def work(tx: Transaction) -> Operator:
            registered = [each for each in tx.operators.for_change() if each.removed_at is None]
            operator = next((each for each in registered if each.name == name), None)
            if operator is None:
                raise OperatorNotFound
            ensure_enough_left(registered)
            removed = replace(operator, removed_at=now)
            tx.operators.save(removed)
            tx.audit_log.append("operator-removed", name, actor, now, reason=reason)
            return removed

        return self.database.write(work)
