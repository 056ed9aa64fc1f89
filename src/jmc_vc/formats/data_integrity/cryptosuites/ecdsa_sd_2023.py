"""ecdsa-sd-2023: selective disclosure with P-256 (https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023). Here a verifier
reads what a holder derived; `selective` has the two other parts.

Every statement shown is either mandatory, and then under the issuer's one signature, or has a signature of its own by
the key that the issuer's signature vouches for.
"""

from dataclasses import dataclass

from jmc_vc.formats import signature
from jmc_vc.formats.data_integrity.hash_data import Unsecured, rdfc_options_hash
from jmc_vc.formats.data_integrity.proof import Proof, ProofError
from jmc_vc.formats.data_integrity.selective.base_proof import signed_data
from jmc_vc.formats.data_integrity.selective.labels import label_of, number_of
from jmc_vc.formats.data_integrity.selective.proof_value import DerivedProof, key_bytes, read_derived
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jsonld import DataLoss, Loss
from jmc_vc.formats.signature import BadSignature


@dataclass(frozen=True)
class EcdsaSd2023:
    """The suite as a verifier knows it. It does not sign with one call: see `selective.base_proof`."""

    name: str = "ecdsa-sd-2023"
    key_algorithms: frozenset[KeyAlgorithm] = frozenset({KeyAlgorithm.P256})

    def verify(self, unsecured: Unsecured, proof: Proof, public_key: PublicKey) -> None:
        """Returns when `proof`, a derived one, holds. Raises NotDerived, ProofEncoding, BadSignature, DataLoss when
        none of its statements is mandatory, and what `canonical_nquads` raises."""
        pointer = f"{proof.pointer}/proofValue"
        try:
            derived = read_derived(proof.value)
        except ProofError as err:
            err.pointer = pointer
            raise
        if not derived.mandatory:  # each statement would be signed for itself, the document for nothing
            fault = DataLoss(Loss.NOTHING_MANDATORY)
            fault.pointer = pointer
            raise fault
        options_hash = rdfc_options_hash(unsecured, proof.options, algorithm="sha256")
        mandatory, others = _lines(unsecured, derived, pointer)
        if len(others) != len(derived.signatures):
            raise BadSignature(pointer=pointer)
        # The issuer's first: without it the key of the others is anybody's, and they are not worth the work.
        message = signed_data(options_hash, key_bytes(derived.public_key), mandatory)
        if not signature.verify(public_key, derived.signature, message):
            raise BadSignature(pointer=pointer)
        for line, own in zip(others, derived.signatures, strict=True):
            if not signature.verify(derived.public_key, own, line):
                raise BadSignature(pointer=pointer)


def _lines(unsecured: Unsecured, derived: DerivedProof, pointer: str) -> tuple[list[bytes], list[bytes]]:
    """The statements of the document as they were signed: the mandatory ones, and the others."""
    stated, canonical = unsecured.statements()
    numbers = {node: number_of(label) for node, label in canonical.items()}
    if derived.labels.keys() != set(numbers.values()):
        raise BadSignature(pointer=pointer)
    lines = stated.lines({node: label_of(derived.labels[number]) for node, number in numbers.items()})
    if derived.mandatory and derived.mandatory[-1] >= len(lines):
        raise BadSignature(pointer=pointer)
    always = set(derived.mandatory)
    mandatory = [line for place, line in enumerate(lines) if place in always]
    others = [line for place, line in enumerate(lines) if place not in always]
    return mandatory, others
