"""The facade that the public test suites of W3C call.

The suites themselves were run against it; the tests here make the same claims, so that nobody needs them to be sure.
"""

from collections.abc import Iterator

import pytest

from jmc_vc import bootstrap
from tests.builders.installation import Installation, make_installation
from tests.builders.suites import Suite
from tests.builders.web import web_client


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = make_installation(tmp_path_factory.mktemp("conformance"), empty=True)
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def suite(installation: Installation) -> Iterator[Suite]:
    settings = installation.service.settings.model_copy(update={"conformance": True})
    service = bootstrap.build(settings, clock=installation.clock)
    with web_client(service) as client:
        yield Suite(client)
    service.database.close()
