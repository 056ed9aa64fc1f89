"""Badges of before: data model 1.1, with the suites and the token form of their time (OB-47), through the pipeline."""

import json
from typing import Any

import pytest

from jmc_vc.formats.data_integrity.hash_data import Unsecured, rdfc_hash_data
from jmc_vc.formats.did.did_key import did_of_key
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jose import compact_jws
from jmc_vc.signing.file_signer import Ed25519Signer, file_signer, new_secret
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.report import Report
from tests.builders.installation import Installation
from tests.builders.open_badge import badge
from tests.formats.data_integrity.test_own_vectors import ROOT

SIGNER = Ed25519Signer(bytes(range(32)))
DID = did_of_key(PublicKey(KeyAlgorithm.ED25519, SIGNER.public_key.raw))
ELLIPTIC = file_signer(KeyAlgorithm.P256, new_secret(KeyAlgorithm.P256, lambda size: bytes(range(size))))
TOKEN_DID = did_of_key(ELLIPTIC.public_key)

SUITES: dict[str, tuple[str, dict[str, str]]] = {
    "Ed25519Signature2020": (
        "https://w3id.org/security/suites/ed25519-2020/v1", {"type": "Ed25519Signature2020"},
    ),
    "eddsa-2022": (
        "https://w3id.org/security/data-integrity/v1", {"type": "DataIntegrityProof", "cryptosuite": "eddsa-2022"},
    ),
}  # fmt: skip


def old_badge(issuer: str, *contexts: str) -> dict[str, Any]:
    """A badge as another issuer would have written it before VCDM 2.0."""
    document: dict[str, Any] = json.loads((ROOT / "eddsa-2022" / "badge" / "signed.json").read_bytes())
    del document["proof"]
    document["@context"] = [*document["@context"][:2], *contexts]
    document["issuer"]["id"] = issuer
    return document


def signed(installation: Installation, suite: str, **changes: Any) -> dict[str, Any]:
    """An old badge with an old proof. Nothing of ours signs so: the hash is made here, and signed."""
    context, named = SUITES[suite]
    document = {**old_badge(DID, context), **changes}
    options: dict[str, Any] = {
        **named,
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": f"{DID}#{DID.removeprefix('did:key:')}",
        "proofPurpose": "assertionMethod",
    }
    unsecured = Unsecured(document, installation.service.contexts)
    value = multibase.encode_base58(SIGNER.sign(rdfc_hash_data(unsecured, options, algorithm="sha256")))
    return {**document, "proof": {**options, "proofValue": value}}


def verified(installation: Installation, document: Any, policy: str = "technical") -> Report:
    body = document if isinstance(document, str) else json.dumps(document)
    return installation.verify(body.encode(), policy)


def failing(report: Report) -> dict[str, str]:
    return {check.id: check.finding.code for check in report.checks if check.finding.outcome is Outcome.FAIL}


@pytest.mark.parametrize("suite", SUITES)
def test_ob_47_a_good_old_badge_is_technically_valid(sqlite_installation: Installation, suite: str) -> None:
    document = signed(sqlite_installation, suite)
    report = verified(sqlite_installation, document)
    assert (report.verdict, failing(report)) == ("valid", {})
    assert report.credential is not None
    assert report.credential.valid_from.text == document["issuanceDate"]
    assert report.credential.valid_until is not None
    assert report.credential.valid_until.text == document["expirationDate"]
    assert verified(sqlite_installation, document, "default").summary == "issuer_not_registered"


@pytest.mark.parametrize("suite", SUITES)
def test_ob_47_an_old_badge_that_was_altered_is_invalid(sqlite_installation: Installation, suite: str) -> None:
    document = signed(sqlite_installation, suite)
    assert failing(verified(sqlite_installation, {**document, "name": "Robotics 102"})) == {"proof": "proof.crypto"}
    later = {**document, "expirationDate": "2046-01-01T00:00:00Z"}
    assert verified(sqlite_installation, later).verdict == "invalid"


@pytest.mark.parametrize("suite", SUITES)
def test_ob_47_an_old_badge_ends_when_it_says(sqlite_installation: Installation, suite: str) -> None:
    document = signed(sqlite_installation, suite, expirationDate="2026-06-01T00:00:00Z")
    report = verified(sqlite_installation, document)
    assert (report.summary, failing(report)) == ("expired", {"validity": "validity.expired"})


@pytest.mark.parametrize("suite", SUITES)
def test_ob_47_an_old_badge_with_the_dates_of_today_is_refused(sqlite_installation: Installation, suite: str) -> None:
    document = signed(sqlite_installation, suite, validUntil="2046-01-01T00:00:00Z")
    assert failing(verified(sqlite_installation, document)) == {"schema": "schema.violation"}


@pytest.mark.parametrize("suite", SUITES)
def test_ob_47_an_old_suite_on_a_badge_of_today_is_left_open(sqlite_installation: Installation, suite: str) -> None:
    document = badge()
    document["proof"] = signed(sqlite_installation, suite)["proof"]
    report = verified(sqlite_installation, document)
    assert report.verdict != "valid"
    assert report.finding("proof").outcome is not Outcome.PASS


@pytest.mark.parametrize("suite", SUITES)
def test_ob_45_the_key_of_an_old_badge_has_to_be_its_issuers(sqlite_installation: Installation, suite: str) -> None:
    others = json.loads((ROOT / suite / "badge" / "signed.json").read_bytes())
    assert failing(verified(sqlite_installation, others)) == {"key": "key.binding"}


def token(**changes: Any) -> str:
    """The badge in the claim `vc`, as tokens of 1.1 have it."""
    document = {**old_badge(TOKEN_DID), **changes}
    claims = {
        "iss": TOKEN_DID,
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": 1_767_225_600,
        "vc": document,
    }
    header: Any = {"alg": "ES256", "typ": "JWT", "kid": f"{TOKEN_DID}#{TOKEN_DID.removeprefix('did:key:')}"}
    return compact_jws.write(header, json.dumps(claims).encode(), ELLIPTIC.sign)


def test_ob_47_a_token_with_the_badge_in_its_claim_vc(sqlite_installation: Installation) -> None:
    report = verified(sqlite_installation, token())
    assert (report.verdict, failing(report)) == ("valid", {})
    assert report.credential is not None


def test_vw_18_a_token_whose_claims_say_another_date_is_invalid(sqlite_installation: Installation) -> None:
    report = verified(sqlite_installation, token(issuanceDate="2025-01-01T00:00:00Z"))
    assert failing(report) == {"claims": "claims.mismatch"}
