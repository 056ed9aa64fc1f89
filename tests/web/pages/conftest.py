"""One installation for all tests of pages: they only look."""

from collections.abc import Iterator

import pytest

from tests.builders.web import WebClient, web_client
from tests.web.pages.house import House, build_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The installation."""
    house = build_house(tmp_path_factory.mktemp("house"), "http://localhost:8000")
    yield house
    house.installation.service.database.close()


@pytest.fixture(scope="session")
def web(house: House) -> Iterator[WebClient]:
    """A client of its application."""
    with web_client(house.installation.service) as client:
        yield client
