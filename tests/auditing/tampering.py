"""What somebody with all rights on the database can do to it by hand, and what an audit is to say of it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, text

from jmc_vc.formats.transparency.entry_types import CredentialIssued, StatusChanged
from jmc_vc.formats.transparency.log_entry import read_log_entry
from jmc_vc.storage.public_log import NewEntry
from tests.builders.installation import Installation


def by_hand(installation: Installation, spoil: Callable[[Connection], object]) -> None:
    """What somebody with all rights on the database can do."""
    with installation.service.database._writer.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
            for name in list(triggers):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        spoil(connection)
        connection.commit()


def sql(*statements: str, **parameters: Any) -> Callable[[Connection], None]:
    def spoil(connection: Connection) -> None:
        for statement in statements:
            bound = {name: value for name, value in parameters.items() if f":{name}" in statement}
            assert connection.execute(text(statement), bound).rowcount, statement

    return spoil


def _leaf_of(kind: str, offset: int = 0) -> str:
    return f"(SELECT leaf FROM log_entries WHERE kind = '{kind}' ORDER BY leaf LIMIT 1 OFFSET {offset})"


def _changed_entry(connection: Connection) -> None:
    row = connection.execute(text("SELECT id, body FROM log_entries WHERE kind = 'status' ORDER BY id LIMIT 1")).one()
    body = bytes(row.body).replace(b"revoked", b"suspended")
    assert body != bytes(row.body)
    connection.execute(text("UPDATE log_entries SET body = :body WHERE id = :id"), {"body": body, "id": row.id})


def _added(make: Callable[[Connection], Any]) -> Callable[[Connection], None]:
    """An entry more, which waits for its place like an honest one."""

    def spoil(connection: Connection) -> None:
        said = make(connection)
        row = NewEntry.of(said)
        connection.execute(
            text("INSERT INTO log_entries (kind, at, body) VALUES (:kind, (SELECT max(at) FROM log_entries), :body)"),
            {"kind": row.kind, "body": row.body},
        )

    return spoil


def _said(connection: Connection, kind: str, offset: int = 0) -> Any:
    body = connection.execute(
        text(f"SELECT body FROM log_entries WHERE kind = '{kind}' ORDER BY id LIMIT 1 OFFSET {offset}")
    ).scalar_one()
    return read_log_entry(bytes(body))


def _status(connection: Connection, offset: int, state: str) -> StatusChanged:
    said = _said(connection, "credential", offset)
    assert isinstance(said, CredentialIssued)
    return StatusChanged(
        at=said.at, issuer=said.issuer, list_number=said.list_number, status_index=said.status_index, state=state
    )


def _other(said: Any, **changes: Any) -> Any:
    return type(said)(**{**vars(said), **changes})


def _forged_head(connection: Connection) -> None:
    row = connection.execute(text("SELECT size, note FROM log_checkpoints ORDER BY size DESC LIMIT 1")).one()
    connection.execute(
        text(
            "INSERT INTO log_checkpoints (size, root, note, signed_at)"
            " SELECT size - 1, root, note, signed_at FROM log_checkpoints WHERE size = :size"
        ),
        {"size": row.size},
    )


def _swapped_places(connection: Connection) -> None:
    first, second = (connection.execute(text(f"SELECT {_leaf_of('credential', n)}")).scalar_one() for n in range(2))
    for old, new in ((first, 10**6), (second, first), (10**6, second)):
        connection.execute(text("UPDATE log_entries SET leaf = :new WHERE leaf = :old"), {"old": old, "new": new})


LAST = "(SELECT max(leaf) FROM log_entries)"
MUTATIONS: Mapping[str, tuple[Callable[[Connection], object], set[str]]] = {
    # log_entries
    "an entry changed": (_changed_entry, {"record.head_root"}),
    "an entry that is no entry": (
        sql("UPDATE log_entries SET body = :body WHERE leaf = 5", body=b"{}"),
        {"record.entry_unreadable"},
    ),
    "an entry removed": (sql("DELETE FROM log_entries WHERE leaf = 5"), {"record.places", "record.place"}),
    "the last entry removed": (sql(f"DELETE FROM log_entries WHERE leaf = {LAST}"), {"record.head_beyond"}),
    "an entry without its place": (sql("UPDATE log_entries SET leaf = NULL WHERE leaf = 5"), {"record.place"}),
    "two entries in each other's place": (_swapped_places, {"record.head_root"}),
    "an entry put in with a place": (
        sql(
            "INSERT INTO log_entries (kind, at, body, leaf) SELECT kind, at, body, "
            f"{LAST} + 1 FROM log_entries WHERE leaf = {_leaf_of('audit-head')}"
        ),
        {"record.head_missing", "record.entry_out_of_turn"},
    ),
    "a status put in": (
        _added(lambda connection: _status(connection, 2, "revoked")),
        {"record.credential_state"},
    ),
    "the same status put in again": (
        _added(lambda connection: _status(connection, 0, "revoked")),
        {"record.entry_out_of_turn"},
    ),
    "a credential put in": (
        _added(lambda connection: _other(_said(connection, "credential"), status_index=7)),
        {"record.credential_missing"},
    ),
    "a second entry of a credential put in": (
        _added(lambda connection: _other(_said(connection, "credential"), kid="key-2")),
        {"record.credential_unjoined"},
    ),
    "the same credential put in again": (
        _added(lambda connection: _said(connection, "credential")),
        {"record.entry_out_of_turn"},
    ),
    "a key put in": (
        _added(lambda connection: _other(_said(connection, "key"), kid="key-9")),
        {"record.key_missing"},
    ),
    "a step of a key put in": (
        _added(lambda connection: _other(_said(connection, "key"), event="destroyed")),
        {"record.entry_out_of_turn"},
    ),
    "a DID document put in": (
        _added(lambda connection: _other(_said(connection, "did-document"), digest="sha-256:" + "0" * 64)),
        {"record.did_document_missing"},
    ),
    "a program put in": (
        _added(lambda connection: _other(_said(connection, "program"), number="JMC-P-900002")),
        {"record.program_missing"},
    ),
    "a withdrawal put in": (
        _added(lambda connection: _other(_said(connection, "program"), event="withdrawn", decision="JMC-D-900001")),
        {"record.program_state"},
    ),
    "an issuer put in": (
        _added(lambda connection: _other(_said(connection, "issuer"), did="did:web:x:issuers:aoba")),
        {"record.issuer_missing"},
    ),
    "an end of the audit log put in": (
        _added(lambda connection: _other(_said(connection, "audit-head"), entries=10_000)),
        {"record.audit_head_beyond"},
    ),
    "the salt changed": (
        sql(f"UPDATE log_entries SET salt = :salt WHERE leaf = {_leaf_of('credential')}", salt=bytes(16)),
        {"record.document"},
    ),
    "the salt removed": (
        sql(f"UPDATE log_entries SET salt = NULL WHERE leaf = {_leaf_of('credential')}"),
        {"record.credential_unjoined"},
    ),
    "an entry joined to no credential": (
        sql(f"UPDATE log_entries SET credential = NULL WHERE leaf = {_leaf_of('credential')}"),
        {"record.credential_unjoined"},
    ),
    "an entry joined to another credential": (
        sql(
            "UPDATE log_entries SET credential = (SELECT credential FROM log_entries WHERE leaf ="
            f" {_leaf_of('credential', 1)}) WHERE leaf = {_leaf_of('credential')}"
        ),
        {"record.credential_unjoined"},
    ),
    # log_checkpoints
    "the root of a head changed": (
        sql("UPDATE log_checkpoints SET root = :root", root=bytes(32)),
        {"record.head_root", "record.head_note"},
    ),
    "the text of a head changed": (
        sql("UPDATE log_checkpoints SET note = replace(note, 'localhost', 'example')"),
        {"record.head_signature"},
    ),
    "a head put in": (_forged_head, {"record.head_root", "record.head_note"}),
    "a head beyond the entries": (
        sql("UPDATE log_checkpoints SET size = size + 5 WHERE size = (SELECT max(size) FROM log_checkpoints)"),
        {"record.head_beyond"},
    ),
    "the last head removed": (
        sql("DELETE FROM log_checkpoints WHERE size = (SELECT max(size) FROM log_checkpoints)"),
        {"record.head_missing"},
    ),
    # the audit log
    "an audit entry changed": (
        sql("UPDATE audit_log SET reason = 'because' WHERE seq = 3"),
        {"record.audit_changed"},
    ),
    "an audit entry removed": (sql("DELETE FROM audit_log WHERE seq = 3"), {"record.audit_gap"}),
    "the last audit entry removed": (
        sql("DELETE FROM audit_log WHERE seq = (SELECT max(seq) FROM audit_log)"),
        {"record.audit_gap"},
    ),
    "a link of the chain changed": (
        sql("UPDATE audit_chain SET hash = :hash WHERE position = 4", hash=bytes(32)),
        {"record.audit_changed"},
    ),
    "the end of the chain cut off": (
        sql("DELETE FROM audit_chain WHERE position > 4"),
        {"record.audit_head_beyond"},
    ),
    # keys and documents
    "a retired key set back to active": (
        sql(
            "UPDATE signing_keys SET state = 'retired' WHERE owner = 'hoshimigaoka' AND state = 'active'",
            "UPDATE signing_keys SET state = 'active' WHERE owner = 'hoshimigaoka' AND kid = 'key-1'",
        ),
        {"record.key_state"},
    ),
    "a compromised key set back": (
        sql("UPDATE signing_keys SET state = 'published', compromised_since = NULL WHERE state = 'compromised'"),
        {"record.key_state"},
    ),
    "a key compromised since another moment": (
        sql(
            "UPDATE signing_keys SET compromised_since = (SELECT min(at) FROM log_entries) WHERE state = 'compromised'"
        ),
        {"record.key_since"},
    ),
    "the public half of a key changed": (
        sql("UPDATE signing_keys SET public_key = public_key || 'x' WHERE owner = 'jmc'"),
        {"record.key_other"},
    ),
    "a key removed": (sql("DELETE FROM signing_keys WHERE owner = 'jmc'"), {"record.key_missing"}),
    "a row of a key put in": (
        sql(
            "INSERT INTO signing_keys"
            " (owner, kid, algorithm, public_key, state, created_at, sealed_private, signer_uri)"
            " SELECT owner, 'key-8', algorithm, 'z6Mk', 'created', created_at, sealed_private, signer_uri"
            " FROM signing_keys WHERE owner = 'jmc'"
        ),
        {"record.key_not_logged"},
    ),
    "a DID document changed": (
        sql("UPDATE did_documents SET body = :body WHERE owner = 'jmc'", body=b"{}"),
        {"record.did_document"},
    ),
    "a DID document removed": (
        sql("DELETE FROM did_documents WHERE owner = 'hoshimigaoka' AND version = 1"),
        {"record.did_document", "record.did_document_missing"},
    ),
    "all DID documents of an owner removed": (
        sql("DELETE FROM did_documents WHERE owner = 'jmc'"),
        {"record.did_document_missing", "record.did_document_not_logged"},
    ),
    # programs and issuers
    "a program's content changed": (
        sql("UPDATE program_versions SET content = '{}'"),
        {"record.program_content"},
    ),
    "a program withdrawn by hand": (
        sql("UPDATE program_versions SET state = 'withdrawn'"),
        {"record.program_state"},
    ),
    "another decision": (sql("UPDATE program_versions SET decision = 'JMC-D-900009'"), {"record.program_state"}),
    "an issuer suspended by hand": (sql("UPDATE issuers SET state = 'suspended'"), {"record.issuer_state"}),
    "an issuer's number changed": (sql("UPDATE issuers SET number = 'JMC-I-90009'"), {"record.issuer_state"}),
    # credentials
    "DB-03 a revocation cleared by hand": (
        sql("UPDATE credentials SET state = 'active', status_reason = NULL WHERE state = 'revoked'"),
        {"record.credential_state"},
    ),
    "a credential revoked by hand": (
        sql(
            "UPDATE credentials SET state = 'revoked' WHERE uuid ="
            " (SELECT uuid FROM credentials WHERE state = 'active' LIMIT 1)"
        ),
        {"record.credential_state"},
    ),
    "a credential moved to another place": (
        sql(
            "UPDATE credentials SET status_index = status_index + 1 WHERE uuid ="
            " (SELECT uuid FROM credentials WHERE state = 'active' LIMIT 1)"
        ),
        {"record.credential_missing", "record.credential_not_logged"},
    ),
    "a credential removed": (
        sql("DELETE FROM credentials WHERE state = 'suspended'"),
        {"record.credential_missing"},
    ),
    "a credential abandoned by hand": (
        sql(
            "UPDATE credentials SET row_state = 'abandoned' WHERE uuid ="
            " (SELECT uuid FROM credentials WHERE state = 'active' LIMIT 1)"
        ),
        {"record.not_issued"},
    ),
    "DB-01 a sealed document changed": (
        sql("UPDATE sealed_documents SET sealed_document = :new", new=bytes(100)),
        {"record.document"},
    ),
    "DB-01 a digest changed": (
        sql("UPDATE sealed_documents SET digest = :new", new=bytes(32)),
        {"record.document"},
    ),
    "DB-01 the digest of the row changed": (
        sql("UPDATE credentials SET digest = :new", new=bytes(32)),
        {"record.document"},
    ),
    "a sealed document removed": (
        sql("DELETE FROM sealed_documents"),
        {"record.document_missing"},
    ),
    "two sealed documents exchanged": (
        sql(
            "UPDATE sealed_documents SET sealed_document = (SELECT sealed_document FROM sealed_documents AS other"
            " WHERE other.credential <> sealed_documents.credential LIMIT 1)"
        ),
        {"record.document"},
    ),
    "another key named": (sql("UPDATE sealed_documents SET kid = 'key-3'"), {"record.document"}),
    "another key named in the row": (
        sql("UPDATE credentials SET kid = 'key-3' WHERE state = 'revoked'"),
        {"record.credential_forms"},
    ),
    "a lost credential put in": (
        sql(
            "INSERT INTO lost_credentials (list_number, status_index, issuer, state, changed_at)"
            " SELECT 1, 99, 'did:web:x', 'active', max(at) FROM log_entries"
        ),
        {"record.lost_state"},
    ),
}


TILES: Mapping[str, tuple[Callable[[Connection], object], set[str]]] = {
    "changed": (sql("UPDATE log_tiles SET hashes = :new WHERE level = 0", new=bytes(8_192)), {"record.tile"}),
    "with another root": (sql("UPDATE log_tiles SET root = :new WHERE level = 0", new=bytes(32)), {"record.tile"}),
    "removed": (sql("DELETE FROM log_tiles"), {"record.tile_missing"}),
    "put in": (
        sql("INSERT INTO log_tiles (level, number, hashes, root) SELECT 0, 7, hashes, root FROM log_tiles"),
        {"record.tile_extra"},
    ),
    "of another level": (
        sql("UPDATE log_tiles SET level = 3"),
        {"record.tile_missing", "record.tile_extra"},
    ),
}
