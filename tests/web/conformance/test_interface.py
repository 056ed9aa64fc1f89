"""What the facade offers, and that it is nowhere else (SF-01 to SF-04)."""

import pytest

from jmc_vc import bootstrap
from jmc_vc.conforming.features import FEATURES
from jmc_vc.formats.data_integrity.selective.derive import derive
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from tests.builders.contexts import shipped_contexts
from tests.builders.installation import Installation
from tests.builders.signers import signer
from tests.builders.suites import EMBEDDED, Json, Suite, credential, own, require_refused, secured
from tests.builders.web import web_client


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_issues_and_verifies(suite: Suite, feature: str) -> None:
    """SF-01, SF-02."""
    issued = suite.issued(feature)
    if feature == "ecdsa-sd-2023":
        issued = dict(derive(issued, selective_pointers=["/credentialSubject"], contexts=shipped_contexts()))
    assert suite.verify(issued, feature).json()["verified"] is True


def test_features_and_their_keys(suite: Suite) -> None:
    """SF-02."""
    prefixes = {"ecdsa-rdfc-2019-p384": "z82L", "ecdsa-jcs-2019-p384": "z82L"}
    for feature in EMBEDDED:
        expected = prefixes.get(feature, "zDna" if feature.startswith("ecdsa") else "z6Mk")
        proof = suite.issued(feature)["proof"]
        assert proof["verificationMethod"].startswith(f"did:key:{expected}")
        assert proof["cryptosuite"] == FEATURES[feature].cryptosuite
        assert (proof["type"], proof["proofPurpose"]) == ("DataIntegrityProof", "assertionMethod")


@pytest.mark.parametrize("feature", ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"])
@pytest.mark.parametrize("curve", [KeyAlgorithm.P256, KeyAlgorithm.P384])
def test_a_verifier_takes_both_curves(suite: Suite, feature: str, curve: KeyAlgorithm) -> None:
    """SF-02."""
    assert suite.verify(secured(own(), by=signer(curve), suite=feature), feature).status_code == 200


def test_the_issuers_are_the_same_at_every_start(suite: Suite, installation: Installation) -> None:
    """SF-03."""
    settings = installation.service.settings.model_copy(update={"conformance": True})
    again = bootstrap.build(settings, clock=installation.clock)
    try:
        assert again.conformance is not None
        dids = again.conformance.issuers.dids()
        assert [did[:12] for did in dids.values()] == ["did:key:z6Mk", "did:key:zDna", "did:key:z82L"]
        assert suite.issued("vc2.0")["issuer"] == dids[KeyAlgorithm.ED25519]
    finally:
        again.database.close()


def test_without_the_setting_there_is_nothing(installation: Installation) -> None:
    with web_client(installation.service) as client:
        for path in ("credentials/issue", "credentials/verify", "presentations/verify"):
            assert client.post(f"/conformance/vc2.0/{path}", json={}).status_code == 404
        assert client.get("/conformance/BitstringStatusList/status-lists/1").status_code == 404


def test_the_facade_is_not_in_the_description_of_the_service(suite: Suite) -> None:
    assert "/conformance" not in suite.client.get("/openapi.json").text


def test_a_feature_that_is_not_there_is_refused(suite: Suite) -> None:
    """SF-04."""
    for answer in (suite.issue("eddsa-2031", credential()), suite.verify({}, "eddsa-2031"), suite.present({}, "x")):
        assert answer.status_code == 400
        assert "conformance.feature" in answer.text
        found = answer.json()
        assert found.get("problemDetails", [found])[0]["title"] == "読み取れません"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"a":1,"a":2}', b'{"credential":null}', b'{"verifiableCredential":"{}"}', b"\xff", b"[" * 99],
    ids=["empty", "list", "no-members", "twice", "null", "text", "no-utf-8", "deep"],
)
@pytest.mark.parametrize("path", ["credentials/issue", "credentials/verify", "presentations/verify"])
def test_no_body_makes_anything_but_a_refusal(suite: Suite, path: str, body: bytes) -> None:
    """SF-04."""
    answer = suite.client.post(f"/conformance/vc2.0/{path}", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


def test_another_media_type_is_refused_too(suite: Suite) -> None:
    """SF-04."""
    answer = suite.client.post(
        "/conformance/vc2.0/credentials/verify", content=b"{}", headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "options",
    [{"checks": "proof"}, {"checks": [1]}, {"checks": ["proof", "everything"]}, {"challenge": 1}, {"domain": ["a"]}],
)
def test_options_of_the_wrong_form_are_refused(suite: Suite, options: Json) -> None:
    """SF-06."""
    require_refused(suite.verify(suite.issued("vc2.0"), **options), "request.value")
