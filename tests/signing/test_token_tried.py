"""A token that is away, emptied or exchanged when its key is to sign: nothing changes, and what works goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jmc_vc.custody.destroy_key import StillInItsPlace
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState, SigningKey
from jmc_vc.errors import Error
from jmc_vc.signing.pkcs11_signer import TokenKeyMissing
from jmc_vc.signing.signer import SignerUnavailable
from tests.builders.installation import OPERATOR, Installation, award, make_installation
from tests.builders.stolen_key import change
from tests.custody.test_key_life import everything
from tests.signing.test_token_custody import on_token
from tests.simulators.softhsm import SoftHsm

SLUG = "hoshimigaoka"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def installation(request: pytest.FixtureRequest, softhsm: SoftHsm, tmp_path: Path) -> Iterator[Installation]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = make_installation(tmp_path, url, environment=softhsm.settings())
    yield made
    made.service.database.close()


@contextmanager
def away(softhsm: SoftHsm, pauses: list[float]) -> Iterator[None]:
    softhsm.remove_tokens()
    try:
        yield
    finally:
        softhsm.bring_tokens_back()
        pauses[0] += 2


def published(installation: Installation) -> SigningKey:
    service, now = installation.service, installation.now
    kid = service.stage_key(SLUG, place="pkcs11", actor=OPERATOR, now=now).kid
    return service.publish_key(SLUG, kid, actor=OPERATOR, now=now)


@contextmanager
def refused(installation: Installation, kind: type[Error]) -> Iterator[None]:
    before = everything(installation)
    with pytest.raises(kind):
        yield
    assert everything(installation) == before


def test_a_key_whose_token_is_away_takes_nobodys_place(
    installation: Installation, softhsm: SoftHsm, pauses: list[float]
) -> None:
    service, active = installation.service, on_token(installation)
    key = published(installation)
    installation.clock.now += KEYS_CACHED
    now = installation.now
    installation.issue()
    with away(softhsm, pauses):
        with pytest.raises(SignerUnavailable):
            service.status_list.keyring.signer(active).sign(b"the session of before is given up")
        for immediate in (False, True):
            with refused(installation, SignerUnavailable):
                service.rotate_key(SLUG, immediate=immediate, actor=OPERATOR, now=now)
            with refused(installation, SignerUnavailable):
                service.activate_key(SLUG, key.kid, immediate=immediate, actor=OPERATOR, now=now)
    assert installation.issue(award(retake=True)).representations[0].kid == active.kid
    done = service.rotate_key(SLUG, actor=OPERATOR, now=now)
    assert (done.new.kid, done.new.state) == (key.kid, KeyState.ACTIVE)


def test_a_key_that_is_no_longer_on_its_token_takes_nobodys_place_until_it_is_given_up(
    installation: Installation,
) -> None:
    service, key = installation.service, published(installation)
    service.status_list.keyring.destroy(key)  # as when an older copy of the token was restored
    installation.clock.now += KEYS_CACHED
    now = installation.now
    for immediate in (False, True):
        with refused(installation, TokenKeyMissing):
            service.rotate_key(SLUG, immediate=immediate, actor=OPERATOR, now=now)
        with refused(installation, TokenKeyMissing):
            service.activate_key(SLUG, key.kid, immediate=immediate, actor=OPERATOR, now=now)
    service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=now)
    done = service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)
    assert (done.new.kid, done.retired and done.retired.kid) == ("key-3", "key-1")
    assert installation.issue().representations[0].kid == "key-3"


def test_f_19_while_the_token_is_away_a_true_list_is_served_until_it_ends(
    installation: Installation, softhsm: SoftHsm, pauses: list[float]
) -> None:
    service = installation.service
    key = on_token(installation)
    issued = installation.issue()
    listed = service.status_list(1, "revocation", now=installation.now)
    assert listed.kid == key.kid
    with away(softhsm, pauses):
        for hours in (11, 2, 10):
            installation.clock.move(hours=hours)
            assert service.status_list(1, "revocation", now=installation.now) == listed
            assert installation.verify(issued.body).verdict == "valid"
        installation.clock.move(hours=1)
        with pytest.raises(SignerUnavailable):
            service.status_list(1, "revocation", now=installation.now)
    assert service.status_list(1, "revocation", now=installation.now).signed_at == installation.now


def test_f_19_while_the_token_is_away_no_list_hides_a_revocation(
    installation: Installation, softhsm: SoftHsm, pauses: list[float]
) -> None:
    service = installation.service
    on_token(installation)
    issued = installation.issue()
    service.status_list(1, "revocation", now=installation.now)
    with away(softhsm, pauses):
        change(installation, issued, StatusAction.REVOKE, RevocationReason.ISSUED_IN_ERROR)
        installation.clock.move(seconds=1)
        with pytest.raises(SignerUnavailable):
            service.status_list(1, "revocation", now=installation.now)
    assert service.status_list(1, "revocation", now=installation.now).signed_at == installation.now


def test_a_key_that_is_destroyed_while_its_token_is_away_is_told_of_and_destroyed_later(
    installation: Installation, softhsm: SoftHsm, pauses: list[float]
) -> None:
    service = installation.service
    key = on_token(installation)
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    with away(softhsm, pauses):
        with pytest.raises(StillInItsPlace) as told:
            service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=installation.now)
        assert told.value.params["place"] == key.signer_uri
        with pytest.raises(StillInItsPlace):  # once more, and no better
            service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=installation.now)
    assert key.signer_uri in service.list_keys.strays()
    done = service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=installation.now)
    assert done.state is KeyState.DESTROYED
    assert key.signer_uri not in service.list_keys.strays()
    issued = installation.issue(award(retake=True))
    assert installation.verify(issued.body).verdict == "valid"
