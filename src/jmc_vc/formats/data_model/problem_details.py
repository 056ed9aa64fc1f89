"""The names that W3C gives to what we find wrong, for answers that its own software reads.

https://www.w3.org/TR/vc-data-model-2.0/#problem-details, https://www.w3.org/TR/vc-data-integrity/#processing-errors,
https://www.w3.org/TR/cid-1.0/#processing-errors and https://www.w3.org/TR/vc-bitstring-status-list/#processing-errors

Our own codes are finer and stay beside these. What W3C has named nothing for has none.
"""

from collections.abc import Mapping
from typing import Final

_DATA_MODEL: Final = "https://www.w3.org/TR/vc-data-model#"
_SECURITY: Final = "https://w3id.org/security#"
_STATUS_LIST: Final = "https://www.w3.org/ns/credentials/status-list#"

PARSING_ERROR: Final = f"{_DATA_MODEL}PARSING_ERROR"
CRYPTOGRAPHIC_SECURITY_ERROR: Final = f"{_DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR"
MALFORMED_VALUE_ERROR: Final = f"{_DATA_MODEL}MALFORMED_VALUE_ERROR"
RANGE_ERROR: Final = f"{_DATA_MODEL}RANGE_ERROR"

PROOF_PARSING_ERROR: Final = f"{_SECURITY}PARSING_ERROR"
PROOF_VERIFICATION_ERROR: Final = f"{_SECURITY}PROOF_VERIFICATION_ERROR"
PROOF_GENERATION_ERROR: Final = f"{_SECURITY}PROOF_GENERATION_ERROR"
PROOF_TRANSFORMATION_ERROR: Final = f"{_SECURITY}PROOF_TRANSFORMATION_ERROR"
DATA_LOSS_DETECTION_ERROR: Final = f"{_SECURITY}DATA_LOSS_DETECTION_ERROR"
INVALID_DOMAIN_ERROR: Final = f"{_SECURITY}INVALID_DOMAIN_ERROR"
INVALID_CHALLENGE_ERROR: Final = f"{_SECURITY}INVALID_CHALLENGE_ERROR"
INVALID_VERIFICATION_METHOD_URL: Final = f"{_SECURITY}INVALID_VERIFICATION_METHOD_URL"
INVALID_VERIFICATION_METHOD: Final = f"{_SECURITY}INVALID_VERIFICATION_METHOD"
INVALID_CONTROLLED_IDENTIFIER_DOCUMENT: Final = f"{_SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"
INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID: Final = f"{_SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID"
INVALID_RELATIONSHIP: Final = f"{_SECURITY}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"

STATUS_RETRIEVAL_ERROR: Final = f"{_STATUS_LIST}STATUS_RETRIEVAL_ERROR"
STATUS_VERIFICATION_ERROR: Final = f"{_STATUS_LIST}STATUS_VERIFICATION_ERROR"
STATUS_LIST_LENGTH_ERROR: Final = f"{_STATUS_LIST}STATUS_LIST_LENGTH_ERROR"

PROBLEM_TYPES: Mapping[str, str] = {
    "parse": PARSING_ERROR,
    "encoding": MALFORMED_VALUE_ERROR,
    "schema": MALFORMED_VALUE_ERROR,
    "vc": MALFORMED_VALUE_ERROR,
    "vc.related_digest": CRYPTOGRAPHIC_SECURITY_ERROR,
    "vp": MALFORMED_VALUE_ERROR,
    "vp.limit": RANGE_ERROR,
    "vp.holder_key": CRYPTOGRAPHIC_SECURITY_ERROR,
    "vp.unsecured": CRYPTOGRAPHIC_SECURITY_ERROR,
    "recipient": MALFORMED_VALUE_ERROR,
    "image": PARSING_ERROR,
    "envelope": MALFORMED_VALUE_ERROR,
    "token": PARSING_ERROR,
    "claims": MALFORMED_VALUE_ERROR,
    "disclosure": MALFORMED_VALUE_ERROR,
    "disclosure.limit": RANGE_ERROR,
    "holder": CRYPTOGRAPHIC_SECURITY_ERROR,
    "validity": RANGE_ERROR,
    "context": PROOF_TRANSFORMATION_ERROR,
    "canon": PROOF_TRANSFORMATION_ERROR,
    "proof": PROOF_VERIFICATION_ERROR,
    "proof.missing": PROOF_PARSING_ERROR,
    "vp.proof_missing": PROOF_PARSING_ERROR,
    "proof.not_an_object": PROOF_PARSING_ERROR,
    "proof.no_base": PROOF_GENERATION_ERROR,
    "proof.nothing_selected": PROOF_GENERATION_ERROR,
    "proof.pointer": PROOF_GENERATION_ERROR,
    "proof.pointers": PROOF_GENERATION_ERROR,
    "proof.selection": PROOF_GENERATION_ERROR,
    "proof.statements": PROOF_GENERATION_ERROR,
    "proof.domain": INVALID_DOMAIN_ERROR,
    "proof.challenge": INVALID_CHALLENGE_ERROR,
    "proof.coverage": DATA_LOSS_DETECTION_ERROR,
    "did": INVALID_CONTROLLED_IDENTIFIER_DOCUMENT,
    "did.syntax": INVALID_VERIFICATION_METHOD_URL,
    "did.mismatch": INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID,
    "key": INVALID_VERIFICATION_METHOD,
    "key.relationship": INVALID_RELATIONSHIP,
    "status.index": MALFORMED_VALUE_ERROR,
    "status.format": MALFORMED_VALUE_ERROR,
    "status.encoding": MALFORMED_VALUE_ERROR,
    "status.length": STATUS_LIST_LENGTH_ERROR,
    "status.limit": STATUS_LIST_LENGTH_ERROR,
    "status.range": RANGE_ERROR,
    "status.retrieval": STATUS_RETRIEVAL_ERROR,
    "status.verification": STATUS_VERIFICATION_ERROR,
    "status.purpose": STATUS_VERIFICATION_ERROR,
    "status.issuer": STATUS_VERIFICATION_ERROR,
    "status.nested": STATUS_VERIFICATION_ERROR,
    "status.stale": STATUS_VERIFICATION_ERROR,
    "status.unsupported": STATUS_VERIFICATION_ERROR,
}
"""A code, or the area that its first word names, → the type of problem (VC-14, DI-02, BS-03)."""


def problem_type(code: str) -> str | None:
    """The URL that W3C has for `code`: its own, or that of its area."""
    area, _, _ = code.partition(".")
    return PROBLEM_TYPES.get(code) or PROBLEM_TYPES.get(area)
