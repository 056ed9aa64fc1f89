"""The page that opens bundles says what the page of a verification says, and shows texts by the same rules."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from jmc_vc.web.viewer import page
from tests.browser.stick import Shown, Stick
from tests.web.pages import house

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_it_is_said_as_the_page_of_a_verification_says_it(shown: Shown, stick: Stick) -> None:
    """What was assessed and how, in the register's words and in one language, in the order of the program."""
    shown.open(stick.bundles["genuine"])
    content = shown.page.inner_text("section[aria-labelledby=content]")
    places = [
        content.index(each)
        for each in (
            "JEQFレベル6と同等（審査で確認）",
            "学習時間（総学修量）",
            "2単位を授与、ECTS 3（目安）",
            "筆記試験（50%）：60点",
            "合格基準：60点以上",
            "課題プロジェクト（50%）：基準到達",
            "監督あり・オンライン・本人確認あり",
        )
    ]
    assert places == sorted(places)
    assert "Project work" not in content
    assert shown.page.locator("section[aria-labelledby=outcomes] li").count() == 4
    assert "授与機関" in shown.facts
    assert "認証（授与日）" in shown.page.inner_text("section[aria-labelledby=three]")
    assert shown.page.inner_text("#name") == "日本マイクロクレデンシャル機構"
    shown.open(stick.bundles["expiring"])
    assert re.search(r"小テスト（20%）：\d+点（20点満点）", shown.page.inner_text("section[aria-labelledby=content]"))
    shown.open(stick.bundles["genuine"])
    shown.page.click("#switch")
    content = shown.page.inner_text("section[aria-labelledby=content]")
    assert "Project work (50%): Meets" in content
    assert not re.search("[ぁ-ん]", content)


def test_a_state_is_told_with_its_day_and_reason_over_the_content(shown: Shown, stick: Stick) -> None:
    shown.open(stick.bundles["revoked"])
    lapse = "この証明は2026年11月23日に失効しました（理由：発行誤り）。次は失効前の記載です。"
    assert lapse in shown.page.inner_text(".lapse")
    assert shown.page.locator(".stamped .stamp i[data-word=失効]").first.is_visible()
    shown.open(stick.bundles["suspended"])
    assert "2026年11月23日から一時停止中です" in shown.page.inner_text(".lapse")
    shown.open(stick.bundles["replaced"])
    assert shown.page.inner_text("#verdict").startswith("この証明は再発行済みです。")
    assert "2026年11月23日に新しい証明に置き換えられました" in shown.page.inner_text(".lapse")
    shown.open(stick.bundles["genuine"])
    assert shown.page.locator(".lapse, .stamp").count() == 0


def test_what_to_do_next_is_told_of_what_is_not_valid(shown: Shown, stick: Stick) -> None:
    steps = {
        "revoked": "有効な証明がほかにないか",
        "replaced": "再発行された証明",
        "suspended": "後日もう一度検証してください",
    }
    for name, step in steps.items():
        shown.open(stick.bundles[name])
        assert step in shown.page.inner_text("section[aria-labelledby=next]")
    shown.open(stick.bundles["genuine"])
    assert shown.page.locator("section[aria-labelledby=next]").count() == 0
    assert "学位・免許ではありません" in shown.page.inner_text("section[aria-labelledby=not]")


def test_of_a_bundle_that_is_not_right_nothing_is_said_that_nobody_knows(shown: Shown, stick: Stick) -> None:
    """Neither that the credential is no degree, nor that the file was changed: another body may have made it."""
    forged = stick.bundles["genuine"].replace("実務".encode(), "業務".encode())
    assert shown.open(forged) == "bad"
    said = shown.page.inner_text("main")
    assert "信頼する機構が作成したものでないか、作成後に変更されています" in said
    assert "学位" not in said
    assert "ネットワークにつながる場所で" in shown.page.inner_text("section[aria-labelledby=next]")
    assert "本機構は、この証明が何を証明するかを確認していません" in said
    shown.page.click("#switch")
    assert "was not made by the organization that you trust, or was changed since" in shown.page.inner_text("main")


def test_texts_of_strangers_are_shown_by_the_rules_of_the_other_pages(browser: Browser) -> None:
    tab = browser.new_page()
    script = Path(page.__file__).parent / "script" / "text.js"
    table = json.loads((Path(house.__file__).parent / "shown_text.json").read_text(encoding="utf-8"))
    rules = script.read_text(encoding="utf-8")
    told = tab.evaluate(f"(rows) => {{ {rules}; return rows.map((row) => shownText(row.text, row.most)) }}", table)
    for row, found in zip(table, told, strict=True):
        wanted = (row["shown"], row.get("cut", False), row.get("altered", False), row.get("legible", True))
        assert (found["text"], found["cut"], found["altered"], found["legible"]) == wanted, row["name"]
    tab.close()
