"""Findings become a verdict, in one total function.

Six questions are answered apart (genuine? intact? status? accredited on the award date? accredited now? is the
presenter the holder?), and one sentence stands on top. `valid` cannot be built while a required check is not passed:
the constructor of `Report` refuses it (invariant 12), and `invalid` needs a positive finding of failure (invariant 13).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jmc_vc.domain.accreditation import PublicState, public_state
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.verifying.axes import Answer, Axis, Registered, axes
from jmc_vc.verifying.check import Check, Finding, Outcome
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented


class Verdict(StrEnum):
    """What the whole report comes to."""

    VALID = "valid"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"


_WORST_FIRST = ("status.revoked", "status.replaced", "status.suspended", "validity.expired")
"""Failures that leave the credential genuine, gravest first; any other failure makes it untrustworthy."""

_SUMMARIES = {
    "status.revoked": "revoked",
    "status.replaced": "revoked",
    "status.suspended": "suspended",
    "validity.expired": "expired",
}

_SUMMARY_VERDICTS = {
    "valid": Verdict.VALID,
    "valid_accreditation_ended": Verdict.VALID,
    "revoked": Verdict.INVALID,
    "suspended": Verdict.INVALID,
    "expired": Verdict.INVALID,
    "not_trustworthy": Verdict.INVALID,
    "indeterminate": Verdict.INDETERMINATE,
    "genuine_not_accredited": Verdict.INDETERMINATE,
}
"""The eight sentences of the domain, each with the one verdict that it belongs to."""

_GENUINE = ("context", "schema", "coverage", "proof", "key", "claims")
"""The checks without which nothing that the credential says can be believed."""
_ACCREDITED = frozenset({PublicState.EFFECTIVE, PublicState.SUPERSEDED})
"""A version that a newer one replaced: the program is still accredited."""
_ENDED = frozenset({PublicState.ENDED, PublicState.WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class Report:
    """`credential` is there only if the proof passed: nothing is shown that was not verified (SR-2). `summary` is the
    code of one of eight sentences; `replaced` makes 失効 (revoked) read 再発行済み (replaced)."""

    verdict: Verdict
    summary: str
    replaced: bool
    policy: Policy
    checked_at: datetime
    checks: tuple[Check, ...]
    on_award_date: Answer
    accredited_now: Answer
    axes: tuple[Axis, ...]
    credential: OpenBadgeCredential | None
    registered: Registered

    def __post_init__(self) -> None:
        if self.verdict is Verdict.VALID and not _all_required_pass(self.checks, self.policy):
            raise AssertionError("a verdict of valid while a required check has not passed")
        if self.verdict is Verdict.INVALID and not any(c.finding.outcome is Outcome.FAIL for c in self.checks):
            raise AssertionError("a verdict of invalid without a finding of failure")

    def finding(self, check_id: str) -> Finding:
        """What the check called `check_id` found."""
        return next(check.finding for check in self.checks if check.id == check_id)


def report(
    presented: Presented, evidence: Evidence, checks: tuple[Check, ...], policy: Policy, now: datetime
) -> Report:
    """The verdict over `checks`, and the answers to the six questions."""
    findings = {check.id: check.finding for check in checks}
    genuine = all(findings[name].outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE) for name in _GENUINE)
    registered = _registered(evidence, now)
    on_award_date, accredited_now = _accreditation(findings, registered, policy, genuine=genuine)
    ended = on_award_date is Answer.YES and registered.program_state in _ENDED
    summary = _summary(findings, policy, ended=ended)
    return Report(
        verdict=_SUMMARY_VERDICTS[summary],
        summary=summary,
        replaced=summary == "revoked" and findings["status"].code == "status.replaced",
        policy=policy,
        checked_at=now,
        checks=checks,
        on_award_date=on_award_date,
        accredited_now=accredited_now,
        axes=axes(findings, registered, on_award_date, accredited_now, genuine=genuine),
        credential=presented.credential if genuine and isinstance(presented.credential, OpenBadgeCredential) else None,
        registered=registered,
    )


def _all_required_pass(checks: Sequence[Check], policy: Policy) -> bool:
    findings = {check.id: check.finding.outcome for check in checks}
    return all(
        findings[name] is Outcome.PASS or (findings[name] is Outcome.NOT_APPLICABLE and name not in policy.must_pass)
        for name in policy.required
    )


def _summary(findings: Mapping[str, Finding], policy: Policy, *, ended: bool) -> str:
    required = [finding for name, finding in findings.items() if name in policy.required]
    failures = {finding.code for finding in required if finding.outcome is Outcome.FAIL}
    if failures - set(_WORST_FIRST):
        return "not_trustworthy"
    if failures:
        return _SUMMARIES[min(failures, key=_WORST_FIRST.index)]
    open_checks = {
        name
        for name, finding in findings.items()
        if name in policy.required
        and finding.outcome is not Outcome.PASS
        and not (finding.outcome is Outcome.NOT_APPLICABLE and name not in policy.must_pass)
    }
    if open_checks:
        # Everything technical was checked and is right: only JMC's word is missing.
        return "genuine_not_accredited" if open_checks <= {"issuer", "program"} else "indeterminate"
    return "valid_accreditation_ended" if ended else "valid"


def _registered(evidence: Evidence, now: datetime) -> Registered:
    program = evidence.program
    if program is None or evidence.issuer is None or program.issuer != evidence.issuer.slug:
        return Registered(issuer=evidence.issuer, program=None, program_state=None)
    state = public_state(program, jst_day(now), evidence.siblings)
    return Registered(issuer=evidence.issuer, program=program, program_state=state)


def _accreditation(
    findings: Mapping[str, Finding], registered: Registered, policy: Policy, *, genuine: bool
) -> tuple[Answer, Answer]:
    """Accredited on the award date, and now. `technical` asks neither."""
    if "program" not in policy.required:
        return Answer.NOT_APPLICABLE, Answer.NOT_APPLICABLE
    if not genuine:
        return Answer.UNKNOWN, Answer.UNKNOWN  # what a forger wrote says nothing of anybody's accreditation
    then = {Outcome.PASS: Answer.YES, Outcome.FAIL: Answer.NO}.get(findings["program"].outcome, Answer.UNKNOWN)
    if registered.program is None:
        return then, Answer.UNKNOWN if registered.issuer is None else Answer.NO
    return then, Answer.YES if registered.program_state in _ACCREDITED else Answer.NO
