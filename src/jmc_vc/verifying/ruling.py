"""Findings become a ruling, in one total function (invariants 12 and 13).

`Valid` holds the answer of every check that the policy needs, and its type has no room for one that failed or could not
be made; `Invalid` holds at least one failure; `Indeterminate` names what is open. There is no fourth, and no way to a
verdict but through one of the three.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias

from jmc_vc.verifying.check import Check, Failed, NotApplicable, Passed
from jmc_vc.verifying.policy import Policy


class Verdict(StrEnum):
    """What the whole report comes to."""

    VALID = "valid"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"


Satisfied: TypeAlias = Passed | NotApplicable
"""What counts for a required check; the second only where the policy allows it (`Policy.satisfied_by`)."""


@dataclass(frozen=True)
class Valid:
    """Every check that `policy` requires is satisfied; `answers` has each by its id."""

    verdict: ClassVar[Verdict] = Verdict.VALID

    policy: Policy
    answers: Mapping[str, Satisfied]

    def __post_init__(self) -> None:
        for name in self.policy.required:
            if not isinstance(self.answers.get(name), Passed if name in self.policy.must_pass else Satisfied):
                raise AssertionError(f"a verdict of valid while {name} is not satisfied")


@dataclass(frozen=True)
class Invalid:
    """Something that the policy requires was looked at and is bad: `failures`, in the order of the checks."""

    verdict: ClassVar[Verdict] = Verdict.INVALID

    failures: tuple[Failed, ...]

    def __post_init__(self) -> None:
        if not self.failures or not all(isinstance(each, Failed) for each in self.failures):
            raise AssertionError("a verdict of invalid without a finding of failure")


@dataclass(frozen=True)
class Indeterminate:
    """Nothing is bad, and something that the policy requires is not known: `open` has the ids of those checks."""

    verdict: ClassVar[Verdict] = Verdict.INDETERMINATE

    open: frozenset[str]

    def __post_init__(self) -> None:
        if not self.open:
            raise AssertionError("a verdict of indeterminate with nothing open")


Ruling: TypeAlias = Valid | Invalid | Indeterminate


def rule(checks: Sequence[Check], policy: Policy) -> Ruling:
    """The ruling over `checks` under `policy`. A required check that was not made is open."""
    findings = {check.id: check.finding for check in checks if check.id in policy.required}
    failures = tuple(finding for finding in findings.values() if isinstance(finding, Failed))
    if failures:
        return Invalid(failures)
    answers: dict[str, Satisfied] = {
        name: finding
        for name, finding in findings.items()
        if isinstance(finding, Passed) or (isinstance(finding, NotApplicable) and name not in policy.must_pass)
    }
    missing = policy.required - answers.keys()
    return Indeterminate(frozenset(missing)) if missing else Valid(policy, answers)
