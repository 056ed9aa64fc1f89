"""A rotation goes step by step, goes on where it stopped, and never leaves none or two active keys."""

from datetime import timedelta

import pytest

from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.signing_key import JMC, KEYS_CACHED, LOG, KeyState
from jmc_vc.errors import Error
from tests.builders.installation import OPERATOR, Installation, award
from tests.storage.together import together

SLUG = "hoshimigaoka"


def states(installation: Installation, owner: str = SLUG) -> dict[str, str]:
    with installation.service.database.read() as snapshot:
        return {key.kid: key.state.value for key in snapshot.signing_keys.of_owner(owner)}


def rotate(installation: Installation, **options: object):  # type: ignore[no-untyped-def]
    return installation.service.rotate_key(SLUG, **options, actor=OPERATOR, now=installation.now)  # type: ignore[arg-type]


def test_the_new_key_is_published_a_minute_before_it_signs(installation: Installation) -> None:
    begun = rotate(installation)
    assert (begun.new.kid, begun.new.state, begun.retired) == ("key-2", KeyState.PUBLISHED, None)
    assert begun.ready_at == installation.now + KEYS_CACHED
    assert installation.issue().representations[0].kid == "key-1"
    installation.clock.move(seconds=59)
    assert rotate(installation) == begun  # nothing to do but to wait
    installation.clock.move(seconds=1)
    done = rotate(installation)
    assert done.retired is not None
    assert (done.new.kid, done.retired.kid, done.ready_at) == ("key-2", "key-1", None)
    assert installation.issue(award(retake=True)).representations[0].kid == "key-2"
    assert states(installation) == {"key-1": "retired", "key-2": "active"}


def test_whoever_has_the_keys_of_a_minute_ago_can_verify_what_is_signed_now(installation: Installation) -> None:
    """Threat 18: at each moment the key that signs is in every document that a cache may still hold."""
    service = installation.service
    held: list[tuple[object, set[str]]] = []
    for _ in range(12):
        document = service.did_document(SLUG)
        held.append((installation.now, {str(each).partition("#")[2] for each in document["assertionMethod"]}))  # type: ignore[union-attr]
        with service.database.read() as snapshot:
            signing = snapshot.signing_keys.active(SLUG)
        assert signing is not None
        assert all(signing.kid in kids for at, kids in held if at > installation.now - KEYS_CACHED)  # type: ignore[operator]
        rotate(installation)
        installation.clock.move(seconds=20)
    assert len(states(installation)) > 3


def test_a_key_that_was_staged_or_published_is_the_next_one(installation: Installation) -> None:
    service, now = installation.service, installation.now
    staged = service.stage_key(SLUG, actor=OPERATOR, now=now)
    begun = rotate(installation)
    assert (begun.new.kid, begun.new.state) == (staged.kid, KeyState.PUBLISHED)
    installation.clock.move(seconds=60)
    assert rotate(installation).new.state is KeyState.ACTIVE
    assert list(states(installation)) == ["key-1", "key-2"]


def test_at_once_is_one_transaction(installation: Installation) -> None:
    done = rotate(installation, immediate=True)
    assert done.retired is not None
    assert (done.new.state, done.retired.state) == (KeyState.ACTIVE, KeyState.RETIRED)
    assert done.new.published_at == done.new.active_from == installation.now
    assert installation.issue().representations[0].kid == "key-2"


def test_at_once_from_a_staged_key_moves_it_twice_in_one_transaction(installation: Installation) -> None:
    staged = installation.service.stage_key(SLUG, actor=OPERATOR, now=installation.now)
    done = rotate(installation, immediate=True)
    assert done.new.kid == staged.kid
    assert installation.issue().representations[0].kid == staged.kid


def test_after_a_theft_a_rotation_brings_a_key_that_nobody_had(installation: Installation) -> None:
    service, now = installation.service, installation.now
    service.compromise_key(SLUG, "key-1", since=now, reason="stolen", actor=OPERATOR, now=now)
    rotate(installation)
    installation.clock.now += KEYS_CACHED
    done = rotate(installation)
    assert (done.new.kid, done.new.state, done.retired) == ("key-2", KeyState.ACTIVE, None)
    assert installation.issue().representations[0].kid == "key-2"


@pytest.mark.parametrize("immediate", [False, True])
def test_a_rotation_that_cannot_be_begun_changes_nothing(installation: Installation, immediate: bool) -> None:
    before = states(installation)
    for owner, kind, expected, code in (
        ("nobody", "Ed25519", None, "issuer.not_found"),
        (SLUG, "RSA", None, "key.none_of_kind"),
        (SLUG, "Ed25519", None, "key.changed"),
        (SLUG, "Ed25519", "key-7", "key.changed"),
        (LOG, "P-256", None, "key.kind_unused"),
    ):
        with pytest.raises(Error) as refused:
            installation.service.rotate_key(
                owner, kind, immediate=immediate, expected=expected, actor=OPERATOR, now=installation.now
            )
        assert refused.value.code == code
    assert states(installation) == before


def test_our_own_keys_are_rotated_like_everybodys(installation: Installation) -> None:
    service = installation.service
    service.rotate_key(JMC, actor=OPERATOR, now=installation.now)
    installation.clock.now += KEYS_CACHED
    assert service.rotate_key(JMC, actor=OPERATOR, now=installation.now).new.state is KeyState.ACTIVE


@pytest.mark.parametrize("active", ["key-1", None])
def test_cl_02_of_two_rotations_that_were_agreed_on_one_is_carried_out(
    installation: Installation, active: str | None
) -> None:
    """Also where no key was active when they were, as after a theft."""
    if active is None:
        installation.service.retire_key(SLUG, "key-1", actor=OPERATOR, now=installation.now)
    done = rotate(installation, immediate=True, expected=active)
    before = states(installation)
    for immediate in (True, False):
        with pytest.raises(Error, match=r"key\.changed"):
            rotate(installation, immediate=immediate, expected=active)
    with pytest.raises(Error, match=r"key\.changed"):
        installation.service.rotate_key.plan(SLUG, expected=active)
    assert states(installation) == before
    assert installation.service.rotate_key.plan(SLUG, expected=done.new.kid).active == done.new


@pytest.mark.parametrize("active", ["key-1", None])
def test_cl_02_of_two_activations_that_were_agreed_on_one_is_carried_out(
    installation: Installation, active: str | None
) -> None:
    service, now = installation.service, installation.now
    if active is None:
        service.retire_key(SLUG, "key-1", actor=OPERATOR, now=now)
    for kid in [service.stage_key(SLUG, actor=OPERATOR, now=now).kid for _ in range(2)]:
        service.publish_key(SLUG, kid, actor=OPERATOR, now=now)
    service.activate_key(SLUG, "key-3", immediate=True, expected=active, actor=OPERATOR, now=now)
    before = states(installation)
    for dry_run in (True, False):
        with pytest.raises(Error, match=r"key\.changed"):
            service.activate_key(
                SLUG, "key-2", immediate=True, expected=active, actor=OPERATOR, now=now, dry_run=dry_run
            )
    assert states(installation) == before
    done = service.activate_key(SLUG, "key-2", immediate=True, expected="key-3", actor=OPERATOR, now=now)
    assert done.retired is not None
    assert done.retired.kid == "key-3"


@pytest.mark.parametrize("kind", ["P-256", "Ed25519"])
def test_cl_02_of_four_that_rotate_at_once_one_wins_and_three_hear_of_it(installation: Installation, kind: str) -> None:
    installation.set_issuing(profile=IssuingProfile.BOTH)
    service = installation.service
    with service.database.read() as snapshot:
        active = snapshot.signing_keys.active(SLUG, kind)
    assert active is not None

    def work(_: int) -> str:
        try:
            service.rotate_key(SLUG, kind, immediate=True, expected=active.kid, actor=OPERATOR, now=installation.now)
        except Error as refused:
            return refused.code
        return "ok"

    assert sorted(together(4, work)) == ["key.changed", "key.changed", "key.changed", "ok"]
    assert sum(state == "active" for state in states(installation).values()) == 2  # of two kinds


def test_cl_02_of_four_that_rotate_at_once_with_a_wait_all_wait_for_one_key(installation: Installation) -> None:
    service = installation.service

    def begin(_: int) -> str:
        return service.rotate_key(SLUG, expected="key-1", actor=OPERATOR, now=installation.now).new.kid

    assert together(4, begin) == ["key-2"] * 4
    installation.clock.now += KEYS_CACHED

    def finish(_: int) -> str:
        try:
            return service.rotate_key(SLUG, expected="key-1", actor=OPERATOR, now=installation.now).new.kid
        except Error as refused:
            return refused.code

    assert sorted(together(4, finish)) == ["key-2", "key.changed", "key.changed", "key.changed"]
    assert states(installation) == {"key-1": "retired", "key-2": "active"}


def test_of_those_who_activate_different_keys_at_once_each_succeeds_and_one_is_active(
    installation: Installation,
) -> None:
    service, now = installation.service, installation.now
    kids = [service.stage_key(SLUG, actor=OPERATOR, now=now).kid for _ in range(4)]
    for kid in kids:
        service.publish_key(SLUG, kid, actor=OPERATOR, now=now)
    later = now + timedelta(minutes=2)
    together(4, lambda number: service.activate_key(SLUG, kids[number], actor=OPERATOR, now=later))
    assert sorted(states(installation).values()) == ["active", "retired", "retired", "retired", "retired"]


def test_of_those_who_stage_at_once_each_has_a_key_of_its_own(installation: Installation) -> None:
    service = installation.service
    made = together(4, lambda _: service.stage_key(SLUG, actor=OPERATOR, now=installation.now).kid)
    assert sorted(made) == ["key-2", "key-3", "key-4", "key-5"]
