"""The issuer is one that JMC registered (OV-08). An issuer unknown to JMC is *unknown*: neither vouched for nor called
forged.

A later suspension or end of the registration changes nothing for credentials that exist (INV-25), and is told in a note
(VJ-58). What was signed after that end is another matter, whatever award date it states: with our keys the log tells
when the credential came into being, of an issuer's own keys a signature's own word is enough to speak against it. When
an issuer's own DID was ended it is different: with our keys the log tells what existed by then, with the issuer's
nobody does.
"""

from collections.abc import Iterator
from datetime import datetime

from jmc_vc.domain.issuer import IssuerState
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence, Logged
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """The issuer's DID is in JMC's register, and it was registered on the award date."""
    issuer, credential = evidence.issuer, presented.credential
    if evidence.register is not None:
        return unknown(evidence.register.code)
    if issuer is None:
        return unknown("issuer.not_read" if presented.issuer_id is None else "issuer.not_registered")
    if not isinstance(credential, OpenBadgeCredential):
        return unknown("issuer.not_read")
    until = issuer.registered_until
    awarded = jst_day((credential.awarded_date or credential.valid_from).instant)
    if awarded < issuer.registered_from or (until is not None and awarded > until):
        return failed("issuer.not_registered_then", awardedDate=awarded)
    if until is not None and any(jst_day(signed) > until for signed in _signed(evidence)):
        return failed("issuer.signed_after_end", date=until)
    ended = None if evidence.outside_did is None else evidence.outside_did.ended_at
    if ended is not None:
        began = credential.valid_from.instant
        return failed("issuer.did_ended_before") if began >= ended else unknown("issuer.did_ended")
    if until is not None and jst_day(now) > until:
        return passed("issuer.ended_since", date=until)
    if issuer.state is IssuerState.SUSPENDED:
        return passed("issuer.suspended_now")
    if credential.issuer.name not in {issuer.name_ja, issuer.name_en}:
        return passed("issuer.name_differs")
    return passed("issuer.registered")


def _signed(evidence: Evidence) -> Iterator[datetime]:
    """Of each signature when the credential came into being by it, as far as that is known."""
    for each in evidence.proofs:
        if isinstance(each.log, Logged):
            yield each.log.first_at
        elif evidence.outside_did is not None and each.made is not None:
            yield each.made
