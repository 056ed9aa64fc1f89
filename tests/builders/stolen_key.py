"""A key of an issuer is stolen: reported, followed by another one, and its credentials signed anew."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from jmc_vc.domain.credential import Representation, RevocationReason, StatusAction
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.issuing.reissue import Reissue
from jmc_vc.issuing.sign_anew import Fate
from tests.builders.installation import OPERATOR, Installation, award

SLUG = "hoshimigaoka"


def learner(number: int, **changes: Any) -> dict[str, Any]:
    who = {"name": {"fullName": f"Learner {number}"}, "email": f"learner-{number}@learners.example"}
    return award(recipient=who, **changes)


def issue_some(installation: Installation, count: int) -> list[IssuedAssertion]:
    outcomes = installation.issue_all([learner(number) for number in range(count)])
    assert all(isinstance(each, IssuedAssertion) for each in outcomes)
    return [each for each in outcomes if isinstance(each, IssuedAssertion)]


def compromise(installation: Installation, kid: str = "key-1", *, since: datetime | None = None) -> None:
    installation.service.compromise_key(
        SLUG, kid, since=since or installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    )


def rotate(installation: Installation, algorithm: str = "Ed25519") -> str:
    made = installation.service.rotate_key(SLUG, algorithm, immediate=True, actor=OPERATOR, now=installation.now)
    return made.new.kid


def steal(installation: Installation, kid: str = "key-1", algorithm: str = "Ed25519") -> str:
    """An hour later the key is gone, and another one signs, whose id is the answer."""
    installation.clock.move(hours=1)
    compromise(installation, kid)
    return rotate(installation, algorithm)


def run(
    installation: Installation, kid: str = "key-1", *, by: Reissue | None = None, **options: Any
) -> tuple[dict[UUID, Fate], int]:
    """All batches; what became of each, and how many learners have a new copy."""
    reissue = by or replace(installation.service.reissue, batch=2)
    fates: dict[UUID, Fate] = {}
    learners: set[bytes] = set()
    after = None
    while True:
        batch = reissue(SLUG, kid, after=after, actor=OPERATOR, now=installation.now, **options)
        if batch.last is None:
            return fates, len(learners)
        assert not fates.keys() & batch.fates.keys()
        fates |= batch.fates
        learners |= batch.learners
        after = batch.last


def fetched(installation: Installation, issued: IssuedAssertion) -> tuple[Representation, ...]:
    """What anybody gets at the address of the credential: compared with the digest of the row on the way."""
    found = installation.service.fetch_credential(issued.credential.uuid, now=installation.now)
    return found.representations


def judged(installation: Installation, body: bytes) -> tuple[str, str]:
    report = installation.verify(body)
    return report.verdict.value, report.finding("key").code


def change(
    installation: Installation, issued: IssuedAssertion, action: StatusAction, reason: RevocationReason | None = None
) -> None:
    installation.service.change_status(
        issued.credential.uuid, action, reason=reason, text=None, actor=installation.actor(), now=installation.now
    )
