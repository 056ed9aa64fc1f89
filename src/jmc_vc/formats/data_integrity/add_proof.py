"""Add Proof (https://www.w3.org/TR/vc-data-integrity/#add-proof-set): the document with one proof more.

The private key stays where it is: `sign` takes the bytes to sign and answers the signature.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from jmc_vc.formats.data_integrity.cryptosuites import SIGNING_SUITES
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import (
    SuiteUnsupported,
    proof_options,
    read_previous_proofs,
    read_proofs,
    with_proof,
)
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.strict_json import JsonObject, JsonValue


def add_proof(
    document: JsonObject,
    *,
    cryptosuite: str,
    verification_method: str,
    created: datetime,
    sign: Callable[[bytes], bytes],
    contexts: Contexts,
    algorithm: KeyAlgorithm = KeyAlgorithm.ED25519,
    purpose: str = "assertionMethod",
    members: Mapping[str, JsonValue] | None = None,
) -> JsonObject:
    """`document` with a proof as its last member; proofs that it has already stay, before the new one (a proof set).

    `members` are further members of the proof, such as `expires`, `domain`, `challenge`, and `previousProof`, which
    makes it one of a chain. Raises SuiteUnsupported, also for a suite that is there for verifying only; what
    `read_proofs` raises, ProofChain above all; and, for a document or a proof that would not be covered whole, what the
    suite's canonicalization raises. In all these cases nothing was signed.
    """
    suite = SIGNING_SUITES.get(cryptosuite)
    if suite is None or algorithm not in suite.key_algorithms:
        raise SuiteUnsupported
    options = proof_options(
        cryptosuite=cryptosuite,
        verification_method=verification_method,
        created=created,
        purpose=purpose,
        members=members,
    )
    if members or "proof" in document:  # what is ours alone needs no reading
        read_proofs(with_proof(document, {**options, "proofValue": "z"}))
    unsecured = Unsecured(document, contexts)
    return with_proof(document, suite.create(unsecured.under(read_previous_proofs(options)), options, algorithm, sign))
