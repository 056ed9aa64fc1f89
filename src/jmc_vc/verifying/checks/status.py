"""The credential is neither revoked nor suspended (OV-05, BS-03). "Could not be read" is neither fine nor revoked
(SR-7)."""

from datetime import datetime

from jmc_vc.domain.credential import REPLACED, Credential, CredentialState, RevocationReason
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.domain.vocabulary import label
from jmc_vc.errors import Error, Wording
from jmc_vc.verifying.check import Finding, Outcome, failed, not_applicable, passed, unknown
from jmc_vc.verifying.evidence import Evidence, StatusEvidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented

_ORDER = ("status.revoked", "status.replaced", "status.suspended")
"""The gravest finding is the one reported, in whatever order the entries stand."""


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """No status entry says that the credential does not count."""
    if isinstance(presented.token, Error):
        return unknown("status.not_read")
    findings = [_judge(each, now) for each in evidence.statuses]
    if evidence.own_row is not None:
        # Whatever entry stands in it or was left out: of a credential of ours, our own record knows.
        findings += [_of_row(evidence.own_row, purpose, now) for purpose in StatusPurpose]
    if not findings:
        return not_applicable("status.none")
    failures = [finding for finding in findings if finding.outcome is Outcome.FAIL]
    if failures:
        return min(failures, key=lambda finding: _ORDER.index(finding.code))
    return next(
        (finding for finding in findings if finding.outcome is Outcome.UNKNOWN), passed("status.clear", time=now)
    )


def _judge(each: StatusEvidence, now: datetime) -> Finding:
    if isinstance(each.row, Error):
        return unknown(each.row.code)
    if each.row is None:
        return passed("status.clear", time=now)
    return _of_row(each.row, each.purpose, now)


def _of_row(row: Credential | LostCredential, purpose: str, now: datetime) -> Finding:
    since, reason = (row.status_at or now, row.status_reason) if isinstance(row, Credential) else (row.changed_at, None)
    if purpose == StatusPurpose.REVOCATION and row.state is CredentialState.REVOKED:
        if reason in REPLACED:
            return failed("status.replaced", date=jst_day(since))
        return failed("status.revoked", date=jst_day(since), reason=_wording(reason))
    if purpose == StatusPurpose.SUSPENSION and row.state is CredentialState.SUSPENDED:
        return failed("status.suspended")
    return passed("status.clear", time=now)


def _wording(reason: RevocationReason | None) -> Wording:
    if reason is None:  # it was put back from the public log, which holds no reasons
        return Wording("理由の記録なし", "reason not on record")
    return Wording(*label("revocation-reason", reason))
