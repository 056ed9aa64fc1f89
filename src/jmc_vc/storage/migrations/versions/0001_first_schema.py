"""The first schema.

Beside the tables stand the rules that no table definition can say, as triggers, the same ones on both databases: what
may never happen is refused even when somebody writes the SQL by hand (the numbers are those of the service's
invariants, in docs/explanation).
"""

import sqlalchemy as sa
from alembic import op

from jmc_vc.storage.columns import Moment, PlainText

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_USABLE = "EXISTS (SELECT 1 FROM signing_keys WHERE owner = NEW.issuer AND kid = NEW.kid AND state {states})"
_KEY_ACTIVE = _USABLE.format(states="= 'active'")
# A key may be retired between signing and recording; a compromised or destroyed one records nothing any more.
_KEY_SOUND = _USABLE.format(states="IN ('active', 'retired')")

# (name, table, event, when, what the refusal says)
_RULES = (
    ("audit_log_no_update", "audit_log", "UPDATE", "TRUE", "audit entries never change"),
    ("audit_log_no_delete", "audit_log", "DELETE", "TRUE", "audit entries are never deleted"),
    ("site_record_no_update", "site_record", "UPDATE", "TRUE", "the identity of a site never changes"),
    ("site_record_no_delete", "site_record", "DELETE", "TRUE", "the identity of a site is never deleted"),
    ("program_versions_no_delete", "program_versions", "DELETE", "TRUE", "a submitted version is never deleted"),
    (
        "program_versions_content_fixed",
        "program_versions",
        "UPDATE OF number, version, issuer, content, content_digest",
        "TRUE",
        "the content of a submitted version never changes",
    ),
    ("credentials_no_delete", "credentials", "DELETE", "TRUE", "a status index is never freed"),
    (
        "credentials_place_fixed",
        "credentials",
        "UPDATE OF uuid, list_number, status_index",
        "OLD.uuid <> NEW.uuid OR OLD.list_number <> NEW.list_number OR OLD.status_index <> NEW.status_index",
        "a credential keeps its status index",
    ),
    (
        "credentials_revoked_is_final",
        "credentials",
        "UPDATE",
        "OLD.state = 'revoked' AND NEW.state <> 'revoked'",
        "a revoked credential stays revoked",
    ),
    (
        "credentials_row_moves",
        "credentials",
        "UPDATE",
        "OLD.row_state <> 'reserved' AND NEW.row_state <> OLD.row_state",
        "an issued or abandoned row stays what it is",
    ),
    ("credentials_key_active", "credentials", "INSERT", f"NOT {_KEY_ACTIVE}", "only an active key signs"),
    (
        "credentials_key_sound",
        "credentials",
        "UPDATE",
        f"NEW.row_state = 'issued' AND OLD.row_state = 'reserved' AND NOT {_KEY_SOUND}",
        "the key was compromised or destroyed meanwhile",
    ),
    ("status_lists_no_delete", "status_lists", "DELETE", "TRUE", "a status list is never deleted"),
    (
        "status_lists_forward_only",
        "status_lists",
        "UPDATE",
        "NEW.allotted < OLD.allotted OR NEW.change < OLD.change OR NEW.size <> OLD.size",
        "a status list only goes forward",
    ),
    (
        "status_lists_order_fixed",
        "status_lists",
        "UPDATE",
        "NEW.permutation_key <> OLD.permutation_key",
        "the order of a status list never changes",
    ),
    ("published_lists_no_delete", "published_lists", "DELETE", "TRUE", "a published list is never taken back"),
    (
        "published_lists_forward_only",
        "published_lists",
        "UPDATE",
        "NEW.change < OLD.change",
        "an older list never replaces a newer one",
    ),
)
_EMPTYING_REFUSED = ("audit_log", "credentials", "status_lists", "published_lists", "site_record")


def upgrade() -> None:
    """Make the tables and the triggers."""
    op.create_table(
        "audit_log",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor_kind", PlainText(), nullable=False),
        sa.Column("actor_id", PlainText(), nullable=False),
        sa.Column("action", PlainText(), nullable=False),
        sa.Column("object", PlainText(), nullable=False),
        sa.Column("reason", PlainText(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.CheckConstraint("actor_kind IN ('api_key', 'operator', 'system')", name=op.f("ck_audit_log_actor_kind")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_log")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_log_object", "audit_log", ["object"], unique=False)
    op.create_table(
        "issuers",
        sa.Column("slug", PlainText(), nullable=False),
        sa.Column("number", PlainText(), nullable=False),
        sa.Column("name_ja", PlainText(), nullable=False),
        sa.Column("name_en", PlainText(), nullable=False),
        sa.Column("name_kana", PlainText(), nullable=True),
        sa.Column("org_type", PlainText(), nullable=False),
        sa.Column("country", PlainText(), nullable=False),
        sa.Column("region", PlainText(), nullable=True),
        sa.Column("url", PlainText(), nullable=True),
        sa.Column("email", PlainText(), nullable=True),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("registered_from", sa.Date(), nullable=False),
        sa.Column("registered_until", sa.Date(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.CheckConstraint("slug <> 'jmc'", name=op.f("ck_issuers_not_jmc")),
        sa.CheckConstraint("state IN ('registered', 'suspended')", name=op.f("ck_issuers_state")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_issuers")),
        sa.UniqueConstraint("number", name=op.f("uq_issuers_number")),
    )
    op.create_table(
        "signing_keys",
        sa.Column("owner", PlainText(), nullable=False),
        sa.Column("kid", PlainText(), nullable=False),
        sa.Column("algorithm", PlainText(), nullable=False),
        sa.Column("public_key", PlainText(), nullable=False),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("active_from", Moment(), nullable=True),
        sa.Column("retired_at", Moment(), nullable=True),
        sa.Column("sealed_private", sa.LargeBinary(), nullable=False),
        sa.Column("signer_uri", PlainText(), nullable=False),
        sa.CheckConstraint(
            "state IN ('created', 'published', 'active', 'retired', 'destroyed', 'compromised')",
            name=op.f("ck_signing_keys_state"),
        ),
        sa.PrimaryKeyConstraint("owner", "kid", name=op.f("pk_signing_keys")),
        sa.UniqueConstraint("public_key", name=op.f("uq_signing_keys_public_key")),
    )
    op.create_index(
        "ux_signing_keys_one_active",
        "signing_keys",
        ["owner", "algorithm"],
        unique=True,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "site_record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("base_url", PlainText(), nullable=False),
        sa.Column("did", PlainText(), nullable=False),
        sa.Column("namespace", PlainText(), nullable=False),
        sa.Column("kek_check", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_record_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_record")),
    )
    op.create_table(
        "api_keys",
        sa.Column("prefix", PlainText(), nullable=False),
        sa.Column("issuer", PlainText(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("label", PlainText(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["issuer"], ["issuers.slug"], name=op.f("fk_api_keys_issuers")),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_api_keys")),
    )
    op.create_index("ix_api_keys_issuer", "api_keys", ["issuer"], unique=False)
    op.create_table(
        "program_versions",
        sa.Column("number", PlainText(), nullable=False),
        sa.Column("version", PlainText(), nullable=False),
        sa.Column("issuer", PlainText(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_digest", PlainText(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=False),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("decision", PlainText(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("suspensions", sa.JSON(), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("alignment_checks", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state = 'submitted' OR (decision IS NOT NULL AND decided_on IS NOT NULL AND effective_from IS NOT NULL"
            " AND effective_until IS NOT NULL AND approved_at IS NOT NULL)",
            name=op.f("ck_program_versions_approved"),
        ),
        sa.CheckConstraint(
            "state IN ('submitted', 'approved', 'suspended', 'withdrawn')", name=op.f("ck_program_versions_state")
        ),
        sa.CheckConstraint("effective_from <= effective_until", name=op.f("ck_program_versions_window")),
        sa.ForeignKeyConstraint(["issuer"], ["issuers.slug"], name=op.f("fk_program_versions_issuers")),
        sa.PrimaryKeyConstraint("number", "version", name=op.f("pk_program_versions")),
    )
    op.create_index("ix_program_versions_decision", "program_versions", ["decision"], unique=False)
    op.create_index("ix_program_versions_issuer", "program_versions", ["issuer"], unique=False)
    op.create_table(
        "status_lists",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issuer", PlainText(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("allotted", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("permutation_key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("allotted BETWEEN 0 AND size", name=op.f("ck_status_lists_allotted")),
        sa.ForeignKeyConstraint(["issuer"], ["issuers.slug"], name=op.f("fk_status_lists_issuers")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_status_lists")),
    )
    op.create_index("ix_status_lists_issuer", "status_lists", ["issuer", "number"], unique=False)
    op.create_table(
        "credentials",
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("issuer", PlainText(), nullable=False),
        sa.Column("program_number", PlainText(), nullable=False),
        sa.Column("program_version", PlainText(), nullable=False),
        sa.Column("award_day", sa.Date(), nullable=False),
        sa.Column("row_state", PlainText(), nullable=False),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("kid", PlainText(), nullable=False),
        sa.Column("reserved_at", Moment(), nullable=False),
        sa.Column("issued_at", Moment(), nullable=True),
        sa.Column("valid_until", Moment(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("status_reason", PlainText(), nullable=True),
        sa.Column("status_at", Moment(), nullable=True),
        sa.Column("abandoned_reason", PlainText(), nullable=True),
        sa.CheckConstraint(
            "row_state <> 'issued' OR (issued_at IS NOT NULL AND digest IS NOT NULL AND length(digest) = 32)",
            name=op.f("ck_credentials_issued"),
        ),
        sa.CheckConstraint("row_state = 'issued' OR state = 'active'", name=op.f("ck_credentials_only_issued_change")),
        sa.CheckConstraint("row_state IN ('reserved', 'issued', 'abandoned')", name=op.f("ck_credentials_row_state")),
        sa.CheckConstraint("state IN ('active', 'suspended', 'revoked')", name=op.f("ck_credentials_state")),
        sa.CheckConstraint(
            "status_reason IN ('issued_in_error', 'data_error_replaced', 'superseded', 'assessment_misconduct', "
            "'identity_fraud', 'key_compromise', 'holder_request', 'court_or_law')",
            name=op.f("ck_credentials_status_reason"),
        ),
        sa.CheckConstraint("status_index >= 0", name=op.f("ck_credentials_status_index")),
        sa.ForeignKeyConstraint(
            ["issuer", "kid"], ["signing_keys.owner", "signing_keys.kid"], name=op.f("fk_credentials_signing_keys")
        ),
        sa.ForeignKeyConstraint(["issuer"], ["issuers.slug"], name=op.f("fk_credentials_issuers")),
        sa.ForeignKeyConstraint(["list_number"], ["status_lists.number"], name=op.f("fk_credentials_status_lists")),
        sa.ForeignKeyConstraint(
            ["program_number", "program_version"],
            ["program_versions.number", "program_versions.version"],
            name=op.f("fk_credentials_program_versions"),
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_credentials")),
        sa.UniqueConstraint("list_number", "status_index", name=op.f("uq_credentials_list_number_status_index")),
    )
    op.create_index(
        "ix_credentials_bits",
        "credentials",
        ["list_number", "state", "status_index"],
        unique=False,
        sqlite_where=sa.text("state <> 'active'"),
        postgresql_where=sa.text("state <> 'active'"),
    )
    op.create_index("ix_credentials_issued", "credentials", ["issuer", "issued_at", "uuid"], unique=False)
    op.create_index(
        "ix_credentials_reserved",
        "credentials",
        ["reserved_at"],
        unique=False,
        sqlite_where=sa.text("row_state = 'reserved'"),
        postgresql_where=sa.text("row_state = 'reserved'"),
    )
    op.create_table(
        "published_ids",
        sa.Column("kind", PlainText(), nullable=False),
        sa.Column("value", PlainText(), nullable=False),
        sa.Column("number", PlainText(), nullable=False),
        sa.Column("version", PlainText(), nullable=False),
        sa.Column("member", PlainText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number", "version"],
            ["program_versions.number", "program_versions.version"],
            name=op.f("fk_published_ids_program_versions"),
        ),
        sa.PrimaryKeyConstraint("kind", "value", "number", "version", name=op.f("pk_published_ids")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published_lists",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", PlainText(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("etag", PlainText(), nullable=False),
        sa.Column("signed_at", Moment(), nullable=False),
        sa.Column("valid_until", Moment(), nullable=False),
        sa.CheckConstraint("purpose IN ('revocation', 'suspension')", name=op.f("ck_published_lists_purpose")),
        sa.ForeignKeyConstraint(["number"], ["status_lists.number"], name=op.f("fk_published_lists_status_lists")),
        sa.PrimaryKeyConstraint("number", "purpose", name=op.f("pk_published_lists")),
    )
    op.create_table(
        "award_keys",
        sa.Column("credential", sa.Uuid(), nullable=False),
        sa.Column("kind", PlainText(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("issuer", PlainText(), nullable=False),
        sa.Column("program_number", PlainText(), nullable=False),
        sa.Column("program_version", PlainText(), nullable=False),
        sa.Column("award_day", sa.Date(), nullable=False),
        sa.Column("sole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["credential"], ["credentials.uuid"], name=op.f("fk_award_keys_credentials")),
        sa.PrimaryKeyConstraint("credential", "kind", "hash", name=op.f("pk_award_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_award_keys_hash", "award_keys", ["hash"], unique=False)
    op.create_index(
        "ux_award_keys_one_award",
        "award_keys",
        ["hash", "kind", "issuer", "program_number", "program_version", "award_day"],
        unique=True,
        sqlite_where=sa.text("sole"),
        postgresql_where=sa.text("sole"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("issuer", PlainText(), nullable=False),
        sa.Column("key", PlainText(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("credential", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["credential"],
            ["credentials.uuid"],
            name=op.f("fk_idempotency_keys_credentials"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("issuer", "key", name=op.f("pk_idempotency_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_idempotency_keys_credential", "idempotency_keys", ["credential"], unique=False)
    op.create_table(
        "sealed_awards",
        sa.Column("credential", sa.Uuid(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_award", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_status_text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["credential"], ["credentials.uuid"], name=op.f("fk_sealed_awards_credentials")),
        sa.PrimaryKeyConstraint("credential", name=op.f("pk_sealed_awards")),
    )
    op.create_table(
        "sealed_documents",
        sa.Column("credential", sa.Uuid(), nullable=False),
        sa.Column("sealed_document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["credential"], ["credentials.uuid"], name=op.f("fk_sealed_documents_credentials")),
        sa.PrimaryKeyConstraint("credential", name=op.f("pk_sealed_documents")),
    )

    if op.get_bind().dialect.name == "sqlite":
        _sqlite_rules()
    else:
        _postgresql_rules()


def _sqlite_rules() -> None:
    for name, table, event, when, says in _RULES:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )


def _postgresql_rules() -> None:
    # 23000 integrity_constraint_violation: the driver then raises what a constraint raises, as SQLite does.
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = '23000'; END $$"
    )
    for name, table, event, when, says in _RULES:
        if "EXISTS" not in when:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({when})"
                f" EXECUTE FUNCTION refuse_change('{says}')"
            )
            continue
        # WHEN may hold no subquery on PostgreSQL.
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when}"
            f" THEN RAISE EXCEPTION USING MESSAGE = '{says}', ERRCODE = '23000'; END IF; RETURN NEW; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    for table in _EMPTYING_REFUSED:
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('this table is never emptied')"
        )
