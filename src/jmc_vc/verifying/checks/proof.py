"""Every proof of the credential is right (OV-03, made stricter: all must hold, not any one; DI-02)."""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence, ProofEvidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Secured
from jmc_vc.verifying.undecided import could_not_check


def check(presented: Secured, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """There is a proof, and each one verifies, was made in the past and has not expired."""
    if isinstance(presented.token, Error):
        code = presented.token.code
        if not code.startswith("token.") or code == "token.syntax":
            return unknown("proof.not_checked")
        return _fault(presented.token)
    if isinstance(presented.proofs, Error):
        return _fault(presented.proofs)
    findings = [_judge(each, policy, now) for each in evidence.proofs]
    return next((finding for finding in findings if finding.outcome == "fail"), None) or next(
        (finding for finding in findings if finding.outcome == "unknown"), passed("proof.verified")
    )


def _judge(each: ProofEvidence, policy: Policy, now: datetime) -> Finding:
    if isinstance(each.method, Error):
        return unknown("proof.key_missing")
    if each.signature is not None:
        return _fault(each.signature)
    if each.created is not None and each.created - policy.skew > now:
        return failed("proof.created", created=each.created)
    if each.expires is not None and each.expires + policy.skew < now:
        return failed("proof.expired", end=each.expires)
    return passed("proof.verified")


def _fault(error: Error) -> Finding:
    return unknown(error.code) if could_not_check(error) else failed(error.code)
