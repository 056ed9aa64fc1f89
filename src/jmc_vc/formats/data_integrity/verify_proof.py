"""Verify Proof (https://www.w3.org/TR/vc-data-integrity/#verify-proof): does this proof of this document hold?

Which key may sign for the issuer is not asked here: the caller brings the key that belongs to
`proof.verification_method`. Nor is the time: `proof.created` and `proof.expires` are for the caller to judge. Every
proof of a proof set is verified against the document without any proof (§4.5).
"""

from jmc_vc.errors import Error
from jmc_vc.formats import signature
from jmc_vc.formats.data_integrity.cryptosuites import CRYPTOSUITES
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import Proof, ProofError, SuiteUnsupported
from jmc_vc.formats.encoding.public_key import PublicKey


class WrongPurpose(ProofError):
    """The proof was made for another purpose than the one that it is used for."""

    code = "proof.purpose"


class ProofChain(ProofError):
    """The proof names a previous proof. Chains are not supported: their order is not judged, so nothing is."""

    code = "proof.chain"


class WrongSuite(ProofError):
    """The key is not of the type that the cryptosuite signs with."""

    code = "proof.suite"


class BadSignature(ProofError):
    """The signature is not one of this document with these proof options by this key."""

    code = "proof.crypto"


def verify_proof(
    unsecured: Unsecured, proof: Proof, public_key: PublicKey, *, purpose: str = "assertionMethod"
) -> None:
    """Returns when `proof` holds for the document. Who verifies several proofs of one document gives the same
    `unsecured` for each.

    Raises a ProofError (WrongPurpose, ProofChain, SuiteUnsupported, WrongSuite, ProofEncoding, BadSignature), and what
    `jsonld.canonical_nquads` raises for a document or proof that no proof could cover whole.
    """
    if proof.purpose != purpose:
        raise WrongPurpose(pointer=f"{proof.pointer}/proofPurpose")
    if proof.previous_proofs:
        raise ProofChain(pointer=f"{proof.pointer}/previousProof")
    suite = CRYPTOSUITES.get(proof.cryptosuite)
    if suite is None:
        raise SuiteUnsupported(pointer=f"{proof.pointer}/cryptosuite")
    if public_key.algorithm not in suite.key_algorithms:
        raise WrongSuite(pointer=f"{proof.pointer}/cryptosuite")
    try:
        signed = suite.read_signature(proof.value, public_key.algorithm)
    except Error as err:
        err.pointer = f"{proof.pointer}/proofValue"
        raise
    message = suite.signing_input(unsecured, proof.options, public_key.algorithm)
    if not signature.verify(public_key, signed, message):
        raise BadSignature(pointer=f"{proof.pointer}/proofValue")
