"""What the public test suites of W3C send, and the calls by which they send it."""

import copy
from collections.abc import Callable
from typing import Any

import httpx

from jmc_vc.conforming.features import FEATURES
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jsonld.inline_contexts import ContextsOfOneDocument
from jmc_vc.formats.strict_json import JsonObject
from tests.builders.contexts import shipped_contexts
from tests.builders.installation import NOON
from tests.builders.signers import TestSigner, signer
from tests.builders.web import WebClient

Json = dict[str, Any]
V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
EMBEDDED = [name for name, feature in FEATURES.items() if feature.cryptosuite]
SIGNATURES = [name for name in EMBEDDED if name != "ecdsa-sd-2023"]
"""Features whose base form a verifier takes."""
HOLDER = signer(KeyAlgorithm.ED25519, 7)


class Suite:
    """What a suite does."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def issue(self, feature: str, credential: Any, **options: Any) -> httpx.Response:
        body = {"credential": credential, "options": options}
        return self.client.post(f"/conformance/{feature}/credentials/issue", json=body)

    def issued(self, feature: str, document: Json | None = None, **options: Any) -> Json:
        answer = self.issue(feature, credential() if document is None else document, **options)
        assert answer.status_code == 201, answer.text
        found: Json = answer.json()["verifiableCredential"]
        return found

    def verify(self, document: Any, feature: str = "vc2.0", **options: Any) -> httpx.Response:
        body = {"verifiableCredential": document, "options": options}
        return self.client.post(f"/conformance/{feature}/credentials/verify", json=body)

    def present(self, document: Any, feature: str = "vc2.0", **options: Any) -> httpx.Response:
        body = {"verifiablePresentation": document, "options": options}
        return self.client.post(f"/conformance/{feature}/presentations/verify", json=body)


def credential(**changes: Any) -> Json:
    """A plain one of the data model 2.0; None takes a member away."""
    document = {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:alice", "name": "Alice"},
        **changes,
    }
    return {name: member for name, member in document.items() if member is not None}


def older(**changes: Any) -> Json:
    return credential(**{"@context": [V1], "issuanceDate": "2026-01-01T00:00:00Z", **changes}) | {
        "credentialSubject": {"id": "did:example:alice"}
    }


def secured(document: Json, *, by: TestSigner = HOLDER, suite: str = "eddsa-rdfc-2022", **members: Any) -> JsonObject:
    """`document` with a proof more, of the test's own making."""
    purpose = members.pop("purpose", "assertionMethod")
    return add_proof(
        document,
        cryptosuite=suite,
        verification_method=by.method,
        created=members.pop("made", NOON),
        sign=by.sign,
        contexts=ContextsOfOneDocument(shipped_contexts()),
        algorithm=by.algorithm,
        purpose=purpose,
        members=members,
    )


def own(**changes: Any) -> Json:
    return credential(issuer=HOLDER.method.partition("#")[0], **changes)


def presentation(*credentials: Any, **changes: Any) -> Json:
    document = {"@context": [V2], "type": ["VerifiablePresentation"], **changes}
    return {**document, "verifiableCredential": [*credentials]} if credentials else document


def presented(document: Json, **members: Any) -> JsonObject:
    return secured(document, **{"purpose": "authentication", **members})


def require_refused(answer: httpx.Response, code: str | None = None) -> Json:
    assert answer.status_code == 400, answer.text
    found: Json = answer.json()
    assert found["verified"] is False
    if code is not None:
        assert found["problemDetails"][0]["code"] == code
    assert set(found["problemDetails"][0]) >= {"type", "title", "detail", "code"}
    return found


def changed(document: JsonObject, change: Callable[[Any], object]) -> Any:
    copied = copy.deepcopy(document)
    change(copied)
    return copied
