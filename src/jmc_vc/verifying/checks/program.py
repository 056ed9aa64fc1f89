"""The credential is for a program version that JMC accredited on the award date, and says what was accredited (OV-08).

A version that was withdrawn later still counted on the award date (INV-25). The achievement must be, member by member,
the one that the approved version gives: the same program id used for something else proves nothing (OB3 guidance
IG-02).
"""

from datetime import datetime

from jmc_vc.domain.accreditation import accredited_on
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """The version was accredited on the award date, for this issuer, with this content."""
    credential, version = presented.credential, evidence.program
    if evidence.issuer is None:
        return unknown("program.not_read" if presented.issuer_id is None else "program.issuer_unknown")
    if not isinstance(credential, OpenBadgeCredential):
        return unknown("program.not_read")
    if version is None or version.issuer != evidence.issuer.slug or not _is_the_version_named(credential, evidence):
        return failed("program.match")
    if credential.awarded_date is None:
        return failed("program.no_award_date")
    awarded = jst_day(credential.awarded_date.instant)
    if not accredited_on(version, awarded):
        return failed("program.not_accredited_then", awardedDate=awarded)
    return passed("program.accredited_then", awardedDate=awarded)


def _is_the_version_named(credential: OpenBadgeCredential, evidence: Evidence) -> bool:
    version, reference = evidence.program, credential.program_version
    return (
        version is not None
        and reference is not None
        and reference.content_digest == version.content_digest
        and evidence.says_what_was_approved
    )
