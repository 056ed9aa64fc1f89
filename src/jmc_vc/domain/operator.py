"""An operator: a person who may propose and confirm dangerous acts (INV-22), known by an approval key of their own.

A name stands for one person and one key, for good: what somebody signed years ago is checked against the key that the
name had. Who needs another key gets another name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Conflict, Forbidden, NotFound, Unacceptable

NEEDED = 2
"""People that a dangerous act needs. Once there are so many operators, there are never fewer again: one person alone
could then add a second of their own making."""
_NAME = re.compile(r"[a-z][a-z0-9._-]{0,31}")
JOINT = "+"
"""Joins two names to that of who acted together; no name has it."""


class BadOperatorName(Unacceptable):
    """Not a name that an operator can have: it stands in the audit log, and beside others there."""

    code = "operator.name"


class OperatorExists(Conflict):
    """The name or the key is registered, or was; neither is given twice."""

    code = "operator.exists"


class OperatorNotFound(NotFound):
    """Nobody of this name is registered, or is any more."""

    code = "operator.not_found"


class TooFewOperators(Conflict):
    """Without this operator one person would be left, who could do nothing and add anybody."""

    code = "operator.too_few"


class NotAnOperator(Forbidden):
    """Who asks is no operator, is none any more, or has another key than the one that is registered."""

    code = "approval.operator"


class ApprovalNeeded(Forbidden):
    """A dangerous act, and fewer operators than it needs."""

    code = "approval.needed"


class ApprovalMissing(Forbidden):
    """A dangerous act, and nobody said who proposes it."""

    code = "approval.missing"


@dataclass(frozen=True, kw_only=True)
class Operator:
    """`public_key` is that of the approval key (Ed25519, a Multikey string); times are aware, in UTC."""

    name: str
    public_key: str
    added_at: datetime
    removed_at: datetime | None = None


def check_operator_name(name: str) -> None:
    """Raise BadOperatorName."""
    if not _NAME.fullmatch(name):
        raise BadOperatorName


def ensure_enough_left(registered: Sequence[Operator]) -> None:
    """Raise TooFewOperators if one of `registered`, those of today, cannot go."""
    if len(registered) == NEEDED:
        raise TooFewOperators(count=NEEDED)
