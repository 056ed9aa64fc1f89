"""Id, issuer, subject, status place and dates are those that were reserved (INV-03, INV-06, INV-09)."""

from datetime import datetime
from typing import Any

from jmc_vc.domain.status_list import StatusForm
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.lints.facts import Facts


def lint(document: JsonObject, facts: Facts) -> str | None:
    """What was reserved and what the document says are the same. Returns the pointer of what is not so."""
    expected = {
        "/id": facts.site.credential(facts.uuid),
        "/issuer/id": facts.site.issuer_did(facts.issuer.slug),
        "/credentialSubject/id": facts.subject_id,
        **_status(facts),
    }
    for pointer, value in expected.items():
        if _at(document, pointer) != value:
            return pointer
    dates = {"/awardedDate": facts.awarded_at, "/validFrom": facts.signed_at}
    for pointer, moment in dates.items():
        if abs((datetime.fromisoformat(str(_at(document, pointer))) - moment).total_seconds()) >= 1:
            return pointer
    return None


def _status(facts: Facts) -> dict[str, str]:
    if facts.status_form is StatusForm.REVOCATION_LIST:
        return {
            "/credentialStatus/id": facts.site.revocation_list(facts.list_number),
            "/credentialStatus/type": "1EdTechRevocationList",
        }
    return {
        "/credentialStatus/statusListIndex": str(facts.status_index),
        "/credentialStatus/statusListCredential": facts.site.status_list(facts.list_number, "revocation"),
        "/credentialStatus/statusPurpose": "revocation",
    }


def _at(document: JsonObject, pointer: str) -> Any:
    """What stands there; None if nothing does."""
    value: Any = document
    for step in pointer.strip("/").split("/"):
        value = value.get(step) if isinstance(value, dict) else None
    return value
