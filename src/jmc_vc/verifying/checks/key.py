"""The key belongs to the issuer whom the credential names, and is meant for credentials (OB-45, DI-04).

A right signature by somebody else's key proves nothing: the verification method must stand in the issuer's own DID
document. And one of our own keys signs nothing that has no row here: what has none was signed with a stolen key.
"""

from datetime import datetime

from jmc_vc.domain.signing_key import KeyState
from jmc_vc.errors import Error, TooLarge, Unavailable
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence, ProofEvidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented

_UNKNOWN = frozenset({"did.unsupported", "did.forbidden", "key.unsupported"})
"""What we do not read or may not open says nothing against the credential, nor does a DID document that is too large or
no JSON (DD-09)."""


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """Every proof was made with a key of the issuer's DID document."""
    if isinstance(presented.token, Error) and presented.token.code.startswith("key."):
        return failed(presented.token.code)
    if not evidence.proofs:
        return unknown("key.no_proof")
    findings = [_judge(each, evidence, presented.issuer_id) for each in evidence.proofs]
    return next((finding for finding in findings if finding.outcome == "fail"), None) or next(
        (finding for finding in findings if finding.outcome == "unknown"), findings[0]
    )


def _judge(each: ProofEvidence, evidence: Evidence, issuer_id: str | None) -> Finding:
    if each.signer != issuer_id and (each.signer is not None or evidence.is_ours):
        return failed("key.binding")
    if isinstance(each.method, Error):
        code = each.method.code
        not_had = isinstance(each.method, (TooLarge, Unavailable)) or code.startswith("parse.")
        return unknown(code) if not_had or code in _UNKNOWN else failed(code)
    for end in (each.method.expires, each.method.revoked):
        if end is not None and (each.made is None or each.made > end):
            return failed("key.binding")
    if evidence.is_ours and evidence.own_row is None:
        return failed("key.unlogged")
    if each.own_key is not None and each.own_key.state is KeyState.RETIRED:
        return passed("key.retired")
    return passed("key.bound")
