"""The issuer is one that JMC registered (OV-08). An issuer unknown to JMC is *unknown*: neither vouched for nor called
forged.

A later suspension or end of the registration changes nothing for credentials that exist (INV-25), and is told in a note
(VJ-58). What came into being after the end is another matter, whatever award date it states: with our keys, which sign
for nobody who is suspended, the log tells. An issuer's own keys go on signing, with any date: of what they signed for
an issuer that is suspended, or ended, or whose DID is, a date from after that moment speaks against it, and one from
before proves nothing. Nobody can tell then. When a suspension is lifted, what is dated before it counts again; what is
dated inside it never does.
"""

from datetime import date, datetime

from jmc_vc.domain.credential import Credential
from jmc_vc.domain.issuer import Issuer, IssuerState
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.outside_did import OutsideDid
from jmc_vc.errors import Wording
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.verifying.check import Finding, Passed, failed, passed, unknown
from jmc_vc.verifying.checks import key
from jmc_vc.verifying.evidence import Evidence, Logged, Suspended
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented
from jmc_vc.verifying.stated_dates import StatedDates, stated_dates
from jmc_vc.verifying.strangers import (
    ACCREDITOR_BORROWED,
    ADDRESS_BORROWED,
    IMPERSONATION,
    NOT_REGISTERED,
    OTHER_IDENTIFIER,
)


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """The issuer's DID is in JMC's register, and it was registered on the award date."""
    issuer, credential = evidence.issuer, presented.credential
    if issuer is None:
        if presented.issuer_id is None:
            return unknown("issuer.not_read")
        return _not_registered(evidence, bound=_is_bound(presented, evidence, policy, now))
    if not isinstance(credential, OpenBadgeCredential):
        return unknown("issuer.not_read")
    until = issuer.registered_until
    awarded = jst_day((credential.awarded_date or credential.valid_from).instant)
    if awarded < issuer.registered_from or (until is not None and awarded > until):
        return failed("issuer.not_registered_then", awardedDate=awarded)
    if evidence.outside_did is not None:
        stated = stated_dates(credential, evidence.proofs)
        stopped = _own_keys_stopped(stated, evidence.suspensions, issuer, evidence.outside_did, now)
        if stopped is not None:
            return stopped
    logged = (each.log.first_at for each in evidence.proofs if isinstance(each.log, Logged))
    if until is not None and any(jst_day(came) > until for came in logged):
        return _entered_after(until, evidence.own_row)
    if until is not None and jst_day(now) > until:
        return passed("issuer.ended_since", date=until)
    if issuer.state is IssuerState.SUSPENDED:
        return passed("issuer.suspended_now")
    if credential.issuer.name not in {issuer.name_ja, issuer.name_en}:
        return passed("issuer.name_differs")
    return passed("issuer.registered")


def _not_registered(evidence: Evidence, *, bound: bool) -> Finding:
    """Of a stranger. Anybody can write any name and number, so that one of the register's is only a suspicion; but
    whoever signs with the keys at the registered address has that address, and is accused of nothing."""
    borrowed = evidence.borrowed
    if borrowed is None:
        return unknown(NOT_REGISTERED)
    if borrowed.of is None:
        return unknown(ACCREDITOR_BORROWED if borrowed.accreditor else ADDRESS_BORROWED)
    code = OTHER_IDENTIFIER if borrowed.at_its_address and bound else IMPERSONATION
    return unknown(code, name=Wording(borrowed.of.name_ja, borrowed.of.name_en))


def _is_bound(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> bool:
    """Whether it is signed, and rightly, with the keys of whom it names."""
    right = all(each.signature is None and each.signer == presented.issuer_id for each in evidence.proofs)
    return right and isinstance(key.check(presented, evidence, policy, now), Passed)


def _entered_after(until: date, row: Credential | None) -> Finding:
    """Of a credential that came into the log after the last day of the registration. One from before there was a log
    was entered later than it was made: its row says so, and proves it to nobody."""
    if row is not None and row.issued_at is not None and jst_day(row.issued_at) <= until:
        return unknown("issuer.logged_after_end", date=until)
    return failed("issuer.signed_after_end", date=until)


def _own_keys_stopped(
    stated: StatedDates, suspensions: tuple[Suspended, ...], issuer: Issuer, did: OutsideDid, now: datetime
) -> Finding | None:
    """What is to be said because the issuer's own keys do not count any more, or did not then; None while they do. What
    the credential says against itself goes before what nobody can tell."""
    until, suspended = issuer.registered_until, stated.first(suspensions)
    if did.ended_at is not None and stated.after(did.ended_at):
        return failed("issuer.did_ended_before")
    if until is not None and jst_day(stated.signed) > until:
        return failed("issuer.signed_after_end", date=until)
    if suspended is not None:
        return failed("issuer.signed_while_suspended", date=jst_day(suspended.since))
    if did.ended_at is not None:
        return unknown("issuer.did_ended")
    if until is not None and jst_day(now) > until:
        return unknown("issuer.own_keys_ended", date=until)
    return unknown("issuer.own_keys_suspended") if issuer.state is IssuerState.SUSPENDED else None
