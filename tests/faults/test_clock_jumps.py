"""A clock that jumps back signs nothing with a wrong time, shortens no wait, and dates no head back (F-21, CF-08)."""

import pytest

from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.errors import Error
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.public_log import let_seconds_pass
from tests.builders.stolen_key import issue_some, run, steal
from tests.faults.sound import require_sound

SLUG = "hoshimigaoka"
JUMPS = [{"minutes": 5}, {"hours": 1}, {"days": 60}]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_f_21_a_rotation_waits_until_everybody_can_know_the_key(
    installation: Installation, jump: dict[str, float]
) -> None:
    service = installation.service
    service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    published = installation.now
    installation.clock.move(**{unit: -size for unit, size in jump.items()})
    for _ in range(2):
        waits = service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
        assert (waits.new.kid, waits.ready_at) == ("key-2", published + KEYS_CACHED)
    with pytest.raises(Error, match=r"key\.not_yet_known"):
        service.activate_key(SLUG, "key-2", actor=OPERATOR, now=installation.now)
    installation.clock.now = published + KEYS_CACHED
    assert service.rotate_key(SLUG, actor=OPERATOR, now=installation.now).ready_at is None
    service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_cf_08_behind_a_rotation_no_credential_is_signed(installation: Installation, jump: dict[str, float]) -> None:
    installation.clock.move(**jump)
    installation.service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    rotated = installation.now
    installation.clock.move(**{unit: -size for unit, size in jump.items()})
    with pytest.raises(Error, match=r"issue\.clock_behind"):
        installation.issue()
    installation.clock.now = rotated
    installation.issue()


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_cf_08_with_a_clock_behind_no_credential_is_signed_anew(
    sqlite_installation: Installation, jump: dict[str, float]
) -> None:
    issue_some(sqlite_installation, 3)
    sqlite_installation.clock.move(**jump)
    steal(sqlite_installation)
    sqlite_installation.clock.move(**{unit: -size for unit, size in jump.items()})
    for _ in range(2):
        with pytest.raises(Error, match=r"issue\.clock_behind"):
            run(sqlite_installation)
    sqlite_installation.clock.move(**jump)
    fates, _ = run(sqlite_installation)
    assert len(fates) == 3
    sqlite_installation.service.log.advance(now=sqlite_installation.now, audit_head=True)
    require_sound(sqlite_installation)


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_f_21_the_log_goes_on_and_no_head_is_older_than_the_one_before(
    installation: Installation, jump: dict[str, float]
) -> None:
    let_seconds_pass(installation)
    service = installation.service
    installation.issue()
    first = service.log.advance(now=installation.now, audit_head=True)
    assert first is not None
    installation.clock.move(**{unit: -size for unit, size in jump.items()})
    with pytest.raises(Error, match=r"issue\.clock_behind"):
        installation.issue(award(externalId="another", recipient={"name": {"fullName": "Test"}}))
    service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    second = service.log.advance(now=installation.now, audit_head=True)
    assert second is not None
    assert second.size > first.size
    assert second.signed_at >= first.signed_at
    require_sound(installation)
