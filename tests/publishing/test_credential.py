"""A credential is given out exactly as it was signed, or not at all."""

import hashlib
import json
from uuid import UUID, uuid4

import pytest
import structlog
from sqlalchemy import create_engine, text

from jmc_vc.domain.credential import CredentialNotFound, RevocationReason, StatusAction
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.event_log import FIELDS
from jmc_vc.publishing.credential import CredentialDamaged, CredentialErased, WithdrawnFromView
from tests.builders.installation import Installation


def _change(installation: Installation, statement: str) -> None:
    """As somebody with the database's password would."""
    url = installation.service.settings.database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def uuid(installation: Installation) -> UUID:
    return installation.issue().credential.uuid


def test_the_bytes_are_those_that_were_signed(installation: Installation, uuid: UUID) -> None:
    fetched = installation.service.fetch_credential(uuid, now=installation.now)
    assert hashlib.sha256(fetched.body).digest() == fetched.record.digest
    assert json.loads(fetched.body)["id"] == installation.service.site.credential(uuid)


def test_an_unknown_one_is_not_found(installation: Installation) -> None:
    with pytest.raises(CredentialNotFound):
        installation.service.fetch_credential(uuid4(), now=installation.now)


def test_one_that_was_erased_is_gone(installation: Installation, uuid: UUID) -> None:
    with installation.service.database.begin() as tx:
        tx.erasures.erase(uuid, installation.service.kek)
    with pytest.raises(CredentialErased):
        installation.service.fetch_credential(uuid, now=installation.now)


def test_db_01_bytes_of_another_credential_are_not_served(installation: Installation, uuid: UUID) -> None:
    with installation.service.database.read() as snapshot:
        sealed = snapshot.credentials.sealed(uuid)
    assert sealed is not None
    document = sealed.documents[0].sealed_document
    flipped = document[:-1] + bytes([document[-1] ^ 1])
    quote = "X'{}'" if installation.service.settings.database_url.startswith("sqlite") else r"'\x{}'"
    _change(installation, f"UPDATE sealed_documents SET sealed_document = {quote.format(flipped.hex())}")
    with pytest.raises(CredentialDamaged):
        installation.service.fetch_credential(uuid, now=installation.now)


def _revoke(installation: Installation, uuid: UUID) -> None:
    installation.service.change_status(
        uuid,
        StatusAction.REVOKE,
        reason=RevocationReason.ISSUED_IN_ERROR,
        text=None,
        actor=installation.actor(),
        now=installation.now,
    )


def test_an_address_that_a_list_tells_to_everybody_shows_nothing_any_more(installation: Installation) -> None:
    service = installation.service
    installation.set_issuing(status_form=StatusForm.REVOCATION_LIST, profile=IssuingProfile.BOTH, sd_jwt_vc=True)
    issued = installation.issue(key="order-1")
    uuid = issued.credential.uuid
    assert service.fetch_credential(uuid, now=installation.now).representations == issued.representations
    _revoke(installation, uuid)
    (listed,) = json.loads(service.revocation_list(1))["revokedCredential"]
    assert listed["id"] == service.site.credential(uuid)
    with pytest.raises(WithdrawnFromView):
        service.fetch_credential(uuid, now=installation.now)
    own = service.find_assertion(uuid, actor=installation.actor(), now=installation.now)
    assert own.representations == issued.representations
    assert installation.issue(key="order-1").representations == issued.representations
    for each in issued.representations[:2]:
        assert installation.verify(each.body).summary == "revoked"


def test_a_revoked_one_that_no_list_names_is_shown_as_before(installation: Installation, uuid: UUID) -> None:
    _revoke(installation, uuid)
    assert installation.service.fetch_credential(uuid, now=installation.now).record.uuid == uuid


@pytest.mark.parametrize(
    ("statement", "form"),
    [
        ("DELETE FROM sealed_documents WHERE format = 'jwt'", "jwt"),
        ("DELETE FROM sealed_documents WHERE format = 'json'", "json"),
        ("DELETE FROM sealed_documents", "json"),
        ("UPDATE sealed_documents SET format = 'sd-jwt' WHERE format = 'jwt'", "jwt"),
        (
            (
                "INSERT INTO sealed_documents (credential, format, sealed_document, digest, kid)"
                " SELECT credential, 'sd-jwt', sealed_document, digest, kid FROM sealed_documents WHERE format = 'jwt'"
            ),
            "sd-jwt",
        ),
    ],
)
def test_db_01_a_form_that_is_missing_or_too_many_is_damage_and_never_was_not_issued(
    installation: Installation, statement: str, form: str
) -> None:
    installation.set_issuing(profile=IssuingProfile.BOTH)
    uuid = installation.issue().credential.uuid
    _change(installation, statement)
    with structlog.testing.capture_logs() as logs, pytest.raises(CredentialDamaged):
        installation.service.fetch_credential(uuid, now=installation.now)
    (alarm,) = (each for each in logs if each["event"] == "credential-damaged")
    assert alarm["form"] == form
    assert "form" in FIELDS
    assert str(uuid) not in str(logs)
