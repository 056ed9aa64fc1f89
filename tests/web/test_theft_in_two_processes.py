"""A key is reported as stolen in one process of a service with several: the others sign nothing more with it, and show
it to nobody as one that may sign, from the commit on."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from jmc_vc import bootstrap
from jmc_vc.bootstrap import Service
from jmc_vc.domain.signing_key import KEYS_CACHED
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.web import WebClient, web_client

SLUG = "hoshimigaoka"
DOCUMENT = f"/issuers/{SLUG}/did.json"


@dataclass
class Two:
    """Two processes of one service, as far as they share nothing but the database; both have signed with the key."""

    installation: Installation
    services: tuple[Service, Service]
    clients: tuple[WebClient, WebClient]

    def post(self, process: int, learner: str) -> httpx.Response:
        who = {"name": {"fullName": learner}, "email": f"{learner}@learners.example"}
        return self.clients[process].post(
            "/v1/assertions",
            json=award(recipient=who),
            headers={"authorization": f"Bearer {self.installation.api_keys[SLUG]}"},
        )

    def document(self, process: int) -> tuple[dict[str, Any], int]:
        """The DID document, and for how many seconds it may be kept."""
        answer = self.clients[process].get(DOCUMENT)
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found, int(answer.headers["cache-control"].rpartition("=")[2])

    def verdict(self, process: int, body: bytes) -> tuple[str, str]:
        report = self.services[process].verify(body, now=self.installation.now)
        return report.verdict.value, report.finding("key").code


@pytest.fixture
def two(installation: Installation) -> Iterator[Two]:
    other = bootstrap.build(installation.service.settings, clock=installation.clock)
    services = installation.service, other
    with ExitStack() as stack:
        clients = stack.enter_context(web_client(services[0])), stack.enter_context(web_client(services[1]))
        yield Two(installation, services, clients)
    other.database.close()


def key_of(answer: httpx.Response) -> str:
    assert answer.status_code == 201, answer.text
    method: str = answer.json()["credential"]["proof"]["verificationMethod"]
    return method.rpartition("#")[2]


def test_what_one_process_is_told_holds_in_the_other_at_once(two: Two) -> None:
    installation = two.installation
    assert [key_of(two.post(process, f"before-{process}")) for process in (0, 1)] == ["key-1", "key-1"]
    old = installation.issue(award(externalId="old", retake=True)).body
    installation.clock.move(hours=1)
    stolen = f"{two.services[0].site.issuer_did(SLUG)}#key-1"
    two.services[0].compromise_key(
        SLUG, "key-1", since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    )
    for process in (1, 0):
        refused = two.post(process, f"after-{process}")
        assert (refused.status_code, refused.json()["code"]) == (503, "key.none_active")
        document, seconds = two.document(process)
        assert stolen not in document["assertionMethod"]
        assert [each["id"] for each in document["verificationMethod"] if "revoked" in each] == [stolen]
        assert seconds <= KEYS_CACHED.total_seconds() == 60
        assert two.verdict(process, old) == ("valid", "key.revoked_logged_before")
    two.services[0].rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    for process in (1, 0):
        assert key_of(two.post(process, f"anew-{process}")) == "key-2"
        assert two.document(process)[0]["assertionMethod"] == [stolen.replace("key-1", "key-2")]


def test_status_lists_are_signed_with_the_new_key_in_both(two: Two) -> None:
    installation = two.installation
    assert key_of(two.post(1, "somebody")) == "key-1"
    installation.clock.move(seconds=2)  # more often than once a second no list is signed
    two.services[0].compromise_key(
        SLUG, "key-1", since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    )
    two.services[0].rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    for process in (0, 1):
        answer = two.clients[process].get("/status/1/revocation", headers={"accept": "application/vc"})
        assert answer.json()["proof"]["verificationMethod"].endswith("#key-2")
