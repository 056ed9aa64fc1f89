"""Every proof of the credential is right (OV-03, made stricter: all must hold, not any one; DI-02)."""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence, ProofEvidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented

_UNKNOWN = frozenset({"proof.suite_unsupported", "context.unknown", "canon.limit"})
"""Not the credential's fault: we cannot read the suite or the context, or the work would have no end."""


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """There is a proof, and each one verifies, was made in the past and has not expired."""
    if isinstance(presented.token, Error):
        code = presented.token.code
        return failed(code) if code.startswith("token.") and code != "token.syntax" else unknown("proof.not_checked")
    if isinstance(presented.proofs, Error):
        code = presented.proofs.code
        return unknown(code) if code in _UNKNOWN else failed(code)
    findings = [_judge(each, policy, now) for each in evidence.proofs]
    return next((finding for finding in findings if finding.outcome == "fail"), None) or next(
        (finding for finding in findings if finding.outcome == "unknown"), passed("proof.verified")
    )


def _judge(each: ProofEvidence, policy: Policy, now: datetime) -> Finding:
    if isinstance(each.method, Error):
        return unknown("proof.key_missing")
    if each.signature is not None:
        code = each.signature.code
        return unknown(code) if code in _UNKNOWN else failed(code)
    if each.created is not None and each.created - policy.skew > now:
        return failed("proof.created", created=each.created)
    if each.expires is not None and each.expires + policy.skew < now:
        return failed("proof.expired", end=each.expires)
    return passed("proof.verified")
