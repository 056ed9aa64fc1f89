"""The key belongs to the issuer whom the credential names, and is meant for credentials (OB-45, DI-04).

A right signature by somebody else's key proves nothing: the verification method must stand in the issuer's own DID
document. What a signature by one of our own keys is worth, the public log decides (security goals §2.1): we log
whatever we sign, so what is not there was signed by somebody else; and when others may have the key, what was there
before that moment still counts. Dates that a proof or a token states count for nothing in this.
"""

from datetime import datetime

from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, Outcome, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence, Logged, NoRecord, ProofEvidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Secured
from jmc_vc.verifying.undecided import could_not_check

_NOTES = ("key.bound", "key.retired", "key.revoked_logged_before")
"""What is said of a key that is right, the least to be noticed first."""


def check(presented: Secured, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """Every proof was made with a key of the issuer's DID document."""
    if isinstance(presented.token, Error) and presented.token.code.startswith("key."):
        return _fault(presented.token)
    if not evidence.proofs:
        return unknown("key.no_proof")
    findings = [_judge(each, evidence, presented.issuer_id) for each in evidence.proofs]
    return max(findings, key=_weight)  # of equals the first


def _weight(finding: Finding) -> int:
    """Which of several findings is told: the gravest, or the note that a reader should not miss."""
    if finding.outcome is Outcome.FAIL:
        return len(_NOTES) + 1
    return len(_NOTES) if finding.outcome is Outcome.UNKNOWN else _NOTES.index(finding.code)


def _judge(each: ProofEvidence, evidence: Evidence, issuer_id: str | None) -> Finding:
    if each.signer != issuer_id and (each.signer is not None or evidence.is_ours):
        return failed("key.binding")
    if isinstance(each.method, Error):
        return _fault(each.method)
    if each.own_key is not None:
        return _worth(each, each.own_key)
    ends = [end for end in (each.method.expires, each.method.revoked) if end is not None]
    if each.made is not None and any(each.made > end for end in ends):
        return failed("key.binding")
    if ends and each.made is None:  # made while the key still counted, or after: nobody can tell
        return unknown("key.time_unknown")
    return passed("key.bound")


def _worth(each: ProofEvidence, key: SigningKey) -> Finding:
    """Of a signature by a key of ours, by the table of the security goals."""
    if key.state is KeyState.COMPROMISED:
        return _of_others(each, key.compromised_since or key.created_at)
    match each.log:
        case Logged() | None:  # a signature that is wrong is another check's matter: this one speaks of the key alone
            return _named(key)
        case NoRecord.NOT_READABLE:
            return unknown("key.log_unavailable")
        case NoRecord.NOT_LOGGED:
            return failed("key.unlogged")


def _of_others(each: ProofEvidence, since: datetime) -> Finding:
    """The same of a key that others may have had `since` then."""
    match each.log:
        case NoRecord.NOT_READABLE | Logged(None):
            return unknown("key.log_unavailable")
        case Logged(at) if at is not None and at < since:
            return passed("key.revoked_logged_before", since=since)
        case _:
            return failed("key.revoked", since=since)


def _named(key: SigningKey) -> Finding:
    return passed("key.retired" if key.state in (KeyState.RETIRED, KeyState.DESTROYED) else "key.bound")


def _fault(error: Error) -> Finding:
    # A DID document that is no JSON says nothing against the credential (DD-09).
    not_had = could_not_check(error) or error.code.startswith("parse.")
    return unknown(error.code, **error.params) if not_had else failed(error.code, **error.params)
