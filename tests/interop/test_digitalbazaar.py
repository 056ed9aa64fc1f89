"""@digitalbazaar/vc on Node: the reference implementation of Data Integrity, which most wallets are built on."""

import copy
import json
from typing import Any

import pytest

from tests.builders.badges import typical_badge
from tests.interop.alterations import PLACES, altered
from tests.interop.conftest import Badge, Node, Served, within_seconds
from tests.interop.matrix import BADGE, LIST, OURS_TO_PEER, PEER_TO_OURS

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

ISSUED = pytest.mark.row(f"{BADGE}/digitalbazaar-vc/{OURS_TO_PEER}")
SIGNED_BY_PEER = pytest.mark.row(f"{BADGE}/digitalbazaar-vc/{PEER_TO_OURS}")
STATUS = pytest.mark.row(f"{LIST}/digitalbazaar-vc/{OURS_TO_PEER}")


@pytest.fixture(scope="module")
def signed_by_peer(node: Node, open_badges_contexts: dict[str, Any]) -> Badge:
    unsigned = typical_badge()
    del unsigned["credentialStatus"]  # its list stands on a host that nobody can ask
    signed: Badge = node("sign.mjs", {"supplied": open_badges_contexts, "credential": unsigned})
    return signed


@ISSUED
def test_it_verifies_a_badge_of_each_program(served: Served, node: Node, open_badges_contexts: dict[str, Any]) -> None:
    badges = served.issue_one_of_each()
    answer = node("verify.mjs", {"supplied": open_badges_contexts, "credentials": badges})
    assert answer["results"] == [{"verified": True, "revoked": False, "error": None}] * len(badges)


@ISSUED
def test_it_fetches_what_it_needs_from_the_running_service(
    served: Served, node: Node, open_badges_contexts: dict[str, Any]
) -> None:
    badge = served.issue()
    answer = node("verify.mjs", {"supplied": open_badges_contexts, "credentials": [badge]})
    base_url = served.service.base_url
    assert set(answer["fetched"]) == {
        f"{base_url}/issuers/hoshimigaoka/did.json",
        f"{base_url}/ns/mc/v1/context.json",
        badge["credentialStatus"]["statusListCredential"],
    }


@ISSUED
def test_it_refuses_one_changed_character_anywhere(
    served: Served, node: Node, open_badges_contexts: dict[str, Any]
) -> None:
    badge = served.issue()
    changed = [altered(badge, *place) for place in PLACES.values()]
    answer = node("verify.mjs", {"supplied": open_badges_contexts, "credentials": changed})
    told = {
        what: (result["verified"], "Invalid signature" in result["error"])
        for what, result in zip(PLACES, answer["results"], strict=True)
    }
    assert told == dict.fromkeys(PLACES, (False, True))


@STATUS
def test_it_sees_a_revocation_within_five_seconds(
    served: Served, node: Node, open_badges_contexts: dict[str, Any]
) -> None:
    badge, other = served.issue(), served.issue()

    def revoked() -> list[bool]:
        answer = node("verify.mjs", {"supplied": open_badges_contexts, "credentials": [badge, other]})
        assert all(result["verified"] for result in answer["results"])
        return [result["revoked"] for result in answer["results"]]

    assert revoked() == [False, False]
    served.revoke(badge)
    assert within_seconds(5, lambda: revoked() == [True, False])


@SIGNED_BY_PEER
def test_we_find_its_badge_technically_valid(served: Served, signed_by_peer: Badge) -> None:
    report = served.verify(signed_by_peer, "technical")
    assert (report["verdict"], [each["id"] for each in report["checks"] if each["outcome"] == "fail"]) == ("valid", [])


@SIGNED_BY_PEER
def test_we_say_that_its_issuer_is_unknown_to_jmc(served: Served, signed_by_peer: Badge) -> None:
    report = served.verify(signed_by_peer, "default")
    codes = {each["id"]: each["code"] for each in report["checks"]}
    assert (report["verdict"], report["summary"]["code"], codes["issuer"]) == (
        "indeterminate",
        "genuine_not_accredited",
        "issuer.not_registered",
    )


@SIGNED_BY_PEER
@pytest.mark.parametrize(
    ("pointer", "position"),
    [
        ("/id", -1),
        ("/validFrom", 3),
        ("/credentialSubject/id", -1),
        ("/credentialSubject/result/0/value", 0),
        ("/credentialSubject/achievement/name", 0),
        ("/proof/created", 3),
        ("/proof/proofValue", -1),
    ],
)
def test_we_refuse_its_badge_after_one_changed_character(
    served: Served, signed_by_peer: Badge, pointer: str, position: int
) -> None:
    changed = altered(signed_by_peer, pointer, position)
    report = served.verify(changed, "technical")
    assert (report["verdict"], report["credential"]) == ("invalid", None)


@SIGNED_BY_PEER
def test_we_verify_the_bytes_and_not_a_copy(served: Served, signed_by_peer: Badge) -> None:
    """Members in another order, and escapes: the same statements, so the same verdict."""
    turned = dict(reversed(list(copy.deepcopy(signed_by_peer).items())))
    escaped = json.loads(json.dumps(turned, ensure_ascii=True))
    assert served.verify(escaped, "technical")["verdict"] == "valid"
