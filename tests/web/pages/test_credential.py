"""The certificate."""

import re
import unicodedata
from xml.etree import ElementTree as ET

import pytest

from tests.builders.web import WebClient
from tests.web.pages.house import House
from tests.web.pages.test_every_page import HTML

NAME = re.compile(r'<bdi class="name"([^>]*)>(.*?)</bdi>\s*</p>', re.DOTALL)


def shown_name(page: str) -> tuple[str, str]:
    found = NAME.search(page)
    assert found
    return found[1].strip(), re.sub("<[^>]+>", "", found[2])


@pytest.mark.parametrize(
    ("learner", "japanese", "english"),
    [
        ("learner-01", "𠮷野　葛󠄀葉", "𠮷野 葛󠄀葉"),
        ("learner-02", "髙﨑　凜", "髙﨑 凜"),
        ("learner-03", "\ufa19谷　\ufa1b太", "\ufa19谷 \ufa1b太"),
        ("learner-04", "NGUYEN THI HOA", "NGUYEN THI HOA"),
        ("learner-05", "SUKARTO", "SUKARTO"),
        ("learner-07a", "Se\u00e1n \u00d3 BRIAIN", "Se\u00e1n \u00d3 BRIAIN"),
        ("learner-07b", "Sea\u0301n O\u0301 BRIAIN", "Sea\u0301n O\u0301 BRIAIN"),
        ("learner-08", "王　小明", "王 小明"),
    ],
)
def test_a_name_stands_code_point_by_code_point_as_it_was_signed(
    web: WebClient, house: House, learner: str, japanese: str, english: str
) -> None:
    """INV-33; U+3000 between the parts is a matter of Japanese pages."""
    for language, name in (("ja", japanese), ("en", english)):
        _, found = shown_name(web.get(f"/credentials/{house.uuids[learner]}?lang={language}", headers=HTML).text)
        assert [unicodedata.name(each, hex(ord(each))) for each in found] == [
            unicodedata.name(each, hex(ord(each))) for each in name
        ]


def test_a_japanese_name_on_an_english_page_says_its_language(web: WebClient, house: House) -> None:
    page = web.get(f"/credentials/{house.uuids['valid']}?lang=en", headers=HTML).text
    assert shown_name(page)[0] == 'lang="ja"'
    latin = web.get(f"/credentials/{house.uuids['learner-04']}?lang=en", headers=HTML).text
    assert shown_name(latin)[0] == ""


@pytest.mark.parametrize(
    ("name", "tone", "sentence"),
    [
        ("valid", "good", "この証明は有効です。"),
        ("revoked", "bad", "この証明は失効しています。"),
        ("replaced", "bad", "この証明は再発行済みです。新しい証明を確認してください。"),
        ("ended", "good", "この証明は有効です。プログラムの認証は授与後に終了しました。"),
    ],
)
def test_the_verdict_of_this_moment_stands_on_top(
    web: WebClient, house: House, name: str, tone: str, sentence: str
) -> None:
    page = web.get(f"/credentials/{house.uuids[name]}", headers=HTML).text
    assert f'<div class="status-line {tone}">' in page
    assert f"<b>{sentence}</b>" in page
    assert "2026年11月23日12時00分時点" in page


def test_the_mark_is_not_shown_for_a_withdrawn_accreditation(web: WebClient, house: House) -> None:
    """INV-39."""
    assert "#mark" in web.get(f"/credentials/{house.uuids['valid']}", headers=HTML).text
    withdrawn = web.get(f"/credentials/{house.uuids['ended']}", headers=HTML).text
    assert "#mark" not in withdrawn
    assert "授与日に認証" in withdrawn
    assert "#mark" not in web.get("/programs/JMC-P-900002/v/1", headers=HTML).text


@pytest.mark.parametrize(
    ("language", "written"),
    [("ja", "2026年9月15日～2026年11月23日（終了）"), ("en", "15 September 2026 to 23 November 2026 (ended)")],
)
def test_the_period_of_an_accreditation_is_no_longer_than_it_lasted(
    web: WebClient, house: House, language: str, written: str
) -> None:
    own, result = f"/credentials/{house.uuids['ended']}", f"/verify?credential={house.uuids['ended']}"
    for path in (f"{own}?lang={language}", f"{result}&lang={language}"):
        page = re.sub("<[^>]+>", "", web.get(path, headers=HTML).text)
        assert written in re.sub(r"\s+", " ", page)
        assert "2029" not in page
    good = re.sub("<[^>]+>", "", web.get(f"/credentials/{house.uuids['valid']}", headers=HTML).text)
    assert "2026年9月15日～2029年3月31日" in good
    assert "（終了）" not in good


def test_the_page_is_kept_and_listed_nowhere(web: WebClient, house: House) -> None:
    answer = web.get(f"/credentials/{house.uuids['valid']}", headers=HTML)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert str(house.uuids["valid"]) not in web.get("/programs", headers=HTML).text


def test_the_qr_code_is_a_plain_picture_of_the_address(web: WebClient, house: House) -> None:
    answer = web.get(f"/credentials/{house.uuids['valid']}/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    root = ET.fromstring(answer.content)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "path"}
    assert not [element for element in root.iter() if "style" in element.attrib]
    assert web.get("/credentials/00000000-0000-4000-8000-000000000000/qr.svg").status_code == 404


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_printed_under_the_qr_code_is_the_address_and_verifies(
    web: WebClient, house: House, language: str
) -> None:
    uuid = house.uuids["valid"]
    page = web.get(f"/credentials/{uuid}?lang={language}", headers=HTML).text
    link = f"http://localhost:8000/credentials/{uuid}"
    printed = re.findall(r'<span class="link">(.*?)</span></span>', page)
    assert link in [re.sub("<[^>]+>", "", each) for each in printed]
    answer = web.post("/verify", headers=HTML, data={"text": link})
    assert answer.headers["location"] == f"/verify?credential={uuid}"
    assert f"{uuid.hex[:4]}-{uuid.hex[4:8]}<" not in page


def test_an_approval_has_one_name_for_its_number_everywhere(web: WebClient, house: House) -> None:
    for path in (
        f"/credentials/{house.uuids['valid']}",
        f"/verify?credential={house.uuids['valid']}",
        "/programs/JMC-P-900001/v/1",
        "/decisions/JMC-D-900001",
    ):
        assert "認証番号（決定番号）" in web.get(path, headers=HTML).text, path


def test_dates_are_written_with_the_era_in_japanese_and_in_words_in_english(web: WebClient, house: House) -> None:
    path = f"/credentials/{house.uuids['valid']}"
    assert "令和8年10月1日" in web.get(path, headers=HTML).text
    english = web.get(f"{path}?lang=en", headers=HTML).text
    assert "1 October 2026" in english
    assert "令和" not in english
