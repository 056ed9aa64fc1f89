"""The running service that the peers fetch from, and the sides of each exchange."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from jmc_vc import vendored
from tests.interop.parties.party import Party
from tests.interop.parties.table import sides_of
from tests.interop.served import Node, Served
from tests.simulators.https_service import https_service


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "row(ids): the rows of the interoperability matrix that this test proves")


@pytest.fixture(autouse=True)
def _row(request: pytest.FixtureRequest) -> None:
    """Write the ids of the rows beside the test's result, where `tests.interop.matrix` finds them."""
    for marker in request.node.iter_markers("row"):
        request.node.user_properties.extend(("row", id_) for id_ in marker.args)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with https_service(tmp_path_factory.mktemp("served")) as service, service.client() as client:
        yield Served(service=service, client=client)


@pytest.fixture(scope="session")
def node(served: Served) -> Iterator[Node]:
    asked = Node(served.service.authority)
    yield asked
    asked.close()


@pytest.fixture(scope="session")
def open_badges_contexts() -> dict[str, Any]:
    """The contexts of 1EdTech, which a peer without them is given: no package on npm has the current context-3.0.3."""
    shipped = vendored.contexts("https://ns.jmc.example/mc/v1")
    return {url: json.loads(data) for url, data in shipped.items() if url.startswith("https://purl.imsglobal.org/")}


@pytest.fixture(scope="session")
def sides(served: Served, node: Node, open_badges_contexts: dict[str, Any]) -> Mapping[str, Party]:
    """We, and each peer that issues or accepts credentials, by their ids in the matrix."""
    return sides_of(served, node, open_badges_contexts)
