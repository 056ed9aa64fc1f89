"""Errors as the outside sees them."""

import pytest

from jmc_vc import errors
from jmc_vc.errors import Error
from jmc_vc.sentences import SENTENCES
from jmc_vc.web.problems import KINDS, HeadTooLarge, MethodRefused, NotAcceptable, concrete_errors, status_of
from tests.web.conftest import Running


def test_every_error_has_a_status_and_a_sentence_in_both_languages() -> None:
    for code, error in concrete_errors().items():
        assert status_of(error) >= 400
        ja, en = SENTENCES[code]
        assert ja
        assert en


def test_every_kind_has_a_status_of_its_own() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Error)}
    assert set(KINDS) == kinds | {MethodRefused, NotAcceptable, HeadTooLarge}
    assert len({kind.status for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "http.not_found"),
        ("GET", "/nothing/", 404, "http.not_found"),
        ("GET", "/docs", 404, "http.not_found"),
        ("DELETE", "/v1/assertions", 405, "http.method"),
        ("GET", "/v1/verify", 405, "http.method"),
        ("POST", "/.well-known/did.json", 405, "http.method"),
        ("GET", "/issuers/nobody/did.json", 404, "issuer.not_found"),
        ("GET", "/issuers/jmc/did.json", 404, "issuer.not_found"),
        ("GET", "/issuers/hoshimigaoka/keys/key-9", 404, "key.not_found"),
        ("GET", "/keys/key-9", 404, "key.not_found"),
        ("GET", "/status/99/revocation", 404, "status_list.not_found"),
        ("GET", "/status/1/refresh", 404, "status_list.not_found"),
        ("GET", "/status/0/revocation", 404, "http.not_found"),
        ("GET", "/status/9223372036854775808/revocation", 404, "http.not_found"),
        ("GET", "/status/x/revocation", 404, "http.not_found"),
        ("GET", "/ims/case/v1p0/CFItems/00000000-0000-4000-8000-000000000000", 404, "outcome.not_found"),
        ("GET", "/ims/case/v1p0/CFItems/x", 404, "http.not_found"),
        ("GET", "/ns/mc/v1/nothing.json", 404, "file.not_found"),
        ("GET", "/ns/mc/v1/../../../etc/passwd", 404, "http.not_found"),
        ("GET", "/ns/mc/v1/%2e%2e/%2e%2e/settings.py", 404, "file.not_found"),
        ("GET", "/schema/%2e%2e/manifest.json", 404, "file.not_found"),
        ("GET", "/programs/JMC-P-000000/v/1", 404, "program.not_found"),
        ("GET", "/credentials/00000000-0000-4000-8000-000000000000", 404, "credential.not_found"),
        ("GET", "/problems/no.such_code", 404, "http.not_found"),
        ("GET", "/v1/assertions", 401, "auth.missing"),
    ],
)
def test_an_error_is_a_problem_document_in_both_languages(
    running: Running, method: str, path: str, status: int, code: str
) -> None:
    answer = running.client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "code", "message", "errors", "traceId"}
    assert problem["type"] == f"http://localhost:8000/problems/{code}"
    assert problem["status"] == status
    assert problem["message"]["ja"] == problem["detail"]
    assert problem["message"]["en"]
    assert problem["traceId"] == answer.headers["x-request-id"]


def test_a_refused_method_is_told_which_ones_there_are(running: Running) -> None:
    assert running.client.get("/v1/verify").headers["allow"] == "POST"
    page = running.client.post("/programs", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["allow"]) == (405, "GET")
    assert page.headers["content-type"].startswith("text/html")


def test_the_detail_is_in_the_language_that_is_asked_for(running: Running) -> None:
    answer = running.client.get("/issuers/nobody/did.json", headers={"accept-language": "en-US,en;q=0.8,ja;q=0.5"})
    assert answer.json()["detail"] == answer.json()["message"]["en"]
    assert answer.headers["content-language"] == "en"


def test_the_address_of_a_problem_explains_it(running: Running) -> None:
    for code in concrete_errors():
        answer = running.client.get(f"/problems/{code}")
        assert answer.status_code == 200, code
        assert answer.json()["message"]["ja"] == SENTENCES[code][0]
    page = running.client.get("/problems/auth.missing", headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert SENTENCES["auth.missing"][0] in page.text
    assert "jmc.css" in page.text
    english = running.client.get("/problems/auth.missing?lang=en", headers={"accept": "text/html"})
    assert SENTENCES["auth.missing"][1] in english.text
    assert 'href="/problems/auth.missing"' in english.text  # the way back to Japanese


def test_the_address_of_a_problem_tells_all_that_the_code_can_say(running: Running) -> None:
    page = running.client.get("/problems/request.extra_member", headers={"accept": "text/html"}).text
    for sentence_code in ("request.extra_member", "request.extra_member.unknown"):
        assert SENTENCES[sentence_code][0] in page


def test_people_get_a_page_and_programs_a_problem(running: Running) -> None:
    page = running.client.get("/programs/JMC-P-000000", headers={"accept": "text/html,*/*;q=0.8"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    api = running.client.get("/v1/assertions", headers={"accept": "text/html,*/*;q=0.8"})
    assert api.headers["content-type"] == "application/problem+json"


def test_a_query_parameter_that_cannot_be_read_is_named_and_not_repeated(running: Running) -> None:
    answer = running.client.get("/v1/assertions?limit=hunter2", headers=running.bearer())
    assert (answer.status_code, answer.json()["code"]) == (400, "request.limit")
    assert "hunter2" not in answer.text


def test_what_breaks_inside_stays_inside(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(dict[str, object]):
        def get(self, *_: object) -> object:
            raise RuntimeError("row: 𠮷野 葛葉, learner-01@learners.example")

    monkeypatch.setattr("jmc_vc.web.explanations.concrete_errors", Broken)
    answer = running.client.get("/problems/auth.missing")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "learner-01" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert running.client.get("/healthz").status_code == 200
