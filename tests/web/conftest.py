"""A running application with two issuers, on SQLite and on PostgreSQL. The tests of a module share it; each awards to
learners of its own."""

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from jmc_vc import event_log
from tests.builders.installation import Installation, award, make_installation
from tests.builders.web import WebClient, web_client
from tests.simulators.postgres import PostgresCluster

OTHER_PROGRAM = "JMC-P-900003"


@dataclass
class Running:
    """An installation with its client; `slug` has program 900001, `other` has 900003."""

    installation: Installation
    client: WebClient
    slug: str
    other: str
    _learners: Iterator[int] = field(default_factory=itertools.count)

    def bearer(self, slug: str | None = None) -> dict[str, str]:
        return {"authorization": f"Bearer {self.installation.api_keys[slug or self.slug]}"}

    def award(self, **changes: Any) -> dict[str, Any]:
        """A good award to a learner who has none yet."""
        return award(externalId=f"learner-{next(self._learners)}", **{"recipient": self.recipient(), **changes})

    def recipient(self) -> dict[str, Any]:
        return {
            "name": {"ja": {"family": "𠮷野", "given": "葛󠄀葉"}},
            "email": f"learner-{next(self._learners)}@learners.example",
        }

    def issued(self, **changes: Any) -> dict[str, Any]:
        """The answer to a new award."""
        answer = self.post("/v1/assertions", self.award(**changes))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def post(self, path: str, body: Any, slug: str | None = None, **headers: str) -> httpx.Response:
        return self.client.post(path, json=body, headers={**self.bearer(slug), **headers})


@pytest.fixture(scope="session", autouse=True)
def quiet() -> None:
    """The log goes nowhere, unless a test looks at it."""
    event_log.configure(io.StringIO())


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("installation")
    if request.param == "sqlite":
        yield from _running(make_installation(folder))
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    url = cluster.create_database()
    yield from _running(make_installation(folder, url))
    cluster.drop_database(url)


def _running(installation: Installation) -> Iterator[Running]:
    other = installation.register(OTHER_PROGRAM)
    installation.import_program(OTHER_PROGRAM)
    installation.approve(OTHER_PROGRAM, decision="JMC-D-900003")
    with web_client(installation.service) as client:
        yield Running(installation=installation, client=client, slug="hoshimigaoka", other=other)
    installation.service.database.close()
