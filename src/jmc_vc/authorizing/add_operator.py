"""Register an operator: a person whose approval key is looked at from now on."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.operator import NEEDED, ApprovalMissing, Operator, OperatorExists, check_operator_name
from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.encoding.multikey import KeyAlgorithm, decode_multikey
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


class BadApprovalKey(Unacceptable):
    """Not the public part of an approval key (`operators keygen`): an Ed25519 key as Multikey."""

    code = "operator.key"


def check_new_operator(name: str, public_key: str) -> None:
    """Raise BadOperatorName, BadApprovalKey."""
    check_operator_name(name)
    try:
        algorithm = decode_multikey(public_key).algorithm
    except Error:
        raise BadApprovalKey from None
    if algorithm is not KeyAlgorithm.ED25519:
        raise BadApprovalKey


@dataclass(frozen=True, kw_only=True)
class AddOperator:
    """The first two are added without approval: there is nobody yet who could give it."""

    database: Database

    def __call__(
        self, name: str, public_key: str, *, reason: str, approved: bool, actor: Actor, now: datetime
    ) -> Operator:
        """The new operator. Raises BadOperatorName, BadApprovalKey, OperatorExists, ApprovalMissing."""
        check_new_operator(name, public_key)
        operator = Operator(name=name, public_key=public_key, added_at=now)

        def work(tx: Transaction) -> Operator:
            everybody = tx.operators.for_change()
            if any(name == each.name or public_key == each.public_key for each in everybody):
                raise OperatorExists
            if not approved and sum(each.removed_at is None for each in everybody) >= NEEDED:
                raise ApprovalMissing  # another process added the second just now
            tx.operators.add(operator)
            tx.audit_log.append("operator-added", name, actor, now, reason=reason, details={"publicKey": public_key})
            return operator

        return self.database.write(work)
