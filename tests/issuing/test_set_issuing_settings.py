"""Settings come with the keys that they need, in one transaction and on record."""

from typing import Any

import pytest

from jmc_vc.domain.issuing_settings import DEFAULT, IssuingProfile, IssuingSettings, JwtAlgorithm, in_force
from jmc_vc.domain.program import ProgramNotFound
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.errors import Error
from jmc_vc.issuing.set_issuing_settings import SetIssuingSettings
from tests.builders.installation import OPERATOR, Installation, award

SLUG, PROGRAM = "hoshimigaoka", "JMC-P-900001"


def change(installation: Installation, **settings: Any) -> tuple[IssuingSettings, tuple[SigningKey, ...]]:
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
    settings, keys = change(installation, **wanted)
    assert [key.algorithm for key in keys] == made
    assert [key.kid for key in keys] == [f"key-{number}" for number in range(2, 2 + len(made))]
    assert all(key.state is KeyState.ACTIVE for key in keys)
    for name, value in wanted.items():
        assert getattr(settings, name) == value
    with installation.service.database.read() as snapshot:
        assert in_force(snapshot.issuing_settings.of_program(PROGRAM), installation.now) == settings
        for key in keys:
            assert snapshot.signing_keys.active(SLUG, key.algorithm) == key


def test_what_is_there_already_is_not_made_again(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.VC_JWT)
    assert change(installation, profile=IssuingProfile.BOTH)[1] == ()
    _, keys = change(installation, jwt_algorithm=JwtAlgorithm.RS256)
    assert [key.kid for key in keys] == ["key-3"]


def test_what_is_not_told_stays_as_it_was(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.BOTH, sd_jwt_vc=True)
    settings, _ = change(installation, status_form=StatusForm.REVOCATION_LIST)
    assert settings == IssuingSettings(
        profile=IssuingProfile.BOTH, sd_jwt_vc=True, status_form=StatusForm.REVOCATION_LIST
    )
    settings, _ = change(installation, sd_jwt_vc=False)
    assert settings.sd_jwt_vc is False


def test_every_change_and_every_key_is_on_record_with_who_made_it(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.VC_JWT)
    assert audited(installation)[-2:] == [("issuing-settings-changed", PROGRAM), ("key-created", f"{SLUG}#key-2")]
    with installation.service.database.read() as snapshot:
        (entry,) = [each for each in snapshot.audit_log.entries() if each.action == "issuing-settings-changed"]
    assert entry.actor_id == OPERATOR.id
    assert entry.details == {
        "profile": "vc-jwt",
        "jwtAlgorithm": "ES256",
        "sdJwtVc": False,
        "statusForm": "bitstring",
    }


def test_what_says_nothing_new_changes_nothing(installation: Installation) -> None:
    change(installation, profile=IssuingProfile.VC_JWT)
    before = audited(installation)
    assert change(installation, profile=IssuingProfile.VC_JWT) == (IssuingSettings(profile=IssuingProfile.VC_JWT), ())
    assert change(installation)[1] == ()
    assert audited(installation) == before
    with installation.service.database.read() as snapshot:
        assert len(snapshot.issuing_settings.of_program(PROGRAM)) == 1


def test_a_key_that_is_gone_is_made_again_under_settings_that_stay(installation: Installation) -> None:
    _, (key,) = change(installation, profile=IssuingProfile.VC_JWT)
    with installation.service.database.begin() as tx:
        tx.signing_keys.save(installation.service.issue.keyring.rewrap(key, KeyState.COMPROMISED))
    with pytest.raises(Error) as refused:
        installation.issue()
    assert refused.value.code == "key.none_active"
    settings, keys = change(installation)
    assert settings.profile is IssuingProfile.VC_JWT
    assert [each.kid for each in keys] == ["key-3"]
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

    broken = SetIssuingSettings(database=installation.service.database, keyring=Broken())  # type: ignore[arg-type]
    before = audited(installation)
    with pytest.raises(NoChance):
        broken(PROGRAM, profile=IssuingProfile.VC_JWT, actor=OPERATOR, now=installation.now)
    assert audited(installation) == before
    assert installation.issue(award()).representations[0].format.value == "json"
