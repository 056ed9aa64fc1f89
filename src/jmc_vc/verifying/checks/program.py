"""The credential is for a program version that JMC accredited on the award date, and says what was accredited (OV-08).

A version that was withdrawn later still counted on the award date (INV-25). The achievement must be, member by member,
the one that the approved version gives: the same program id used for something else proves nothing (OB3 guidance
IG-02).

That holds of what was signed here: for a version that is suspended or withdrawn nothing is. An issuer's own keys go on
signing, with any date. So of those a date from after a withdrawal, or inside a suspension, speaks against it, and while
the accreditation is withdrawn or suspended one from before proves nothing: nobody can tell. The end of its period is no
such moment: an award from inside it may be signed later.
"""

from datetime import datetime

from jmc_vc.domain.accreditation import ProgramState, accredited_on
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence, Suspended
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented
from jmc_vc.verifying.stated_dates import StatedDates, stated_dates


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
    if evidence.outside_did is not None:
        stopped = _own_keys_stopped(stated_dates(credential, evidence.proofs), evidence.program_suspensions, version)
        if stopped is not None:
            return stopped
    return passed("program.accredited_then", awardedDate=awarded)


def _own_keys_stopped(
    stated: StatedDates, suspensions: tuple[Suspended, ...], version: ProgramVersion
) -> Finding | None:
    """What is to be said because keys of the issuer's own signed for a version that could not be signed for, or may
    have; None if they did not."""
    withdrawn, suspended = version.withdrawn_at, stated.first(suspensions)
    if withdrawn is not None and stated.after(withdrawn):
        return failed("program.signed_after_withdrawal", date=jst_day(withdrawn))
    if suspended is not None:
        return failed("program.signed_while_suspended", date=jst_day(suspended.since))
    if withdrawn is not None:
        return unknown("program.own_keys_withdrawn", date=jst_day(withdrawn))
    return unknown("program.own_keys_suspended") if version.state is ProgramState.SUSPENDED else None


def _is_the_version_named(credential: OpenBadgeCredential, evidence: Evidence) -> bool:
    version, reference = evidence.program, credential.program_version
    return (
        version is not None
        and reference is not None
        and reference.content_digest == version.content_digest
        and evidence.says_what_was_approved
    )
