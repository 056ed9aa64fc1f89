"""Two indexes of the audit log: the latest time, for which every issuance asks, and what was signed anew. And the
sealed salts by which a signature is still recognized when its credential was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes and the table."""
    op.create_index("ix_audit_log_at", "audit_log", ["at", "seq"], unique=False)
    when = sa.text("action = 'credential-reissued'")
    op.create_index(
        "ix_audit_log_reissued", "audit_log", ["seq"], unique=False, sqlite_where=when, postgresql_where=when
    )
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "erased_salts",
        sa.Column("entry", big, autoincrement=False, nullable=False),
        sa.Column("credential", sa.Uuid(), nullable=False),
        sa.Column("sealed_salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["log_entries.id"], name=op.f("fk_erased_salts_log_entries")),
        sa.ForeignKeyConstraint(["credential"], ["credentials.uuid"], name=op.f("fk_erased_salts_credentials")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_erased_salts")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_erased_salts_credential", "erased_salts", ["credential"], unique=False)
