"""@digitalbazaar/vc: what it fetches from the service, and what we say of its issuer."""

import copy
import json
from typing import Any

import pytest

from tests.interop.formats import FORMATS
from tests.interop.matrix import BACK, THERE, row
from tests.interop.parties.digitalbazaar import DigitalBazaar
from tests.interop.served import Badge, Node, Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

FORMAT = "openbadge-eddsa-rdfc-2022"
SIGNED_BY_PEER = row(FORMAT, "digitalbazaar-vc", BACK)


@pytest.fixture(scope="module")
def signed_by_peer(node: Node, open_badges_contexts: dict[str, Any]) -> Badge:
    signed: Badge = DigitalBazaar(node, open_badges_contexts).issue(FORMATS[FORMAT])
    return signed


@row(FORMAT, "digitalbazaar-vc", THERE)
@row("did-web", "digitalbazaar-vc", THERE)
def test_it_fetches_what_it_needs_from_the_running_service(
    served: Served, node: Node, open_badges_contexts: dict[str, Any]
) -> None:
    badge = served.issue()
    answer = node("verifyDocuments", supplied=open_badges_contexts, credentials=[badge])
    base_url = served.service.base_url
    assert answer["results"] == [{"verified": True, "revoked": False, "error": None}]
    assert set(answer["fetched"]) == {
        f"{base_url}/issuers/hoshimigaoka/did.json",
        f"{base_url}/ns/mc/v1/context.json",
        badge["credentialStatus"]["statusListCredential"],
    }


@SIGNED_BY_PEER
def test_we_say_that_its_issuer_is_unknown_to_jmc(served: Served, signed_by_peer: Badge) -> None:
    report = served.verify(signed_by_peer, "default")
    codes = {each["id"]: each["code"] for each in report["checks"]}
    assert (report["verdict"], report["summary"]["code"], codes["issuer"]) == (
        "indeterminate",
        "issuer_not_registered",
        "issuer.not_registered",
    )


@SIGNED_BY_PEER
def test_we_verify_the_bytes_and_not_a_copy(served: Served, signed_by_peer: Badge) -> None:
    """Members in another order, and escapes: the same statements, so the same verdict."""
    turned = dict(reversed(list(copy.deepcopy(signed_by_peer).items())))
    escaped = json.dumps(turned, ensure_ascii=True).encode()
    assert served.verify_bytes(escaped, "technical")["verdict"] == "valid"
