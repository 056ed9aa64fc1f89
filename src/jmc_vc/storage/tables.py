"""The tables, but for those of the two logs (`log_tables`). `migrations/` makes the same ones, and adds the triggers
that no table definition can say.

What a constraint can hold, a constraint holds: one active key for each owner and algorithm, a status place only once,
an idempotency key only once, an award only once. Personal data stand sealed in `sealed_awards` and `sealed_documents`
alone.
"""

from collections.abc import Iterable

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from jmc_vc.domain.accreditation import ProgramState
from jmc_vc.domain.credential import CredentialState, Format, RevocationReason, RowState
from jmc_vc.domain.issuer import IssuerState
from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.domain.status_list import ListForm, StatusForm
from jmc_vc.storage.columns import Moment, PlainText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """The column holds one of `values`, in English that both databases read."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


site_record = Table(
    "site_record",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("base_url", PlainText, nullable=False),
    Column("did", PlainText, nullable=False),
    Column("namespace", PlainText, nullable=False),
    Column("kek_check", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sealed_hash_keys", LargeBinary),
    CheckConstraint("id = 1", name="one_row"),
)

issuers = Table(
    "issuers",
    metadata,
    Column("slug", PlainText, primary_key=True),
    Column("number", PlainText, nullable=False, unique=True),
    Column("name_ja", PlainText, nullable=False),
    Column("name_en", PlainText, nullable=False),
    Column("name_kana", PlainText),
    Column("org_type", PlainText, nullable=False),
    Column("country", PlainText, nullable=False),
    Column("region", PlainText),
    Column("url", PlainText),
    Column("email", PlainText),
    Column("state", PlainText, nullable=False),
    Column("registered_from", Date, nullable=False),
    Column("registered_until", Date),
    Column("fictional", Boolean, nullable=False),
    one_of("state", IssuerState),
    CheckConstraint("slug <> 'jmc'", name="not_jmc"),  # the owner of our own keys
)

program_versions = Table(
    "program_versions",
    metadata,
    Column("number", PlainText, primary_key=True),
    Column("version", PlainText, primary_key=True),
    Column("issuer", PlainText, ForeignKey("issuers.slug"), nullable=False),
    Column("content", JSON, nullable=False),
    Column("content_digest", PlainText, nullable=False),
    Column("submitted_at", Moment, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("decision", PlainText),
    Column("decided_on", Date),
    Column("effective_from", Date),
    Column("effective_until", Date),
    Column("approved_at", Moment),
    Column("withdrawn_at", Moment),
    # Parts of the version that are read and written with it and never alone.
    Column("suspensions", JSON, nullable=False),
    Column("records", JSON, nullable=False),
    Column("alignment_checks", JSON, nullable=False),
    one_of("state", ProgramState),
    CheckConstraint("effective_from <= effective_until", name="window"),
    CheckConstraint(
        "state = 'submitted' OR (decision IS NOT NULL AND decided_on IS NOT NULL AND effective_from IS NOT NULL"
        " AND effective_until IS NOT NULL AND approved_at IS NOT NULL)",
        name="approved",
    ),
    Index("ix_program_versions_issuer", "issuer"),
    Index("ix_program_versions_decision", "decision"),
)

published_ids = Table(
    "published_ids",
    metadata,
    Column("kind", PlainText, primary_key=True),
    Column("value", PlainText, primary_key=True),
    Column("number", PlainText, primary_key=True),
    Column("version", PlainText, primary_key=True),
    Column("member", PlainText, nullable=False),
    ForeignKeyConstraint(["number", "version"], ["program_versions.number", "program_versions.version"]),
    sqlite_with_rowid=False,
)

issuing_settings = Table(
    "issuing_settings",
    metadata,
    Column("program", PlainText, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("in_force_from", Moment, nullable=False),
    Column("profile", PlainText, nullable=False),
    Column("jwt_algorithm", PlainText, nullable=False),
    Column("sd_jwt_vc", Boolean, nullable=False),
    Column("status_form", PlainText, nullable=False),
    one_of("profile", IssuingProfile),
    one_of("jwt_algorithm", JwtAlgorithm),
    one_of("status_form", StatusForm),
    sqlite_with_rowid=False,
)

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("owner", PlainText, primary_key=True),
    Column("kid", PlainText, primary_key=True),
    Column("algorithm", PlainText, nullable=False),
    Column("public_key", PlainText, nullable=False, unique=True),
    Column("state", PlainText, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("active_from", Moment),
    Column("retired_at", Moment),
    Column("sealed_private", LargeBinary, nullable=False),
    Column("signer_uri", PlainText, nullable=False),
    Column("published_at", Moment),
    Column("compromised_since", Moment),
    Column("compromised_at", Moment),
    Column("destroyed_at", Moment),
    one_of("state", KeyState),
    Index(
        "ux_signing_keys_one_active",
        "owner",
        "algorithm",
        unique=True,
        sqlite_where=text("state = 'active'"),
        postgresql_where=text("state = 'active'"),
    ),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("prefix", PlainText, primary_key=True),
    Column("issuer", PlainText, ForeignKey("issuers.slug"), nullable=False),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("label", PlainText, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Index("ix_api_keys_issuer", "issuer"),
)

status_lists = Table(
    "status_lists",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("issuer", PlainText, ForeignKey("issuers.slug"), nullable=False),
    Column("size", Integer, nullable=False),
    Column("allotted", Integer, nullable=False),
    Column("change", Integer, nullable=False),
    Column("permutation_key", LargeBinary, nullable=False),
    CheckConstraint("allotted BETWEEN 0 AND size", name="allotted"),
    Index("ix_status_lists_issuer", "issuer", "number"),
)

published_lists = Table(
    "published_lists",
    metadata,
    Column("number", Integer, ForeignKey("status_lists.number"), primary_key=True),
    Column("form", PlainText, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("etag", PlainText, nullable=False),
    Column("kid", PlainText, nullable=False),
    Column("signed_at", Moment, nullable=False),
    Column("valid_until", Moment, nullable=False),
    one_of("form", ListForm),
)

credentials = Table(
    "credentials",
    metadata,
    Column("uuid", Uuid, primary_key=True),
    Column("issuer", PlainText, ForeignKey("issuers.slug"), nullable=False),
    Column("program_number", PlainText, nullable=False),
    Column("program_version", PlainText, nullable=False),
    Column("award_day", Date, nullable=False),
    Column("row_state", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("list_number", Integer, ForeignKey("status_lists.number"), nullable=False),
    Column("status_index", Integer, nullable=False),
    Column("kid", PlainText, nullable=False),
    Column("reserved_at", Moment, nullable=False),
    Column("issued_at", Moment),
    Column("valid_until", Moment),
    Column("digest", LargeBinary),
    Column("status_reason", PlainText),
    Column("status_at", Moment),
    Column("abandoned_reason", PlainText),
    Column("status_form", PlainText, nullable=False, server_default="bitstring"),
    Column("forms", PlainText, nullable=False, server_default="json"),
    ForeignKeyConstraint(
        ["program_number", "program_version"], ["program_versions.number", "program_versions.version"]
    ),
    ForeignKeyConstraint(["issuer", "kid"], ["signing_keys.owner", "signing_keys.kid"]),
    UniqueConstraint("list_number", "status_index"),
    one_of("row_state", RowState),
    one_of("state", CredentialState),
    one_of("status_reason", RevocationReason),
    one_of("status_form", StatusForm),
    CheckConstraint("status_index >= 0", name="status_index"),
    CheckConstraint(
        "row_state <> 'issued' OR (issued_at IS NOT NULL AND digest IS NOT NULL AND length(digest) = 32)", name="issued"
    ),
    CheckConstraint("row_state = 'issued' OR state = 'active'", name="only_issued_change"),
    Index("ix_credentials_issued", "issuer", "issued_at", "uuid"),
    Index(
        "ix_credentials_reserved",
        "reserved_at",
        sqlite_where=text("row_state = 'reserved'"),
        postgresql_where=text("row_state = 'reserved'"),
    ),
    Index(
        "ix_credentials_bits",
        "list_number",
        "state",
        "status_index",
        sqlite_where=text("state <> 'active'"),
        postgresql_where=text("state <> 'active'"),
    ),
)

sealed_awards = Table(
    "sealed_awards",
    metadata,
    Column("credential", Uuid, ForeignKey("credentials.uuid"), primary_key=True),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("sealed_award", LargeBinary, nullable=False),
    Column("sealed_status_text", LargeBinary),
)

sealed_documents = Table(
    "sealed_documents",
    metadata,
    Column("credential", Uuid, ForeignKey("credentials.uuid"), primary_key=True),
    Column("format", PlainText, primary_key=True),
    Column("sealed_document", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("kid", PlainText, nullable=False),
    one_of("format", Format),
    CheckConstraint("length(digest) = 32", name="digest"),
)

award_keys = Table(
    "award_keys",
    metadata,
    Column("credential", Uuid, ForeignKey("credentials.uuid"), primary_key=True),
    Column("kind", PlainText, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("issuer", PlainText, nullable=False),
    Column("program_number", PlainText, nullable=False),
    Column("program_version", PlainText, nullable=False),
    Column("award_day", Date, nullable=False),
    # Whether no other award may have this key: not for names, which people share, and not for a retake.
    Column("sole", Boolean, nullable=False),
    Index("ix_award_keys_hash", "hash"),
    Index(
        "ux_award_keys_one_award",
        "hash",
        "kind",
        "issuer",
        "program_number",
        "program_version",
        "award_day",
        unique=True,
        sqlite_where=text("sole"),
        postgresql_where=text("sole"),
    ),
    sqlite_with_rowid=False,
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("issuer", PlainText, primary_key=True),
    Column("key", PlainText, primary_key=True),
    Column("body_hash", LargeBinary, nullable=False),
    # Deferred: the key is claimed before the row is reserved.
    Column("credential", Uuid, ForeignKey("credentials.uuid", deferrable=True, initially="DEFERRED"), nullable=False),
    Index("ix_idempotency_keys_credential", "credential"),
    sqlite_with_rowid=False,
)

did_documents = Table(
    "did_documents",
    metadata,
    Column("owner", PlainText, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

outside_dids = Table(
    "outside_dids",
    metadata,
    Column("did", PlainText, primary_key=True),
    Column("issuer", PlainText, ForeignKey("issuers.slug"), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("registered_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index("ix_outside_dids_issuer", "issuer"),
)

operators = Table(
    "operators",
    metadata,
    Column("name", PlainText, primary_key=True),
    Column("public_key", PlainText, nullable=False, unique=True),
    Column("added_at", Moment, nullable=False),
    Column("removed_at", Moment),
)

proposals = Table(
    "proposals",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    # What is to be done, word for word as both people signed it.
    Column("act", LargeBinary, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("proposed_by", PlainText, ForeignKey("operators.name"), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("proposal_signature", LargeBinary, nullable=False),
    Column("confirmed_by", PlainText, ForeignKey("operators.name", name="fk_proposals_confirmed_by")),
    Column("confirmed_at", Moment),
    Column("confirmation_signature", LargeBinary),
    CheckConstraint("state IN ('open', 'done', 'withdrawn')", name="state"),
    CheckConstraint("confirmed_by IS NULL OR confirmed_by <> proposed_by", name="two_people"),
    CheckConstraint(
        "state <> 'done' OR (confirmed_by IS NOT NULL AND confirmed_at IS NOT NULL"
        " AND confirmation_signature IS NOT NULL)",
        name="done",
    ),
    # An act may be longer than PostgreSQL takes into an index.
    Index("ux_proposals_act", "act", unique=True).ddl_if(dialect="sqlite"),
    Index("ux_proposals_act", text("sha256(act)"), unique=True).ddl_if(dialect="postgresql"),
)
