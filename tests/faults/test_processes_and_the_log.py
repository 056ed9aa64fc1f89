"""Processes that write into the log, give places or sign anew at the same moment do not get into each other's way."""

from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.errors import Error
from jmc_vc.issuing.command import Command
from jmc_vc.issuing.request import read_request
from tests.builders.installation import OPERATOR, Installation, award, encode
from tests.faults.processes import CHANGED, DONE, in_processes
from tests.faults.sound import require_sound

SLUG = "hoshimigaoka"


def issue_some(installation: Installation, count: int) -> None:
    bodies = [award(externalId=f"n-{n}", recipient={"name": {"fullName": "Test"}}) for n in range(count)]
    assert not [each for each in installation.issue_all(bodies) if isinstance(each, Error)]


def test_of_three_that_advance_the_log_at_once_one_signs_a_head(installation: Installation) -> None:
    service, now = installation.service, installation.now
    issue_some(installation, 30)
    service.database.close()  # a connection must not be in two processes
    assert in_processes(*[lambda: service.log.advance(now=now)] * 3) == [DONE] * 3
    with service.database.read() as snapshot:
        head, waiting = snapshot.public_log.latest(), snapshot.public_log.waiting(1)
        first = head is not None and snapshot.public_log.signed_after(0)
    assert head is not None
    assert first == head.signed_at
    assert waiting == ()
    installation.clock.move(seconds=2)
    service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)


def test_of_three_that_sign_anew_at_once_each_credential_is_signed_by_one(installation: Installation) -> None:
    service = installation.service
    issue_some(installation, 12)
    installation.clock.move(hours=1)
    now = installation.now
    service.compromise_key(SLUG, "key-1", since=now, reason="stolen", actor=OPERATOR, now=now)
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)
    service.database.close()
    done = in_processes(*[lambda: service.reissue(SLUG, "key-1", actor=OPERATOR, now=now)] * 3)
    assert done == [DONE] * 3
    with service.database.read() as snapshot:
        assert [len(snapshot.public_log.of_credential(uuid)) for uuid in installation.rows()] == [2] * 12
    installation.clock.move(seconds=2)
    service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)


def test_a_rotation_and_a_theft_at_once_leave_one_story(installation: Installation) -> None:
    """Whichever is first: the stolen key does not sign, and no other is lost."""
    service = installation.service
    issue_some(installation, 2)
    service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    installation.clock.now += KEYS_CACHED
    now = installation.now
    actor = installation.actor()
    service.database.close()

    def report() -> None:
        service.compromise_key(SLUG, "key-1", since=now, reason="stolen", actor=OPERATOR, now=now)

    def rotate() -> None:
        service.rotate_key(SLUG, expected="key-1", actor=OPERATOR, now=now)

    def issue() -> None:
        body = award(externalId="meanwhile", recipient={"name": {"fullName": "Test"}})
        service.issue([Command(request=read_request(encode(body)), actor=actor, idempotency_key=None)], now=now)

    reported, rotated, issued = in_processes(report, rotate, issue)
    assert (reported, issued) == (DONE, DONE)
    assert rotated in (DONE, CHANGED)
    with service.database.read() as snapshot:
        states = {key.kid: key.state.value for key in snapshot.signing_keys.of_owner(SLUG)}
    assert states["key-1"] == "compromised"
    service.rotate_key(SLUG, actor=OPERATOR, now=now)
    installation.clock.move(seconds=2)
    service.log.advance(now=installation.now, audit_head=True)
    assert service.records.verify_log().findings == ()
