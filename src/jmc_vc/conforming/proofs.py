"""Do all proofs of a document hold, whoever's keys they name? https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains

Each one has to, also each that another builds on. The key is the one that the proof names, in the document of its own
DID: that it is the issuer's is not asked here, and nowhere in this package (conformance SF-10).
"""

from datetime import datetime, timedelta

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import Proof, read_proofs
from jmc_vc.formats.data_integrity.verify_proof import Expected, covers_bytes, verify_proof
from jmc_vc.formats.did import Expanded, UnsupportedDid, did_method
from jmc_vc.formats.did.document import ASSERTION_METHOD, VerificationMethod, verification_method
from jmc_vc.formats.jsonld import Contexts, require_covered
from jmc_vc.formats.strict_json import JsonObject

SKEW = timedelta(minutes=5)
"""How far the clocks of two machines may differ."""


class ProofExpired(Unacceptable):
    """The proof said until when it counts, and that is over."""

    code = "proof.expired"


class ProofFromTheFuture(Unacceptable):
    """The proof says to have been made later than now."""

    code = "proof.created"


ANYBODY = Expected()
"""A credential, for whoever looks at it."""


def verify_proofs(
    document: JsonObject,
    contexts: Contexts,
    expected: Expected,
    now: datetime,
    *,
    purpose: str = ASSERTION_METHOD,
) -> tuple[str, ...]:
    """Who made the proofs of `document`, as DIDs; `purpose` is what each has to be for.

    Raises what `read_proofs`, `verify_proof` and `key_named` raise, ProofExpired, ProofFromTheFuture, and DataLoss for
    what no proof could cover."""
    proofs = read_proofs(document)
    unsecured = Unsecured(document, contexts)
    makers = tuple(_verified(proof, unsecured, expected, now, purpose) for proof in proofs)
    if any(map(covers_bytes, proofs)):
        require_covered(unsecured.document, contexts)  # the bytes are signed; whether they mean anything was not asked
    return makers


def key_named(method_id: str, *, relationship: str) -> VerificationMethod:
    """The key by its DID URL, of a DID that says all in itself. Raises UnsupportedDid for others, and the errors of
    DIDs and keys."""
    did = method_id.partition("#")[0]
    method = did_method(did)
    if not isinstance(method, Expanded):
        raise UnsupportedDid
    return verification_method(method.document(did), method_id, relationship=relationship)


def _verified(proof: Proof, unsecured: Unsecured, expected: Expected, now: datetime, purpose: str) -> str:
    method = key_named(proof.verification_method, relationship=purpose)
    verify_proof(
        unsecured,
        proof,
        method.public_key,
        purpose=purpose,
        domain=expected.domain,
        challenge=expected.challenge,
    )
    if proof.created is not None and proof.created.instant - SKEW > now:
        raise ProofFromTheFuture(pointer=f"{proof.pointer}/created", created=proof.created.instant)
    if proof.expires is not None and proof.expires.instant + SKEW < now:
        raise ProofExpired(pointer=f"{proof.pointer}/expires", end=proof.expires.instant)
    return method.controller
