"""An installation in which everything happened that the public log tells of, with a head over all of it."""

from typing import Any

from jmc_vc.accrediting.logged import program_entry
from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.issuing.command import IssuedAssertion
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.public_log import advance

SLUG = "hoshimigaoka"


def learner(name: str) -> dict[str, Any]:
    return award(
        externalId=name,
        recipient={"name": {"fullName": f"Learner {name}"}, "email": f"{name}@learners.example"},
    )


def revoke(installation: Installation, issued: IssuedAssertion) -> None:
    change(installation, issued, StatusAction.REVOKE, RevocationReason.ISSUED_IN_ERROR)


def change(
    installation: Installation, issued: IssuedAssertion, action: StatusAction, reason: RevocationReason | None = None
) -> None:
    installation.service.change_status(
        issued.credential.uuid, action, reason=reason, text=None, actor=installation.actor(), now=installation.now
    )


def rotate(installation: Installation, owner: str = SLUG) -> None:
    """At once: nobody outside holds keys of this one."""
    installation.clock.move(minutes=2)
    installation.service.rotate_key(owner, immediate=True, actor=OPERATOR, now=installation.now)


def live_in(installation: Installation) -> list[IssuedAssertion]:
    """Issue, revoke, suspend, erase, rotate, compromise, sanction; the credentials that were issued."""
    service = installation.service
    issued = [installation.issue(learner(f"early-{n}")) for n in range(4)]
    revoke(installation, issued[0])
    change(installation, issued[1], StatusAction.SUSPEND)
    with service.database.begin() as tx:
        tx.erasures.erase(issued[3].credential.uuid, service.kek)
    advance(installation)
    rotate(installation)
    issued += [installation.issue(learner(f"late-{n}")) for n in range(2)]
    key = service.stage_key(SLUG, "P-256", actor=OPERATOR, now=installation.now)
    service.publish_key(SLUG, key.kid, actor=OPERATOR, now=installation.now)
    service.compromise_key(
        SLUG, key.kid, since=installation.now, reason="lost on a train", actor=OPERATOR, now=installation.now
    )
    service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    service.reinstate_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    for sanction in (Sanction.SUSPEND, Sanction.REINSTATE):
        service.sanction_program("JMC-P-900001", "1", sanction, reason="test", actor=OPERATOR, now=installation.now)
    installation.clock.move(minutes=2)
    advance(installation, audit_head=True)
    return issued


def fill_tiles(installation: Installation, rounds: int = 150) -> None:
    """Twice so many entries more, of a program that is suspended and reinstated again and again."""
    append_many(installation, rounds)
    advance(installation)


def append_many(installation: Installation, rounds: int = 150) -> None:
    """The same, which wait for their places."""
    with installation.service.database.begin() as tx:
        version = tx.programs.get("JMC-P-900001", "1")
        assert version is not None
        tx.public_log.append(
            program_entry(version, event, at=installation.now)
            for _ in range(rounds)
            for event in ("suspended", "reinstated")
        )
