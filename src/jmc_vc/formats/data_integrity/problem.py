"""Our codes as the problem types that the specification names, for protocols that answer in those.

https://www.w3.org/TR/vc-data-integrity/#processing-errors, and §2.4.3 for data that would be lost
"""

from collections.abc import Mapping

_SECURITY = "https://w3id.org/security#"
_PARSING = f"{_SECURITY}PARSING_ERROR"
_GENERATION = f"{_SECURITY}PROOF_GENERATION_ERROR"
_TRANSFORMATION = f"{_SECURITY}PROOF_TRANSFORMATION_ERROR"
_VERIFICATION = f"{_SECURITY}PROOF_VERIFICATION_ERROR"

PROBLEM_TYPES: Mapping[str, str] = {
    "proof.missing": _PARSING,
    "proof.not_an_object": _PARSING,
    "proof.chain": _VERIFICATION,
    "proof.crypto": _VERIFICATION,
    "proof.encoding": _VERIFICATION,
    "proof.limit": _VERIFICATION,
    "proof.not_derived": _VERIFICATION,
    "proof.purpose": _VERIFICATION,
    "proof.suite": _VERIFICATION,
    "proof.suite_unsupported": _VERIFICATION,
    "proof.domain": f"{_SECURITY}INVALID_DOMAIN_ERROR",
    "proof.challenge": f"{_SECURITY}INVALID_CHALLENGE_ERROR",
    "proof.coverage": f"{_SECURITY}DATA_LOSS_DETECTION_ERROR",
    "canon.limit": _TRANSFORMATION,
    "canon.value": _TRANSFORMATION,
    "context.conflict": _TRANSFORMATION,
    "context.keyword": _TRANSFORMATION,
    "context.not_allowed": _TRANSFORMATION,
    "context.unknown": _TRANSFORMATION,
    "proof.no_base": _GENERATION,
    "proof.nothing_selected": _GENERATION,
    "proof.pointer": _GENERATION,
    "proof.pointers": _GENERATION,
    "proof.selection": _GENERATION,
    "proof.statements": _GENERATION,
}
"""Code → `type` of the problem."""
