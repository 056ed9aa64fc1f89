"""One address, several forms."""

import hashlib

import pytest

from tests.builders.web import WebClient
from tests.web.pages.house import House
from tests.web.pages.test_every_page import HTML


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/vc+ld+json"),
        ("*/*", "application/vc+ld+json"),
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/vc", "application/vc"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/json;q=0.5, application/vc", "application/vc"),
        ("application/*", "application/vc+ld+json"),
        ("image/png", "application/vc+ld+json"),
        (HTML["accept"], "text/html; charset=utf-8"),
        ("text/html;q=0.1, application/json", "application/json"),
    ],
)
def test_a_credential_answers_in_the_form_asked_for(
    web: WebClient, house: House, accept: str | None, media_type: str
) -> None:
    """OB-06, D-8."""
    headers = {} if accept is None else {"accept": accept}
    answer = web.get(f"/credentials/{house.uuids['valid']}", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["vary"].lower() == "accept"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["referrer-policy"] == "no-referrer"
    if "html" not in media_type:
        assert answer.content == house.bodies["valid"]
        assert answer.headers["access-control-allow-origin"] == "*"


def test_head_tells_what_get_would_send(web: WebClient, house: House) -> None:
    path = f"/credentials/{house.uuids['valid']}"
    answer = web.request("HEAD", path, headers={"accept": "application/vc"})
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "application/vc", b"")
    assert web.request("HEAD", path, headers=HTML).headers["content-type"] == "text/html; charset=utf-8"


def test_who_has_the_credential_already_gets_304(web: WebClient, house: House) -> None:
    path = f"/credentials/{house.uuids['valid']}"
    tag = web.get(path).headers["etag"]
    assert web.get(path, headers={"if-none-match": tag}).status_code == 304
    assert web.get(path, headers={"if-none-match": tag, "accept": "application/json"}).status_code == 200


def test_a_link_downloads_the_very_bytes(web: WebClient, house: House) -> None:
    answer = web.get(f"/credentials/{house.uuids['valid']}?format=json", headers=HTML)
    assert answer.headers["content-type"] == "application/json"
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(house.bodies["valid"]).digest()


@pytest.mark.parametrize("path", ["/programs/JMC-P-900001/v/1", "/issuers/hoshimigaoka"])
def test_the_register_answers_as_a_page_or_as_open_badges_data(web: WebClient, path: str) -> None:
    assert web.get(path, headers=HTML).headers["content-type"].startswith("text/html")
    assert web.get(path).headers["content-type"] == "application/ld+json"
    assert web.get(path, headers={"accept": "application/json"}).headers["content-type"] == "application/json"
    assert web.get(f"{path}?format=json", headers=HTML).headers["content-type"] == "application/json"


def test_the_address_that_a_credential_names_gives_its_achievement(web: WebClient) -> None:
    japanese = web.get("/programs/JMC-P-900001/v/1").json()
    english = web.get("/programs/JMC-P-900001/v/1?lang=en").json()
    assert japanese["id"] == "http://localhost:8000/programs/JMC-P-900001/v/1"
    assert (japanese["inLanguage"], english["inLanguage"]) == ("ja", "en")


def test_a_register_number_leads_to_the_issuer(web: WebClient) -> None:
    answer = web.get("/issuers/JMC-I-90001?lang=en")
    assert (answer.status_code, answer.headers["location"]) == (308, "/issuers/hoshimigaoka?lang=en")
    assert web.get("/issuers/JMC-I-99999").status_code == 404
