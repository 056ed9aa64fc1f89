"""Whether the issuer offers a newer version of the credential (OV-04, OB-35): asked once, after the proof.

Never required: when there is no answer, or not a good one, the credential that was presented counts.
"""

from datetime import datetime

from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.openbadges.renewal import refresh_address
from jmc_vc.verifying.check import Finding, not_applicable, passed, unknown
from jmc_vc.verifying.evidence import Evidence, NewerCopy, NoNewerCopy
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """This is the newest version that the issuer offers."""
    credential = presented.credential
    match evidence.refreshed:
        case NewerCopy(since):
            return passed("refresh.newer", since=since)
        case NoNewerCopy.NONE:
            return passed("refresh.newest")
        case NoNewerCopy.NOT_HAD:
            return unknown("refresh.unavailable")
        case NoNewerCopy.ANOTHER:
            return unknown("refresh.another")
        case NoNewerCopy.NOT_GENUINE:
            return unknown("refresh.not_genuine")
        case None:
            offered = isinstance(credential, OpenBadgeCredential) and refresh_address(credential) is not None
            return unknown("refresh.not_asked") if offered else not_applicable("refresh.not_offered")
