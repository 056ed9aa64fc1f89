"""A key is tried before it is relied on: one that does not work is not published, and takes nobody's place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState, SigningKey
from jmc_vc.errors import Error
from tests.builders.installation import OPERATOR, Installation, award
from tests.custody.test_key_life import everything

SLUG = "hoshimigaoka"


def cut_off(_: Installation, key: SigningKey) -> SigningKey:
    return replace(key, sealed_private=key.sealed_private[:20])


def another_ones(installation: Installation, key: SigningKey) -> SigningKey:
    """It opens, and signs; but not what the public key verifies, as with a token that was exchanged."""
    keyring = installation.service.status_list.keyring
    other = keyring.generate(key.owner, key.kid, key.algorithm, now=key.created_at)
    return replace(key, sealed_private=keyring.rewrap(other, key.state).sealed_private)


DAMAGES = {"cut off": cut_off, "another key's": another_ones}


@pytest.fixture(params=list(DAMAGES))
def damage(request: pytest.FixtureRequest, installation: Installation) -> Callable[[SigningKey], None]:
    """Spoil a key in its row."""

    def spoil(key: SigningKey) -> None:
        with installation.service.database.begin() as tx:
            tx.signing_keys.save(DAMAGES[request.param](installation, key))

    return spoil


def staged(installation: Installation) -> SigningKey:
    return installation.service.stage_key(SLUG, actor=OPERATOR, now=installation.now)


def published(installation: Installation) -> SigningKey:
    kid = staged(installation).kid
    return installation.service.publish_key(SLUG, kid, actor=OPERATOR, now=installation.now)


@contextmanager
def refused(installation: Installation) -> Iterator[None]:
    before = everything(installation)
    with pytest.raises(Error) as raised:
        yield
    assert raised.value.code == "key.unusable"
    assert everything(installation) == before


def test_a_published_key_that_does_not_work_takes_nobodys_place(
    installation: Installation, damage: Callable[[SigningKey], None]
) -> None:
    service = installation.service
    kid = published(installation).kid
    with service.database.read() as snapshot:
        key = snapshot.signing_keys.get(SLUG, kid)
    assert key is not None
    damage(key)
    installation.clock.now += KEYS_CACHED
    now = installation.now
    for dry_run in (True, False):
        with refused(installation):
            service.activate_key(SLUG, kid, actor=OPERATOR, now=now, dry_run=dry_run)
    for immediate in (False, True):
        with refused(installation):
            service.rotate_key(SLUG, immediate=immediate, actor=OPERATOR, now=now)
    with refused(installation):
        service.rotate_key.plan(SLUG)
    assert installation.issue().representations[0].kid == "key-1"
    # It is in the way for no longer than its keepers want it to be.
    service.destroy_key(SLUG, kid, actor=OPERATOR, now=now, reason="damaged")
    done = service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)
    assert (done.new.kid, done.new.state) == ("key-3", KeyState.ACTIVE)
    assert installation.issue(award(retake=True)).representations[0].kid == "key-3"


def test_a_staged_key_that_does_not_work_is_not_published(
    installation: Installation, damage: Callable[[SigningKey], None]
) -> None:
    service, now = installation.service, installation.now
    key = staged(installation)
    damage(key)
    with refused(installation):
        service.publish_key(SLUG, key.kid, actor=OPERATOR, now=now)
    for immediate in (False, True):
        with refused(installation):
            service.rotate_key(SLUG, immediate=immediate, actor=OPERATOR, now=now)
    service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=now)
    assert service.rotate_key(SLUG, actor=OPERATOR, now=now).new.kid == "key-3"


def test_without_an_active_key_one_that_does_not_work_does_not_become_it(
    installation: Installation, damage: Callable[[SigningKey], None]
) -> None:
    service, now = installation.service, installation.now
    service.retire_key(SLUG, "key-1", actor=OPERATOR, now=now)
    key = published(installation)
    damage(key)
    with refused(installation):
        service.activate_key(SLUG, key.kid, immediate=True, actor=OPERATOR, now=now)
