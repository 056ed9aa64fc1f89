"""The credential is inside its period of validity (VC-07, OV-05), and its token inside its own (VW-19)."""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Stated
from jmc_vc.verifying.presented_token import PresentedToken


def check(presented: Stated, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """The credential is inside `validFrom` … `validUntil`, give or take the policy's skew."""
    credential = presented.credential
    if isinstance(credential, Error):
        return unknown("validity.not_read")
    start, end = credential.valid_from.instant, credential.valid_until.instant if credential.valid_until else None
    if isinstance(presented.token, PresentedToken):
        start = max(start, presented.token.not_before or start)
        end = min(filter(None, (end, presented.token.expires)), default=None)
    if end is not None and end < start:
        return failed("validity.reversed")
    if start - policy.skew > now:
        return failed("validity.not_yet", start=start)
    if end is not None and end + policy.skew < now:
        return failed("validity.expired", end=end)
    return passed("validity.current")
