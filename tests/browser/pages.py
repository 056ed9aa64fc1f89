"""Every public page, with an address of an installation that has something to show there, and a browser."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from jmc_vc.web.app import create_app
from tests.web.pages.house import House, build_house

LANGUAGES = ("ja", "en")
PHONE, DESKTOP, NARROW = (390, 844), (1280, 900), (320, 640)
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def served_house(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[House]:
    """The installation, answering on a free port of this machine. The port comes first: it is part of its identity.
    `environment` has further settings."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        house = build_house(folder, f"http://localhost:{listening.getsockname()[1]}", environment)
        server = uvicorn.Server(
            uvicorn.Config(create_app(house.installation.service), log_level="error", log_config=None)
        )
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield house
        finally:
            server.should_exit = True
            thread.join()
            house.installation.service.database.close()


@contextmanager
def chromium(program: Path, *more: str) -> Iterator[Browser]:
    """A real browser, with `more` arguments."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=[*_ARGUMENTS, *more])
        yield browser
        browser.close()


def addresses(house: House) -> Mapping[str, str]:
    """The pages that have an address: name → path."""
    uuids = house.uuids
    return {
        "home": "/",
        "register": "/programs",
        "register-all": "/programs?state=now&state=upcoming&state=suspended&state=ended",
        "register-empty": "/programs?q=%E9%87%8F%E5%AD%90&level=6",
        "program": "/programs/JMC-P-900001/v/1",
        "program-withdrawn": "/programs/JMC-P-900002/v/1",
        "program-suspended": "/programs/JMC-P-900004/v/1",
        "issuer": "/issuers/hoshimigaoka",
        "decision": "/decisions/JMC-D-900001",
        "pathway": "/pathways/JMC-PW-90001",
        "verify": "/verify",
        "batch": "/verify/batch",
        "receipt": "/verify/receipt",
        "verdict-valid": f"/verify?credential={uuids['valid']}",
        "verdict-longest": f"/verify?credential={uuids['longest']}",
        "verdict-revoked": f"/verify?credential={uuids['revoked']}",
        "verdict-replaced": f"/verify?credential={uuids['replaced']}",
        "verdict-suspended": f"/verify?credential={uuids['suspended']}",
        "verdict-ended": f"/verify?credential={uuids['ended']}",
        "credential": f"/credentials/{uuids['valid']}",
        "credential-longest": f"/credentials/{uuids['longest']}",
        "credential-revoked": f"/credentials/{uuids['revoked']}",
        "credential-latin": f"/credentials/{uuids['learner-07b']}",
        "credential-single-name": f"/credentials/{uuids['learner-05']}",
        "credential-hostile": f"/credentials/{uuids['hostile']}",
        "not-found": "/nowhere",
        "log": "/log",
        "api": "/api",
        "status": "/readyz",
        "problem": "/problems/request.extra_member",
    }


SUBMITTED: Mapping[str, Mapping[str, str]] = {
    "verdict-forged": {"text": "forged"},
    "verdict-foreign": {"text": "foreign"},
    "verdict-unreachable": {"text": "unreachable"},
    "verdict-endorsed": {"text": "endorsed"},
    "verdict-of-person": {"text": "valid", "name": "𠮷野 葛󠄀葉", "email": "valid@learners.example"},
    "verdict-of-another": {"text": "valid", "name": "鈴木 太郎"},
    "presentation": {"text": "presentation"},
    "presentation-valid": {"text": "presentation-valid"},
    "batch-result": {"batch": "valid longest revoked forged foreign unreachable presentation nothing"},
    "verify-nothing": {},
    "verify-foreign-link": {"text": "https://elsewhere.example/badges/1"},
}
"""Pages that only a submitted form leads to: name → the fields; the text is a credential of the house, if it has one
of that name."""


def open_page(page: Page, house: House, name: str, language: str) -> None:
    """Bring `page` to the page called `name`."""
    base = house.installation.service.site.base_url
    if name not in SUBMITTED:
        path = addresses(house)[name]
        query = ("&" if "?" in path else "?") + "lang=en" if language == "en" else ""
        page.goto(base + path + query)
        return
    if "batch" in SUBMITTED[name]:
        open_batch(page, house, SUBMITTED[name]["batch"].split(), language)
        return
    page.goto(f"{base}/verify" + ("?lang=en" if language == "en" else ""))
    fill(page, house, SUBMITTED[name])
    with page.expect_navigation():  # else the next question may meet the page that is just going
        page.locator("button[type=submit].button-main").click()


def open_batch(page: Page, house: House, names: list[str], language: str) -> None:
    """Bring `page` to the results of the credentials with these names."""
    page.goto(f"{house.installation.service.site.base_url}/verify/batch" + ("?lang=en" if language == "en" else ""))
    files = [
        FilePayload(name=f"{name}.json", mimeType="application/json", buffer=house.bodies.get(name, b"{}"))
        for name in names
    ]
    page.locator("#file").set_input_files(files)
    with page.expect_navigation():
        page.locator("#batch .button-main").click()


def fill(page: Page, house: House, submitted: Mapping[str, str]) -> None:
    """Put `submitted` into the form, as people do."""
    if submitted.keys() - {"text"}:
        page.locator("details.more-questions summary").click()
    for field, value in submitted.items():
        body = house.bodies.get(value) if field == "text" else None
        page.locator(f"#{field}").fill(value if body is None else body.decode())
