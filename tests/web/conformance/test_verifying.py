"""What is refused, and with which type (SF-04, SF-10, DI-02, VC-14)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.strict_json import JsonObject
from tests.builders.installation import NOON
from tests.builders.signers import signer
from tests.builders.suites import (
    EXAMPLES,
    HOLDER,
    SIGNATURES,
    Suite,
    changed,
    credential,
    own,
    require_refused,
    secured,
)


def test_what_a_verification_tells(suite: Suite) -> None:
    """VC-14."""
    document = secured(own())
    answer = suite.verify(document).json()
    assert answer == {
        "verified": True,
        "document": document,
        "mediaType": "application/vc",
        "controller": [HOLDER.method.partition("#")[0]],
        "problemDetails": [],
    }


def test_the_key_need_not_be_the_issuers_here(suite: Suite) -> None:
    """SF-10, D-1."""
    document = secured(credential(issuer="https://vc.example/issuers/5678"))
    assert suite.verify(document).status_code == 200
    key = next(each for each in suite.client.post("/v1/verify", json=document).json()["checks"] if each["id"] == "key")
    assert key["outcome"] == "fail"


ALTERATIONS: dict[str, tuple[Callable[[Any], object], str, str]] = {
    "no-proof": (lambda c: c.pop("proof"), "proof.missing", "PARSING_ERROR"),
    "proof-null": (lambda c: c.update(proof=None), "proof.missing", "PARSING_ERROR"),
    "proof-text": (lambda c: c.update(proof="x"), "proof.not_an_object", "PARSING_ERROR"),
    "no-type": (lambda c: c["proof"].pop("type"), "proof.encoding", "PROOF_VERIFICATION_ERROR"),
    "other-type": (lambda c: c["proof"].update(type="X"), "proof.suite_unsupported", "PROOF_VERIFICATION_ERROR"),
    "no-method": (
        lambda c: c["proof"].pop("verificationMethod"), "proof.encoding", "PROOF_VERIFICATION_ERROR",
    ),
    "no-purpose": (lambda c: c["proof"].pop("proofPurpose"), "proof.encoding", "PROOF_VERIFICATION_ERROR"),
    "other-purpose": (
        lambda c: c["proof"].update(proofPurpose="authentication"), "proof.purpose", "PROOF_VERIFICATION_ERROR",
    ),
    "no-suite": (lambda c: c["proof"].pop("cryptosuite"), "proof.encoding", "PROOF_VERIFICATION_ERROR"),
    "unknown-suite": (
        lambda c: c["proof"].update(cryptosuite="invalid-cryptosuite"), "proof.suite_unsupported",
        "PROOF_VERIFICATION_ERROR",
    ),
    "no-value": (lambda c: c["proof"].pop("proofValue"), "proof.encoding", "PROOF_VERIFICATION_ERROR"),
    "value-null": (lambda c: c["proof"].update(proofValue=None), "proof.encoding", "PROOF_VERIFICATION_ERROR"),
    "value-without-header": (
        lambda c: c["proof"].update(proofValue=c["proof"]["proofValue"][1:]), "proof.encoding",
        "PROOF_VERIFICATION_ERROR",
    ),
    "value-cut": (
        lambda c: c["proof"].update(proofValue=c["proof"]["proofValue"][:-9]), "proof.encoding",
        "PROOF_VERIFICATION_ERROR",
    ),
    "created": (lambda c: c["proof"].update(created="soon"), "schema.datetime", "MALFORMED_VALUE_ERROR"),
    "expires": (lambda c: c["proof"].update(expires="2027"), "schema.datetime", "MALFORMED_VALUE_ERROR"),
    "subject": (
        lambda c: c["credentialSubject"].update(name="Bob"), "proof.crypto", "PROOF_VERIFICATION_ERROR",
    ),
    "undefined-term": (
        lambda c: c["credentialSubject"].update(undefinedTerm="x"), "proof.coverage", "DATA_LOSS_DETECTION_ERROR",
    ),
    "undefined-type": (lambda c: c["type"].append("Undefined"), "proof.coverage", "DATA_LOSS_DETECTION_ERROR"),
    "relative-id": (lambda c: c.update(id="relative/1"), "vc.id", "MALFORMED_VALUE_ERROR"),
    "previous-proof-that-is-not-there": (
        lambda c: c["proof"].update(previousProof="urn:uuid:1"), "proof.chain", "PROOF_VERIFICATION_ERROR",
    ),
    "previous-proofs-that-are-not-there": (
        lambda c: c["proof"].update(previousProof=["urn:uuid:1", "urn:uuid:2"]), "proof.chain",
        "PROOF_VERIFICATION_ERROR",
    ),
    "method-of-another-kind": (
        lambda c: c["proof"].update(verificationMethod=signer(KeyAlgorithm.P256).method), "proof.suite",
        "PROOF_VERIFICATION_ERROR",
    ),
    "method-of-did-web": (
        lambda c: c["proof"].update(verificationMethod="did:web:a.example#1"), "did.unsupported",
        "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT",
    ),
    "method-without-fragment": (
        lambda c: c["proof"].update(verificationMethod=HOLDER.method.partition("#")[0]), "key.unknown",
        "INVALID_VERIFICATION_METHOD",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_credential_is_refused_with_its_type(suite: Suite, name: str) -> None:
    """SF-04, DI-02."""
    change, code, type_ = ALTERATIONS[name]
    found = require_refused(suite.verify(changed(secured(own()), change), "eddsa-rdfc-2022", checks=["proof"]), code)
    assert found["problemDetails"][0]["type"].endswith(f"#{type_}")


@pytest.mark.parametrize("feature", SIGNATURES)
def test_an_altered_credential_fails_under_every_suite(suite: Suite, feature: str) -> None:
    """SF-04."""
    issued = suite.issued(feature)
    for change in (
        lambda c: c["credentialSubject"].update(name="Bob"),
        lambda c: c["credentialSubject"].update(undefinedTerm="x"),
        lambda c: c["type"].append("Undefined"),
        lambda c: c["proof"].update(created="2020-01-01T00:00:00Z"),
    ):
        require_refused(suite.verify(changed(issued, change), feature))


def test_all_proofs_of_a_set_count(suite: Suite) -> None:
    """DI-02."""
    both = secured(secured(own()), by=signer(KeyAlgorithm.P384), suite="ecdsa-jcs-2019")
    assert suite.verify(both).json()["verified"] is True
    require_refused(suite.verify(changed(both, lambda c: c["proof"][0].update(created="2020-01-01T00:00:00Z"))))


def _chain() -> JsonObject:
    first = secured(own(), id="urn:uuid:1")
    return secured(first, by=signer(KeyAlgorithm.P256), suite="ecdsa-rdfc-2019", previousProof="urn:uuid:1")


def test_a_chain_of_proofs_holds_whole(suite: Suite) -> None:
    """SF-10, DI-02."""
    assert suite.verify(_chain()).json()["verified"] is True


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda c: c["proof"].pop(0), "proof.chain"),
        (lambda c: c["proof"][0].update(id="urn:uuid:9"), "proof.chain"),
        (lambda c: c["proof"][0].update(nonce="x"), "proof.crypto"),
        (lambda c: c["proof"][1].update(previousProof=["urn:uuid:1", "urn:uuid:9"]), "proof.chain"),
        (lambda c: c["proof"][0].update(proofValue=c["proof"][1]["proofValue"]), "proof.crypto"),
    ],
    ids=["first-missing", "first-renamed", "first-altered", "one-of-two-missing", "first-of-another"],
)
def test_a_broken_chain_is_refused(suite: Suite, change: Callable[[Any], object], code: str) -> None:
    """SF-10, DI-02."""
    require_refused(suite.verify(changed(_chain(), change)), code)


def test_a_proof_counts_only_in_its_time(suite: Suite) -> None:
    """DI-04."""
    require_refused(suite.verify(secured(own(), expires="2026-11-22T00:00:00Z")), "proof.expired")
    require_refused(suite.verify(secured(own(), made=NOON + timedelta(hours=1))), "proof.created")
    assert suite.verify(secured(own(), expires="2026-12-01T00:00:00Z")).status_code == 200


def test_checks_that_were_not_asked_for_are_not_made(suite: Suite) -> None:
    """SF-06."""
    future = secured(own(validFrom="2030-01-01T00:00:00Z"))
    past = secured(own(validUntil="2025-01-01T00:00:00Z"))
    require_refused(suite.verify(future), "validity.not_yet")
    require_refused(suite.verify(past, checks=["proof", "validity"]), "validity.expired")
    assert suite.verify(future, checks=["proof"]).status_code == 200
    require_refused(suite.verify(changed(past, lambda c: c["proof"].pop("type")), checks=["credentialStatus"]))


def test_domain_and_challenge_are_compared(suite: Suite) -> None:
    """SF-06, DI-02."""
    document = secured(own(), domain="a.example", challenge="123")
    assert suite.verify(document, domain="a.example", challenge="123").status_code == 200
    found = require_refused(suite.verify(document, domain="b.example"), "proof.domain")
    assert found["problemDetails"][0]["type"] == "https://w3id.org/security#INVALID_DOMAIN_ERROR"
    found = require_refused(suite.verify(document, challenge="124"), "proof.challenge")
    assert found["problemDetails"][0]["type"] == "https://w3id.org/security#INVALID_CHALLENGE_ERROR"
    require_refused(suite.verify(secured(own()), challenge="123"), "proof.challenge")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: e.update({"@context": []}), "vc.context"),
        (lambda e: e.update({"@context": EXAMPLES}), "vc.context"),
        (lambda e: e.update(id=e["id"].split(",")[1]), "envelope.data_url"),
        (lambda e: e.pop("type"), "vc.context"),
        (lambda e: e.update(type="VerifiableCredential"), "vc.context"),
        (lambda e: e.update(id=e["id"][:-2] + "AA"), "proof.crypto"),
        (lambda e: e.update(id=e["id"].replace("vc+jwt,", "vp+jwt,")), "envelope.media_type"),
        (lambda e: e.update(name="x"), "envelope.member"),
    ],
    ids=["no-context", "other-context", "no-data-url", "no-type", "other-type", "signature", "media-type", "member"],
)
def test_a_broken_envelope_is_refused(suite: Suite, change: Callable[[Any], object], code: str) -> None:
    """VC-10."""
    envelope = suite.issued("EnvelopingProof")
    require_refused(suite.verify(changed(envelope, change), "EnvelopingProof"), code)
