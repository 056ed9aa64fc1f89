"""What a stranger signed is shown as what it is: visible characters, in bounds, and never in our name."""

import json
import re
from typing import Any

import pytest

from tests.builders.web import WebClient
from tests.web.pages.house import House, foreign
from tests.web.pages.test_every_page import HTML

HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2028\u2029\u3164\ufeff\U000e0000-\U000e007f]")


def badge(house: House, *, name: str = "SMITH Alex", title: str = "Pottery", issuer: str = "Elsewhere") -> bytes:
    def change(document: dict[str, Any]) -> None:
        achievement = document["credentialSubject"]["achievement"]
        document["credentialSubject"]["identifier"][0]["identityHash"] = name
        document["issuer"]["name"] = issuer
        achievement["name"] = title
        achievement["description"] = f"{title} description"
        achievement["criteria"]["narrative"] = f"# {title}\n\n{issuer}"

    return foreign(house.installation, change=change)


def result(web: WebClient, data: bytes, path: str = "/verify", language: str = "ja") -> str:
    answer = web.post(f"{path}?lang={language}", headers=HTML, files={"file": ("x.json", data)})
    assert answer.status_code == 200
    page: str = answer.text
    return page


@pytest.mark.parametrize("path", ["/verify", "/verify/batch"])
def test_directions_and_what_cannot_be_seen_are_shown_and_told(web: WebClient, house: House, path: str) -> None:
    data = badge(house, name="\u202e子花 田山\u200b", title="証明\u202e効無は明証\u202c", issuer="\u202eytisrevinU")
    page = result(web, data, path)
    assert not HIDDEN.search(page)
    assert "証明\ufffd効無は明証\ufffd" in page
    assert "\ufffdytisrevinU" in page
    assert "目に見えない文字" in page
    assert not HIDDEN.search(result(web, data, path, "en"))


def test_what_is_good_is_not_told_to_be_odd(web: WebClient, house: House) -> None:
    for data in (house.bodies["valid"], badge(house, name="葛\U000e0100葉 Ame\u0301lie", title="陶芸 🏺")):
        assert "目に見えない文字" not in result(web, data)


def test_accents_beyond_any_orthography_are_cut(web: WebClient, house: House) -> None:
    page = result(web, badge(house, name="Z" + "\u0350" * 500))
    assert "Z" + "\u0350" * 8 + "\ufffd" in page
    assert "\u0350" * 9 not in page


@pytest.mark.parametrize("path", ["/verify", "/verify/batch"])
def test_a_text_without_an_end_is_clamped_and_can_be_unfolded(web: WebClient, house: House, path: str) -> None:
    page = result(web, badge(house, name="N" * 3_000, title="W" * 3_000, issuer="永" * 3_000), path)
    unfolded = re.findall(r'<details class="whole.*?</details>', page, re.DOTALL)
    without = re.sub(r'<details class="whole.*?</details>', "", page, flags=re.DOTALL)
    assert max(len(run) for run in re.findall("N+|W+|永+", without)) <= 600
    if path == "/verify":
        assert sum("全文を表示" in each for each in unfolded) >= 3
        assert "W" * 3_000 in unfolded[1]


@pytest.mark.parametrize("blank", ["\u3164\u3164", "\u2800", "\u00a0"])
def test_what_only_looks_empty_is_told(web: WebClient, house: House, blank: str) -> None:
    data = badge(house, name=blank, title=blank, issuer=blank)
    assert result(web, data).count("（読める文字がありません）") >= 3
    assert result(web, data, language="en").count("(no legible characters)") >= 3
    assert result(web, data, "/verify/batch").count("（読める文字がありません）") == 3


def test_the_label_of_test_data_is_ours(web: WebClient, house: House) -> None:
    def change(document: dict[str, Any]) -> None:
        document["@context"] = json.loads(house.bodies["valid"])["@context"]
        document["jmc:testData"] = True

    strangers = foreign(house.installation, change=change)
    page = result(web, strangers)
    assert "発行機関の記載です" in page, "it is shown"
    assert 'class="band"' not in page
    assert 'class="band"' in result(web, house.bodies["valid"])
    assert "batch-band" in result(web, house.bodies["valid"], "/verify/batch")
    assert "batch-band" not in result(web, strangers, "/verify/batch")


def test_a_row_says_whose_words_it_holds(web: WebClient, house: House) -> None:
    """A look-alike's row differs from that of the register's own."""
    own, other = house.bodies["valid"], badge(house, title="実務データ分析基礎", issuer="星見ヶ丘大学（架空）")
    assert "自称です（登録簿にありません）" not in result(web, own, "/verify/batch")
    assert "自称です（登録簿にありません）" in result(web, other, "/verify/batch")
    assert "own account; not in the register" in result(web, other, "/verify/batch", "en")


def test_a_list_of_results_says_when_by_what_and_what_it_does_not_prove(web: WebClient, house: House) -> None:
    page = result(web, house.bodies["revoked"], "/verify/batch")
    assert "検証日時：2026年11月23日12時00分" in page
    assert "検証の基準：署名、有効期限" in page
    assert "この結果が証明しないこと" in page
    (row,) = re.findall(r'<tr class="bad">.*?</tr>', page, re.DOTALL)
    above, _, below = row.partition("<details")
    assert "この証明は失効しています。" in above
    assert "理由：発行誤り" in above  # which is printed, and what is folded is not
    assert "有効状態" in below
    assert f"/verify?credential={house.uuids['revoked']}" in below


def test_a_result_without_an_address_does_not_give_one(web: WebClient, house: House) -> None:
    posted = result(web, house.bodies["valid"])
    assert "このページのアドレス" not in posted
    assert posted.count('target="_blank" rel="noopener"') == 2, "no browser leads back to it"
    page = web.get(f"/verify?credential={house.uuids['valid']}", headers=HTML).text
    assert "このページのアドレス" in page
    assert "_blank" not in page


def test_no_answer_unfolds_to_nothing(web: WebClient, house: House) -> None:
    page = result(web, house.bodies["foreign"])
    checks = page.partition('id="checks"')[2]
    assert not re.search(r"<li>\s*対象外\s*</li>", checks)
    assert not re.search(r'<ul class="checks small">\s*</ul>', checks)
    assert 'class="nothing-below"' in checks


@pytest.mark.parametrize("path", ["/verify", "/verify/batch", "/verify/receipt"])
def test_what_is_wrong_has_the_focus_and_is_said_in_full_once(web: WebClient, path: str) -> None:
    page = web.post(path, headers=HTML, data={"text": "https://elsewhere.example/1"} if path == "/verify" else {}).text
    (summary,) = re.findall(r'<div class="summary".*?</div>', page, re.DOTALL)
    assert "autofocus" in summary
    (link,) = re.findall(r"<a href=\"#\w+\">(.*?)</a>", summary)
    assert link.count("。") == 1
