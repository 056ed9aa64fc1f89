"""A credential that is not valid looks nowhere like one that is: not on its page, not in a picture, not printed."""

import re

import pytest

from tests.builders.web import WebClient
from tests.web.pages.house import House
from tests.web.pages.test_every_page import HTML


@pytest.mark.parametrize(
    ("name", "language", "word", "sentence"),
    [
        (
            "revoked",
            "ja",
            "失効",
            "この証明は2026年11月23日に失効しました（理由：発行誤り）。次は失効前の記載です。",
        ),
        ("revoked", "en", "Revoked", "This credential was revoked on 23 November 2026 (reason:"),
        ("replaced", "ja", "再発行済み", "この証明は2026年11月23日に新しい証明に置き換えられました。"),
        ("suspended", "ja", "一時停止中", "この証明は2026年11月23日から一時停止中です。"),
        ("suspended", "en", "Suspended", "This credential has been suspended since 23 November 2026."),
    ],
)
def test_a_credential_that_is_not_valid_is_no_certificate(
    web: WebClient, house: House, name: str, language: str, word: str, sentence: str
) -> None:
    page = web.get(f"/credentials/{house.uuids[name]}?lang={language}", headers=HTML).text
    assert re.search(rf"<title>{word}[:：]", page)
    assert page.count(sentence) == 2  # over the certificate, and over its content
    assert 'class="certificate lapsed stamped"' in page
    assert page.count(f'data-word="{word}"') >= 60
    assert "icons.svg" in page
    assert "#mark" not in page
    assert "修了要件を満たし" not in page
    assert "This certifies" not in page
    assert "授与日に認証" not in page
    assert "この証明を使う" not in page
    assert "Use this credential" not in page
    assert "button-main" not in page
    assert ("保存したファイルも" if language == "ja" else "A saved file") in page


@pytest.mark.parametrize("name", ["valid", "ended"])
def test_a_valid_one_is_one(web: WebClient, house: House, name: str) -> None:
    page = web.get(f"/credentials/{house.uuids[name]}", headers=HTML).text
    assert 'class="certificate"' in page
    assert "修了要件を満たし" in page
    assert "stamp" not in page
    assert "この証明を使う" in page
    assert page.count("button-main") == 1


@pytest.mark.parametrize(
    ("name", "word"),
    [("revoked", "失効"), ("suspended", "一時停止中"), ("replaced", "再発行済み")],
)
def test_the_result_of_one_that_is_not_valid_carries_its_state_over_the_content(
    web: WebClient, house: House, name: str, word: str
) -> None:
    page = web.get(f"/verify?credential={house.uuids[name]}", headers=HTML).text
    assert page.count('class="stamped"') == 2
    assert f'data-word="{word}"' in page


@pytest.mark.parametrize("name", ["valid", "foreign", "unreachable"])
def test_a_result_that_says_nothing_against_it_carries_no_stamp(web: WebClient, house: House, name: str) -> None:
    page = web.post("/verify", headers=HTML, files={"file": ("x.json", house.bodies[name])}).text
    assert "stamp" not in page


def test_each_credential_of_a_presentation_carries_its_own_state(web: WebClient, house: House) -> None:
    page = web.post("/verify", headers=HTML, files={"file": ("x.json", house.bodies["presentation"])}).text
    assert page.count('class="stamped"') == 1
    assert 'data-word="失効"' in page
