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
