"""The running service that the peers fetch from, and how they are called."""

import itertools
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest

from jmc_vc import vendored
from jmc_vc.domain.japan_time import jst_day
from tests.builders.awards import award_of, slug_of
from tests.builders.installation import PROGRAMS
from tests.parts import require
from tests.simulators.https_service import HttpsService, https_service

HERE = Path(__file__).parent
Badge = dict[str, Any]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "row(id): the row of the interoperability matrix that this test proves")


@pytest.fixture(autouse=True)
def _row(request: pytest.FixtureRequest) -> None:
    """Write the row's id beside the test's result, where `tests.interop.matrix` finds it."""
    for marker in request.node.iter_markers("row"):
        request.node.user_properties.append(("row", marker.args[0]))


@dataclass(frozen=True, kw_only=True)
class Served:
    """The running service, seen from outside."""

    service: HttpsService
    client: httpx.Client
    _learners: Iterator[int] = field(default_factory=itertools.count)

    def issue(self, number: str = "JMC-P-900001") -> Badge:
        """A badge of the example program `number`, for another learner each time."""
        email = f"learner-{next(self._learners)}@learners.example"
        awarded = jst_day(datetime.now(UTC)) - timedelta(days=3)
        answer = self._post("/v1/assertions", award_of(number, awarded, email=email), number)
        credential: Badge = answer["credential"]
        return credential

    def issue_one_of_each(self) -> list[Badge]:
        return [self.issue(number) for number in PROGRAMS]

    def revoke(self, badge: Badge, number: str = "JMC-P-900001") -> None:
        uuid = badge["id"].rpartition("/")[2]
        self._post(f"/v1/assertions/{uuid}/status", {"action": "revoke", "reasonCode": "issued_in_error"}, number)

    def verify(self, document: Badge, policy: str) -> dict[str, Any]:
        """Our own report on `document`."""
        answer = self.client.post("/v1/verify", params={"policy": policy}, json=document).raise_for_status()
        report: dict[str, Any] = answer.json()
        return report

    def fetch(self, url: str) -> bytes:
        """What stands at `url`, got over https as everybody else gets it."""
        return self.client.get(url).raise_for_status().content

    def context(self) -> dict[str, dict[str, Any]]:
        """Our own context by its address, as the service publishes it."""
        url = self.service.installation.service.site.context_url
        return {url: json.loads(self.fetch(url))}

    def _post(self, path: str, body: dict[str, Any], number: str) -> dict[str, Any]:
        headers = self.service.bearer(slug_of(number))
        answer: dict[str, Any] = self.client.post(path, json=body, headers=headers).raise_for_status().json()
        return answer


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with https_service(tmp_path_factory.mktemp("served")) as service, service.client() as client:
        yield Served(service=service, client=client)


@dataclass(frozen=True, kw_only=True)
class Node:
    """Runs the scripts of this folder. `environment` makes Node trust the service's authority."""

    program: Path
    environment: dict[str, str]

    def __call__(self, script: str, sent: dict[str, Any]) -> Any:
        """What `script` answers to `sent`, both JSON."""
        done = subprocess.run(
            [self.program, script],
            cwd=HERE,
            env=self.environment,
            input=json.dumps(sent),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def node(served: Served) -> Node:
    program = require("node")
    require("node-packages")
    trusting = {**os.environ, "NODE_EXTRA_CA_CERTS": str(served.service.authority)}
    return Node(program=program, environment=trusting)


@pytest.fixture(scope="session")
def open_badges_contexts() -> dict[str, Any]:
    """The contexts of 1EdTech, which a peer without them is given: no package on npm has the current context-3.0.3."""
    shipped = vendored.contexts("https://ns.jmc.example/mc/v1")
    return {url: json.loads(data) for url, data in shipped.items() if url.startswith("https://purl.imsglobal.org/")}


def within_seconds(seconds: float, holds: Callable[[], bool]) -> bool:
    """Ask again until `holds` or the time is over. Each asking is a request or a run of a peer, so nothing spins."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            return False
    return True
