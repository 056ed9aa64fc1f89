"""What accrediting writes into the public log, and that it writes nothing when nothing happened."""

from typing import Any

import pytest

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.errors import Error
from tests.builders.installation import OPERATOR, Installation
from tests.builders.public_log import written

AT = "2026-11-23T03:00:00Z"


def _of(installation: Installation, kind: str) -> list[dict[str, Any]]:
    return [entry for entry in written(installation) if entry["type"] == kind]


def _sanction(installation: Installation, sanction: Sanction) -> None:
    installation.service.sanction_program(
        "JMC-P-900001", "1", sanction, reason="canary reason", actor=OPERATOR, now=installation.now
    )


def test_a_version_is_told_of_from_its_submission_to_its_withdrawal(installation: Installation) -> None:
    for sanction in (Sanction.SUSPEND, Sanction.REINSTATE, Sanction.WITHDRAW):
        _sanction(installation, sanction)
    (version,) = installation.service.list_programs()
    known = {
        "type": "program",
        "at": AT,
        "number": "JMC-P-900001",
        "version": "1",
        "contentDigest": version.content_digest,
    }
    decided = {**known, "decision": "JMC-D-900001"}
    events = ("approved", "suspended", "reinstated", "withdrawn")
    assert _of(installation, "program") == [
        {**known, "event": "submitted"},
        *({**decided, "event": event} for event in events),
    ]
    assert "canary" not in repr(written(installation))


def test_an_issuer_is_told_of_when_it_is_registered_suspended_and_reinstated(installation: Installation) -> None:
    service, now = installation.service, installation.now
    service.suspend_issuer("hoshimigaoka", reason="canary reason", actor=OPERATOR, now=now)
    service.reinstate_issuer("hoshimigaoka", reason="canary reason", actor=OPERATOR, now=now)
    did = "did:web:localhost%3A8000:issuers:hoshimigaoka"
    assert _of(installation, "issuer") == [
        {"type": "issuer", "at": AT, "did": did, "number": "JMC-I-90001", "event": event}
        for event in ("registered", "suspended", "reinstated")
    ]
    assert "canary" not in repr(written(installation))


def test_what_changes_nothing_or_is_refused_has_no_entry(installation: Installation) -> None:
    service, now = installation.service, installation.now
    before = written(installation)
    installation.import_program()  # the same again
    for refused in (
        installation.register,
        installation.approve,
        lambda: _sanction(installation, Sanction.REINSTATE),
        lambda: service.reinstate_issuer("hoshimigaoka", reason="x", actor=OPERATOR, now=now),
        lambda: service.suspend_issuer("nobody", reason="x", actor=OPERATOR, now=now),
    ):
        with pytest.raises(Error):
            refused()
    assert written(installation) == before
