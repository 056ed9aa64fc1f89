"""The endorsements in the credential, each on its own (OV-07, VJ-76): shape, proof, key of its own issuer, dates,
status, and that it is about what it stands in.

Never required: what others say of a credential makes it neither better nor worse. But nothing is shown as endorsed that
is not. JMC's mark is told apart (`mark`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Failed, Finding, Unknown, failed, not_applicable, passed, unknown
from jmc_vc.verifying.checks import claims, context, coverage, key, proof, schema, status, validity
from jmc_vc.verifying.evidence import EndorsementEvidence, Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented, PresentedEndorsement
from jmc_vc.verifying.undecided import could_not_check

_Check = Callable[[PresentedEndorsement, Evidence, Policy, datetime], Finding]

_GENUINE: tuple[_Check, ...] = (context.check, schema.check, proof.check, key.check, claims.check, coverage.check)
"""Did its issuer say this?"""
_IN_FORCE: tuple[_Check, ...] = (validity.check, status.check)
"""Does it still count?"""


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """Every endorsement is its issuer's word, about what it stands in, and still counts."""
    findings = [judged(each, policy, now) for each in evidence.endorsements if not each.is_mark]
    if not findings:
        gathered = evidence.endorsements or not presented.endorsements
        return not_applicable("endorsement.none") if gathered else unknown("endorsement.not_checked")
    failures = [finding.code for finding in findings if isinstance(finding, Failed)]
    if failures:
        ended = all(code.startswith(("validity.", "status.")) for code in failures)
        return failed("endorsement.ended" if ended else "endorsement.not_genuine")
    if any(isinstance(finding, Unknown) for finding in findings):
        return unknown("endorsement.not_checked")
    return passed("endorsement.all_genuine")


def judged(each: EndorsementEvidence, policy: Policy, now: datetime) -> Finding:
    """What is to be said of one endorsement: the gravest of what the checks say."""
    wrong = fault(each, policy, now)
    if wrong is not None:
        return wrong
    if each.of_other_content:
        return failed("endorsement.other_content")
    assert each.evidence is not None  # then there would have been a fault
    return _first_fault(_IN_FORCE, each.presented, each.evidence, policy, now) or passed("endorsement.genuine")


def fault(each: EndorsementEvidence, policy: Policy, now: datetime) -> Failed | Unknown | None:
    """Why it is not, or cannot be shown to be, the word of who is said to have given it, about what it stands in."""
    presented, evidence = each.presented, each.evidence
    if isinstance(presented.token, Error):
        code, params = presented.token.code, presented.token.params
        return unknown(code, **params) if could_not_check(presented.token) else failed(code, **params)
    if evidence is None:
        return unknown("endorsement.too_many")
    wrong = _first_fault(_GENUINE, presented, evidence, policy, now)
    about = None if isinstance(presented.credential, Error) else presented.credential.endorsed
    if not isinstance(wrong, Failed) and about is not None and about != presented.place.endorsed:
        return failed("endorsement.other_subject")
    return wrong


def _first_fault(
    checks: Sequence[_Check], presented: PresentedEndorsement, evidence: Evidence, policy: Policy, now: datetime
) -> Failed | Unknown | None:
    findings = [check(presented, evidence, policy, now) for check in checks]
    return next((each for each in findings if isinstance(each, Failed)), None) or next(
        (each for each in findings if isinstance(each, Unknown)), None
    )
