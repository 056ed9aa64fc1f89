"""Every member that the credential shows is under the proof (SR-1; DATA_LOSS_DETECTION_ERROR of VC Data Integrity
§2.4.3).

An unsigned member could be added by anyone. The conversion to quads refuses what it would lose, over the whole
credential. Under a signature that is not right nothing is, so then there is no answer.
"""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Secured


def check(presented: Secured, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """Nothing of the credential is lost on the way to the proof."""
    fault = presented.token if isinstance(presented.token, Error) else evidence.coverage
    if fault is None:
        signed = evidence.proofs and all(each.signature is None for each in evidence.proofs)
        return passed("coverage.complete") if signed else unknown("coverage.not_checked")
    if isinstance(presented.token, Error) or fault.code.startswith("context.") or fault.code == "canon.limit":
        return unknown("coverage.not_checked")
    return failed(fault.code)
