"""Issuing settings are only ever added to, and credentials come back in each of their forms."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from jmc_vc.domain.credential import Format
from jmc_vc.domain.issuing_settings import IssuingProfile, IssuingSettings, JwtAlgorithm, SettingsChange
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule
from tests.builders.rows import (
    KEK,
    KEYRING,
    NOW,
    PROGRAM,
    SLUG,
    credential,
    issue,
    issued,
    reservation,
    reserve,
    sealed_document,
    signing_key,
)

CHANGE = SettingsChange(
    program=PROGRAM,
    number=1,
    settings=IssuingSettings(
        profile=IssuingProfile.BOTH,
        jwt_algorithm=JwtAlgorithm.RS256,
        sd_jwt_vc=True,
        status_form=StatusForm.REVOCATION_LIST,
    ),
    in_force_from=NOW,
)
LATER = replace(CHANGE, number=2, settings=IssuingSettings(), in_force_from=NOW + timedelta(days=1))


def test_changes_come_back_as_they_went_in_the_oldest_first(database: Database) -> None:
    with database.begin() as tx:
        tx.issuing_settings.add(LATER)
        tx.issuing_settings.add(CHANGE)
        assert tx.issuing_settings.of_program(PROGRAM) == (CHANGE, LATER)
        assert tx.issuing_settings.of_program("JMC-P-900002") == ()


def test_a_number_is_given_once(database: Database) -> None:
    with database.begin() as tx:
        tx.issuing_settings.add(CHANGE)
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.issuing_settings.add(replace(CHANGE, settings=IssuingSettings()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE issuing_settings SET profile = 'vc-jwt'",
        "UPDATE issuing_settings SET in_force_from = '2020-01-01T00:00:00.000000Z'",
        "DELETE FROM issuing_settings",
    ],
)
def test_what_was_set_is_neither_changed_nor_deleted(database: Database, statement: str) -> None:
    with database.begin() as tx:
        tx.issuing_settings.add(CHANGE)
    with pytest.raises(BrokenRule), database._writing() as connection:
        connection.execute(text(statement))


def test_every_form_of_a_credential_comes_back_the_primary_one_first(database: Database) -> None:
    token, document, selective = (
        sealed_document(Format.JWT, b"token", "key-2"),
        sealed_document(),
        sealed_document(Format.SD_JWT, b"selective", "key-2"),
    )
    with database.begin() as tx:
        tx.signing_keys.add(signing_key(kid="key-2", algorithm="P-256"))
        (row,) = reserve(tx)
        tx.credentials.record_issued([issued(row.uuid, document, selective, token)])
    with database.read() as snapshot:
        found, sealed = snapshot.credentials.get(row.uuid), snapshot.credentials.sealed(row.uuid)
        assert sealed is not None
        assert sealed.documents == (document, token, selective)
        assert found is not None
        assert (found.digest, found.kid) == (document.digest, "key-1")
        assert snapshot.credentials.signed_with(SLUG, "key-1") == snapshot.credentials.signed_with(SLUG, "key-2") == 1
        assert snapshot.credentials.signed_with(SLUG, "key-3") == 0


def test_a_credential_is_erased_in_every_form(database: Database) -> None:
    with database.begin() as tx:
        tx.signing_keys.add(signing_key(kid="key-2", algorithm="P-256"))
        (row,) = reserve(tx)
        tx.credentials.record_issued([issued(row.uuid, sealed_document(), sealed_document(Format.JWT, kid="key-2"))])
        tx.erasures.erase(row.uuid, KEK)
        assert tx.credentials.sealed(row.uuid) is None
    with database._writing() as connection:
        assert connection.execute(text("SELECT count(*) FROM sealed_documents")).scalar_one() == 0


@pytest.mark.parametrize("state", [KeyState.COMPROMISED, KeyState.DESTROYED])
def test_a_second_form_by_a_key_that_was_compromised_meanwhile_is_not_recorded(
    database: Database, state: KeyState
) -> None:
    key = signing_key(kid="key-2", algorithm="P-256")
    with database.begin() as tx:
        tx.signing_keys.add(key)
        (row,) = reserve(tx)
    with database.begin() as tx:
        if state is KeyState.DESTROYED:
            key = KEYRING.rewrap(key, KeyState.RETIRED)
            tx.signing_keys.save(key)
        tx.signing_keys.save(KEYRING.rewrap(key, state))
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.credentials.record_issued([issued(row.uuid, sealed_document(), sealed_document(Format.JWT, kid="key-2"))])


def test_a_form_by_no_key_of_the_issuer_is_not_recorded(database: Database) -> None:
    with database.begin() as tx:
        (row,) = reserve(tx)
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.credentials.record_issued([issued(row.uuid, sealed_document(), sealed_document(Format.JWT, kid="key-9"))])


def test_ob_34_the_list_of_ids_has_the_revoked_that_name_it_and_no_others(database: Database) -> None:
    """Who is listed there can be found by everybody: so only those whose form asks for it."""
    with database.begin() as tx:
        (quiet,) = issue(tx)
        named = []
        for _ in range(2):
            (place,) = tx.status_lists.allot(SLUG, 1, random=bytes)
            row = credential(place, status_form=StatusForm.REVOCATION_LIST)
            tx.credentials.reserve([reservation(row, str(row.uuid))])
            named.append(row)
        tx.credentials.record_issued([issued(row.uuid) for row in named])
    with database._writing() as connection:
        assert connection.execute(text("SELECT count(*) FROM credentials")).scalar_one() == 3
        connection.execute(
            text("UPDATE credentials SET state = 'revoked' WHERE status_index <> :index"),
            {"index": named[1].status_index},
        )
    with database.read() as snapshot:
        found = snapshot.credentials.get(named[0].uuid)
        assert found is not None
        assert found.status_form is StatusForm.REVOCATION_LIST
        assert snapshot.credentials.revoked_at(quiet.list_number) == (named[0].uuid,)
        assert snapshot.credentials.revoked_at(2**63) == ()
