"""Places of credentials whose rows were lost, after a restore from the public log: they stay taken, and their bits stay
as they were."""

import sqlalchemy as sa
from alembic import op

from jmc_vc.storage.columns import Moment, PlainText

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the rules that keep what is in it."""
    op.create_table(
        "lost_credentials",
        sa.Column("list_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issuer", PlainText(), nullable=False),
        sa.Column("state", PlainText(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('active', 'suspended', 'revoked')", name=op.f("ck_lost_credentials_state")),
        sa.PrimaryKeyConstraint("list_number", "status_index", name=op.f("pk_lost_credentials")),
        sqlite_with_rowid=False,
    )
    for event in ("UPDATE", "DELETE"):
        name, says = f"lost_credentials_no_{event.lower()}", "the place of a lost credential stays as it was logged"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON lost_credentials WHEN TRUE"
                f" BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON lost_credentials FOR EACH ROW WHEN (TRUE)"
                f" EXECUTE FUNCTION refuse_change('{says}')"
            )
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER lost_credentials_no_truncate BEFORE TRUNCATE ON lost_credentials"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('this table is never emptied')"
        )
