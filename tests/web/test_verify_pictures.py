"""Pictures and links over HTTP: the cases QR-* and those of PN-* and SV-* that a code could change."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from jmc_vc.fetching.unavailable import BadAddress, ForbiddenAddress, NotFetched
from jmc_vc.formats import baking
from jmc_vc.isolation.pool import Pool
from jmc_vc.isolation.read_code import ReadCode
from jmc_vc.verifying.fetch_outside import FetchOutside
from tests.builders import pictures
from tests.builders.codes import (
    OTHER_LINK,
    bombs,
    code,
    drawn,
    on_a_certificate,
    page,
    photographed,
    side_by_side,
    written,
)
from tests.builders.installation import make_installation
from tests.builders.pictures import png
from tests.builders.web import web_client
from tests.isolation.workers import children_of, until, worker_of
from tests.simulators.network import Network, online
from tests.web.conftest import Running

TOKEN = "Vb1-_0123456789abcdefg"
HTML = {"accept": "text/html"}
ELSEWHERE = "https://badges.example.ac.jp/assertions/1"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """On SQLite alone, and with other hosts that are a table."""
    installation = make_installation(tmp_path_factory.mktemp("installation"))
    online(installation, {})
    with web_client(installation.service) as client:
        yield Running(installation=installation, client=client, slug="hoshimigaoka", other="")
    installation.service.verify.fetch_outside.read_code.pool.close()
    installation.service.database.close()


@pytest.fixture
def network(running: Running) -> Network:
    """The other hosts, of which none has anything yet."""
    found = running.installation.service.verify.fetch_outside.gets
    assert isinstance(found, Network)
    found.served.clear()
    found.asked.clear()
    return found


@pytest.fixture(scope="module")
def issued(running: Running) -> dict[str, Any]:
    return running.issued()


@pytest.fixture(scope="module")
def link(issued: dict[str, Any]) -> str:
    found: str = issued["credential"]["id"]
    return found


def sent(running: Running, data: bytes, media_type: str = "image/png") -> httpx.Response:
    return running.client.post("/v1/verify", content=data, headers={"content-type": media_type})


FORMS: dict[str, tuple[str, str, Callable[[str], bytes]]] = {
    "PNG": ("image/png", "qr", lambda text: written(code(text))),
    "JPEG": ("image/jpeg", "qr", lambda text: written(code(text), "JPEG")),
    "WebP": ("image/webp", "qr", lambda text: written(code(text), "WEBP")),
    "GIF": ("image/gif", "qr", lambda text: written(code(text), "GIF")),
    "PDF": ("application/pdf", "pdf", lambda text: page(drawn(text))),
    "a photograph": (
        "image/jpeg",
        "qr",
        lambda text: written(photographed(on_a_certificate(text), angle=8, tilt=60, noise=0.15), "JPEG", quality=70),
    ),
    "a PDF that says it is a PNG": ("image/png", "pdf", lambda text: page(drawn(text))),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_code_of_our_credential_gets_its_verdict(running: Running, link: str, form: str) -> None:
    media_type, source, made = FORMS[form]
    report = sent(running, made(link), media_type).json()
    assert (report["verdict"], report["input"]) == ("valid", {"form": "json", "from": source})


def test_a_baked_picture_that_shows_a_code_too_is_what_is_baked_into_it(
    running: Running, issued: dict[str, Any], link: str
) -> None:
    data = baking.bake(written(code(OTHER_LINK)), json.dumps(issued["credential"]).encode())
    report = sent(running, data).json()
    assert (report["verdict"], report["input"]["from"]) == ("valid", "png")


@pytest.mark.parametrize("written_as", ["{}", "  {}\n", "{}?lang=en&next=https://evil.test"])
def test_the_link_of_our_credential_gets_its_verdict(running: Running, link: str, written_as: str) -> None:
    """QR-04"""
    answer = sent(running, written_as.format(link).encode(), "text/plain")
    assert (answer.json()["verdict"], answer.json()["input"]) == ("valid", {"form": "json", "from": "link"})


def test_the_link_of_our_credential_may_be_posted(running: Running, link: str) -> None:
    report = running.client.post("/v1/verify", json={"url": link}).json()
    assert (report["verdict"], report["input"]["from"]) == ("valid", "link")


def test_a_revoked_credential_is_revoked_by_its_code_too(running: Running) -> None:
    credential = running.issued()["credential"]
    uuid = credential["id"].rpartition("/")[2]
    body = {"action": "revoke", "reasonCode": "issued_in_error"}
    answer = running.post(f"/v1/assertions/{uuid}/status", body)
    assert answer.status_code == 200, answer.text
    report = sent(running, written(code(credential["id"]))).json()
    assert (report["verdict"], report["summary"]["code"]) == ("invalid", "revoked")


def test_a_token_in_a_code_is_a_credential(running: Running) -> None:
    report = sent(running, written(code("eyJhbGciOiJub25lIn0.eyJ2YyI6e319.AA"))).json()
    assert (report["verdict"], report["input"]["from"]) == ("invalid", "qr")


LINKS = {
    "QR-01 look-alike host": (422, "foreign_link", "http://localhost:8000.evil.test/credentials/{uuid}"),
    "QR-01 our host as a path": (422, "foreign_link", "https://evil.test/localhost:8000/credentials/{uuid}"),
    "QR-02 javascript:": (422, "link.scheme", "javascript:alert(1)"),
    "QR-02 data:": (422, "link.scheme", "data:text/html,x"),
    "QR-02 file:": (422, "link.scheme", "file:///etc/passwd"),
    "QR-02 ftp:": (422, "link.scheme", "ftp://localhost:8000/credentials/{uuid}"),
    "QR-03 backslash and at": (422, "foreign_link", "http://localhost:8000\\@evil.test/credentials/{uuid}"),
    "QR-03 host as user": (422, "foreign_link", "https://localhost:8000@evil.test/"),
    "QR-05 ../": (404, "link.not_found", "http://localhost:8000/credentials/../metrics"),
    "QR-05 %00": (404, "link.not_found", "http://localhost:8000/credentials/{uuid}%00"),
    "QR-05 quotes": (404, "link.not_found", "http://localhost:8000/credentials/{uuid}'"),
    "QR-05 nobody's id": (404, "credential.not_found", "http://localhost:8000/credentials/{nobody}"),
    "QR-10 an offer": (422, "link.offer", f"http://localhost:8000/claim/{TOKEN}"),
    "a share that is not there": (404, "link.share_not_found", f"http://localhost:8000/s/{TOKEN}"),
    "a mark that is not there": (404, "link.mark_not_found", "http://localhost:8000/marks/JMC-M-900001"),
    "another service": (422, "foreign_link", ELSEWHERE),
}


def text_of(template: str, link: str) -> str:
    return template.format(uuid=link.rpartition("/")[2], nobody="00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize("how", ["code", "text", "page"])
@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_is_not_opened_says_why(running: Running, network: Network, link: str, name: str, how: str) -> None:
    status, expected, template = LINKS[name]
    text = text_of(template, link)
    if how == "page":
        answer = running.client.post("/verify", data={"text": text}, headers=HTML)
        if answer.status_code == 303:  # the verdict has an address of its own
            answer = running.client.get(answer.headers["location"], headers=HTML)
        assert f"<code>{expected}</code>" in answer.text
    else:
        data, media_type = (written(code(text)), "image/png") if how == "code" else (text.encode(), "text/plain")
        answer = sent(running, data, media_type)
        assert answer.json()["code"] == expected
    assert answer.status_code == status
    assert network.asked == []
    assert "location" not in answer.headers


def test_qr_05_an_id_of_4_kb_is_not_found(running: Running) -> None:
    answer = sent(running, b"http://localhost:8000/credentials/" + b"a" * 4_096, "text/plain")
    assert (answer.status_code, answer.json()["code"]) == (404, "link.not_found")


PICTURES: dict[str, tuple[int, str, Callable[[], bytes]]] = {
    "PN-01 neither badge nor code": (422, "image.not_baked", png),
    "PN-01 a large picture of nothing": (422, "image.not_baked", lambda: written(code().crop((0, 0, 60, 60)))),
    "PN-06 60,000 by 60,000, not baked": (
        422,
        "image.pixels",
        lambda: pictures.SIGNATURE + pictures.header(60_000, 60_000) + pictures.IDAT + pictures.IEND,
    ),
    "PN-08 a badge behind the end": (422, "image.not_baked", lambda: png() + pictures.itxt(b"{}")),
    "PN-09 cut": (422, "image.damaged", lambda: written(code())[:400]),
    "PN-10 an empty JPEG": (422, "image.damaged", lambda: b"\xff\xd8\xff\xe0" + bytes(20)),
    "PN-10 a JPEG of nothing": (422, "image.no_code", lambda: written(code().crop((0, 0, 60, 60)), "JPEG")),
    "PN-10 a GIF of nothing": (422, "image.no_code", lambda: written(code().crop((0, 0, 60, 60)), "GIF")),
    "PN-10 a WebP of nothing": (422, "image.no_code", lambda: written(code().crop((0, 0, 60, 60)), "WEBP")),
    "PN-10 HTML": (415, "image.unsupported", lambda: b"<!doctype html><p>"),
    "PN-12 an older badge that shows a code": (
        422,
        "image.open_badges_2",
        lambda: png(pictures.itxt(b"https://badges.test/1", keyword=b"openbadges")),
    ),
    "SV-11 svgz": (415, "image.unsupported", lambda: b"\x1f\x8b" + bytes(20)),
    "QR-09 two codes": (422, "image.ambiguous", lambda: written(side_by_side(OTHER_LINK, ELSEWHERE))),
    "QR-09 a code full of letters": (422, "image.other_code", lambda: written(code("A" * 3_391, scale=4))),
    "a code with a name": (422, "image.other_code", lambda: written(code("架空 花子"))),
    "a PDF without a code": (422, "image.no_code", lambda: page(b"")),
    "a PDF with many pages": (422, "image.pages", lambda: page(b"", pages=9)),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_holds_no_credential_says_why(running: Running, name: str) -> None:
    status, expected, made = PICTURES[name]
    answer = sent(running, made())
    assert (answer.status_code, answer.json()["code"]) == (status, expected)
    page = running.client.post("/verify", files={"file": ("x", made())}, headers=HTML)
    assert page.status_code == status
    assert f"<code>{expected}</code>" in page.text


@pytest.mark.parametrize("name", ["a form in itself", "pages in themselves", "a picture of 300 MB"])
def test_a_bomb_is_refused_and_the_next_request_works(running: Running, link: str, name: str) -> None:
    answer = sent(running, bombs()[name], "application/pdf")
    assert (answer.status_code, answer.json()["code"][:6]) == (422, "image.")
    assert sent(running, written(code(link))).json()["verdict"] == "valid"


def test_f_25_a_worker_that_is_killed_costs_one_request_a_503(tmp_path: Path) -> None:
    installation = make_installation(tmp_path)
    pool = Pool("tests.isolation.misbehaving:hang_on_pictures", workers=1)
    pool(b"")
    worker = worker_of(pool)
    verify = replace(installation.service.verify, fetch_outside=FetchOutside(Network(), read_code=ReadCode(pool)))
    with web_client(replace(installation.service, verify=verify)) as client, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(
            lambda: client.post("/v1/verify", content=written(code()), headers={"content-type": "image/png"})
        )
        until(lambda: children_of(worker))
        os.kill(children_of(worker)[0], signal.SIGKILL)
        answer = asked.result()
        assert (answer.status_code, answer.json()["code"]) == (503, "isolation.lost")
        assert "retry-after" in answer.headers
        picture = client.post("/v1/verify", content=b"GIF89a", headers={"content-type": "image/gif"})
        assert picture.json()["code"] == "image.no_code"
    pool.close()
    installation.service.database.close()


def test_a_flood_of_pictures_from_one_address_leaves_room_for_others_and_for_everything_else(tmp_path: Path) -> None:
    installation = make_installation(tmp_path)
    pool = Pool("tests.isolation.misbehaving:hang_on_pictures", workers=1)
    verify = replace(installation.service.verify, fetch_outside=FetchOutside(Network(), read_code=ReadCode(pool)))
    picture = {"content": written(code()), "headers": {"content-type": "image/png"}}
    with web_client(replace(installation.service, verify=verify)) as client:
        *pictures, text = client.many([("POST", "/v1/verify", picture)] * 6 + [("POST", "/v1/verify", {"json": {}})])
    codes = [each.json()["code"] for each in pictures]
    assert codes.count("verify.too_many") == 2
    assert {each.status_code for each in pictures} == {429, 503}
    assert text.json()["code"] == "verify.not_a_credential"
    pool.close()
    installation.service.database.close()


# --- posted addresses -------------------------------------------------------------------------------------------------


def posted(running: Running, url: object) -> httpx.Response:
    return running.client.post("/v1/verify", json={"url": url})


def test_a_posted_address_is_fetched_and_its_badge_verified(
    running: Running, network: Network, issued: dict[str, Any]
) -> None:
    network.served[ELSEWHERE] = json.dumps(issued["credential"]).encode()
    report = posted(running, ELSEWHERE).json()
    assert (report["verdict"], report["input"]["from"]) == ("valid", "url")
    assert network.asked == [ELSEWHERE]


@pytest.mark.parametrize("how", ["link", "code"])
def test_a_link_or_code_that_is_fetched_is_not_followed(
    running: Running, network: Network, link: str, how: str
) -> None:
    network.served[ELSEWHERE] = link.encode() if how == "link" else written(code(link))
    answer = posted(running, ELSEWHERE)
    assert answer.json()["code"] == ("parse.syntax" if how == "link" else "image.not_baked")
    assert network.asked == [ELSEWHERE]


@pytest.mark.parametrize(
    ("url", "status", "expected", "asked"),
    [
        (ELSEWHERE, 422, "link.unavailable", [ELSEWHERE]),
        ("javascript:alert(1)", 422, "link.scheme", []),
        ("https://user@badges.example.ac.jp/", 422, "foreign_link", []),
        ("hello", 422, "link.unreadable", []),
        ("", 422, "link.unreadable", []),
        (1, 422, "link.unreadable", []),
        (f"http://localhost:8000/s/{TOKEN}", 404, "link.share_not_found", []),
    ],
)
def test_an_address_that_leads_nowhere_says_why(
    running: Running, network: Network, url: object, status: int, expected: str, asked: list[str]
) -> None:
    answer = posted(running, url)
    assert (answer.status_code, answer.json()["code"], network.asked) == (status, expected, asked)


@pytest.mark.parametrize("error", [ForbiddenAddress(), BadAddress()])
def test_an_address_that_the_gateway_does_not_ask_is_refused(
    running: Running, network: Network, error: NotFetched
) -> None:
    network.served[ELSEWHERE] = error
    answer = posted(running, ELSEWHERE)
    assert (answer.status_code, answer.json()["code"]) == (422, "link.forbidden")


def test_an_address_beside_anything_else_is_no_posted_address(running: Running, network: Network) -> None:
    answer = running.client.post("/v1/verify", json={"url": ELSEWHERE, "type": "x"})
    assert (answer.status_code, network.asked) == (422, [])
    page = running.client.post("/verify", data={"text": json.dumps({"url": ELSEWHERE})}, headers=HTML)
    assert (page.status_code, network.asked) == (422, [])
