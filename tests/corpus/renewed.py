"""Badges whose issuer offers a newer version. It is asked for once, and it counts if it is genuine, the same badge and
newer; otherwise the one at hand does."""

from collections.abc import Callable
from typing import Any

from tests.builders.contexts import EXTENSIONS
from tests.corpus.bad_documents import bad
from tests.corpus.case import Case, Finding, Kind, fails, passed, unknown
from tests.corpus.documents import at, entry, pottery, status_list
from tests.corpus.issuers import POTTERY, THIEF, Json

LATER = "2026-11-01T00:00:00Z"
REVOKED = f"{POTTERY.base}/status/renewed"


def offered(which: str) -> str:
    return f"{POTTERY.base}/refresh/{which}"


def version(which: str, **changes: Any) -> Json:
    """A badge, unsigned, with the address of newer ones."""
    service = {"id": offered(which), "type": "1EdTechCredentialRefresh"}
    return at(pottery(refreshService=service, **changes), "@context/2", EXTENSIONS)


def newer(which: str, **changes: Any) -> Json:
    return POTTERY.sign(version(which, **{"validFrom": LATER, **changes}))


def _renewed(
    name: str, what: str, found: Finding, served: Callable[[], Json] | None = None, defect: str | None = None
) -> Case:
    return Case(
        name=f"renewed-{name}", what=f"a badge {what}", body=lambda: POTTERY.sign(version(name)),
        serves=dict if served is None else lambda: {offered(name): served()},
        found={"refresh": found}, defect=defect, fault=None if defect is None else "refresh",
    )  # fmt: skip


RENEWED: tuple[Case, ...] = (
    _renewed("newer", "whose issuer has a newer version", passed("refresh.newer"), lambda: newer("newer", name="New")),
    _renewed("same", "whose issuer has no newer version", passed("refresh.newest"),
             lambda: POTTERY.sign(version("same"))),
    _renewed("later", "whose issuer has one that counts from next year on", passed("refresh.newest"),
             lambda: newer("later", validFrom="2027-01-01T00:00:00Z")),
    _renewed("down", "whose issuer has a newer version", unknown("refresh.unavailable"), None,
             "the newer version is not to be had"),
    _renewed("altered", "whose issuer has a newer version", unknown("refresh.not_genuine"),
             lambda: {**newer("altered"), "name": "Doctor of Pottery"}, "the newer version was altered"),
    _renewed("forged", "whose issuer has a newer version", unknown("refresh.not_genuine"),
             lambda: THIEF.sign(version("forged", validFrom=LATER)), "the newer version is signed by another"),
    _renewed("of-another-badge", "whose issuer has a newer version", unknown("refresh.another"),
             lambda: newer("of-another-badge", id=f"{POTTERY.base}/credentials/2"),
             "the newer version is of another badge"),
    _renewed("of-another-learner", "whose issuer has a newer version", unknown("refresh.another"),
             lambda: POTTERY.sign(at(version("of-another-learner", validFrom=LATER), "credentialSubject/id",
             "did:example:bob")), "the newer version is of another learner"),
    bad("renewed-and-revoked", "a genuine badge whose issuer has a newer version", "the newer version was revoked",
        lambda: POTTERY.sign(version("revoked")), "status",
        {"refresh": passed("refresh.newer"), "status": fails("status.revoked")},
        serves=lambda: {offered("revoked"): newer("revoked", credentialStatus=entry(REVOKED, 9)),
                        REVOKED: POTTERY.sign(status_list(REVOKED))}),
    bad("renewed-and-expired", "a genuine badge whose issuer has a newer version", "its time is over, and the newer's",
        lambda: POTTERY.sign(version("expired", validUntil="2026-11-10T00:00:00Z")), "validity",
        {"refresh": passed("refresh.newer"), "validity": fails("validity.expired")},
        serves=lambda: {offered("expired"): newer("expired", validUntil="2026-11-20T00:00:00Z")}, kind=Kind.BAD),
    Case(name="renewed-in-time", what="a badge whose time is over, and whose issuer has renewed it",
         body=lambda: POTTERY.sign(version("in-time", validUntil="2026-11-10T00:00:00Z")),
         found={"refresh": passed("refresh.newer")},
         serves=lambda: {offered("in-time"): newer("in-time", validUntil="2027-11-10T00:00:00Z")}),
)  # fmt: skip
