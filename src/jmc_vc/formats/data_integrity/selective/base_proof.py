"""Add a base proof: the issuer's end of selective disclosure.

https://www.w3.org/TR/vc-di-ecdsa/#create-base-proof-ecdsa-sd-2023. What comes out is for the holder alone. Whoever has
it can show any part of the credential, and see that there is more in what others were shown.

What is not mandatory can be withheld: `validUntil`, `credentialStatus` or a mark of test data as well as a grade. It is
for the caller to make mandatory what verifiers must always see. Nothing at all is refused, here and by verifiers: only
with something are the types of the document itself mandatory, and no credential inside it can be shown as if it were
the whole.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from jmc_vc.formats.data_integrity.hash_data import Unsecured, rdfc_options_hash
from jmc_vc.formats.data_integrity.proof import ProofChain, proof_options, read_proofs, with_proof
from jmc_vc.formats.data_integrity.selective.ephemeral_key import EphemeralKey
from jmc_vc.formats.data_integrity.selective.labelled import LabelledDocument
from jmc_vc.formats.data_integrity.selective.labels import KEY_BYTES
from jmc_vc.formats.data_integrity.selective.proof_value import (
    MOST_STATEMENTS,
    BaseProof,
    DerivedProof,
    TooManyStatements,
    key_bytes,
    write_base,
    write_derived,
)
from jmc_vc.formats.jsonld import Contexts, DataLoss, Loss
from jmc_vc.formats.strict_json import JsonObject, JsonValue

CRYPTOSUITE = "ecdsa-sd-2023"


def add_base_proof(
    document: JsonObject,
    *,
    verification_method: str,
    created: datetime,
    sign: Callable[[bytes], bytes],
    contexts: Contexts,
    mandatory_pointers: Sequence[str],
    random: Callable[[int], bytes],
    purpose: str = "assertionMethod",
    members: Mapping[str, JsonValue] | None = None,
) -> JsonObject:
    """`document` with a base proof as its last member; proofs that it has already stay, before the new one.

    `sign` takes a message and answers the signature of its SHA-256 by the issuer's P-256 key: r and s, 64 bytes.
    `random` gives as many random bytes as it is asked for, unpredictable ones: they are the key that hides what is not
    shown, and the private key that signs each statement. `members` are further members of the proof.

    Raises PointerRefused, TooManyPointers, NotSelectable, TooManyStatements, what `read_proofs` raises, ProofChain
    above all, DataLoss when nothing is mandatory, and, for a document or a proof that would not be covered whole, what
    `jsonld.canonical_nquads` raises. In all these cases the issuer's key signed nothing.
    """
    options = proof_options(
        cryptosuite=CRYPTOSUITE,
        verification_method=verification_method,
        created=created,
        purpose=purpose,
        members=members,
    )
    if "previousProof" in options:  # that proof would have to be shown whole, and covers what may be withheld
        raise ProofChain(pointer="/proof/previousProof")
    unsecured = Unsecured(document, contexts)
    hmac_key = random(KEY_BYTES)
    whole = LabelledDocument(unsecured.document, contexts, hmac_key)
    mandatory = whole.part(mandatory_pointers).lines if mandatory_pointers else ()
    if not mandatory:
        raise DataLoss(Loss.NOTHING_MANDATORY)
    always = set(mandatory)
    others = [line for line in whole.lines if line not in always]
    if len(others) > MOST_STATEMENTS:
        raise TooManyStatements(limit=MOST_STATEMENTS)
    ephemeral = EphemeralKey(random)
    unsigned = BaseProof(
        signature=bytes(64),
        public_key=ephemeral.public_key,
        hmac_key=hmac_key,
        signatures=tuple(ephemeral.sign(line) for line in others),
        mandatory_pointers=tuple(mandatory_pointers),
    )
    _require_derivable(unsigned, whole, always)
    read_proofs(with_proof(document, {**options, "proofValue": write_base(unsigned)}))
    options_hash = rdfc_options_hash(unsecured, options, algorithm="sha256")
    signed = replace(unsigned, signature=sign(signed_data(options_hash, key_bytes(ephemeral.public_key), mandatory)))
    return with_proof(document, {**options, "proofValue": write_base(signed)})


def _require_derivable(base: BaseProof, whole: LabelledDocument, mandatory: Collection[bytes]) -> None:
    """The longest proof that can be derived is the one that shows everything: it has the labels of all nodes, which a
    base proof has not. Raises TooManyStatements when nobody would read it."""
    write_derived(
        DerivedProof(
            signature=base.signature,
            public_key=base.public_key,
            signatures=base.signatures,
            labels=whole.labels,
            mandatory=tuple(place for place, line in enumerate(whole.lines) if line in mandatory),
        )
    )


def signed_data(options_hash: bytes, public_key: bytes, mandatory: Sequence[bytes]) -> bytes:
    """What the issuer's own key signs (§3.5.1): the hash of the options, the key of the statements as `key_bytes` has
    it, and the hash of the mandatory statements."""
    return options_hash + public_key + sha256(b"".join(mandatory)).digest()
