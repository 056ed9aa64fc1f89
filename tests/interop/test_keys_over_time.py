"""A credential outlives its key: five rotations and a theft later it verifies for the right reason. For our verifier
that is the public log; for @digitalbazaar/vc, which knows nothing but the DID document that it fetches, it is the key,
as long as nobody has stolen it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.issuing.sign_anew import Fate
from tests.builders.awards import award_of
from tests.builders.installation import OPERATOR, Installation
from tests.interop.matrix import THERE, row
from tests.interop.served import Badge, Node, Served
from tests.simulators.https_service import https_service

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

SLUG, PROGRAM = "hoshimigaoka", "JMC-P-900001"
THEFT = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class World:
    """A service of these tests' own, for they steal its keys; what is done from inside happens within the last hour."""

    served: Served
    node: Node
    supplied: dict[str, Any]

    @property
    def inside(self) -> Installation:
        return self.served.service.installation

    def issue(self, learner: str) -> Badge:
        """A badge as its holder has it."""
        awarded = jst_day(self.inside.now) - timedelta(days=3)
        body = award_of(PROGRAM, awarded, email=f"{learner}@learners.example")
        badge: Badge = json.loads(self.inside.issue(body, slug=SLUG).body)
        return badge

    def rotate(self) -> str:
        """The safe sequence; the key that signs then."""
        rotate, clock = self.inside.service.rotate_key, self.inside.clock
        began = clock.now
        assert rotate(SLUG, actor=OPERATOR, now=began).ready_at == began + KEYS_CACHED
        clock.now = began + KEYS_CACHED
        done = rotate(SLUG, actor=OPERATOR, now=clock.now)
        assert done.ready_at is None
        return done.new.kid

    def steal(self, kid: str) -> None:
        self.inside.clock.now += THEFT
        now = self.inside.now
        self.inside.service.compromise_key(SLUG, kid, since=now, reason="stolen", actor=OPERATOR, now=now)

    def ours(self, badge: Badge) -> tuple[str, str]:
        """What our verifier says, and of the key."""
        report = self.served.verify(badge, "default")
        (code,) = [each["code"] for each in report["checks"] if each["id"] == "key"]
        return report["verdict"], code

    def theirs(self, *badges: Badge) -> list[bool]:
        """What @digitalbazaar/vc says of each, with the DID document and the status list that it fetches now."""
        answer = self.node("verifyDocuments", supplied=self.supplied, credentials=list(badges))
        assert f"{self.served.service.base_url}/issuers/{SLUG}/did.json" in answer["fetched"]
        return [each["verified"] for each in answer["results"]]


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory, open_badges_contexts: dict[str, Any]) -> Iterator[World]:
    with (
        https_service(tmp_path_factory.mktemp("keys"), behind=timedelta(hours=1)) as service,
        service.client() as client,
    ):
        node = Node(service.authority)
        try:
            yield World(served=Served(service=service, client=client), node=node, supplied=open_badges_contexts)
        finally:
            node.close()


@row("openbadge-eddsa-rdfc-2022", "digitalbazaar-vc", THERE)
@row("did-web", "digitalbazaar-vc", THERE)
def test_a_credential_outlives_five_rotations_and_a_theft(world: World) -> None:
    first = world.issue("first")
    assert world.ours(first) == ("valid", "key.bound")
    badges = [first]
    for number in range(5):
        assert world.rotate() == f"key-{number + 2}"
        badges.append(world.issue(f"era-{number}"))
    assert [world.ours(each) for each in badges] == [*[("valid", "key.retired")] * 5, ("valid", "key.bound")]
    assert world.theirs(*badges) == [True] * 6

    world.steal("key-1")
    assert world.ours(first) == ("valid", "key.revoked_logged_before")
    assert [world.ours(each) for each in badges[1:]] == [*[("valid", "key.retired")] * 4, ("valid", "key.bound")]
    assert world.theirs(*badges) == [False, True, True, True, True, True]


@row("openbadge-eddsa-rdfc-2022", "digitalbazaar-vc", THERE)
def test_after_a_theft_they_take_the_new_copy_and_not_the_old_one(world: World) -> None:
    earlier = world.issue("earlier")
    world.rotate()
    stolen = world.issue("holder")
    world.steal("key-2")
    assert world.rotate() == "key-3"  # which signs the status lists from now on
    assert world.theirs(earlier, stolen) == [True, False]
    assert world.ours(stolen) == ("valid", "key.revoked_logged_before")

    done = world.inside.service.reissue(SLUG, "key-2", actor=OPERATOR, now=world.inside.now)
    assert list(done.fates.values()) == [Fate.REISSUED]
    again = world.served.fetch_json(stolen["id"])
    without_proof = [{name: each[name] for name in each if name != "proof"} for each in (stolen, again)]
    assert without_proof[0] == without_proof[1]
    assert world.theirs(again, stolen) == [True, False]
    assert world.ours(again) == ("valid", "key.bound")
