"""The credential is neither revoked nor suspended (OV-05, BS-03). "Could not be read" is neither fine nor revoked
(SR-7)."""

from collections.abc import Mapping
from datetime import date, datetime

from jmc_vc.domain.credential import REPLACED, Credential, CredentialState, RevocationReason
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.domain.vocabulary import label
from jmc_vc.errors import Error, Wording
from jmc_vc.formats.status.result import MESSAGE, REFRESH, SUSPENSION, StatusResult
from jmc_vc.sentences import written_date
from jmc_vc.verifying.check import Failed, Finding, Unknown, failed, not_applicable, passed, unknown
from jmc_vc.verifying.evidence import Evidence, OnRecord, StatusEvidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Stated

_ORDER = ("status.revoked", "status.replaced", "status.suspended")
"""The gravest finding is the one reported, in whatever order the entries stand."""
_TOLD: Mapping[str, str] = {MESSAGE: "status.message", REFRESH: "status.refresh"}
"""What a set entry of these purposes tells its reader: nothing against the credential (Bitstring Status List §2.1)."""
_NOT_STATED = Wording("一覧に記載なし", "not stated")
_OTHER = "status.other_purpose"
"""Of a purpose of the issuer's own: nobody else knows what it says."""


def check(presented: Stated, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """No status entry says that the credential does not count."""
    if isinstance(presented.token, Error):
        return unknown("status.not_read")
    findings = [_judge(each, now) for each in evidence.statuses]
    if evidence.own_row is not None:
        # Whatever entry stands in it or was left out: of a credential of ours, our own record knows.
        findings += [_of_row(evidence.own_row, purpose, now) for purpose in StatusPurpose]
    if not findings:
        return not_applicable("status.none")
    failures = [finding for finding in findings if isinstance(finding, Failed)]
    if failures:
        return min(failures, key=lambda finding: _ORDER.index(finding.code))
    open_ones = (finding for finding in findings if isinstance(finding, Unknown))
    told = (finding for finding in findings if finding.code != "status.clear")
    return next(open_ones, None) or next(told, passed("status.clear", time=now))


def _judge(each: StatusEvidence, now: datetime) -> Finding:
    match each.found:
        case Error() as error:
            return unknown(error.code, **error.params)
        case StatusResult():
            return _of_list(each.found, each.on_record, now)
        case None:
            return passed("status.clear", time=now)
        case row:
            return _of_row(row, each.purpose, now)


def _of_list(result: StatusResult, on_record: OnRecord | None, now: datetime) -> Finding:
    """Of a list elsewhere, which says that a credential is revoked, and not since when. What is on record beside it
    tells that of a state that the list tells, and no more."""
    if result.invalidates:
        if result.purpose == SUSPENSION:
            return failed("status.suspended")
        if on_record is None or on_record.state is not CredentialState.REVOKED:
            return _revoked(_by(jst_day(now)), None, _NOT_STATED)
        return _revoked(jst_day(on_record.since), on_record.reason, _NOT_STATED)
    if not result.valid:
        return passed(_TOLD.get(result.purpose, _OTHER), time=now)
    return passed("status.clear", time=now)


def _by(day: date) -> Wording:
    """At the place of a date in the sentence: not later than `day`."""
    return Wording(f"{written_date(day, 'ja')}まで", f"or before {written_date(day, 'en')}")


def _of_row(row: Credential | LostCredential, purpose: StatusPurpose | None, now: datetime) -> Finding:
    since, reason = (row.status_at or now, row.status_reason) if isinstance(row, Credential) else (row.changed_at, None)
    if purpose == StatusPurpose.REVOCATION and row.state is CredentialState.REVOKED:
        # Without a reason it was put back from the public log, which holds none.
        return _revoked(jst_day(since), reason, Wording("理由の記録なし", "reason not on record"))
    if purpose == StatusPurpose.SUSPENSION and row.state is CredentialState.SUSPENDED:
        return failed("status.suspended")
    return passed("status.clear", time=now)


def _revoked(date: date | Wording, reason: RevocationReason | None, without: Wording) -> Failed:
    """`without` is what is said where there is no reason."""
    if reason in REPLACED:
        return failed("status.replaced", date=date)
    said = without if reason is None else Wording(*label("revocation-reason", reason))
    return failed("status.revoked", date=date, reason=said)
