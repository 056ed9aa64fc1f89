"""What was stored under an earlier schema is there under the present one."""

import json
from hashlib import sha256
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, text

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.credential import Format
from jmc_vc.domain.proposal import OPEN_FOR
from jmc_vc.domain.status_list import ListForm, StatusForm
from jmc_vc.storage import schema
from jmc_vc.storage.credentials import SealedDocument
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule
from jmc_vc.storage.schema import SchemaOlder, SchemaState

UUIDS = [UUID(int=number) for number in (1, 2, 3)]
"""Issued, erased, reserved."""
_AT = "2026-10-05T01:00:00.000000Z"
_NOW = {"at": _AT}
_PROOF = {"proof": {"verificationMethod": "did:web:mc.example.jp:issuers:aoba#key-7"}}


def _fill(connection: Connection) -> None:
    """Rows as version 0001 wrote them."""
    connection.execute(
        text(
            "INSERT INTO issuers (slug, number, name_ja, name_en, org_type, country, state, registered_from, fictional)"
            " VALUES ('aoba', 'JMC-I-90001', '青葉', 'Aoba', 'university', 'JP', 'registered', '2026-04-01', true)"
        )
    )
    connection.execute(
        text(
            "INSERT INTO signing_keys (owner, kid, algorithm, public_key, state, created_at, sealed_private,"
            " signer_uri) VALUES ('aoba', 'key-7', 'Ed25519', 'z6Mk', 'active', :at, :blob, 'file:')"
        ),
        {"at": _AT, "blob": b"sealed"},
    )
    connection.execute(
        text(
            "INSERT INTO program_versions (number, version, issuer, content, content_digest, submitted_at, state,"
            " suspensions, records, alignment_checks)"
            " VALUES ('JMC-P-900001', '1', 'aoba', '{}', 'x', :at, 'submitted', '[]', '[]', '[]')"
        ),
        {"at": _AT},
    )
    connection.execute(
        text(
            "INSERT INTO status_lists (number, issuer, size, allotted, change, permutation_key)"
            " VALUES (1, 'aoba', 131072, 3, 1, :blob)"
        ),
        {"blob": bytes(32)},
    )
    connection.execute(
        text(
            "INSERT INTO published_lists (number, purpose, change, body, etag, signed_at, valid_until)"
            " VALUES (1, 'suspension', 1, :body, 'tag', :at, :at)"
        ),
        {"at": _AT, "body": json.dumps(_PROOF).encode()},
    )
    for index, uuid in enumerate(UUIDS):
        written = uuid.hex if connection.dialect.name == "sqlite" else uuid
        values = {"uuid": written, "index": index, "at": _AT, "digest": sha256(b"document").digest()}
        values["row_state"] = "reserved" if index == 2 else "issued"
        connection.execute(
            text(
                "INSERT INTO credentials (uuid, issuer, program_number, program_version, award_day, row_state, state,"
                " list_number, status_index, kid, reserved_at, issued_at, digest)"
                " VALUES (:uuid, 'aoba', 'JMC-P-900001', '1', '2026-10-01', :row_state, 'active', 1, :index, 'key-7',"
                " :at, :at, :digest)"
            ),
            values,
        )
        if index != 1:
            connection.execute(
                text("INSERT INTO sealed_awards (credential, sealed_key, sealed_award) VALUES (:uuid, :blob, :blob)"),
                {"uuid": written, "blob": b"sealed"},
            )
    connection.execute(
        text("INSERT INTO sealed_documents (credential, sealed_document) VALUES (:uuid, :blob)"),
        {"uuid": UUIDS[0].hex if connection.dialect.name == "sqlite" else UUIDS[0], "blob": b"sealed document"},
    )


@pytest.fixture
def older(database_url: str) -> Database:
    database = Database(database_url)
    with database._alone_with_file(), database._writing() as connection:
        command.upgrade(schema._config(connection), "0001")
        _fill(connection)
    return database


def test_credentials_of_the_first_schema_are_json_by_their_own_key(older: Database) -> None:
    assert older.schema_state() is SchemaState.OLDER
    with pytest.raises(SchemaOlder):
        older.require_current_schema()
    older.upgrade()
    older.require_current_schema()
    with older.read() as snapshot:
        sealed = [snapshot.credentials.sealed(uuid) for uuid in UUIDS]
        rows = [snapshot.credentials.get(uuid) for uuid in UUIDS]
        listed = snapshot.status_lists.published(1, ListForm.SUSPENSION)
        assert snapshot.issuing_settings.of_program("JMC-P-900001") == ()
    document = SealedDocument(
        format=Format.JSON, sealed_document=b"sealed document", digest=sha256(b"document").digest(), kid="key-7"
    )
    assert sealed[0] is not None
    assert sealed[0].documents == (document,)
    assert sealed[1] is None
    assert sealed[2] is not None
    assert sealed[2].documents == ()
    assert [row.status_form for row in rows if row] == [StatusForm.BITSTRING] * 3
    assert [row.forms for row in rows if row] == [(Format.JSON,)] * 3
    assert listed is not None
    assert (listed.kid, listed.change) == ("key-7", 1)
    older.close()


def test_a_proposal_that_waits_goes_on_waiting_under_the_rules_of_today(database_url: str) -> None:
    database = Database(database_url)
    with database._alone_with_file(), database._writing() as connection:
        command.upgrade(schema._config(connection), "0006")
        connection.execute(
            text("INSERT INTO operators (name, public_key, added_at) VALUES ('alice', 'z6Mk', :at)"), _NOW
        )
        connection.execute(
            text(
                "INSERT INTO proposals (number, act, state, proposed_by, proposed_at, proposal_signature, expires_at)"
                " VALUES (1, :blob, 'open', 'alice', :at, :blob, :at)"
            ),
            {**_NOW, "blob": bytes(9_000)},
        )
        connection.execute(
            text(
                "INSERT INTO audit_log (at, actor_kind, actor_id, action, object, details)"
                " VALUES (:at, 'operator', 'sato', 'x', 'y', '{}')"
            ),
            _NOW,
        )
    database.upgrade()
    with database.read() as snapshot:
        waiting = snapshot.proposals.get(1)
    assert waiting is not None
    assert waiting.expires_at == waiting.proposed_at + OPEN_FOR
    with database.begin() as tx:
        tx.audit_log.append("x", "y", Actor(kind=ActorKind.LOGIN, id="sato"), waiting.proposed_at)
    for statement in (
        "UPDATE proposals SET number = 2",
        (
            "INSERT INTO proposals (number, act, state, proposed_by, proposed_at, proposal_signature)"
            " SELECT 2, act, 'open', proposed_by, proposed_at, proposal_signature FROM proposals"
        ),
        "UPDATE operators SET public_key = 'z6Mkother'",
        "DELETE FROM audit_log",
        "UPDATE audit_log SET actor_id = 'x'",
    ):
        with pytest.raises(BrokenRule), database._writing() as connection:
            connection.execute(text(statement))
    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signing_keys SET state = 'published'",
        "UPDATE published_lists SET change = 0",
        "DELETE FROM published_lists",
        "DELETE FROM credentials",
        "UPDATE credentials SET status_form = 'array'",
        "UPDATE credentials SET status_form = 'revocation-list'",
        "UPDATE credentials SET forms = 'json jwt'",
        "UPDATE sealed_documents SET format = 'xml'",
        "UPDATE sealed_documents SET digest = kid",
    ],
)
def test_the_rules_hold_after_the_upgrade_too(older: Database, statement: str) -> None:
    older.upgrade()
    if statement.endswith("= kid") and "postgresql" in str(older._writer.url):
        statement = "UPDATE sealed_documents SET digest = ''"
    with pytest.raises(BrokenRule), older._writing() as connection:
        connection.execute(text(statement))
    older.close()
