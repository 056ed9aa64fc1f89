"""What an issuer puts in, and what it does not issue (SF-05 to SF-08, VC-01 to VC-12)."""

import pytest

from jmc_vc.formats.data_integrity.selective.derive import derive
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.status import bitstring
from tests.builders.contexts import shipped_contexts
from tests.builders.suites import (
    DATA_INTEGRITY,
    EMBEDDED,
    SIGNATURES,
    V1,
    V2,
    Json,
    Suite,
    credential,
    older,
    own,
    require_refused,
    secured,
)


def test_an_issuer_that_is_there_stays(suite: Suite) -> None:
    issuer = {"id": "https://issuer.example/1", "name": "An issuer"}
    issued = suite.issued("vc2.0", credential(issuer=issuer))
    assert issued["issuer"] == issuer
    assert suite.verify(issued).status_code == 200


@pytest.mark.parametrize("feature", [each for each in EMBEDDED if each != "BitstringStatusList"])
def test_a_credential_of_1_1_gets_the_words_of_its_proof(suite: Suite, feature: str) -> None:
    """SF-05."""
    issued = suite.issued(feature, older())
    assert issued["@context"] == [V1, DATA_INTEGRITY]
    assert suite.issued(feature, older(**{"@context": [V1, DATA_INTEGRITY]}))["@context"] == [V1, DATA_INTEGRITY]
    if feature in SIGNATURES:
        assert suite.verify(issued).status_code == 200


def test_mandatory_pointers_are_mandatory(suite: Suite) -> None:
    """SF-06."""
    issued = suite.issued("ecdsa-sd-2023", mandatoryPointers=["/issuer", "/credentialSubject/id"])
    shown = derive(issued, selective_pointers=[], contexts=shipped_contexts())
    assert shown["credentialSubject"] == {"id": "did:example:alice"}
    assert suite.verify(shown, "ecdsa-sd-2023").status_code == 200


def test_without_pointers_the_issuer_is_mandatory(suite: Suite) -> None:
    """SF-06."""
    issued = suite.issued("ecdsa-sd-2023", credential(validUntil="2030-01-01T00:00:00Z"))
    shown = derive(issued, selective_pointers=[], contexts=shipped_contexts())
    assert {"issuer", "validUntil"} <= shown.keys()
    assert "credentialSubject" not in shown


@pytest.mark.parametrize("pointer", ["/credentialSubject/nothing", "credentialSubject", "/type/7"])
def test_a_pointer_that_matches_nothing_is_an_error(suite: Suite, pointer: str) -> None:
    """SF-06."""
    answer = suite.issue("ecdsa-sd-2023", credential(), mandatoryPointers=[pointer])
    assert (answer.status_code, answer.json()["code"]) == (400, "proof.pointer")


def test_a_base_proof_is_not_for_verifiers(suite: Suite) -> None:
    require_refused(suite.verify(suite.issued("ecdsa-sd-2023")), "proof.not_derived")


def test_the_enveloping_feature_answers_an_envelope(suite: Suite) -> None:
    """SF-07."""
    issued = suite.issued("EnvelopingProof")
    assert (issued["@context"], issued["type"]) == (V2, "EnvelopedVerifiableCredential")
    token = compact_jws.read(issued["id"].removeprefix("data:application/vc+jwt,"))
    assert token.header["typ"] == "vc+jwt"
    assert token.claims()["credentialSubject"] == credential()["credentialSubject"]


def test_a_status_entry_is_added_and_the_list_is_there(suite: Suite) -> None:
    """SF-08."""
    issued = suite.issued("BitstringStatusList")
    entry = issued["credentialStatus"]
    assert issued["credentialSubject"] == credential()["credentialSubject"]
    assert str(int(entry["statusListIndex"])) == entry["statusListIndex"]
    assert entry["id"] != entry["statusListCredential"]
    answer = suite.client.get(
        entry["statusListCredential"], headers={"accept": "application/ld+json, application/json"}
    )
    listed = answer.json()
    assert "json" in answer.headers["content-type"]
    assert (listed["type"], listed["issuer"]) == (
        ["VerifiableCredential", "BitstringStatusListCredential"],
        issued["issuer"],
    )
    bits = bitstring.decode(listed["credentialSubject"]["encodedList"])
    assert not bitstring.bit(bits, int(entry["statusListIndex"]))
    assert suite.verify(listed).status_code == suite.verify(issued).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"statusListIndex": "-1"}, "status.index"),
        ({"statusListIndex": 5}, "status.index"),
        ({"statusListIndex": "007"}, "status.index"),
        ({"statusListIndex": "9999999"}, "status.range"),
        ({"statusPurpose": "suspension"}, "status.purpose"),
        ({"statusSize": 2}, "status.format"),
        ({"statusListCredential": "no address"}, "status.format"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(f"{n}-{v}" for n, v in value.items()),
)
def test_a_bad_entry_is_refused_at_both_ends(suite: Suite, changes: Json, code: str) -> None:
    """SF-08, BS-01."""
    entry = {**suite.issued("BitstringStatusList")["credentialStatus"], **changes}
    document = credential(credentialStatus=entry)
    if code not in ("status.range", "status.purpose"):
        answer = suite.issue("BitstringStatusList", document)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    if "statusListIndex" not in changes or isinstance(changes["statusListIndex"], str):
        known = secured(own(credentialStatus=entry)) if "no address" not in changes.values() else None
        if known is not None:
            require_refused(suite.verify(known), code)


def test_a_list_elsewhere_is_told_and_not_fetched(suite: Suite) -> None:
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://elsewhere.example/1",
    }
    answer = suite.verify(suite.issued("vc2.0", credential(credentialStatus=entry)))
    assert answer.json()["verified"] is True
    assert [each["code"] for each in answer.json()["problemDetails"]] == ["status.retrieval"]
