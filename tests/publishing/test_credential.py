"""A credential is given out exactly as it was signed, or not at all."""

import hashlib
import json
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text

from jmc_vc.domain.credential import CredentialNotFound
from jmc_vc.publishing.credential import CredentialDamaged, CredentialErased
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
        tx.credentials.erase(uuid)
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
