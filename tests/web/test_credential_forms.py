"""One credential in the forms in which it was issued: at its address, in the API, on its page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.domain.status_list import StatusForm
from tests.builders.installation import Installation, award, make_installation
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
    "application/vc+sd-jwt": "sd-jwt",
}
NAMES = {"json": "JSON", "jwt": "JWT", "sd-jwt": "SD-JWT VC"}


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
        installation.set_issuing(**(reset | settings))
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
        assert answer.json()["message"]["en"].endswith(": " + ", ".join(NAMES[each] for each in forms.split()) + ".")


@pytest.mark.parametrize("forms", ISSUED)
@pytest.mark.parametrize("accept", [None, "*/*", "image/png", "application/xml, */*;q=0.1"])
def test_ob_06_who_names_no_form_gets_the_primary_one(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], forms: str, accept: str | None
) -> None:
    path, bodies = issued[forms]
    answer = web.get(path, headers={} if accept is None else {"accept": accept})
    assert answer.content == next(iter(bodies.values()))
    assert answer.headers["content-type"] == ("text/plain" if forms.startswith("jwt") else "application/vc+ld+json")


@pytest.mark.parametrize(
    "accept", ["application/*", "application/*;q=0.9, image/png", "application/jwt, */*", "text/*", "*/*"]
)
def test_d_8_no_wildcard_gets_the_name_that_says_another_typ(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], accept: str
) -> None:
    """A VC-JWT of Open Badges has `typ: JWT`; `application/vc+jwt` is for who asks by that name."""
    path, bodies = issued["jwt"]
    for address in (path, f"{path}?format=jwt"):
        answer = web.get(address, headers={"accept": accept})
        assert answer.content == bodies["jwt"]
        assert answer.headers["content-type"] in ("application/jwt", "text/plain")
    assert web.get(path, headers={"accept": "application/vc+jwt, */*"}).headers["content-type"] == "application/vc+jwt"


@pytest.mark.parametrize(
    ("language", "words", "link"),
    [("ja", "発行された形式（JSON, SD-JWT VC）", "証明を見る"), ("en", "JSON, SD-JWT VC.", "See the credential")],
)
def test_whoever_opens_a_form_that_was_not_issued_is_led_to_the_certificate(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], language: str, words: str, link: str
) -> None:
    path, _ = issued["json sd-jwt"]
    answer = web.get(f"{path}?format=jwt&lang={language}", headers=HTML)
    assert answer.status_code == 406
    assert words in answer.text
    found = re.search(rf'<a href="([^"]+)">{link}</a>', answer.text)
    assert found is not None
    certificate = web.get(found[1], headers=HTML)
    assert (certificate.status_code, certificate.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert link not in web.get(f"/credentials/none?lang={language}", headers=HTML).text


def test_what_a_list_of_revoked_ids_tells_to_everybody_is_shown_to_nobody(tmp_path: Path) -> None:
    installation = make_installation(tmp_path)
    installation.set_issuing(profile=IssuingProfile.BOTH, sd_jwt_vc=True, status_form=StatusForm.REVOCATION_LIST)
    issued = installation.issue()
    uuid = issued.credential.uuid
    path, headers = f"/credentials/{uuid}", {"authorization": f"Bearer {installation.api_keys['hoshimigaoka']}"}
    with web_client(installation.service) as client:
        tag = client.get(path, headers={"accept": "application/vc"}).headers["etag"]
        revoked = client.post(
            f"/v1/assertions/{uuid}/status", json={"action": "revoke", "reasonCode": "issued_in_error"}, headers=headers
        )
        assert revoked.status_code == 200
        assert str(uuid) in client.get("/status/1/revoked").text
        queries = [("", media_type) for media_type in (*TYPES, "*/*")] + [
            (f"?format={form}", "*/*") for form in ("json", "jwt", "sd-jwt", "pdf")
        ]
        for query, accept in [*queries, ("/qr.svg", "*/*")]:
            answer = client.get(path + query, headers={"accept": accept, "if-none-match": tag})
            assert (answer.status_code, answer.json()["code"]) == (410, "credential.withdrawn_from_view")
        for address in (f"{path}?lang=ja", f"{path}?lang=en", f"/verify?credential={uuid}"):
            page = client.get(address, headers=HTML)
            assert page.status_code == 410
            assert "失効しています" in page.text or "was revoked" in page.text
            assert not re.search("𠮷野|YOSHINO|sha256|優れている", page.text)
        own = client.get(f"/v1/assertions/{uuid}", headers=headers)
        assert (own.status_code, own.json()["status"]) == (200, "revoked")
        assert issued.body in own.content
        for each in issued.representations[:2]:
            report = client.post("/v1/verify", content=each.body, headers={"content-type": "text/plain"}).json()
            assert report["summary"]["code"] == "revoked"
    installation.service.database.close()


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
def test_ob_05_the_page_offers_as_files_what_people_can_use(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], forms: str, language: str
) -> None:
    path, bodies = issued[forms]
    page = web.get(f"{path}?lang={language}", headers=HTML).text
    links = re.findall(r'href="([^"]+\?format=[^"]+)" download="credential-[0-9a-f]{8}\.([a-z-]+)"', page)
    files = [form for form in forms.split() if form != "sd-jwt"]  # a wallet asks for it by `Accept`
    assert [extension for _, extension in links] == files
    for address, extension in links:
        assert web.get(address, headers=HTML).content == bodies[extension]
        answer = web.post("/verify", headers=HTML, files={"file": (f"credential.{extension}", bodies[extension])})
        assert '<div class="verdict good">' in answer.text
    save = {"ja": "ファイル（{}）を保存する", "en": "Save the file ({})"}[language]
    save_other = {"ja": "別の形式（{}）で保存する", "en": "Save it in another form ({})"}[language]
    assert save.format(files[0].upper()) in page
    assert [save_other.format(form.upper()) in page for form in files[1:]] == [True] * (len(files) - 1)
    assert ("どちらのファイルも" in page or "Both files" in page) is (len(files) > 1)


def test_an_sd_jwt_vc_is_verified_by_the_api_and_on_the_page(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]]
) -> None:
    body = issued["json sd-jwt"][1]["sd-jwt"]
    for media_type in ("application/dc+sd-jwt", "application/vc+sd-jwt", "text/plain"):
        report = web.post("/v1/verify", content=body, headers={"content-type": media_type}).json()
        assert (report["verdict"], report["input"]["form"]) == ("valid", "sd-jwt-vc")
    page = web.post("/verify", headers=HTML, data={"text": body.decode()}).text
    assert '<div class="verdict good">' in page


@pytest.mark.parametrize("broken", ["\r\n", "\n\t", " "])
def test_a_token_that_an_e_mail_broke_over_lines_is_joined_on_the_page_and_refused_by_the_api(
    web: WebClient, issued: dict[str, tuple[str, dict[str, bytes]]], broken: str
) -> None:
    token = issued["jwt"][1]["jwt"].decode()
    pasted = broken.join(token[n : n + 76] for n in range(0, len(token), 76))
    assert '<div class="verdict good">' in web.post("/verify", headers=HTML, data={"text": pasted}).text
    report = web.post("/v1/verify", content=pasted, headers={"content-type": "text/plain"}).json()
    assert report["verdict"] == "invalid"
    assert {each["code"] for each in report["checks"] if each["id"] == "parse"} == {"token.syntax"}


def test_two_texts_are_not_joined_to_a_token(web: WebClient) -> None:
    page = web.post("/verify", headers=HTML, data={"text": "eyJhbGciOiJFUzI1NiJ9.eyJ2YyI6e319.AA {}"}).text
    assert "<code>token.syntax</code>" in page
    assert '<p class="lead">署名付きトークン（JWT）として読み取れません。</p>' in page


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
    headers = {"authorization": f"Bearer {installation.api_keys['hoshimigaoka']}", "idempotency-key": "forms-1"}
    body = award(externalId="forms-1", retake=True)
    answers = []
    for profile in (IssuingProfile.BOTH, IssuingProfile.VC_JWT):
        installation.set_issuing(profile=profile)
        answers.append(web.post("/v1/assertions", json=body, headers=headers))
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].content == answers[1].content


def test_a_credential_names_the_list_of_its_own_form(installation: Installation, web: WebClient) -> None:
    installation.set_issuing(status_form=StatusForm.REVOCATION_LIST)
    headers = {"authorization": f"Bearer {installation.api_keys['hoshimigaoka']}"}
    answer = web.post("/v1/assertions", json=award(retake=True), headers=headers).json()
    assert answer["links"]["statusList"] == "http://localhost:8000/status/1/revoked"
    for language, published in (
        ("ja", "失効した証明の一覧にアドレスが公開され"),
        ("en", "the address is published"),
    ):
        page = web.get(f"{answer['id']}?lang={language}", headers=HTML).text
        assert published in page
        assert "一覧や検索には載りません" not in page
        assert "It is listed nowhere" not in page
    installation.set_issuing(status_form=StatusForm.BITSTRING)


def test_keys_of_every_kind_are_published(installation: Installation, web: WebClient) -> None:
    """OB-44, OB-45, D-9: alone, in the set, and in the DID document, where an RSA key is a JWK."""
    for algorithm in (JwtAlgorithm.ES256, JwtAlgorithm.RS256):
        installation.set_issuing(profile=IssuingProfile.VC_JWT, jwt_algorithm=algorithm)
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
    assert answer.headers["cache-control"] == "public, max-age=86400", "a label may be corrected"
    assert web.get("/ns/mc/v1/context.json").headers["cache-control"].endswith("immutable")
    assert web.get("/ns/mc/v1/context.json").headers["content-type"] == "application/ld+json"
    assert web.get("/ns/mc/v1/vct/other").status_code == 404
