"""What is not judged of a credential that nobody could show to be its issuer's.

A forger can name any issuer, any program, any place on any status list and any person. What is found of those is then
found of somebody else's, and is not told: neither on a page nor in the report or on its receipt. A check that such a
thing would have passed is *not judged*; one that it failed is so too, if the credential failed for itself. Where it
only could not be checked, a failure stays: forged or revoked, it does not count either way. So this takes nothing from
the verdict.
"""

from collections.abc import Mapping
from typing import Final

from jmc_vc.verifying.check import Check, Failed, Finding, NotApplicable, Passed, unknown

NOT_JUDGED: Final = ".not_judged"
"""How the codes end."""
ABOUT_THE_GENUINE: Final = frozenset(
    {"validity", "status", "issuer", "program", "mark", "endorsement", "recipient", "holder"}
)
"""Checks of what only a genuine credential says of itself."""
_GENUINE: Final = ("context", "schema", "coverage", "proof", "key", "claims")
"""The checks without which nothing that the credential says can be believed."""


def is_genuine(findings: Mapping[str, Finding]) -> bool:
    """Whether all that it says is its issuer's word."""
    return all(isinstance(findings[name], Passed | NotApplicable) for name in _GENUINE)


def as_far_as_judged(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """`checks`, with those that stand for nothing made *not judged*."""
    findings = {check.id: check.finding for check in checks}
    if is_genuine(findings):
        return checks
    refuted = any(isinstance(findings[name], Failed) for name in _GENUINE)
    return tuple(_not_judged(each) if _stands_for_nothing(each, refuted=refuted) else each for each in checks)


def _stands_for_nothing(check: Check, *, refuted: bool) -> bool:
    found = isinstance(check.finding, Passed) or (refuted and isinstance(check.finding, Failed))
    return found and check.id in ABOUT_THE_GENUINE


def _not_judged(check: Check) -> Check:
    return Check(check.id, unknown(f"{check.id}{NOT_JUDGED}"))
