"""The life of keys, the public log, the chain of the audit log, and acts that need two people.

What a key was and when is kept in dates of its own. The audit log gets a chain of hashes beside it, the public log its
entries, tiles and checkpoints; what is in them never changes.
"""

import sqlalchemy as sa
from alembic import op

from jmc_vc.domain.signing_key import MOVES
from jmc_vc.storage.columns import Moment, PlainText

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOVES = " OR ".join(
    f"OLD.state = '{old.value}' AND NEW.state = '{new.value}'" for old, after in MOVES.items() for new in sorted(after)
)
# (name, table, event, when, what the refusal says)
_RULES = (
    ("issuers_not_log", "issuers", "INSERT", "NEW.slug = 'log'", "this is the owner of the key of the log"),
    (
        "site_record_identity_fixed",
        "site_record",
        "UPDATE OF id, base_url, did, namespace, created_at",
        "TRUE",
        "the identity of a site never changes",
    ),
    ("signing_keys_no_delete", "signing_keys", "DELETE", "TRUE", "a signing key is never deleted"),
    (
        "signing_keys_identity_fixed",
        "signing_keys",
        "UPDATE OF owner, kid, algorithm, public_key, created_at, signer_uri",
        (
            "OLD.owner <> NEW.owner OR OLD.kid <> NEW.kid OR OLD.algorithm <> NEW.algorithm"
            " OR OLD.public_key <> NEW.public_key OR OLD.created_at <> NEW.created_at"
            " OR OLD.signer_uri <> NEW.signer_uri"
        ),
        "a signing key stays the same key",
    ),
    (
        "signing_keys_moves",
        "signing_keys",
        "UPDATE",
        f"OLD.state <> NEW.state AND NOT ({_MOVES})",
        "a signing key only goes forward",
    ),
    (
        "signing_keys_destroyed",
        "signing_keys",
        "UPDATE",
        "NEW.state = 'destroyed' AND length(NEW.sealed_private) > 0",
        "a destroyed key has no private part",
    ),
    ("audit_chain_no_update", "audit_chain", "UPDATE", "TRUE", "the chain of the audit log never changes"),
    ("audit_chain_no_delete", "audit_chain", "DELETE", "TRUE", "the chain of the audit log is never cut"),
    (
        "log_entries_fixed",
        "log_entries",
        "UPDATE",
        (
            "OLD.id <> NEW.id OR OLD.kind <> NEW.kind OR OLD.at <> NEW.at OR OLD.body <> NEW.body"
            " OR OLD.leaf IS NOT NULL AND (NEW.leaf IS NULL OR NEW.leaf <> OLD.leaf)"
            " OR NEW.salt IS NOT NULL AND (OLD.salt IS NULL OR OLD.salt <> NEW.salt)"
            " OR NEW.credential IS NOT NULL AND (OLD.credential IS NULL OR OLD.credential <> NEW.credential)"
        ),
        "an entry of the log never changes",
    ),
    ("log_entries_no_delete", "log_entries", "DELETE", "TRUE", "an entry of the log is never deleted"),
    ("log_tiles_no_update", "log_tiles", "UPDATE", "TRUE", "a tile of the log never changes"),
    ("log_tiles_no_delete", "log_tiles", "DELETE", "TRUE", "a tile of the log is never deleted"),
    ("log_checkpoints_no_update", "log_checkpoints", "UPDATE", "TRUE", "a signed head of the log never changes"),
    ("log_checkpoints_no_delete", "log_checkpoints", "DELETE", "TRUE", "a signed head of the log is never deleted"),
    ("did_documents_no_update", "did_documents", "UPDATE", "TRUE", "a published DID document never changes"),
    ("did_documents_no_delete", "did_documents", "DELETE", "TRUE", "a published DID document is never deleted"),
    ("operators_no_delete", "operators", "DELETE", "TRUE", "who was an operator stays on record"),
    (
        "proposals_fixed",
        "proposals",
        "UPDATE",
        (
            "OLD.state <> 'open' OR OLD.act <> NEW.act OR OLD.proposed_by <> NEW.proposed_by"
            " OR OLD.proposal_signature <> NEW.proposal_signature OR OLD.expires_at <> NEW.expires_at"
        ),
        "a proposal stays what was proposed",
    ),
    ("proposals_no_delete", "proposals", "DELETE", "TRUE", "a proposal stays on record"),
)
_EMPTYING_REFUSED = (
    "signing_keys", "audit_chain", "log_entries", "log_tiles", "log_checkpoints", "did_documents", "operators",
    "proposals",
)  # fmt: skip


def upgrade() -> None:
    """Make the new tables, give the others their new columns, and the rules."""
    op.execute("ALTER TABLE site_record ADD COLUMN sealed_hash_keys " + _bytes())
    for column in ("published_at", "compromised_since", "compromised_at", "destroyed_at"):
        op.execute(f"ALTER TABLE signing_keys ADD COLUMN {column} {_moment()}")
    op.execute("UPDATE signing_keys SET published_at = created_at WHERE state <> 'created'")
    op.execute("UPDATE signing_keys SET compromised_at = retired_at, compromised_since = retired_at"
               " WHERE state = 'compromised'")  # fmt: skip
    _tables_of_the_logs()
    _tables_of_keys()
    op.execute("DROP TRIGGER site_record_no_update" + ("" if _sqlite() else " ON site_record"))
    for name, table, event, when, says in _RULES:
        if _sqlite():
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({when})"
                f" EXECUTE FUNCTION refuse_change('{says}')"
            )
    if not _sqlite():
        for table in _EMPTYING_REFUSED:
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('this table is never emptied')"
            )


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _bytes() -> str:
    return "BLOB" if _sqlite() else "BYTEA"


def _moment() -> str:
    return "VARCHAR(27)" if _sqlite() else "TIMESTAMP WITH TIME ZONE"


def _tables_of_the_logs() -> None:
    op.create_table(
        "audit_chain",
        sa.Column("position", _BIG, autoincrement=False, nullable=False),
        sa.Column("entry", _BIG, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_audit_chain_hash")),
        sa.ForeignKeyConstraint(["entry"], ["audit_log.seq"], name=op.f("fk_audit_chain_audit_log")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_chain")),
        sa.UniqueConstraint("entry", name=op.f("uq_audit_chain_entry")),
    )
    op.create_table(
        "log_entries",
        sa.Column("id", _BIG, sa.Identity(always=False), nullable=False),
        sa.Column("kind", PlainText(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", _BIG, nullable=True),
        sa.Column("credential", sa.Uuid(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["credential"], ["credentials.uuid"], name=op.f("fk_log_entries_credentials")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entries")),
        sa.UniqueConstraint("leaf", name=op.f("uq_log_entries_leaf")),
        sqlite_autoincrement=True,
    )
    for name, column, when in (
        ("ix_log_entries_waiting", "id", "leaf IS NULL"),
        ("ix_log_entries_credential", "credential", "credential IS NOT NULL"),
        ("ix_log_entries_did_documents", "at", "kind = 'did-document'"),
    ):
        op.create_index(
            name, "log_entries", [column], unique=False, sqlite_where=sa.text(when), postgresql_where=sa.text(when)
        )
    op.create_table(
        "log_tiles",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", _BIG, autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(hashes) = 8192 AND length(root) = 32", name=op.f("ck_log_tiles_whole")),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_log_tiles")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log_checkpoints",
        sa.Column("size", _BIG, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", PlainText(), nullable=False),
        sa.Column("signed_at", Moment(), nullable=False),
        sa.CheckConstraint("length(root) = 32", name=op.f("ck_log_checkpoints_root")),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_log_checkpoints")),
    )
    op.create_table(
        "log_cosignatures",
        sa.Column("size", _BIG, autoincrement=False, nullable=False),
        sa.Column("witness", PlainText(), nullable=False),
        sa.Column("line", PlainText(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["size"], ["log_checkpoints.size"], name=op.f("fk_log_cosignatures_log_checkpoints")),
        sa.PrimaryKeyConstraint("size", "witness", name=op.f("pk_log_cosignatures")),
        sqlite_with_rowid=False,
    )


def _tables_of_keys() -> None:
    op.create_table(
        "did_documents",
        sa.Column("owner", PlainText(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "version", name=op.f("pk_did_documents")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outside_dids",
        sa.Column("did", PlainText(), nullable=False),
        sa.Column("issuer", PlainText(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("registered_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["issuer"], ["issuers.slug"], name=op.f("fk_outside_dids_issuers")),
        sa.PrimaryKeyConstraint("did", name=op.f("pk_outside_dids")),
    )
    op.create_index("ix_outside_dids_issuer", "outside_dids", ["issuer"], unique=False)
    op.create_table(
        "operators",
        sa.Column("name", PlainText(), nullable=False),
        sa.Column("public_key", PlainText(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_operators")),
        sa.UniqueConstraint("public_key", name=op.f("uq_operators_public_key")),
    )
    op.create_table(
        "proposals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.LargeBinary(), nullable=False),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("proposed_by", PlainText(), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("proposal_signature", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("confirmed_by", PlainText(), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("confirmation_signature", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'done', 'withdrawn')", name=op.f("ck_proposals_state")),
        sa.CheckConstraint("confirmed_by IS NULL OR confirmed_by <> proposed_by", name=op.f("ck_proposals_two_people")),
        sa.CheckConstraint(
            "state <> 'done' OR (confirmed_by IS NOT NULL AND confirmed_at IS NOT NULL"
            " AND confirmation_signature IS NOT NULL)",
            name=op.f("ck_proposals_done"),
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["operators.name"], name=op.f("fk_proposals_operators")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["operators.name"], name=op.f("fk_proposals_confirmed_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_proposals")),
    )
