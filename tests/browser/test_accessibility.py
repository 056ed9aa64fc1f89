"""Every page in a real browser: axe-core finds nothing serious, nothing sticks out sideways, nothing needs a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from tests.browser.pages import DESKTOP, LANGUAGES, NARROW, PHONE, SUBMITTED, addresses, open_page
from tests.parts import require
from tests.web.pages.house import House

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.slow]

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def every_page(house: House) -> tuple[str, ...]:
    return (*addresses(house), *SUBMITTED)


def tab(browser: Browser, size: tuple[int, int], *, scripts: bool) -> Iterator[Page]:
    context = browser.new_context(viewport=_size(size), java_script_enabled=scripts, locale="ja-JP")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious_on_any_page_and_none_scrolls_sideways(
    browser: Browser, served: House, language: str
) -> None:
    """Each page is opened once, on a phone, and then looked at in the other sizes."""
    checker = require("axe-core").read_text(encoding="utf-8")
    found: list[tuple[object, ...]] = []
    for page in tab(browser, PHONE, scripts=True):
        for name in every_page(served):
            page.set_viewport_size(_size(PHONE))
            open_page(page, served, name, language)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            page.evaluate(checker)
            for size in (PHONE, DESKTOP):
                page.set_viewport_size(_size(size))
                violations = page.evaluate("options => axe.run(document, options).then(it => it.violations)", _RULES)
                found += [
                    (name, size, each["impact"], each["id"], [node["target"] for node in each["nodes"]])
                    for each in violations
                    if each["impact"] in ("serious", "critical")
                ]
            page.set_viewport_size(_size(NARROW))
            width = page.evaluate("document.documentElement.scrollWidth")
            found += [(name, NARROW, width)] if width > NARROW[0] else []
    assert found == []


def _size(size: tuple[int, int]) -> ViewportSize:
    return {"width": size[0], "height": size[1]}


def test_every_page_loads_all_it_needs_under_its_own_policy(browser: Browser, served: House) -> None:
    """The browser tells on the console what the content security policy keeps away, and what is missing."""
    told: list[str] = []
    current = ""

    def listen(message: ConsoleMessage) -> None:
        # The status of a page that is itself an error is told as well; that is its claim and not its fault.
        if current not in ("not-found", "verify-nothing", "verify-foreign-link"):
            told.append(f"{current}: {message.text}")

    for page in tab(browser, PHONE, scripts=True):
        page.on("console", listen)
        for current in every_page(served):
            open_page(page, served, current, "ja")
            box = page.locator(".brand .icon").first.bounding_box()  # waits for the element
            if box is None or not box["width"]:
                told.append(f"{current}: the seal is not drawn")
    assert told == []


def test_a_credential_is_verified_with_scripts_switched_off(browser: Browser, served: House) -> None:
    for page in tab(browser, PHONE, scripts=False):
        open_page(page, served, "home", "ja")
        page.get_by_role("link", name="証明を検証する").first.click()
        page.locator("#file").set_input_files(
            {"name": "credential.json", "mimeType": "application/json", "buffer": served.bodies["valid"]}
        )
        with page.expect_navigation():
            page.locator("button[type=submit].button-main").click()
        assert page.get_by_role("heading", level=1).inner_text() == "この証明は有効です。"
        with page.expect_navigation():
            page.get_by_role("button", name="English").click()
        assert page.get_by_role("heading", level=1).inner_text() == "This credential is valid."


def test_the_verdict_and_who_what_whom_stand_on_the_first_screen_of_a_phone(browser: Browser, served: House) -> None:
    for page in tab(browser, PHONE, scripts=False):
        for name in ("verdict-valid", "verdict-revoked"):
            open_page(page, served, name, "ja")
            facts = page.locator(".facts-wide dd")
            assert facts.count() == 4
            for place in range(4):
                box = facts.nth(place).bounding_box()
                assert box is not None
                assert box["y"] + box["height"] <= PHONE[1], (name, facts.nth(place).inner_text())


def test_a_part_of_a_name_is_broken_only_where_it_does_not_fit(browser: Browser, served: House) -> None:
    for page in tab(browser, PHONE, scripts=False):
        open_page(page, served, "credential", "ja")
        units = page.locator(".name .unit")
        assert [units.nth(place).inner_text() for place in range(units.count())] == ["𠮷野", "葛󠄀葉"]
        heights = {round((units.nth(place).bounding_box() or {"height": 0})["height"]) for place in range(2)}
        assert len(heights) == 1


def test_a_hostile_narrative_is_inert(browser: Browser, served: House) -> None:
    alerts: list[str] = []
    for page in tab(browser, PHONE, scripts=True):
        page.on("dialog", lambda dialog: alerts.append(dialog.message))
        for name in ("credential-hostile", "verdict-foreign"):
            open_page(page, served, name, "en")
            assert page.locator(".narrative").count() > 0
            assert page.locator(".narrative script, .narrative a, .narrative img").count() == 0
    assert alerts == []
