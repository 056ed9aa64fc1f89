"""The ends of the audit log among the entries of the public log, by an index of their own: the last one is asked for by
every command, and after a long batch it lies far back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    when = sa.text("kind = 'audit-head'")
    op.create_index(
        "ix_log_entries_audit_heads", "log_entries", ["id"], unique=False, sqlite_where=when, postgresql_where=when
    )
