"""What a check answers: it passed, it failed, it could not be made, or it does not apply.

"Could not be checked" is neither fine nor forged: it is its own outcome from here to the page (security requirement
SR-7). Each outcome is a type of its own, so that what may only be made of passed checks says so in its signature
(`ruling.Valid`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, TypeAlias

from jmc_vc.errors import Param


class Outcome(StrEnum):
    """The four outcomes of a check."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class _Answer:
    """`code` has a sentence in `sentences`, whose placeholders `params` fill."""

    outcome: ClassVar[Outcome]

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True)
class Passed(_Answer):
    """The check was made and holds."""

    outcome = Outcome.PASS


@dataclass(frozen=True)
class Failed(_Answer):
    """The check was made and does not hold."""

    outcome = Outcome.FAIL


@dataclass(frozen=True)
class Unknown(_Answer):
    """The check could not be made: neither fine nor forged."""

    outcome = Outcome.UNKNOWN


@dataclass(frozen=True)
class NotApplicable(_Answer):
    """There is nothing to check."""

    outcome = Outcome.NOT_APPLICABLE


Finding: TypeAlias = Passed | Failed | Unknown | NotApplicable
"""The answer of one check."""


def passed(code: str, **params: Param) -> Passed:
    """The check was made and holds."""
    return Passed(code, params)


def failed(code: str, **params: Param) -> Failed:
    """The check was made and does not hold."""
    return Failed(code, params)


def unknown(code: str, **params: Param) -> Unknown:
    """The check could not be made: neither fine nor forged."""
    return Unknown(code, params)


def not_applicable(code: str, **params: Param) -> NotApplicable:
    """There is nothing to check."""
    return NotApplicable(code, params)


@dataclass(frozen=True)
class Check:
    """One check by its id (the name of its file) and what it found."""

    id: str
    finding: Finding
