"""A Data Integrity proof, read strictly.

https://www.w3.org/TR/vc-data-integrity/#proofs

`Proof.options` is what is signed together with the document: all members of the proof as they were received, unknown
ones included, without `proofValue`. The dates are told, not judged: formats have no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.jsonld.iri import is_absolute_iri
from jmc_vc.formats.openbadges.date_time import DateTimeStamp, read_date_time_stamp, write_date_time_stamp
from jmc_vc.formats.strict_json import JsonObject, JsonValue

PROOF_TYPE = "DataIntegrityProof"
OLD_PROOF_TYPES = frozenset({"Ed25519Signature2020"})
"""Types from before there was `cryptosuite`, that name their suite themselves."""
MOST_PROOFS = 16
"""In one document. Each costs a canonicalization; honest ones carry one, two while a suite is being changed."""
LONGEST_VALUE = 131_072
"""Characters of a proofValue. A selective-disclosure proof has a signature for each statement; the suites with one
signature take no more than theirs needs, before they decode it. All values of a document together may have as many:
each 88 of them cost 0.1 ms to check, and nobody needs two long ones."""


class ProofError(Unacceptable):
    """A proof that does not hold, or that we cannot judge."""


class ProofMissing(ProofError):
    """The document has no `proof`."""

    code = "proof.missing"


class NotAProof(ProofError):
    """What stands at `proof` is no object."""

    code = "proof.not_an_object"


class ProofEncoding(ProofError):
    """A member of the proof is missing or is not what the specification says; `pointer` tells which."""

    code = "proof.encoding"


class TooManyProofs(ProofError):
    """More than MOST_PROOFS, or together longer than LONGEST_VALUE."""

    code = "proof.limit"


class ProofChain(ProofError):
    """A proof names a previous proof that is not there, is there twice, or in the end is the proof itself."""

    code = "proof.chain"


class SuiteUnsupported(ProofError):
    """A proof type or cryptosuite that we do not have: the proof is neither good nor bad, it cannot be judged."""

    code = "proof.suite_unsupported"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One proof of a document."""

    type: str = PROOF_TYPE
    cryptosuite: str
    """Its name, which is the type itself for those of OLD_PROOF_TYPES."""
    purpose: str
    verification_method: str
    value: str
    """`proofValue`, multibase text."""
    options: JsonObject
    """The members that are signed: all but `proofValue`."""
    pointer: str = "/proof"
    """Where the proof stands in its document."""
    created: DateTimeStamp | None = None
    expires: DateTimeStamp | None = None
    id: str | None = None
    previous_proofs: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    challenge: str | None = None
    nonce: str | None = None


def proof_options(
    *,
    cryptosuite: str,
    verification_method: str,
    created: datetime,
    purpose: str,
    members: Mapping[str, JsonValue] | None = None,
) -> JsonObject:
    """What a new proof says before it is signed (§4.2, proof configuration). `members` are further ones. Raises
    ProofEncoding for a `proofValue` among them, which is what signing gives."""
    if members and "proofValue" in members:
        raise ProofEncoding(pointer="/proof/proofValue")
    return {
        **(members or {}),
        "type": PROOF_TYPE,
        "cryptosuite": cryptosuite,
        "created": write_date_time_stamp(created.astimezone(UTC)),
        "verificationMethod": verification_method,
        "proofPurpose": purpose,
    }


def with_proof(document: JsonObject, proof: JsonObject) -> JsonObject:
    """`document` with `proof` as its last member, behind the proofs that it has."""
    unsecured = {name: member for name, member in document.items() if name != "proof"}
    present = document.get("proof")
    if present is None:
        return {**unsecured, "proof": proof}
    return {**unsecured, "proof": [*(present if isinstance(present, list) else [present]), proof]}


def read_proofs(document: JsonObject) -> tuple[Proof, ...]:
    """Every proof of `document`, at least one. Raises a ProofError, or NotADateTimeStamp for its dates."""
    found = document.get("proof")
    if found is None or found == []:
        raise ProofMissing(pointer="/proof")
    if isinstance(found, list):
        if len(found) > MOST_PROOFS:
            raise TooManyProofs(pointer="/proof", limit=MOST_PROOFS)
        proofs = tuple(read_proof(proof, pointer=f"/proof/{position}") for position, proof in enumerate(found))
        if sum(len(proof.value) for proof in proofs) > LONGEST_VALUE:
            raise TooManyProofs(pointer="/proof", limit=LONGEST_VALUE)
    else:
        proofs = (read_proof(found),)
    _require_chains(proofs)
    return proofs


def read_proof(proof: JsonValue, *, pointer: str = "/proof") -> Proof:
    """The proof that the JSON value `proof` says. Raises NotAProof, ProofEncoding, SuiteUnsupported,
    NotADateTimeStamp."""
    if not isinstance(proof, dict):
        raise NotAProof(pointer=pointer)
    type_ = _text(proof, "type", pointer)
    if type_ != PROOF_TYPE and type_ not in OLD_PROOF_TYPES:
        raise SuiteUnsupported(pointer=f"{pointer}/type")
    value = _text(proof, "proofValue", pointer)
    if len(value) > LONGEST_VALUE:
        raise ProofEncoding(pointer=f"{pointer}/proofValue")
    return Proof(
        type=type_,
        cryptosuite=_text(proof, "cryptosuite", pointer) if type_ == PROOF_TYPE else type_,
        purpose=_text(proof, "proofPurpose", pointer),
        verification_method=_url(proof, "verificationMethod", pointer),
        value=value,
        options={name: member for name, member in proof.items() if name != "proofValue"},
        pointer=pointer,
        created=_moment(proof, "created", pointer),
        expires=_moment(proof, "expires", pointer),
        id=_url(proof, "id", pointer) if "id" in proof else None,
        previous_proofs=read_previous_proofs(proof, pointer=pointer),
        domains=_texts(proof, "domain", pointer),
        challenge=_optional_text(proof, "challenge", pointer),
        nonce=_optional_text(proof, "nonce", pointer),
    )


def read_previous_proofs(options: JsonObject, *, pointer: str = "/proof") -> tuple[str, ...]:
    """The ids of the proofs that a proof with `options` builds on. Raises ProofEncoding."""
    return _texts(options, "previousProof", pointer)


def _require_chains(proofs: tuple[Proof, ...]) -> None:
    """Every previous proof is there once, and no proof comes before itself (§4.5)."""
    names = [proof.id for proof in proofs if proof.id is not None]
    waiting = {proof.pointer: proof for proof in proofs if proof.previous_proofs}
    settled = {proof.id for proof in proofs if not proof.previous_proofs}
    for proof in waiting.values():
        if any(names.count(name) != 1 for name in proof.previous_proofs):
            raise ProofChain(pointer=f"{proof.pointer}/previousProof")
    while waiting:
        ready = [proof for proof in waiting.values() if settled.issuperset(proof.previous_proofs)]
        if not ready:
            raise ProofChain(pointer=f"{next(iter(waiting))}/previousProof")
        for proof in ready:
            settled.add(proof.id)
            del waiting[proof.pointer]


def _text(proof: JsonObject, name: str, pointer: str) -> str:
    value = proof.get(name)
    if not isinstance(value, str) or not value:
        raise ProofEncoding(pointer=f"{pointer}/{name}")
    return value


def _url(proof: JsonObject, name: str, pointer: str) -> str:
    value = _text(proof, name, pointer)
    if not is_absolute_iri(value):
        raise ProofEncoding(pointer=f"{pointer}/{name}")
    return value


def _optional_text(proof: JsonObject, name: str, pointer: str) -> str | None:
    return _text(proof, name, pointer) if name in proof else None


def _texts(proof: JsonObject, name: str, pointer: str) -> tuple[str, ...]:
    if name not in proof:
        return ()
    value = proof[name]
    items = value if isinstance(value, list) else [value]
    texts = tuple(item for item in items if isinstance(item, str))
    if len(texts) != len(items) or not texts:
        raise ProofEncoding(pointer=f"{pointer}/{name}")
    return texts


def _moment(proof: JsonObject, name: str, pointer: str) -> DateTimeStamp | None:
    return read_date_time_stamp(proof[name], pointer=f"{pointer}/{name}") if name in proof else None
