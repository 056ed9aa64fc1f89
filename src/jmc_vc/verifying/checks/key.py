"""The key belongs to the issuer whom the credential names, and is meant for credentials (OB-45, DI-04).

A right signature by somebody else's key proves nothing: the verification method must stand in the issuer's own DID
document. What a signature by one of our own keys is worth, the public log decides (security goals §2.1): we log
whatever we sign, so what is not there was signed by somebody else; and when others may have the key, what was there
before that moment still counts. A credential that was signed anew counts from its first entry on: a copy of what came
from a thief is no better than that, however good its own key, and a copy of what is ours stays ours when the key of the
copy is stolen, too.

Dates that a proof or a token states count for nothing in this, and never for it. A key of others that its document says
is revoked proves nothing (https://www.w3.org/TR/cid-1.0/#dfn-revoked), and when it has expired, nobody knows whether
the signature was made in time.
"""

from datetime import datetime

from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Error
from jmc_vc.formats.did.document import VerificationMethod
from jmc_vc.verifying.check import Finding, Outcome, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence, Logged, NoRecord, ProofEvidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Secured
from jmc_vc.verifying.undecided import could_not_check

_NOTES = ("key.bound", "key.retired", "key.revoked_issued_before", "key.revoked_logged_before")
"""What is said of a key that is right, the least to be noticed first."""


def check(presented: Secured, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """Every proof was made with a key of the issuer's DID document."""
    if isinstance(presented.token, Error) and presented.token.code.startswith("key."):
        return _fault(presented.token)
    if not evidence.proofs:
        return unknown("key.no_proof")
    findings = [_judge(each, evidence, presented.issuer_id, now) for each in evidence.proofs]
    return max(findings, key=_weight)  # of equals the first


def _weight(finding: Finding) -> int:
    """Which of several findings is told: the gravest, or the note that a reader should not miss."""
    if finding.outcome is Outcome.FAIL:
        return len(_NOTES) + 1
    return len(_NOTES) if finding.outcome is Outcome.UNKNOWN else _NOTES.index(finding.code)


def _judge(each: ProofEvidence, evidence: Evidence, issuer_id: str | None, now: datetime) -> Finding:
    if each.signer != issuer_id and (each.signer is not None or evidence.is_ours):
        return failed("key.binding")
    if isinstance(each.method, Error):
        return _fault(each.method)
    if each.own_key is not None:
        return _worth(each, each.own_key)
    return _kept_by_others(each.method, each.made, now)


def _kept_by_others(method: VerificationMethod, made: datetime | None, now: datetime) -> Finding:
    """Of a signature by a key that is not ours; `made` is its own word."""
    if method.revoked is not None and (method.revoked <= now or (made is not None and made > method.revoked)):
        return failed("key.revoked_by_issuer", since=method.revoked)
    if method.expires is not None:
        if made is not None and made > method.expires:
            return failed("key.binding")
        if method.expires <= now:
            return unknown("key.time_unknown")
    return passed("key.bound")


def _worth(each: ProofEvidence, key: SigningKey) -> Finding:
    """Of a signature by a key of ours, by the table of the security goals."""
    match each.log:
        case Logged() if each.first_key is not None:
            return _of_record(each.log, key, each.first_key)
        case NoRecord.NOT_READABLE | Logged():  # or the row of the first key was lost
            return unknown("key.log_unavailable")
        case NoRecord.NO_TIME if key.state is KeyState.COMPROMISED:
            return unknown("key.log_unavailable")
    if key.stolen_since is not None:
        return failed("key.revoked", since=key.stolen_since)
    # A signature that is wrong is another check's matter: this one speaks of the key alone.
    return failed("key.unlogged") if each.log is NoRecord.NOT_LOGGED else _named(key)


def _of_record(log: Logged, key: SigningKey, first_key: SigningKey) -> Finding:
    """Of one that was entered by `key`, for a credential that came into being by `first_key`."""
    doubtful, since = first_key.stolen_since, key.stolen_since
    if doubtful is not None and log.first_at >= doubtful:
        return failed("key.revoked", since=doubtful)
    if since is None:
        return _named(key)
    if log.at < since:
        return passed("key.revoked_logged_before", since=since)
    return passed("key.revoked_issued_before", since=since)


def _named(key: SigningKey) -> Finding:
    return passed("key.retired" if key.state in (KeyState.RETIRED, KeyState.DESTROYED) else "key.bound")


def _fault(error: Error) -> Finding:
    # A DID document that is no JSON says nothing against the credential (DD-09).
    not_had = could_not_check(error) or error.code.startswith("parse.")
    return unknown(error.code, **error.params) if not_had else failed(error.code, **error.params)
