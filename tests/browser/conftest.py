"""One installation, one browser, for all tests of a module that look at pages. Not for the session: while Playwright is
open its event loop counts as running, and no other test of the process could run one of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.connected import connected_house
from tests.browser.pages import chromium, served_house
from tests.browser.stick import Shown, Stick, build_stick, page_of
from tests.parts import require
from tests.web.pages.house import House


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The installation, answering."""
    require("chromium")
    with served_house(tmp_path_factory.mktemp("served")) as house:
        yield house


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium(require("chromium")) as started:
        yield started


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One with other hosts within its reach."""
    require("chromium")
    with connected_house(tmp_path_factory.mktemp("connected")) as house:
        yield house


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Stick:
    """A USB stick with the page that opens bundles, and bundles."""
    return build_stick(tmp_path_factory.mktemp("stick"))


@pytest.fixture
def shown(browser: Browser, stick: Stick) -> Iterator[Shown]:
    """That page, which has asked nobody for anything in the end."""
    for each in page_of(browser, stick):
        yield each
        assert each.asked == []
        assert each.told == []
