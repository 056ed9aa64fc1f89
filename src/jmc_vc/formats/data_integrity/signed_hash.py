"""Cryptosuites whose proof value is one signature over hashData, the hashes of the proof's options and of the document.

https://www.w3.org/TR/vc-di-eddsa/#algorithms, https://www.w3.org/TR/vc-di-ecdsa/#algorithms. All of them go the same
way; they differ in how both are brought into canonical form and in which keys sign.
"""

from collections.abc import Callable
from dataclasses import dataclass

from jmc_vc.formats import signature
from jmc_vc.formats.data_integrity.hash_data import Unsecured, jcs_hash_data, rdfc_hash_data
from jmc_vc.formats.data_integrity.proof import Proof, ProofEncoding
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.multibase import NotMultibase
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.signature import BadSignature
from jmc_vc.formats.strict_json import JsonObject

HASHES = {KeyAlgorithm.ED25519: "sha256", KeyAlgorithm.P256: "sha256", KeyAlgorithm.P384: "sha384"}
"""A P-384 key hashes with SHA-384 (VC-DI-ECDSA §3.2.3), the others with SHA-256."""
_LONGEST = 133
"""`z` and the digits of 96 bytes, the longest signature of these suites."""


@dataclass(frozen=True, kw_only=True)
class RdfcVerifier:
    """A suite that signed canonical N-Quads (RDFC-1.0), and that nobody should sign with any more."""

    name: str
    key_algorithms: frozenset[KeyAlgorithm]

    def verify(self, unsecured: Unsecured, proof: Proof, public_key: PublicKey) -> None:
        """Returns when `proof` holds. Raises ProofEncoding, BadSignature, and what `canonical_nquads` raises."""
        signed = _read_signature(proof, public_key)
        hash_data = rdfc_hash_data(
            unsecured, proof.options, algorithm=HASHES[public_key.algorithm], pointer=proof.pointer
        )
        _require_signature(proof, public_key, signed, hash_data)


@dataclass(frozen=True, kw_only=True)
class RdfcSuite(RdfcVerifier):
    """A suite that signs canonical N-Quads (RDFC-1.0)."""

    def create(
        self, unsecured: Unsecured, options: JsonObject, algorithm: KeyAlgorithm, sign: Callable[[bytes], bytes]
    ) -> JsonObject:
        """The proof with `options`. Raises what `canonical_nquads` raises."""
        hash_data = rdfc_hash_data(unsecured, options, algorithm=HASHES[algorithm])
        return {**options, "proofValue": multibase.encode_base58(sign(hash_data))}


@dataclass(frozen=True, kw_only=True)
class JcsSuite:
    """A suite that signs canonical JSON (RFC 8785), every member and value of it, whatever it means.

    So it does not say what an RDFC suite says. Members that no context defines are signed, and mean nothing to those
    who read JSON-LD. A `@context` may hold anything, inline definitions that turn terms into others included. And only
    the contexts in the proof are signed: others may add to the document's list behind them. Who relies on what the
    names mean must therefore know the document's whole list of contexts (VC-DI §2.4.1, §4.6).
    """

    name: str
    key_algorithms: frozenset[KeyAlgorithm]

    def create(
        self, unsecured: Unsecured, options: JsonObject, algorithm: KeyAlgorithm, sign: Callable[[bytes], bytes]
    ) -> JsonObject:
        """The proof with `options` and the document's `@context`, under which it is read in a proof set or chain.
        Raises NotCanonicalizable."""
        context = unsecured.document.get("@context")
        configured = {**options, "@context": context} if context else options
        hash_data = jcs_hash_data(unsecured, configured, algorithm=HASHES[algorithm])
        return {**configured, "proofValue": multibase.encode_base58(sign(hash_data))}

    def verify(self, unsecured: Unsecured, proof: Proof, public_key: PublicKey) -> None:
        """Returns when `proof` holds. Raises ProofEncoding, BadSignature, NotCanonicalizable, and ContextNotAllowed
        when the proof's contexts are not those with which the document's begin."""
        signed = _read_signature(proof, public_key)
        hash_data = jcs_hash_data(
            unsecured, proof.options, algorithm=HASHES[public_key.algorithm], pointer=proof.pointer
        )
        _require_signature(proof, public_key, signed, hash_data)


def _read_signature(proof: Proof, public_key: PublicKey) -> bytes:
    pointer = f"{proof.pointer}/proofValue"
    if proof.value[:1] != "z":
        raise ProofEncoding(pointer=pointer)
    try:
        signed = multibase.decode(proof.value, longest=_LONGEST)
    except NotMultibase as err:
        raise ProofEncoding(pointer=pointer) from err
    if len(signed) != signature.signature_length(public_key):
        raise ProofEncoding(pointer=pointer)
    return signed


def _require_signature(proof: Proof, public_key: PublicKey, signed: bytes, hash_data: bytes) -> None:
    if not signature.verify(public_key, signed, hash_data):
        raise BadSignature(pointer=f"{proof.pointer}/proofValue")
