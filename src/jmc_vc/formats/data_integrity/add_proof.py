"""Add Proof (https://www.w3.org/TR/vc-data-integrity/#add-proof-set): the document with one proof more.

The private key stays where it is: `sign` takes the bytes to sign and answers the signature.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from jmc_vc.formats.data_integrity.cryptosuites import CRYPTOSUITES
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import SuiteUnsupported, proof_options
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

    `members` are further members of the proof, such as `expires`, `domain`, `challenge`. Raises SuiteUnsupported and,
    for a document or a proof that would not be covered whole, what `jsonld.canonical_nquads` raises.
    """
    suite = CRYPTOSUITES.get(cryptosuite)
    if suite is None or algorithm not in suite.key_algorithms:
        raise SuiteUnsupported
    options: JsonObject = {
        **proof_options(
            cryptosuite=cryptosuite, verification_method=verification_method, created=created, purpose=purpose
        ),
        **(members or {}),
    }
    unsecured = Unsecured(document, contexts)
    signature = sign(suite.signing_input(unsecured, options, algorithm))
    proof: JsonObject = {**options, "proofValue": suite.write_signature(signature)}
    present = document.get("proof")
    if present is None:
        return {**unsecured.document, "proof": proof}
    return {**unsecured.document, "proof": [*(present if isinstance(present, list) else [present]), proof]}
