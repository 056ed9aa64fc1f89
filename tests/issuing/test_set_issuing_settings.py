"""Settings come with the keys that they need, in one transaction and on record."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jmc_vc.custody.rotate_key import RotateKey
from jmc_vc.domain.issuing_settings import DEFAULT, IssuingProfile, IssuingSettings, JwtAlgorithm, in_force
from jmc_vc.domain.program import ProgramNotFound
from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState, SigningKey
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.errors import Error
from jmc_vc.issuing.set_issuing_settings import SettingsSet
from jmc_vc.signing.keyring import Keyring
from tests.builders.installation import OPERATOR, Installation, award

SLUG, PROGRAM = "hoshimigaoka", "JMC-P-900001"


def change(installation: Installation, **settings: Any) -> SettingsSet:
    return installation.service.set_issuing_settings(PROGRAM, **settings, actor=OPERATOR, now=installation.now)


def audited(installation: Installation) -> list[tuple[str, str]]:
    with installation.service.database.read() as snapshot:
        return [(each.action, each.object) for each in snapshot.audit_log.entries()]


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        ({"profile": IssuingProfile.DATA_INTEGRITY_EDDSA}, []),
        ({"profile": IssuingProfile.DATA_INTEGRITY_ECDSA}, ["P-256"]),
        ({"profile": IssuingProfile.VC_JWT}, ["P-256"]),
        ({"profile": IssuingProfile.VC_JWT, "jwt_algorithm": JwtAlgorithm.RS256}, ["RSA"]),
        ({"profile": IssuingProfile.BOTH}, ["P-256"]),
        ({"profile": IssuingProfile.BOTH, "jwt_algorithm": JwtAlgorithm.RS256, "sd_jwt_vc": True}, ["RSA", "P-256"]),
        ({"sd_jwt_vc": True}, ["P-256"]),
        ({"status_form": StatusForm.REVOCATION_LIST}, []),
    ],
)
def test_the_keys_that_the_issuer_lacks_are_made_with_the_settings(
    installation: Installation, wanted: dict[str, Any], made: list[str]
) -> None:
    found = change(installation, **wanted)
    settings, keys = found.settings, found.keys
    assert list(found.lacking) == [key.algorithm for key in keys] == made
    assert [key.kid for key in keys] == [f"key-{number}" for number in range(2, 2 + len(made))]
    assert all(key.state is KeyState.ACTIVE for key in keys)
    for name, value in wanted.items():
        assert getattr(settings, name) == value
    with installation.service.database.read() as snapshot:
        changes = snapshot.issuing_settings.of_program(PROGRAM)
        assert in_force(changes, installation.now + (KEYS_CACHED if made else timedelta(0))) == settings
        for key in keys:
            assert snapshot.signing_keys.active(SLUG, key.algorithm) == key


def test_settings_begin_when_no_cache_holds_the_keys_without_their_own_any_more(installation: Installation) -> None:
    begin = installation.now + KEYS_CACHED
    assert change(installation, profile=IssuingProfile.VC_JWT).in_force_from == begin
    assert installation.issue().representations[0].format.value == "json"
    installation.clock.move(seconds=59)
    # Another change meanwhile needs no key that is not there, and yet may not bring the young one forward.
    assert change(installation, status_form=StatusForm.REVOCATION_LIST).in_force_from == begin
    assert installation.issue(award(retake=True)).representations[0].format.value == "json"
    installation.clock.move(seconds=1)
    issued = installation.issue(award(retake=True))
    assert issued.representations[0].format.value == "jwt"
    assert issued.credential.status_form is StatusForm.REVOCATION_LIST


def test_settings_with_keys_that_everybody_knows_begin_at_once(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.VC_JWT)
    assert change(installation, profile=IssuingProfile.DATA_INTEGRITY_EDDSA).in_force_from == installation.now
    installation.clock.move(seconds=60)
    assert change(installation, profile=IssuingProfile.DATA_INTEGRITY_ECDSA).in_force_from == installation.now
    assert installation.issue().representations[0].kid == "key-2"


def test_a_look_beforehand_changes_nothing(installation: Installation) -> None:
    before = audited(installation)
    found = change(installation, profile=IssuingProfile.BOTH, sd_jwt_vc=True, dry_run=True)
    assert (found.settings.profile, found.lacking, found.keys) == (IssuingProfile.BOTH, ("P-256",), ())
    assert found.in_force_from == installation.now + KEYS_CACHED
    assert audited(installation) == before
    assert change(installation).in_force_from is None


def test_keys_are_made_while_nobody_waits_for_them(installation: Installation) -> None:
    """An RSA key takes long, and SQLite has one writer."""
    service = installation.service
    issued = []

    class Slow:
        def generate(self, *given: Any, **named: Any) -> SigningKey:
            issued.append(installation.issue(award(retake=True)))
            return service.issue.keyring.generate(*given, **named)

    replace(service.set_issuing_settings, keyring=Slow())(  # type: ignore[arg-type]
        PROGRAM, profile=IssuingProfile.VC_JWT, actor=OPERATOR, now=installation.now
    )
    rotating(installation, Slow())(SLUG, "P-256", immediate=True, actor=OPERATOR, now=installation.now)
    assert len(issued) == 2


def test_who_plans_on_keys_that_change_meanwhile_plans_again(installation: Installation) -> None:
    service = installation.service

    class Overtaken:
        calls = 0

        def generate(self, *given: Any, **named: Any) -> SigningKey:
            Overtaken.calls += 1
            if Overtaken.calls == 1:
                service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
            return service.issue.keyring.generate(*given, **named)

    found = replace(service.set_issuing_settings, keyring=Overtaken())(  # type: ignore[arg-type]
        PROGRAM, profile=IssuingProfile.VC_JWT, actor=OPERATOR, now=installation.now
    )
    assert [key.kid for key in found.keys] == ["key-3"]
    Overtaken.calls = 0
    done = rotating(installation, Overtaken())(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    assert done.retired is not None
    assert (done.retired.kid, done.new.kid) == ("key-4", "key-5")


def test_a_rotation_says_on_record_which_key_retired(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.VC_JWT)
    installation.service.rotate_key(SLUG, "P-256", immediate=True, actor=OPERATOR, now=installation.now)
    with installation.service.database.read() as snapshot:
        entry = snapshot.audit_log.entries()[-1]
    assert (entry.action, entry.object) == ("key-activated", f"{SLUG}#key-3")
    assert entry.details == {"algorithm": "P-256", "retired": "key-2"}


def test_a_kind_of_key_that_the_issuer_does_not_have_cannot_be_rotated(installation: Installation) -> None:
    with pytest.raises(Error) as refused:
        installation.service.rotate_key(SLUG, "RSA", immediate=True, actor=OPERATOR, now=installation.now)
    assert refused.value.code == "key.none_of_kind"


class _With:
    """A keyring whose new keys another one makes."""

    def __init__(self, keyring: Keyring, maker: Any) -> None:
        self.rewrap = keyring.rewrap
        self.destroy = keyring.destroy
        self.try_out = keyring.try_out
        self.generate = maker.generate


def rotating(installation: Installation, maker: Any) -> RotateKey:
    change = installation.service.rotate_key.change
    return RotateKey(change=replace(change, keyring=_With(change.keyring, maker)))  # type: ignore[arg-type]


def test_what_is_there_already_is_not_made_again(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.VC_JWT)
    assert change(installation, profile=IssuingProfile.BOTH).keys == ()
    keys = change(installation, jwt_algorithm=JwtAlgorithm.RS256).keys
    assert [key.kid for key in keys] == ["key-3"]


def test_what_is_not_told_stays_as_it_was(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.BOTH, sd_jwt_vc=True)
    settings = change(installation, status_form=StatusForm.REVOCATION_LIST).settings
    assert settings == IssuingSettings(
        profile=IssuingProfile.BOTH, sd_jwt_vc=True, status_form=StatusForm.REVOCATION_LIST
    )
    assert change(installation, sd_jwt_vc=False).settings.sd_jwt_vc is False


def test_every_change_and_every_key_is_on_record_with_who_made_it(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.VC_JWT)
    assert audited(installation)[-2:] == [("issuing-settings-changed", PROGRAM), ("key-created", f"{SLUG}#key-2")]
    with installation.service.database.read() as snapshot:
        entry, key = snapshot.audit_log.entries()[-2:]
    assert entry.actor_id == OPERATOR.id
    assert entry.details == {
        "profile": "vc-jwt",
        "jwtAlgorithm": "ES256",
        "sdJwtVc": False,
        "statusForm": "bitstring",
        "inForceFrom": (installation.now + KEYS_CACHED).isoformat(),
    }
    assert key.details == {"algorithm": "P-256"}


def test_what_says_nothing_new_changes_nothing(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.VC_JWT)
    before = audited(installation)
    again = change(installation, profile=IssuingProfile.VC_JWT)
    assert (again.settings, again.keys) == (IssuingSettings(profile=IssuingProfile.VC_JWT), ())
    assert again.in_force_from == installation.now + KEYS_CACHED
    assert change(installation).keys == ()
    assert audited(installation) == before
    with installation.service.database.read() as snapshot:
        assert len(snapshot.issuing_settings.of_program(PROGRAM)) == 1


def test_a_key_that_is_gone_is_made_again_under_settings_that_stay(installation: Installation) -> None:
    (key,) = installation.set_issuing(profile=IssuingProfile.VC_JWT).keys
    with installation.service.database.begin() as tx:
        tx.signing_keys.save(installation.service.issue.keyring.rewrap(key, KeyState.COMPROMISED))
    with pytest.raises(Error) as refused:
        installation.issue()
    assert refused.value.code == "key.none_active"
    found = change(installation)
    assert found.settings.profile is IssuingProfile.VC_JWT
    assert [each.kid for each in found.keys] == ["key-3"]
    assert installation.issue().representations[0].kid == "key-3"


def test_an_unknown_program_has_no_settings(installation: Installation) -> None:
    with pytest.raises(ProgramNotFound):
        installation.service.set_issuing_settings(
            "JMC-P-999999", profile=IssuingProfile.VC_JWT, actor=OPERATOR, now=installation.now
        )
    assert in_force((), installation.now) == DEFAULT


def test_when_a_key_cannot_be_made_the_settings_stay_as_they_were(installation: Installation) -> None:
    class NoChance(Exception):
        pass

    class Broken:
        def generate(self, *_: object, **__: object) -> SigningKey:
            raise NoChance

    broken = replace(installation.service.set_issuing_settings, keyring=Broken())  # type: ignore[arg-type]
    before = audited(installation)
    with pytest.raises(NoChance):
        broken(PROGRAM, profile=IssuingProfile.VC_JWT, actor=OPERATOR, now=installation.now)
    assert audited(installation) == before
    assert installation.issue(award()).representations[0].format.value == "json"
