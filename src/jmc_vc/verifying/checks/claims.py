"""The claims of a VC-JWT say the same as the credential in it (OB-43, VW-18): a reader may look at either.

Claims that are missing contradict nothing. Tools of 1EdTech write badges without `sub` and compare no claim at all, so
a missing one is told and not held against the learner.
"""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, not_applicable, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Secured


def check(presented: Secured, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """No claim contradicts the credential."""
    token = presented.token
    if token is None:
        return not_applicable("claims.none")
    fault = token if isinstance(token, Error) else token.missing_claims
    if isinstance(fault, Error):
        return failed(fault.code) if fault.code.startswith("claims.") else unknown("claims.not_read")
    return passed("claims.missing") if fault else passed("claims.agree")
