"""Endorsements inside a badge: who signed the badge did not sign them."""

import json
from typing import Any

import pytest

from tests.builders.forger import Stranger, signed_by_issuer, unsigned
from tests.builders.installation import Installation
from tests.builders.web import web_client

PRAISE = "Excellent in every respect"
ENDORSER = "Imperial Academy of Everything"


def endorsement(installation: Installation, badge: dict[str, Any]) -> dict[str, Any]:
    """With a proof that was good, until the comment became a kinder one."""
    signed: dict[str, Any] = json.loads(
        Stranger().sign(
            installation,
            {
                "@context": badge["@context"],
                "id": "urn:uuid:0b6b8d3a-5c0e-4b1f-9d3e-3a52f6d1b7c9",
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "name": "Endorsement",
                "issuer": {"id": "", "type": ["Profile"], "name": ENDORSER},
                "validFrom": "2026-10-01T00:00:00Z",
                "credentialSubject": {
                    "id": badge["id"],
                    "type": ["EndorsementSubject"],
                    "endorsementComment": "Sufficient",
                },
            },
        )
    )
    signed["credentialSubject"]["endorsementComment"] = PRAISE
    return signed


@pytest.mark.parametrize("place", ["the badge", "the achievement"])
def test_vj_76_an_endorsement_with_a_broken_proof_endorses_nothing(
    sqlite_installation: Installation, place: str
) -> None:
    badge = unsigned(sqlite_installation.issue().body)
    endorsed = badge if place == "the badge" else badge["credentialSubject"]["achievement"]
    endorsed["endorsement"] = [endorsement(sqlite_installation, badge)]
    body = signed_by_issuer(sqlite_installation, badge)
    with web_client(sqlite_installation.service) as web:
        report = web.post("/v1/verify", content=body, headers={"content-type": "application/json"})
        page = web.post("/verify?lang=en", headers={"accept": "text/html"}, files={"file": ("badge.json", body)})
    proof = next(check for check in report.json()["checks"] if check["id"] == "proof")
    assert proof["outcome"] == "pass", "the proof of the badge says nothing of the one inside"
    assert (report.status_code, page.status_code) == (200, 200)
    for shown in (report.text, page.text):
        assert PRAISE not in shown
        assert ENDORSER not in shown
