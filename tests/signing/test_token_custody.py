"""The life of a key that is on a token: it stays there through rotations, and goes from there when it is destroyed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.signing.keyring import Keyring
from jmc_vc.signing.pkcs11_signer import TokenKeyMissing
from jmc_vc.signing.signer import SignerUnavailable
from tests.builders.installation import OPERATOR, Installation, award, make_installation
from tests.simulators.softhsm import SoftHsm

SLUG = "hoshimigaoka"


@pytest.fixture
def installation(softhsm: SoftHsm, tmp_path: Path) -> Iterator[Installation]:
    made = make_installation(tmp_path, environment=softhsm.settings())
    yield made
    made.service.database.close()


def on_token(installation: Installation) -> SigningKey:
    """The active key of the issuer, made on the token."""
    service, now = installation.service, installation.now
    service.stage_key(SLUG, place="pkcs11", actor=OPERATOR, now=now)
    return service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now).new


def test_a_rotation_stays_on_the_token(installation: Installation) -> None:
    first = on_token(installation)
    assert first.signer_uri.startswith("pkcs11:")
    installation.issue()
    next_one = installation.service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now).new
    assert next_one.signer_uri.startswith("pkcs11:")
    issued = installation.issue(award(retake=True))
    assert issued.representations[0].kid == next_one.kid
    assert installation.service.verify(issued.representations[0].body, now=installation.now).verdict == "valid"


def test_a_compromised_key_can_be_taken_from_the_token_where_others_might_use_it(installation: Installation) -> None:
    service, keyring = installation.service, installation.service.status_list.keyring
    key = on_token(installation)
    done = service.compromise_key(
        SLUG, key.kid, since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    ).key
    service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=installation.now, dry_run=True)
    assert key.signer_uri in keyring.outside()
    assert service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=installation.now, reason="stolen") == done
    assert key.signer_uri not in keyring.outside()
    with service.database.read() as snapshot:
        assert snapshot.signing_keys.get(SLUG, key.kid) == done
        last = snapshot.audit_log.of_object(f"{SLUG}#{key.kid}")[-1]
    assert (last.action, last.reason) == ("key-destroyed", "stolen")


def test_a_key_that_nobody_needs_any_more_leaves_the_token_before_it_ever_signed(installation: Installation) -> None:
    service, keyring, now = installation.service, installation.service.status_list.keyring, installation.now
    staged, published = (service.stage_key(SLUG, place="pkcs11", actor=OPERATOR, now=now) for _ in range(2))
    service.publish_key(SLUG, published.kid, actor=OPERATOR, now=now)
    for key in (staged, published):
        assert service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=now).state is KeyState.DESTROYED
        assert key.signer_uri not in keyring.outside()


def test_a_destroyed_key_is_gone_from_the_token_also_after_a_crash_in_between(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, keyring = installation.service, installation.service.status_list.keyring
    key = on_token(installation)
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as crashing:
        crashing.setattr(Keyring, "destroy", crash)
        with pytest.raises(KeyboardInterrupt):
            service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=installation.now)
    keyring.signer(key).sign(b"it is still on the token")
    service.destroy_key(SLUG, key.kid, actor=OPERATOR, now=installation.now)
    with pytest.raises(TokenKeyMissing):
        keyring.signer(key).sign(b"gone")


def test_a_key_that_came_to_be_after_we_had_given_up_waiting_is_named(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is on the token, and in no row. So is what another installation has there, and nothing tells them apart."""
    service = installation.service
    before = service.list_keys.strays()  # of other tests, for a token is shared
    first = on_token(installation)
    assert service.list_keys.strays() == before
    generate = Keyring.generate

    def too_late(self: Keyring, *given: object, **named: object) -> SigningKey:
        generate(self, *given, **named)  # type: ignore[arg-type]
        raise SignerUnavailable(token="jmc")

    monkeypatch.setattr(Keyring, "generate", too_late)
    with pytest.raises(SignerUnavailable):
        service.stage_key(SLUG, place="pkcs11", actor=OPERATOR, now=installation.now)
    (stray,) = set(service.list_keys.strays()) - set(before)
    assert stray.startswith(f"pkcs11:token=jmc;object={SLUG}:key-3;id=%")
    assert stray != first.signer_uri


def test_a_key_that_was_made_for_a_plan_that_was_overtaken_does_not_stay_on_the_token(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = installation.service
    made: list[SigningKey] = []
    gone: list[SigningKey] = []
    generate, destroy = Keyring.generate, Keyring.destroy

    def overtaken(self: Keyring, *given: object, **named: object) -> SigningKey:
        key = generate(self, *given, **named)  # type: ignore[arg-type]
        if not made:
            made.append(key)
            with monkeypatch.context() as plain:
                plain.setattr(Keyring, "generate", generate)
                service.stage_key(SLUG, "P-256", actor=OPERATOR, now=installation.now)
        return key

    def remembered(self: Keyring, key: SigningKey) -> None:
        gone.append(key)
        destroy(self, key)

    monkeypatch.setattr(Keyring, "generate", overtaken)
    monkeypatch.setattr(Keyring, "destroy", remembered)
    stored = service.stage_key(SLUG, place="pkcs11", actor=OPERATOR, now=installation.now)
    assert gone == made
    assert stored.signer_uri != made[0].signer_uri
