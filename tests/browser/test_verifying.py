"""Verifying as an employer does, in a real browser: every kind of input gives its report, in both languages, on a phone
and on a desk, with scripts and without."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from jmc_vc.formats import baking
from jmc_vc.formats.data_model.enveloped import ENVELOPED_CREDENTIAL, Token, TokenMediaType, write_envelope
from tests.browser.connected import NOT_REGISTERED, SLOW, VALID, link, opened, submit
from tests.browser.pages import DESKTOP, PHONE
from tests.builders.codes import drawn, on_a_certificate, page, photographed, written
from tests.builders.outside_issuer import HOST
from tests.builders.pictures import png, svg
from tests.web.pages.house import House

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.slow]

OLDER = b'{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://x.example/1"}'
SOME_ARE_BAD = (
    "提示された証明又は提示そのものに、有効でないものがあります。",
    "A credential that was presented, or the presentation itself, is not valid.",
)
FORM = ("証明を検証する", "Verify a credential")
AS_FILE = ("ファイル又は文字列", "As a file or text")


@dataclass(frozen=True)
class Case:
    """What is put into which field, and what the page then says: its heading, and a text, each in both languages."""

    field: str
    put: Callable[[House], bytes]
    headings: tuple[str, str]
    told: tuple[str, str]


CASES: Mapping[str, Case] = {
    "JSON-LD": Case("file", lambda house: house.bodies["valid"], VALID, AS_FILE),
    "VC-JWT": Case("text", lambda house: house.bodies["jwt"], VALID, ("VC-JWT (Open Badges)",) * 2),
    "SD-JWT VC": Case("text", lambda house: house.bodies["sd-jwt"], VALID, ("SD-JWT VC",) * 2),
    "enveloped": Case(
        "file",
        lambda house: json.dumps(
            write_envelope(ENVELOPED_CREDENTIAL, Token(TokenMediaType.VC_JWT, house.bodies["jwt"].decode()))
        ).encode(),
        VALID,
        ("EnvelopedVerifiableCredential",) * 2,
    ),
    "presentation": Case(
        "file",
        lambda house: house.bodies["presentation"],
        SOME_ARE_BAD,
        ("有効 1件、有効でない 1件、確認できない 1件", "Valid: 1, not valid: 1, could not be checked: 1"),
    ),
    "PNG": Case(
        "file",
        lambda house: baking.bake(png(), house.bodies["valid"]),
        VALID,
        ("画像（PNG）に埋め込まれた証明", "Inside a picture (PNG)"),
    ),
    "SVG": Case(
        "file",
        lambda house: baking.bake(svg(), house.bodies["valid"]),
        VALID,
        ("画像（SVG）に埋め込まれた証明", "Inside a picture (SVG)"),
    ),
    "a photograph of the code": Case(
        "camera",
        lambda house: written(photographed(on_a_certificate(link(house)), angle=5, tilt=40), "JPEG", quality=80),
        VALID,
        ("画像に写ったQRコード", "By the QR code in a picture"),
    ),
    "a PDF with the code": Case(
        "file", lambda house: page(drawn(link(house))), VALID, ("PDFにあるQRコード", "By the QR code in a PDF")
    ),
    "our own link": Case(
        "text", lambda house: link(house).encode(), VALID, ("本サービスのリンク", "By a link of this service")
    ),
    "a badge at its own address": Case(
        "elsewhere",
        lambda _: f"{HOST}/badges/1".encode(),
        NOT_REGISTERED,
        ("ほかのサービスのアドレスから取得", "Fetched from an address of another service"),
    ),
    "Open Badges 2.0": Case("file", lambda _: OLDER, FORM, ("Open Badges 2.0",) * 2),
    "something else": Case("text", lambda _: b"hello", FORM, ("<code>verify.not_recognized</code>",) * 2),
}


WAYS = {
    "a phone, Japanese, no scripts": (PHONE, "ja", False),
    "a desk, English, scripts": (DESKTOP, "en", True),
}


@pytest.fixture(params=WAYS, scope="module")
def way(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, str]]:
    """A page of a browser, and the language in which it is read."""
    size, language, scripts = WAYS[request.param]
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts, locale="ja-JP"
    )
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    yield tab, language
    context.close()


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_input_gets_its_report(connected: House, way: tuple[Page, str], name: str) -> None:
    tab, language = way
    case = CASES[name]
    opened(tab, connected, "/verify", language)
    data = case.put(connected)
    if case.field == "elsewhere":
        tab.locator("#elsewhere").check()
    if case.field in ("text", "elsewhere"):
        tab.locator("#text").fill(data.decode())
    else:
        tab.locator(f"#{case.field}").set_input_files({"name": "x", "mimeType": "", "buffer": data})
    submit(tab)
    place = ("ja", "en").index(language)
    assert tab.get_by_role("heading", level=1).inner_text() == case.headings[place]
    assert case.told[place] in tab.content()


def test_the_link_of_somebody_else_is_not_opened_unless_one_says_so(connected: House, way: tuple[Page, str]) -> None:
    tab, language = way
    opened(tab, connected, "/verify", language)
    tab.locator("#text").fill(f"{HOST}/badges/1")
    submit(tab)
    assert "foreign_link" in tab.content()
    assert tab.locator("#text").input_value() == f"{HOST}/badges/1"
    tab.locator("#elsewhere").check()
    submit(tab)
    assert tab.get_by_role("heading", level=1).inner_text() == NOT_REGISTERED[("ja", "en").index(language)]


def test_one_of_several_presented_is_looked_at_in_detail(connected: House, way: tuple[Page, str]) -> None:
    tab, language = way
    opened(tab, connected, "/verify", language)
    tab.locator("#text").fill(connected.bodies["presentation"].decode())
    submit(tab)
    signs = tab.locator(".presented > li > h3")
    assert [str(signs.nth(place).get_attribute("class")) for place in range(signs.count())] == [
        "state good",
        "state bad",
        "state unknown",
    ]
    with tab.expect_navigation():
        tab.locator(".presented li").nth(1).get_by_role("button").click()
    wanted = ("この証明は失効しています。", "This credential has been revoked.")
    assert tab.get_by_role("heading", level=1).inner_text() == wanted[("ja", "en").index(language)]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("吉野 葛葉", VALID),
        (
            "鈴木 太郎",
            (
                "この証明の取得者は、照合した方又は提示した方と一致しません。",
                "The holder of this credential is not the person who was asked about, or who presented it.",
            ),
        ),
    ],
)
def test_whose_credential_it_is_can_be_asked(
    connected: House, way: tuple[Page, str], name: str, headings: tuple[str, str]
) -> None:
    """OV-06, and the name stands in no address."""
    tab, language = way
    opened(tab, connected, "/verify", language)
    tab.locator("#text").fill(link(connected))
    tab.locator("details.more-questions summary").click()
    tab.locator("#name").fill(name)
    submit(tab)
    assert tab.get_by_role("heading", level=1).inner_text() == headings[("ja", "en").index(language)]
    assert tab.url.partition("?")[0].endswith("/verify")
    assert "name" not in tab.url


def test_a_receipt_is_saved_and_is_genuine(connected: House, way: tuple[Page, str]) -> None:
    tab, language = way
    opened(tab, connected, "/verify", language)
    tab.locator("#file").set_input_files({"name": "x", "mimeType": "", "buffer": connected.bodies["revoked"]})
    submit(tab)
    with tab.expect_download() as started:
        tab.locator("form:has([name=receipt]) button").click()
    saved = started.value
    assert saved.suggested_filename.endswith(".jwt")
    token = Path(saved.path()).read_bytes()
    service = connected.installation.service
    receipt = service.verify_receipt(token, now=service.clock()).receipt
    assert receipt is not None
    assert (receipt.verdict, receipt.summary) == ("invalid", "revoked")
    assert receipt.digest.removeprefix("sha-256:") in tab.content(), "the page names the same bytes"


def test_everything_can_be_done_with_the_keyboard(connected: House, way: tuple[Page, str]) -> None:
    """In the order in which it is read, and with a ring around what has the focus."""
    tab, language = way
    opened(tab, connected, "/verify", language)
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").get_attribute("class") == "skip"
    reached = []
    for _ in range(30):
        tab.keyboard.press("Tab")
        focused = tab.locator(":focus")
        reached.append(focused.get_attribute("id") or focused.get_attribute("type") or "")
        if reached[-1] == "text":
            tab.keyboard.type(link(connected))
        if reached[-1] == "submit":
            break
    wanted = [each for each in reached if each in ("file", "camera", "button", "text", "elsewhere", "submit")]
    assert wanted in (
        ["file", "camera", "text", "elsewhere", "submit"],
        ["file", "button", "text", "elsewhere", "submit"],
    )
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.get_by_role("heading", level=1).inner_text() in VALID


def test_a_photograph_that_is_too_large_is_made_smaller_in_the_browser(connected: House, browser: Browser) -> None:
    large = photographed(on_a_certificate(link(connected)), noise=0.3).resize((4000, 5000))
    data = written(large, "JPEG", quality=95)
    assert len(data) > 2_097_152
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    opened(tab, connected, "/verify", "en")
    tab.locator("#file").set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": data})
    tab.get_by_text("a smaller copy of it will be sent").wait_for()
    submit(tab)
    assert tab.get_by_role("heading", level=1).inner_text() == VALID[1]
    context.close()


def test_a_file_that_is_too_large_is_not_sent_at_all(connected: House, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    opened(tab, connected, "/verify", "en")
    tab.locator("#file").set_input_files({"name": "x.json", "mimeType": "", "buffer": b" " * 3_000_000})
    message = tab.wait_for_function("document.getElementById('file').validationMessage").json_value()
    assert message == "This file is larger than 2\u00a0MB. Please choose a smaller one."
    context.close()


def test_what_is_dropped_or_pasted_anywhere_is_taken(connected: House, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    opened(tab, connected, "/verify", "en")
    for event, place, member in (("paste", "body", "clipboardData"), ("drop", ".drop", "dataTransfer")):
        tab.evaluate(
            """([event, place, member, text]) => {
                const files = new DataTransfer()
                files.items.add(new File([text], `${event}.json`))
                const made = new Event(event, { bubbles: true, cancelable: true })
                Object.defineProperty(made, member, { value: files })
                document.querySelector(place).dispatchEvent(made)
            }""",
            [event, place, member, connected.bodies["revoked"].decode()],
        )
        tab.get_by_text(f"{event}.json").wait_for()
    submit(tab)
    assert tab.get_by_role("heading", level=1).inner_text() == "This credential has been revoked."
    context.close()


def test_while_others_are_asked_the_page_says_what_is_asked(connected: House, browser: Browser) -> None:
    """Playwright waits for the next page, so the old one notes by itself what it shows."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    opened(tab, connected, "/verify", "en")
    tab.locator("#text").fill(f"{SLOW}/badges/1")
    tab.locator("#elsewhere").check()
    tab.evaluate("""() => new MutationObserver(([{ target }]) => {
        if (!target.hidden) sessionStorage.setItem('shown', target.innerText)
    }).observe(document.getElementById('gathering'), { attributes: true })""")
    submit(tab)
    assert "link.unavailable" in tab.content()
    shown = tab.evaluate("sessionStorage.getItem('shown')")
    assert SLOW.removeprefix("https://") in shown
    assert "the signature is right" in shown
    assert "in the picture" not in shown
    context.close()
