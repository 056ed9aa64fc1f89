"""The camera of /verify: what it sees is sent picture by picture until a code is read. The camera is Chromium's, and
what it sees is a film made here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.pages import chromium
from tests.builders.codes import OTHER_LINK, code, photographed, side_by_side
from tests.parts import require
from tests.web.pages.house import House

pytestmark = [pytest.mark.browser, pytest.mark.loopback, pytest.mark.slow]

WIDTH, HEIGHT = 640, 480


def film(file: Path, *scenes: Image.Image) -> Path:
    """An uncompressed film, two pictures a second (YUV4MPEG2)."""
    frames = []
    for scene in scenes:
        frame = Image.new("RGB", (WIDTH, HEIGHT), (110, 110, 110))
        fitting = scene.convert("RGB")
        fitting.thumbnail((WIDTH, HEIGHT))
        frame.paste(fitting, ((WIDTH - fitting.width) // 2, (HEIGHT - fitting.height) // 2))
        bright, blue, red = frame.convert("YCbCr").split()
        half = (WIDTH // 2, HEIGHT // 2)
        frames.append(bright.tobytes() + blue.resize(half).tobytes() + red.resize(half).tobytes())
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F2:1 Ip A1:1 C420jpeg\n".encode()
    file.write_bytes(head + b"".join(b"FRAME\n" + frame for frame in frames))
    return file


@contextmanager
def seeing(folder: Path, *scenes: Image.Image) -> Iterator[Browser]:
    """A browser with a camera that sees `scenes`, again and again."""
    seen = film(folder / "seen.y4m", *scenes)
    camera = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with chromium(require("chromium"), *camera, f"--use-file-for-fake-video-capture={seen}") as browser:
        yield browser


def opened(browser: Browser, house: House, language: str = "ja") -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844}, permissions=["camera"])
    tab = context.new_page()
    tab.goto(house.installation.service.site.base_url + "/verify" + ("?lang=en" if language == "en" else ""))
    return tab


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        pytest.param("valid", "この証明は有効です。", id="valid"),
        pytest.param("revoked", "この証明は失効しています。", id="revoked"),
    ],
)
def test_a_code_before_the_camera_is_read_and_verified(served: House, tmp_path: Path, name: str, heading: str) -> None:
    link = served.installation.service.site.credential(served.uuids[name])
    shown = photographed(code(link), angle=4)
    with seeing(tmp_path, Image.new("L", (WIDTH, HEIGHT), 90), shown, shown, shown, shown) as browser:
        tab = opened(browser, served)
        told: list[str] = []
        tab.on("console", lambda message: told.append(message.text))
        assert "画像を保存しません" in tab.locator("#live-help").inner_text()
        assert not tab.locator("#camera").is_visible(), "one way to use the camera is enough"
        tab.get_by_role("button", name="カメラを使う").click()
        tab.wait_for_url("**/verify")
        tab.locator(".verdict").wait_for(timeout=20_000)
        assert tab.get_by_role("heading", level=1).inner_text() == heading
        assert "画像に写ったQRコード" in tab.content()
        assert told == []


def test_without_a_code_it_goes_on_looking_until_it_is_switched_off(served: House, tmp_path: Path) -> None:
    with seeing(tmp_path, Image.new("L", (WIDTH, HEIGHT), 90)) as browser:
        tab = opened(browser, served, "en")
        sent: list[str] = []
        tab.on("request", lambda request: sent.append(request.url) if request.url.endswith("/frame?lang=en") else None)
        tab.get_by_role("button", name="Switch on the camera").click()
        tab.get_by_text("Looking for a QR code.").wait_for()
        with tab.expect_response("**/verify/frame?lang=en") as first:
            pass
        assert first.value.json()["code"] == "image.no_code"
        assert tab.locator("button[data-close]").evaluate("each => each === document.activeElement")
        tab.keyboard.press("Enter")
        tab.get_by_role("button", name="Switch on the camera").wait_for()
        assert tab.evaluate("document.querySelector('video').srcObject") is None
        before = len(sent)
        tab.goto(tab.url)
        assert len(sent) == before


def test_two_codes_before_the_camera_are_told(served: House, tmp_path: Path) -> None:
    link = served.installation.service.site.credential(served.uuids["valid"])
    with seeing(tmp_path, side_by_side(link, OTHER_LINK)) as browser:
        tab = opened(browser, served)
        tab.get_by_role("button", name="カメラを使う").click()
        tab.get_by_text("異なる QR コードが二つ以上").wait_for()


def test_who_has_no_camera_may_submit_a_photo(served: House, browser: Browser) -> None:
    tab = opened(browser, served, "en")
    tab.context.clear_permissions()
    tab.get_by_role("button", name="Switch on the camera").click()
    tab.get_by_text("The camera cannot be used.").wait_for()
    assert tab.locator("#camera").is_visible()
    tab.context.close()


def test_only_this_page_may_ask_for_the_camera(served: House, browser: Browser) -> None:
    tab = browser.new_page()
    base = served.installation.service.site.base_url
    for path, allowed in (("/verify", True), ("/", False), (f"/verify?credential={served.uuids['valid']}", False)):
        answer = tab.goto(base + path)
        assert answer is not None
        policy = answer.headers["permissions-policy"]
        assert ("camera=(self)" in policy) is allowed
        assert ("camera=()" in policy) is not allowed
        content = answer.headers["content-security-policy"]
        assert "'unsafe" not in content
        assert content.startswith("default-src 'none'")
    tab.close()
