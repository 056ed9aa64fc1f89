"""1EdTechRevocationList: the service issues badges with it, and no peer reads it. Those that verify a status say so, or
take no notice; none takes a revoked badge for one with a good status."""

from typing import Any

import pytest
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.status import check_credential_status
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.status.status_list import check_credential_status as openvc_status

from jmc_vc.domain.status_list import StatusForm
from tests.interop.served import Badge, Node, Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]


@pytest.fixture(scope="module")
def revoked(served: Served) -> Badge:
    badge: Badge = served.issue_as({"status_form": StatusForm.REVOCATION_LIST})["credential"]
    served.revoke(badge)
    listed = served.fetch_json(badge["credentialStatus"]["id"])["revokedCredential"]
    assert {"id": badge["id"], "revoked": True} in listed
    return badge


def test_openbadgeslib_says_that_it_cannot_read_it(served: Served, revoked: Badge) -> None:
    with pytest.raises(OB3VerificationError, match="unsupported credentialStatus type"):
        check_credential_status(OpenBadgeCredential.from_vc_document(revoked), download=served.fetch)


def test_openvc_takes_no_notice(revoked: Badge) -> None:
    assert openvc_status(revoked, resolve_status_list=pytest.fail).entries == ()


def test_digitalbazaar_and_verifier_core_give_no_status(
    node: Node, open_badges_contexts: dict[str, Any], revoked: Badge
) -> None:
    (answer,) = node("verifyDocuments", supplied=open_badges_contexts, credentials=[revoked])["results"]
    assert answer["revoked"] is None
    (answer,) = node("verifyWithCore", credentials=[revoked])
    assert answer["status"] is None


def test_we_find_it_revoked(served: Served, revoked: Badge) -> None:
    report = served.verify(revoked, "technical")
    codes = {each["id"]: each["code"] for each in report["checks"]}
    assert (report["verdict"], codes["status"]) == ("invalid", "status.revoked")
