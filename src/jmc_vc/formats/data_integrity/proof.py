"""A Data Integrity proof, read strictly.

https://www.w3.org/TR/vc-data-integrity/#proofs

`Proof.options` is what is signed together with the document: all members of the proof as they were received, unknown
ones included, without `proofValue`. The dates are told, not judged: formats have no clock.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.openbadges.date_time import DateTimeStamp, read_date_time_stamp, write_date_time_stamp
from jmc_vc.formats.strict_json import JsonObject, JsonValue

PROOF_TYPE = "DataIntegrityProof"
MOST_PROOFS = 16
"""In one document. Each costs a canonicalization; honest ones carry one, two while a suite is being changed."""
LONGEST_VALUE = 4_096
"""Characters of a proofValue: eddsa-rdfc-2022 needs 89, and reading base 58 costs more than linear time."""


class ProofError(Unacceptable):
    """A proof that does not hold, or that we cannot judge."""


class ProofMissing(ProofError):
    """The document has no `proof`."""

    code = "proof.missing"


class ProofEncoding(ProofError):
    """A member of the proof is missing or is not what the specification says; `pointer` tells which."""

    code = "proof.encoding"


class TooManyProofs(ProofError):
    """More than MOST_PROOFS."""

    code = "proof.limit"


class SuiteUnsupported(ProofError):
    """A proof type or cryptosuite that we do not have: the proof is neither good nor bad, it cannot be judged."""

    code = "proof.suite_unsupported"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One proof of a document."""

    cryptosuite: str
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


def proof_options(*, cryptosuite: str, verification_method: str, created: datetime, purpose: str) -> JsonObject:
    """What a new proof says before it is signed (§4.2, proof configuration)."""
    return {
        "type": PROOF_TYPE,
        "cryptosuite": cryptosuite,
        "created": write_date_time_stamp(created.astimezone(UTC)),
        "verificationMethod": verification_method,
        "proofPurpose": purpose,
    }


def read_proofs(document: JsonObject) -> tuple[Proof, ...]:
    """Every proof of `document`, at least one. Raises a ProofError, or NotADateTimeStamp for its dates."""
    found = document.get("proof")
    if found is None or found == []:
        raise ProofMissing(pointer="/proof")
    if not isinstance(found, list):
        return (read_proof(found),)
    if len(found) > MOST_PROOFS:
        raise TooManyProofs(pointer="/proof", limit=MOST_PROOFS)
    return tuple(read_proof(proof, pointer=f"/proof/{position}") for position, proof in enumerate(found))


def read_proof(proof: JsonValue, *, pointer: str = "/proof") -> Proof:
    """The proof that the JSON value `proof` says. Raises ProofEncoding, SuiteUnsupported, NotADateTimeStamp."""
    if not isinstance(proof, dict):
        raise ProofEncoding(pointer=pointer)
    if _text(proof, "type", pointer) != PROOF_TYPE:
        raise SuiteUnsupported(pointer=f"{pointer}/type")
    value = _text(proof, "proofValue", pointer)
    if len(value) > LONGEST_VALUE:
        raise ProofEncoding(pointer=f"{pointer}/proofValue")
    return Proof(
        cryptosuite=_text(proof, "cryptosuite", pointer),
        purpose=_text(proof, "proofPurpose", pointer),
        verification_method=_text(proof, "verificationMethod", pointer),
        value=value,
        options={name: member for name, member in proof.items() if name != "proofValue"},
        pointer=pointer,
        created=_moment(proof, "created", pointer),
        expires=_moment(proof, "expires", pointer),
        id=_optional_text(proof, "id", pointer),
        previous_proofs=_texts(proof, "previousProof", pointer),
        domains=_texts(proof, "domain", pointer),
        challenge=_optional_text(proof, "challenge", pointer),
        nonce=_optional_text(proof, "nonce", pointer),
    )


def _text(proof: JsonObject, name: str, pointer: str) -> str:
    value = proof.get(name)
    if not isinstance(value, str) or not value:
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
