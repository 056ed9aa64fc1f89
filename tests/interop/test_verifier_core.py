"""@digitalcredentials/verifier-core on Node: what the Digital Credentials Consortium's wallet and verifier site run."""

import pytest

from tests.interop.alterations import PLACES, altered
from tests.interop.conftest import Node, Served, within_seconds
from tests.interop.matrix import BADGE, LIST, OURS_TO_PEER

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

ISSUED = pytest.mark.row(f"{BADGE}/digitalcredentials-verifier-core/{OURS_TO_PEER}")
STATUS = pytest.mark.row(f"{LIST}/digitalcredentials-verifier-core/{OURS_TO_PEER}")


@ISSUED
def test_it_verifies_a_badge_of_each_program(served: Served, node: Node) -> None:
    badges = served.issue_one_of_each()
    answer = node("verify-core.mjs", {"credentials": badges})
    assert answer["results"] == [{"signature": True, "status": True, "error": ""}] * len(badges)


@ISSUED
def test_it_refuses_one_changed_character_anywhere(served: Served, node: Node) -> None:
    badge = served.issue()
    changed = [altered(badge, *place) for place in PLACES.values()]
    answer = node("verify-core.mjs", {"credentials": changed})
    told = {
        what: (result["signature"], result["error"].partition(":")[0])
        for what, result in zip(PLACES, answer["results"], strict=True)
    }
    assert told == dict.fromkeys(PLACES, (False, "invalid_signature"))


@STATUS
def test_it_sees_a_revocation_within_five_seconds(served: Served, node: Node) -> None:
    badge, other = served.issue(), served.issue()

    def clear() -> list[bool]:
        answer = node("verify-core.mjs", {"credentials": [badge, other]})
        return [result["status"] for result in answer["results"]]

    assert clear() == [True, True]
    served.revoke(badge)
    assert within_seconds(5, lambda: clear() == [False, True])
