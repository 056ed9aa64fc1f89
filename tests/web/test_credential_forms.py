"""One credential in the forms in which it was issued: at its address, in the API, on its page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.domain.status_list import StatusForm
from tests.builders.installation import OPERATOR, Installation, award, make_installation
from tests.builders.web import WebClient, web_client

HTML = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ISSUED: dict[str, dict[str, Any]] = {
    "json": {"profile": IssuingProfile.DATA_INTEGRITY_ECDSA},
    "jwt": {"profile": IssuingProfile.VC_JWT},
    "json jwt": {"profile": IssuingProfile.BOTH, "jwt_algorithm": JwtAlgorithm.RS256},
    "json sd-jwt": {"sd_jwt_vc": True},
    "jwt sd-jwt": {"profile": IssuingProfile.VC_JWT, "sd_jwt_vc": True},
    "json jwt sd-jwt": {"profile": IssuingProfile.BOTH, "sd_jwt_vc": True},
}
TYPES = {
    "application/vc+ld+json": "json",
    "application/vc": "json",
    "application/ld+json": "json",
    "application/json": "json",
    "text/plain": "jwt",
    "application/vc+jwt": "jwt",
    "application/jwt": "jwt",
    "application/dc+sd-jwt": "sd-jwt",
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = make_installation(Path(tmp_path_factory.mktemp("forms")))
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def web(installation: Installation) -> Iterator[WebClient]:
    with web_client(installation.service) as client:
        yield client


@pytest.fixture(scope="module")
def issued(installation: Installation) -> dict[str, tuple[str, dict[str, bytes]]]:
    """For each name of ISSUED the path of a credential, and its bytes by form."""
    found = {}
    for forms, settings in ISSUED.items():
        reset: dict[str, Any] = {"profile": IssuingProfile.DATA_INTEGRITY_EDDSA, "sd_jwt_vc": False}
        installation.service.set_issuing_settings(
            "JMC-P-900001", **(reset | settings), actor=OPERATOR, now=installation.now
        )
        made = installation.issue(award(retake=True))
        bodies = {each.format.value: each.body for each in made.representations}
        assert list(bodies) == forms.split()
        found[forms] = (f"/credentials/{made.credential.uuid}", bodies)
    return found


@pytest.mark.parametrize("forms", ISSUED)
@pytest.mark.parametrize("media_type", TYPES)
def test_d_8_vc_13_a_form_that_was_issued_is_had_by_its_name_and_no_other(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], forms: str, media_type: str
) -> None:
    path, bodies = issued[forms]
    answer = web.get(path, headers={"accept": media_type})
    if TYPES[media_type] in bodies:
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        assert answer.content == bodies[TYPES[media_type]]
        assert answer.headers["vary"].lower() == "accept"
        assert answer.headers["x-robots-tag"] == "noindex"
    else:
        assert (answer.status_code, answer.json()["code"]) == (406, "credential.form")
        assert forms.replace(" ", ", ") in answer.json()["message"]["en"]


@pytest.mark.parametrize("forms", ISSUED)
@pytest.mark.parametrize("accept", [None, "*/*", "image/png", "application/xml, */*;q=0.1"])
def test_ob_06_who_names_no_form_gets_the_primary_one(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], forms: str, accept: str | None
) -> None:
    path, bodies = issued[forms]
    answer = web.get(path, headers={} if accept is None else {"accept": accept})
    assert answer.content == next(iter(bodies.values()))
    assert answer.headers["content-type"] == ("text/plain" if forms.startswith("jwt") else "application/vc+ld+json")


@pytest.mark.parametrize("forms", ISSUED)
@pytest.mark.parametrize("asked", ["json", "jwt", "sd-jwt", "pdf", ""])
def test_a_query_names_a_form_whatever_accept_says(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], forms: str, asked: str
) -> None:
    path, bodies = issued[forms]
    answer = web.get(f"{path}?format={asked}", headers={"accept": "application/json, text/plain"})
    if asked in bodies:
        assert (answer.status_code, answer.content) == (200, bodies[asked])
    else:
        assert (answer.status_code, answer.json()["code"]) == (406, "credential.form")


def test_two_forms_have_two_validators(web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]]) -> None:
    path, _ = issued["json jwt"]
    tags = {web.get(path, headers={"accept": each}).headers["etag"] for each in ("application/vc", "text/plain")}
    assert len(tags) == 2
    for tag in tags:
        other = {"if-none-match": tag, "accept": "application/jwt"}
        assert web.get(path, headers=other).status_code == 200


@pytest.mark.parametrize("forms", ISSUED)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_ob_05_the_page_offers_every_form_as_a_file(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], forms: str, language: str
) -> None:
    path, bodies = issued[forms]
    page = web.get(f"{path}?lang={language}", headers=HTML).text
    links = re.findall(r'href="([^"]+\?format=[^"]+)" download="credential-[0-9a-f]{8}\.([a-z-]+)"', page)
    assert [extension for _, extension in links] == forms.split()
    for address, extension in links:
        assert web.get(address, headers=HTML).content == bodies[extension]
    words = {"json": "JSON", "jwt": "JWT", "sd-jwt": "SD-JWT VC"}
    save = "ファイル（{}）を保存する" if language == "ja" else "Save the file ({})"
    for form in forms.split():
        assert save.format(words[form]) in page
    assert ("どのファイルも" in page or "All of these files" in page) is (len(bodies) > 1)


@pytest.mark.parametrize("forms", ISSUED)
def test_the_api_answers_with_the_primary_form_and_the_addresses_of_all(
    installation: Installation, web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], forms: str
) -> None:
    path, bodies = issued[forms]
    uuid = path.rpartition("/")[2]
    headers = {"authorization": f"Bearer {installation.api_keys['hoshimigaoka']}"}
    answer = web.get(f"/v1/assertions/{uuid}", headers=headers)
    primary = next(iter(bodies.values()))
    if forms.startswith("jwt"):
        assert answer.json()["credential"] == primary.decode()
    else:
        assert b'"credential":%s,' % primary in answer.content
    links = answer.json()["links"]["forms"]
    assert links == {form: f"http://localhost:8000{path}?format={form}" for form in bodies}


def test_a_repeated_request_is_answered_with_the_same_bytes(installation: Installation, web: WebClient) -> None:
    service = installation.service
    headers = {"authorization": f"Bearer {installation.api_keys['hoshimigaoka']}", "idempotency-key": "forms-1"}
    body = award(externalId="forms-1", retake=True)
    answers = []
    for profile in (IssuingProfile.BOTH, IssuingProfile.VC_JWT):
        service.set_issuing_settings("JMC-P-900001", profile=profile, actor=OPERATOR, now=installation.now)
        answers.append(web.post("/v1/assertions", json=body, headers=headers))
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].content == answers[1].content


def test_a_credential_names_the_list_of_its_own_form(installation: Installation, web: WebClient) -> None:
    installation.service.set_issuing_settings(
        "JMC-P-900001", status_form=StatusForm.REVOCATION_LIST, actor=OPERATOR, now=installation.now
    )
    headers = {"authorization": f"Bearer {installation.api_keys['hoshimigaoka']}"}
    answer = web.post("/v1/assertions", json=award(retake=True), headers=headers).json()
    assert answer["links"]["statusList"] == "http://localhost:8000/status/1/revoked"
    installation.service.set_issuing_settings(
        "JMC-P-900001", status_form=StatusForm.BITSTRING, actor=OPERATOR, now=installation.now
    )


def test_keys_of_every_kind_are_published(installation: Installation, web: WebClient) -> None:
    """OB-44, OB-45, D-9: alone, in the set, and in the DID document, where an RSA key is a JWK."""
    for algorithm in (JwtAlgorithm.ES256, JwtAlgorithm.RS256):
        installation.service.set_issuing_settings(
            "JMC-P-900001",
            profile=IssuingProfile.VC_JWT,
            jwt_algorithm=algorithm,
            actor=OPERATOR,
            now=installation.now,
        )
    base = "/issuers/hoshimigaoka"
    methods = {each["id"].rpartition("#")[2]: each for each in web.get(f"{base}/did.json").json()["verificationMethod"]}
    assert {methods["key-1"]["type"]} == {"Multikey"}
    keys = {each["kid"]: each for each in web.get(f"{base}/jwks.json").json()["keys"]}
    assert set(keys) == set(methods)
    by_kind = {each["kty"]: kid for kid, each in keys.items()}
    assert set(by_kind) == {"OKP", "EC", "RSA"}
    rsa = methods[by_kind["RSA"]]
    assert rsa["type"] == "JsonWebKey"
    assert rsa["publicKeyJwk"]["n"] == keys[by_kind["RSA"]]["n"]
    for kid, jwk in keys.items():
        assert web.get(f"{base}/keys/{kid}").json() == jwk
        assert jwk["alg"] == {"OKP": "EdDSA", "EC": "ES256", "RSA": "RS256"}[jwk["kty"]]
        assert not set(jwk) & {"d", "p", "q", "dp", "dq", "qi"}
    everybody = {each["kid"] for each in web.get("/.well-known/jwks.json").json()["keys"]}
    assert {f"did:web:localhost%3A8000:issuers:hoshimigaoka#{kid}" for kid in keys} <= everybody


def test_the_type_of_an_sd_jwt_vc_is_explained_under_the_namespace(web: WebClient) -> None:
    answer = web.get("/ns/mc/v1/vct/learning-credential")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json()["vct"] == "https://ns.jmc.example/mc/v1/vct/learning-credential"
    assert web.get("/ns/mc/v1/context.json").headers["content-type"] == "application/ld+json"
    assert web.get("/ns/mc/v1/vct/other").status_code == 404
