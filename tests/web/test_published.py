"""What anyone may fetch because credentials name it."""

import json
from typing import Any

import pytest

from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.encoding.multikey import encode_multikey
from tests.builders.installation import OPERATOR, Installation
from tests.builders.web import web_client
from tests.web.conftest import Running

DID = "did:web:localhost%3A8000"
FETCHED = [
    "/.well-known/did.json",
    "/.well-known/did-history.json",
    "/.well-known/did-configuration.json",
    "/.well-known/jwks.json",
    "/keys/key-1",
    "/issuers/hoshimigaoka",
    "/issuers/hoshimigaoka/did.json",
    "/issuers/hoshimigaoka/did-history.json",
    "/issuers/hoshimigaoka/jwks.json",
    "/issuers/hoshimigaoka/keys/key-1",
    "/programs/JMC-P-900001/v/1",
    "/ns/mc/v1/context.json",
    "/schema/mc-profile/1.0/program-version.json",
]


@pytest.fixture(scope="module")
def issued(running: Running) -> dict[str, Any]:
    return running.issued()


def test_the_keys_are_the_same_in_all_their_forms(running: Running) -> None:
    slug, did = "hoshimigaoka", f"{DID}:issuers:hoshimigaoka"
    document = running.client.get(f"/issuers/{slug}/did.json").json()
    assert document["id"] == did
    assert document["assertionMethod"] == [f"{did}#key-1"]
    assert document["verificationMethod"][0]["controller"] == did
    found = encode_multikey(verification_method(document, f"{did}#key-1").public_key)
    assert found == document["verificationMethod"][0]["publicKeyMultibase"]
    jwks = running.client.get(f"/issuers/{slug}/jwks.json").json()
    single = running.client.get(f"/issuers/{slug}/keys/key-1").json()
    assert jwks == {"keys": [single]}
    assert (single["kty"], single["kid"], single["iss"]) == ("OKP", "key-1", did)
    everybody = running.client.get("/.well-known/jwks.json").json()["keys"]
    assert [key["iss"] for key in everybody] == [DID, did, f"{DID}:issuers:{running.other}"]
    assert len({key["kid"] for key in everybody}) == 3
    assert not {"d", "secretKeyMultibase"} & {name for key in everybody for name in key}


def test_our_own_document_is_at_the_well_known_place(running: Running) -> None:
    assert running.client.get("/.well-known/did.json").json()["id"] == DID
    assert running.client.get("/keys/key-1").json()["iss"] == DID


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/.well-known/did.json", None, "application/did+json"),
        ("/.well-known/did.json", "*/*", "application/did+json"),
        ("/.well-known/did.json", "application/json", "application/json"),
        ("/.well-known/did.json", "application/ld+json, application/json;q=0.9", "application/ld+json"),
        ("/.well-known/did.json", "application/json, text/plain, */*", "application/json"),
        ("/.well-known/did.json", "text/turtle", "application/did+json"),
        ("/.well-known/jwks.json", None, "application/jwk-set+json"),
        ("/issuers/hoshimigaoka/keys/key-1", None, "application/jwk+json"),
        ("/ns/mc/v1/context.json", None, "application/ld+json"),
        ("/schema/profile.json", None, "application/schema+json"),
    ],
)
def test_the_media_type_is_the_registered_one_or_the_one_asked_for(
    running: Running, path: str, accept: str | None, media_type: str
) -> None:
    answer = running.client.get(path, headers={"accept": accept} if accept else {"accept": ""})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize("path", FETCHED)
def test_what_is_fetched_is_open_to_scripts_and_revalidated(running: Running, path: str) -> None:
    first = running.client.get(path)
    assert first.status_code == 200
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    again = running.client.get(path, headers={"if-none-match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["access-control-allow-origin"] == "*"
    weak = running.client.get(path, headers={"if-none-match": f"W/{first.headers['etag']}"})
    assert weak.status_code == 304


@pytest.mark.parametrize("path", [*FETCHED, "/status/1/revocation", "/issuers/nobody/did.json", "/credentials/x"])
def test_a_preflight_and_an_error_are_open_too(running: Running, path: str) -> None:
    headers = {"origin": "https://verifier.example", "access-control-request-method": "GET"}
    preflight = running.client.request("OPTIONS", path, headers=headers)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "GET" in preflight.headers["access-control-allow-methods"]
    missing = running.client.get(f"{path}/nothing")
    assert missing.status_code == 404
    assert missing.headers["access-control-allow-origin"] == "*"


def test_nothing_that_needs_a_key_is_open_to_scripts(running: Running) -> None:
    answer = running.client.get("/v1/assertions", headers={**running.bearer(), "origin": "https://evil.test"})
    assert "access-control-allow-origin" not in answer.headers


def test_the_context_is_the_one_of_the_namespace_whatever_the_host(running: Running) -> None:
    body = running.client.get("/ns/mc/v1/context.json").content
    assert b"localhost" not in body
    assert b"{namespace}" not in body
    assert json.loads(body)["@context"]["jmc"]["@id"] == "https://ns.jmc.example/mc/v1#"


def test_a_schema_names_its_address_here(running: Running) -> None:
    path = "/schema/mc-profile/1.0/program-version.json"
    assert running.client.get(path).json()["$id"] == f"http://localhost:8000{path}"


def test_a_status_list_is_signed_by_the_issuer_and_short_lived(running: Running, issued: dict[str, Any]) -> None:
    url = issued["credential"]["credentialStatus"]["statusListCredential"]
    answer = running.client.get(url)
    document = answer.json()
    assert answer.headers["content-type"] == "application/vc"
    assert answer.headers["cache-control"] == "public, max-age=5"
    assert document["id"] == url
    assert document["issuer"] == issued["credential"]["issuer"]["id"]
    assert document["proof"]["verificationMethod"].startswith(document["issuer"])
    assert document["credentialSubject"]["ttl"] == 5_000
    again = running.client.get(url, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    suspension = running.client.get(url.replace("/revocation", "/suspension"))
    assert suspension.json()["credentialSubject"]["statusPurpose"] == "suspension"


def test_a_revocation_is_in_the_list_a_second_later(running: Running) -> None:
    issued = running.issued()
    url = issued["links"]["statusList"]
    before = running.client.get(url)
    running.post(f"{issued['links']['self']}/status", {"action": "revoke", "reasonCode": "issued_in_error"})
    running.installation.clock.move(seconds=1)
    after = running.client.get(url, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["credentialSubject"]["encodedList"] != before.json()["credentialSubject"]["encodedList"]


def test_every_outcome_that_a_credential_aligns_to_is_a_case_item(running: Running, issued: dict[str, Any]) -> None:
    alignments = issued["credential"]["credentialSubject"]["achievement"]["alignment"]
    outcomes = [each for each in alignments if each.get("targetType") == "CFItem"]
    assert len(outcomes) == 4
    for outcome in outcomes:
        item = running.client.get(outcome["targetUrl"]).json()
        assert item["uri"] == outcome["targetUrl"]
        assert item["identifier"] == outcome["targetUrl"].rpartition("/")[2]
        assert item["humanCodingScheme"] == outcome["targetCode"]
        assert item["fullStatement"] == outcome["targetName"]
        assert item["CFDocumentURI"]["uri"] == issued["credential"]["jmc:programVersion"]["id"]
        assert set(item["CFDocumentURI"]) == {"title", "identifier", "uri"}
        assert item["lastChangeDateTime"].endswith("Z")


def test_every_address_in_a_credential_answers(running: Running, issued: dict[str, Any]) -> None:
    credential = issued["credential"]
    addresses = {
        credential["id"],
        credential["credentialSubject"]["achievement"]["id"],
        credential["credentialStatus"]["statusListCredential"],
        credential["jmc:programVersion"]["decision"],
        *(pathway["id"] for pathway in credential["credentialSubject"]["achievement"]["jmc:stackability"]["pathways"]),
    }
    for address in addresses:
        assert address.startswith("http://localhost:8000/")
        assert running.client.get(address).status_code == 200, address


def test_a_status_list_that_a_stolen_key_signed_is_answered_with_503(sqlite_installation: Installation) -> None:
    """Until there is a new key: verifiers elsewhere find nothing out, and say so."""
    made, slug = sqlite_installation, "hoshimigaoka"
    made.issue()
    with web_client(made.service) as client:
        assert client.get("/status/1/revocation").status_code == 200
        made.service.compromise_key(slug, "key-1", since=made.now, reason="stolen", actor=OPERATOR, now=made.now)
        refused = client.get("/status/1/revocation")
        assert (refused.status_code, refused.json()["code"]) == (503, "status_list.no_key")
        assert refused.headers["content-type"] == "application/problem+json"
        assert "max-age" not in refused.headers.get("cache-control", "")
        made.service.rotate_key(slug, immediate=True, actor=OPERATOR, now=made.now)
        renewed = client.get("/status/1/revocation")
        assert renewed.json()["proof"]["verificationMethod"].endswith("#key-2")
