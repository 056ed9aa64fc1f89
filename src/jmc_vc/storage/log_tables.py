"""The tables of the audit log, with its chain of hashes, and of the public log.

Both logs grow by rows that a transaction writes beside what it tells of; which place in the chain and in the tree each
of them has is settled afterwards, so that no transaction waits for another's commit because of a log.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from jmc_vc.domain.actor import ActorKind
from jmc_vc.domain.credential import CredentialState
from jmc_vc.storage.columns import Moment, PlainText
from jmc_vc.storage.tables import metadata, one_of

Big = BigInteger().with_variant(Integer, "sqlite")
"""Only as INTEGER does SQLite count a primary key by itself."""

audit_log = Table(
    "audit_log",
    metadata,
    Column("seq", Big, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_kind", PlainText, nullable=False),
    Column("actor_id", PlainText, nullable=False),
    Column("action", PlainText, nullable=False),
    Column("object", PlainText, nullable=False),
    Column("reason", PlainText),
    Column("details", JSON, nullable=False),
    Column("rows", JSON(none_as_null=True)),
    one_of("actor_kind", ActorKind),
    Index("ix_audit_log_object", "object"),
    Index("ix_audit_log_at", "at", "seq"),
    Index(
        "ix_audit_log_reissued",
        "seq",
        sqlite_where=text("action = 'credential-reissued'"),
        postgresql_where=text("action = 'credential-reissued'"),
    ),
    sqlite_autoincrement=True,
)

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("position", Big, primary_key=True, autoincrement=False),
    Column("entry", Big, ForeignKey("audit_log.seq"), nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("entry"),
    CheckConstraint("length(hash) = 32", name="hash"),
)

log_entries = Table(
    "log_entries",
    metadata,
    Column("id", Big, Identity(), primary_key=True),
    Column("kind", PlainText, nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    # Its place in the tree, once it has one.
    Column("leaf", Big),
    # What joins an entry to a credential: it is not in the body, and it goes when the credential is erased.
    Column("credential", Uuid, ForeignKey("credentials.uuid")),
    Column("salt", LargeBinary),
    UniqueConstraint("leaf"),
    Index(
        "ix_log_entries_waiting",
        "id",
        sqlite_where=text("leaf IS NULL"),
        postgresql_where=text("leaf IS NULL"),
    ),
    Index(
        "ix_log_entries_credential",
        "credential",
        sqlite_where=text("credential IS NOT NULL"),
        postgresql_where=text("credential IS NOT NULL"),
    ),
    Index(
        "ix_log_entries_did_documents",
        "at",
        sqlite_where=text("kind = 'did-document'"),
        postgresql_where=text("kind = 'did-document'"),
    ),
    Index(
        "ix_log_entries_audit_heads",
        "id",
        sqlite_where=text("kind = 'audit-head'"),
        postgresql_where=text("kind = 'audit-head'"),
    ),
    sqlite_autoincrement=True,
)

erased_salts = Table(
    "erased_salts",
    metadata,
    Column("entry", Big, ForeignKey("log_entries.id"), primary_key=True, autoincrement=False),
    Column("credential", Uuid, ForeignKey("credentials.uuid"), nullable=False),
    # Under a key that only the key-encryption key gives: without it nothing joins the entry to what a holder shows.
    Column("sealed_salt", LargeBinary, nullable=False),
    Index("ix_erased_salts_credential", "credential"),
    sqlite_with_rowid=False,
)

log_tiles = Table(
    "log_tiles",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("number", Big, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
    # Of the whole tile: one hash in the tile above.
    Column("root", LargeBinary, nullable=False),
    CheckConstraint("length(hashes) = 8192 AND length(root) = 32", name="whole"),
    sqlite_with_rowid=False,
)

log_checkpoints = Table(
    "log_checkpoints",
    metadata,
    Column("size", Big, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", PlainText, nullable=False),
    Column("signed_at", Moment, nullable=False),
    CheckConstraint("length(root) = 32", name="root"),
)

log_cosignatures = Table(
    "log_cosignatures",
    metadata,
    Column(
        "size",
        Big,
        ForeignKey("log_checkpoints.size"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("witness", PlainText, primary_key=True),
    Column("line", PlainText, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

lost_credentials = Table(
    "lost_credentials",
    metadata,
    Column("list_number", Integer, primary_key=True, autoincrement=False),
    Column("status_index", Integer, primary_key=True, autoincrement=False),
    Column("issuer", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("changed_at", Moment, nullable=False),
    one_of("state", CredentialState),
    sqlite_with_rowid=False,
)
