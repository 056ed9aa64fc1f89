"""JMC's accreditation mark, where the credential has one: an endorsement by JMC of the program version, bound to the
approved content by its digest (domain model §4). A mark that was copied to an altered program, or to a credential of
somebody else, is no mark.

It counts if the register says the same as it does. So the register also answers whether it still counts: that an
accreditation ended later takes nothing from a credential that was awarded before (INV-25). Never required: the register
is asked in any case (`program`).
"""

from datetime import datetime

from jmc_vc.domain.accreditation import PublicState, accredited_on, public_state
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.endorsement import EndorsementCredential
from jmc_vc.verifying.check import Failed, Finding, Unknown, failed, not_applicable, passed, unknown
from jmc_vc.verifying.checks.endorsement import fault
from jmc_vc.verifying.evidence import EndorsementEvidence, Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented

_IN_FORCE = frozenset({PublicState.EFFECTIVE, PublicState.SUPERSEDED})


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """The mark is JMC's, for this very program version, which was accredited on the award date."""
    findings = [judged(each, presented, evidence, policy, now) for each in evidence.endorsements if each.is_mark]
    if not findings:
        gathered = evidence.endorsements or not presented.endorsements
        return not_applicable("mark.none") if gathered else unknown("mark.not_checked")
    return next((each for each in findings if isinstance(each, Failed)), None) or next(
        (each for each in findings if isinstance(each, Unknown)), findings[0]
    )


def judged(
    each: EndorsementEvidence, presented: Presented, evidence: Evidence, policy: Policy, now: datetime
) -> Finding:
    """What is to be said of one mark."""
    match fault(each, policy, now):
        case Failed():
            return failed("mark.not_genuine")
        case Unknown():
            return unknown("mark.not_checked")
    mark, credential, version = each.presented.credential, presented.credential, evidence.program
    assert isinstance(mark, EndorsementCredential)  # else the schema had been the fault
    if isinstance(credential, Error) or credential.awarded_date is None:
        return unknown("mark.not_checked")
    of_this_issuer = version is not None and evidence.issuer is not None and version.issuer == evidence.issuer.slug
    if version is None or not of_this_issuer or not evidence.says_what_was_approved:
        return failed("mark.other_content")
    if mark.content_digest != version.content_digest:
        return failed("mark.digest")
    if not accredited_on(version, jst_day(credential.awarded_date.instant)):
        return failed("mark.not_then")
    in_force = public_state(version, jst_day(now), evidence.siblings) in _IN_FORCE
    return passed("mark.bound" if in_force else "mark.ended_since")
