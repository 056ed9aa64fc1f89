"""What a program's settings make of one award, and which of them hold when."""

from datetime import UTC, datetime, timedelta

import pytest

from jmc_vc.domain.credential import Format
from jmc_vc.domain.issuing_settings import (
    DEFAULT,
    IssuingProfile,
    IssuingSettings,
    JwtAlgorithm,
    SettingsChange,
    in_force,
)
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.formats.encoding.public_key import KeyAlgorithm

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("profile", "jwt_algorithm", "made"),
    [
        ("data-integrity-eddsa", "ES256", [("json", "Ed25519")]),
        ("data-integrity-eddsa", "RS256", [("json", "Ed25519")]),
        ("data-integrity-ecdsa", "ES256", [("json", "P-256")]),
        ("vc-jwt", "ES256", [("jwt", "P-256")]),
        ("vc-jwt", "RS256", [("jwt", "RSA")]),
        ("both", "ES256", [("json", "Ed25519"), ("jwt", "P-256")]),
        ("both", "RS256", [("json", "Ed25519"), ("jwt", "RSA")]),
    ],
)
@pytest.mark.parametrize("beside", [False, True])
def test_ob_40_what_is_made_and_with_which_key(
    profile: str, jwt_algorithm: str, made: list[tuple[str, str]], beside: bool
) -> None:
    settings = IssuingSettings(
        profile=IssuingProfile(profile), jwt_algorithm=JwtAlgorithm(jwt_algorithm), sd_jwt_vc=beside
    )
    expected = [*made, ("sd-jwt", "P-256")] if beside else made
    assert [(each.format, each.algorithm) for each in settings.securings] == expected
    assert list(settings.algorithms) == list(dict.fromkeys(algorithm for _, algorithm in expected))
    assert settings.needs_subject_id is (("jwt", made[-1][1]) in made)


def test_every_kind_of_key_that_settings_name_is_one_that_there_is() -> None:
    for profile in IssuingProfile:
        for algorithm in JwtAlgorithm:
            settings = IssuingSettings(profile=profile, jwt_algorithm=algorithm, sd_jwt_vc=True)
            assert set(settings.algorithms) <= set(KeyAlgorithm)


def test_the_primary_form_comes_first_in_the_order_of_the_forms() -> None:
    for profile in IssuingProfile:
        forms = [each.format for each in IssuingSettings(profile=profile, sd_jwt_vc=True).securings]
        assert forms == sorted(forms, key=list(Format).index)


def test_without_any_change_the_default_holds() -> None:
    assert in_force((), NOW) == DEFAULT
    assert DEFAULT.profile is IssuingProfile.DATA_INTEGRITY_EDDSA
    assert DEFAULT.status_form is StatusForm.BITSTRING
    assert not DEFAULT.sd_jwt_vc


def test_a_change_holds_from_its_moment_on() -> None:
    first, second = (
        SettingsChange(
            program="JMC-P-900001",
            number=number,
            settings=IssuingSettings(profile=profile),
            in_force_from=NOW + timedelta(days=number),
        )
        for number, profile in ((1, IssuingProfile.VC_JWT), (2, IssuingProfile.BOTH))
    )
    assert in_force([first, second], NOW) == DEFAULT
    assert in_force([first, second], NOW + timedelta(days=1)) == first.settings
    assert in_force([second, first], NOW + timedelta(days=9)) == second.settings
