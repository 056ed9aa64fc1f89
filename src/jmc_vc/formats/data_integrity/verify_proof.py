"""Verify Proof (https://www.w3.org/TR/vc-data-integrity/#verify-proof): does this proof of this document hold?

Which key may sign for the issuer is not asked here: the caller brings the key that belongs to
`proof.verification_method`. Nor is the time: `proof.created` and `proof.expires` are for the caller to judge, and so is
whether the contexts of the document are ones that it knows (§4.6). Every proof of a proof set is verified against the
document without any proof, and one of a chain against the document with the proofs that it names (§4.5): who asks about
a proof of a chain must ask about all proofs of the document.
"""

from collections.abc import Collection
from dataclasses import dataclass

from jmc_vc.formats.data_integrity.cryptosuites import CRYPTOSUITES, DEPRECATED, OLD_SUITES
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import PROOF_TYPE, Proof, ProofError, SuiteUnsupported
from jmc_vc.formats.data_integrity.signed_hash import JcsSuite
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.openbadges.data_model import DataModel, data_model


class WrongPurpose(ProofError):
    """The proof was made for another purpose than the one that it is used for."""

    code = "proof.purpose"


class WrongDomain(ProofError):
    """The proof was made for other domains than those expected, or for none."""

    code = "proof.domain"


class WrongChallenge(ProofError):
    """The proof answers another challenge than the one that was set, or none: it may be an old one, shown again."""

    code = "proof.challenge"


class WrongSuite(ProofError):
    """The key is not of the type that the cryptosuite signs with."""

    code = "proof.suite"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a verifier set for this one time, so that something made for somebody else is told: None is not looked
    at."""

    domain: str | None = None
    challenge: str | None = None


def covers_bytes(proof: Proof) -> bool:
    """Whether the proof is over every member of the document as JSON, also those that mean nothing as linked data."""
    return isinstance(CRYPTOSUITES.get(proof.cryptosuite), JcsSuite)


def require_meant_for(
    proof: Proof, *, domain: str | Collection[str] | None = None, challenge: str | None = None
) -> None:
    """Raises WrongDomain or WrongChallenge unless `proof` says what was expected: all of the domains and no others
    (§4.4). What is None is not looked at. That it is signed is for `verify_proof` to tell."""
    if domain is not None and set(proof.domains) != ({domain} if isinstance(domain, str) else set(domain)):
        raise WrongDomain(pointer=f"{proof.pointer}/domain")
    if challenge is not None and proof.challenge != challenge:
        raise WrongChallenge(pointer=f"{proof.pointer}/challenge")


def verify_proof(
    unsecured: Unsecured,
    proof: Proof,
    public_key: PublicKey,
    *,
    purpose: str = "assertionMethod",
    domain: str | Collection[str] | None = None,
    challenge: str | None = None,
) -> None:
    """Returns when `proof` holds for the document. Who verifies several proofs of one document gives the same
    `unsecured` for each.

    `purpose` is `assertionMethod` for credentials and `authentication` for presentations. `domain` and `challenge` are
    what the proof must say (`require_meant_for`).
    Raises a ProofError (WrongPurpose, WrongDomain, WrongChallenge, SuiteUnsupported, WrongSuite, ProofEncoding),
    BadSignature, and what the suite's canonicalization raises for a document or proof that no proof could cover whole.
    """
    if proof.purpose != purpose:
        raise WrongPurpose(pointer=f"{proof.pointer}/proofPurpose")
    require_meant_for(proof, domain=domain, challenge=challenge)
    suites = CRYPTOSUITES if proof.type == PROOF_TYPE else OLD_SUITES
    suite = suites.get(proof.cryptosuite)
    if suite is None or (proof.cryptosuite in DEPRECATED and data_model(unsecured.document) is not DataModel.V1_1):
        raise SuiteUnsupported(pointer=f"{proof.pointer}/cryptosuite")
    if public_key.algorithm not in suite.key_algorithms:
        raise WrongSuite(pointer=f"{proof.pointer}/cryptosuite")
    suite.verify(unsecured.under(proof.previous_proofs), proof, public_key)
