"""Contexts and related resources: what a test credential may refer to (SF-09, SF-12, CX-04, VC-11)."""

import pytest

from tests.builders.suites import EXAMPLES, SIGNATURES, V2, Json, Suite, credential, require_refused


@pytest.mark.parametrize("feature", SIGNATURES)
def test_the_examples_are_known_here(suite: Suite, feature: str) -> None:
    """SF-09."""
    document = credential(**{"@context": [V2, EXAMPLES], "type": ["VerifiableCredential", "ExampleCredential"]})
    assert suite.verify(suite.issued(feature, document)).status_code == 200


@pytest.mark.parametrize(
    "inline",
    [
        {"@vocab": "https://words.example/#"},
        {"nickname": "https://words.example/#nickname"},
        {
            "@protected": True,
            "Person": {
                "@id": "https://words.example/#Person",
                "@context": {"@protected": True, "nickname": "https://words.example/#nickname"},
            },
        },
    ],
    ids=["vocab", "term", "protected-and-nested"],
)
@pytest.mark.parametrize("feature", SIGNATURES)
def test_inline_contexts_are_taken_here(suite: Suite, feature: str, inline: Json) -> None:
    """SF-09, CX-04."""
    subject = {"id": "did:example:alice", "nickname": "Ali"}
    if "Person" in inline:
        subject["type"] = "Person"
    issued = suite.issued(feature, credential(**{"@context": [V2, inline], "credentialSubject": subject}))
    assert suite.verify(issued).status_code == 200
    altered = {**issued, "credentialSubject": {**subject, "nickname": "Bob"}}
    require_refused(suite.verify(altered), "proof.crypto")


def test_what_one_document_defines_the_next_does_not_have(suite: Suite) -> None:
    """CX-04."""
    named = {"id": "did:example:alice", "nickname": "Ali"}
    suite.issued("vc2.0", credential(**{"@context": [V2, {"@vocab": "https://x.example/#"}]}, credentialSubject=named))
    answer = suite.issue("vc2.0", credential(credentialSubject=named))
    assert (answer.status_code, answer.json()["code"]) == (400, "proof.coverage")
    assert answer.json()["type"] == "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR"


def test_production_knows_neither(suite: Suite) -> None:
    """CX-04."""
    for context in (EXAMPLES, {"@vocab": "https://words.example/#"}):
        document = suite.issued("vc2.0", credential(**{"@context": [V2, context]}))
        report = suite.client.post("/v1/verify", json=document).json()
        assert report["verdict"] != "valid"


GOOD_SRI = "sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg"
GOOD_MULTIBASE = "uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k"


@pytest.mark.parametrize("digest", [{"digestSRI": GOOD_SRI}, {"digestMultibase": GOOD_MULTIBASE}])
def test_related_resources_of_an_earlier_rendition_are_known(suite: Suite, digest: Json) -> None:
    """SF-12, VC-11."""
    document = credential(relatedResource=[{"id": V2, "mediaType": "application/ld+json", **digest}])
    answer = suite.verify(suite.issued("vc2.0", document))
    assert (answer.status_code, answer.json()["problemDetails"]) == (200, [])


def test_a_resource_that_nobody_fetched_is_told(suite: Suite) -> None:
    """VC-11."""
    document = credential(relatedResource={"id": "https://elsewhere.example/1", "digestMultibase": GOOD_MULTIBASE})
    answer = suite.verify(suite.issued("vc2.0", document))
    assert [each["code"] for each in answer.json()["problemDetails"]] == ["vc.related_not_compared"]


SRI_OF_OTHER_BYTES = "sha384-_rCVIV7fSXXTNIvpiq26jRDyj8JG8TDjij-tD0ewLk4JpnXEz6a5AeeY_1qQ0d0P"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"relatedResource": [V2]}, "vc.member", id="VC-11-texts"),
        pytest.param({"relatedResource": [{"digestSRI": GOOD_SRI}]}, "vc.id", id="VC-11-no-id"),
        pytest.param({"relatedResource": [{"id": V2}]}, "vc.related_resource", id="VC-11-no-digest"),
        pytest.param(
            {"relatedResource": [{"id": V2, "digestSRI": GOOD_SRI}, {"id": V2, "digestMultibase": GOOD_MULTIBASE}]},
            "vc.related_resource",
            id="VC-11-twice",
        ),
        pytest.param(
            {"relatedResource": {"id": V2, "digestSRI": SRI_OF_OTHER_BYTES}}, "vc.related_digest", id="VC-11-digest"
        ),
        pytest.param({"@context": None}, "vc.context", id="VC-01-none"),
        pytest.param({"@context": [EXAMPLES, V2]}, "vc.context", id="VC-01-order"),
        pytest.param({"@context": [V2, "https://elsewhere.example/v1"]}, "context.unknown", id="CX-04-other-url"),
        pytest.param({"@context": [V2, 7]}, "vc.context", id="VC-01-number"),
        pytest.param({"type": None}, "vc.type", id="VC-03-none"),
        pytest.param({"type": ["ExampleCredential"]}, "vc.type", id="VC-03-base-type"),
        pytest.param({"type": ["VerifiableCredential", "Unmapped"]}, "proof.coverage", id="VC-03-unmapped"),
        pytest.param({"id": ["a:1", "a:2"]}, "vc.id", id="VC-02-several"),
        pytest.param({"id": "no url"}, "vc.id", id="VC-02-no-url"),
        pytest.param({"issuer": None, "credentialSubject": None}, "vc.subject", id="VC-06-none"),
        pytest.param({"credentialSubject": {}}, "vc.subject", id="VC-06-empty"),
        pytest.param({"issuer": "no url"}, "vc.issuer", id="VC-05-no-url"),
        pytest.param({"issuer": {"name": "x"}}, "vc.issuer", id="VC-05-no-id"),
        pytest.param({"name": {"@value": "x", "more": 1}}, "vc.text", id="VC-04-extra-member"),
        pytest.param({"validFrom": "2026-01-01"}, "schema.datetime", id="VC-07-date"),
        pytest.param({"validFrom": "2026-01-01T00:00:00"}, "schema.datetime", id="VC-07-no-offset"),
        pytest.param(
            {"validFrom": "2027-01-01T00:00:00Z", "validUntil": "2026-01-01T00:00:00Z"},
            "validity.reversed",
            id="VC-07-reversed",
        ),
        pytest.param({"credentialStatus": {"id": "a:1"}}, "vc.type", id="VC-08-no-type"),
        pytest.param({"credentialSchema": {"type": "JsonSchema"}}, "vc.id", id="VC-09-no-id"),
        pytest.param({"refreshService": {"id": "a:1"}}, "vc.type", id="VC-12-refresh"),
        pytest.param({"evidence": [{}]}, "vc.type", id="VC-12-evidence"),
        pytest.param({"termsOfUse": {"id": "a:1"}}, "vc.type", id="VC-12-terms"),
        pytest.param({"unknownTerm": "x"}, "proof.coverage", id="DI-03-undefined-term"),
    ],
)
def test_what_is_no_credential_is_not_issued(suite: Suite, changes: Json, code: str) -> None:
    """SF-12."""
    answer = suite.issue("vc2.0", credential(**changes))
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_word_that_is_protected_stays_what_it_is(suite: Suite) -> None:
    """SF-12."""
    document = credential(**{"@context": [V2, {"VerifiableCredential": "https://words.example/#Other"}]})
    assert suite.issue("vc2.0", document).json()["code"] == "context.conflict"
