"""Derive: the holder's end of selective disclosure (https://www.w3.org/TR/vc-di-ecdsa/#add-derived-proof-ecdsa-sd-2023).

The base proof is taken at its word. Whether what comes out holds, verifying it tells.
"""

from collections.abc import Sequence

from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import Proof, ProofChain, ProofError, read_proofs
from jmc_vc.formats.data_integrity.selective.base_proof import CRYPTOSUITE
from jmc_vc.formats.data_integrity.selective.labelled import LabelledDocument
from jmc_vc.formats.data_integrity.selective.proof_value import (
    DerivedProof,
    is_base,
    read_base,
    write_derived,
)
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.signature import BadSignature
from jmc_vc.formats.strict_json import JsonObject


class NoBaseProof(ProofError):
    """The document has no base proof to derive from, or several."""

    code = "proof.no_base"


class NothingSelected(ProofError):
    """Neither the issuer nor the holder has picked anything to show."""

    code = "proof.nothing_selected"


def derive(document: JsonObject, *, selective_pointers: Sequence[str], contexts: Contexts) -> JsonObject:
    """A document with what the issuer made mandatory and what `selective_pointers` pick, under a proof of its own.
    Other proofs of `document` are left out: they cover what may be withheld.

    Raises NoBaseProof, NothingSelected, PointerRefused (its `position` counts the holder's pointers), TooManyPointers,
    NotSelectable; ProofEncoding and BadSignature for a base proof that is broken or of another document;
    TooManyStatements for one with more in it than can be shown; what `read_proofs` and `jsonld.canonical_nquads` raise.
    """
    proof = _base_proof_of(document)
    try:
        base = read_base(proof.value)
    except ProofError as err:
        err.pointer = f"{proof.pointer}/proofValue"
        raise
    whole = LabelledDocument(Unsecured(document, contexts).document, contexts, base.hmac_key)
    if not selective_pointers and not base.mandatory_pointers:
        raise NothingSelected
    shown = whole.part(selective_pointers, base.mandatory_pointers)
    mandatory = set(whole.part(base.mandatory_pointers).lines if base.mandatory_pointers else ())
    others = [line for line in whole.lines if line not in mandatory]
    if len(others) != len(base.signatures):
        raise BadSignature(pointer=f"{proof.pointer}/proofValue")
    signature_of = dict(zip(others, base.signatures, strict=True))
    derived = DerivedProof(
        signature=base.signature,
        public_key=base.public_key,
        signatures=tuple(signature_of[line] for line in shown.lines if line not in mandatory),
        labels=shown.label_map(),
        mandatory=tuple(place for place, line in enumerate(shown.lines) if line in mandatory),
    )
    return {**shown.document, "proof": {**proof.options, "proofValue": write_derived(derived)}}


def _base_proof_of(document: JsonObject) -> Proof:
    found = [proof for proof in read_proofs(document) if proof.cryptosuite == CRYPTOSUITE and is_base(proof.value)]
    if len(found) != 1:
        raise NoBaseProof(pointer="/proof")
    if found[0].previous_proofs:
        raise ProofChain(pointer=f"{found[0].pointer}/previousProof")
    return found[0]
