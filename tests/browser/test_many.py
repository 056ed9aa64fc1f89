"""Many credentials at once, in a real browser: the table, what is left of it on demand, and the file."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import DESKTOP, PHONE, open_batch
from tests.web.pages.house import House

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.slow]

NAMES = ["valid", "revoked", "forged", "foreign", "unreachable"]


@pytest.mark.parametrize(("size", "language"), [(PHONE, "ja"), (DESKTOP, "en")], ids=["phone", "desktop"])
@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
def test_many_are_verified_filtered_and_saved(
    served: House, browser: Browser, size: tuple[int, int], language: str, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
    tab = context.new_page()
    open_batch(tab, served, NAMES, language)
    rows = tab.locator("tbody tr")
    assert rows.count() == len(NAMES)
    counts = tab.locator(".batch-counts dd")
    assert [counts.nth(place).inner_text() for place in range(4)] == ["1", "2", "2", "0"]
    assert not tab.locator(".working").is_visible(), "it is complete"
    above, below = tab.locator(".batch-counts").bounding_box(), rows.first.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"], "the numbers come last and stand first"
    tab.locator("#show-others").check()
    assert [rows.nth(place).is_visible() for place in range(len(NAMES))] == [False, True, True, True, True]
    with tab.expect_download() as started:
        tab.locator(".batch-keep button").click()
    assert started.value.suggested_filename.endswith(".csv")
    with Path(started.value.path()).open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [each["判定コード / verdict"] for each in found] == [
        "valid",
        "invalid",
        "invalid",
        "indeterminate",
        "indeterminate",
    ]
    context.close()


def test_the_table_is_printed_with_room_for_what_there_is_most_to_say_of(served: House, browser: Browser) -> None:
    """On A4: what was found, and what of, each on few lines; what each credential of a presentation is."""
    tab = browser.new_page(viewport={"width": 673, "height": 970})
    open_batch(tab, served, [*NAMES, "presentation"], "ja")
    tab.emulate_media(media="print")
    widths = [each.bounding_box() for each in tab.locator(".results-table thead th").all()]
    parts = [each["width"] / 673 for each in widths if each is not None]
    assert [round(each, 1) for each in parts[1:4]] == [0.3, 0.2, 0.3]
    assert parts[0] < 0.16
    assert parts[4] < 0.16
    assert tab.get_by_text("理由：発行誤り").first.is_visible()
    assert tab.locator(".of-presentation li").count() == 3
    assert all(each.is_visible() for each in tab.locator(".of-presentation li").all())
    assert not any(each.is_visible() for each in tab.locator(".results-table summary").all())
    tab.close()
