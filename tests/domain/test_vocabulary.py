from enum import StrEnum

import pytest

from jmc_vc.domain.accreditation import ProgramState, PublicState
from jmc_vc.domain.credential import CredentialState, RevocationReason
from jmc_vc.domain.issuer import IssuerState
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.organization import UNIVERSITY_TYPE, OrganizationType
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.domain.vocabulary import VOCABULARIES, label, uri


@pytest.mark.parametrize(
    ("vocabulary", "states"),
    [
        ("org-type", OrganizationType),
        ("issuer-state", IssuerState),
        ("program-state", ProgramState),
        ("public-state", PublicState),
        ("credential-state", CredentialState),
        ("key-state", KeyState),
        ("revocation-reason", RevocationReason),
        ("issuing-profile", IssuingProfile),
        ("status-form", StatusForm),
    ],
)
def test_every_state_and_kind_has_a_label(vocabulary: str, states: type[StrEnum]) -> None:
    assert set(states) <= set(VOCABULARIES[vocabulary])


def test_every_label_is_written_in_both_languages() -> None:
    for labels in VOCABULARIES.values():
        for written in labels.values():
            assert written.ja
            assert written.en


def test_the_identifier_of_a_value_lives_under_the_namespace() -> None:
    namespace = "https://ns.jmc.example/mc/v1"
    code = "supervised_online_id_verified"
    assert uri(namespace, "assessment-security", code) == f"{namespace}/assessment-security/{code}"
    with pytest.raises(KeyError):
        uri(namespace, "assessment-security", "unknown")
    assert label("org-type", "company").in_language("ja") == "企業"


def test_professional_training_colleges_are_not_of_university_type() -> None:
    assert OrganizationType.PROFESSIONAL_TRAINING_COLLEGE not in UNIVERSITY_TYPE
    assert "university" in UNIVERSITY_TYPE
