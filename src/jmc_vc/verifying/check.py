"""What a check answers: it passed, it failed, it could not be made, or it does not apply.

"Could not be checked" is neither fine nor forged: it is its own outcome from here to the page (security requirement
SR-7).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jmc_vc.errors import Param


class Outcome(StrEnum):
    """The four outcomes of a check."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Finding:
    """The answer of one check; `code` has a sentence in `sentences`, whose placeholders `params` fill."""

    outcome: Outcome
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


def passed(code: str, **params: Param) -> Finding:
    """The check was made and holds."""
    return Finding(Outcome.PASS, code, params)


def failed(code: str, **params: Param) -> Finding:
    """The check was made and does not hold."""
    return Finding(Outcome.FAIL, code, params)


def unknown(code: str, **params: Param) -> Finding:
    """The check could not be made: neither fine nor forged."""
    return Finding(Outcome.UNKNOWN, code, params)


def not_applicable(code: str, **params: Param) -> Finding:
    """There is nothing to check."""
    return Finding(Outcome.NOT_APPLICABLE, code, params)


@dataclass(frozen=True)
class Check:
    """One check by its id (the name of its file) and what it found."""

    id: str
    finding: Finding
