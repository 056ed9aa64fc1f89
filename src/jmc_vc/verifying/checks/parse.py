"""The credential could be read: strict JSON, inside the limits.

What cannot be read never comes this far: it is refused before there is a report, because then there is nothing to
report on.
"""

from datetime import datetime

from jmc_vc.verifying.check import Finding, passed
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """The bytes are one JSON object, read strictly."""
    return passed("parse.read")
