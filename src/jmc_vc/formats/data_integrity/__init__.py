"""Verifiable Credential Data Integrity 1.0: proofs inside a JSON document
(https://www.w3.org/TR/vc-data-integrity/)."""
