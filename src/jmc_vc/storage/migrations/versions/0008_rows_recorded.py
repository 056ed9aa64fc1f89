"""Digests of the rows that an act leaves behind, in its entry of the audit log (`storage.row_records`). And the numbers
of these entries are the database's to give: one out of turn would stay outside the chain of hashes, or keep others out.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the rule."""
    op.add_column("audit_log", sa.Column("rows", sa.JSON(none_as_null=True), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        # Only after the row is there is the number known that SQLite gave. It may skip some, where rows were lost.
        op.execute(
            "CREATE TRIGGER audit_log_numbered AFTER INSERT ON audit_log"
            " WHEN NEW.seq <= 0 OR EXISTS (SELECT 1 FROM audit_log WHERE seq > NEW.seq)"
            " OR NEW.seq > 1000 + coalesce((SELECT max(seq) FROM audit_log WHERE seq < NEW.seq), 0)"
            " BEGIN SELECT RAISE(ABORT, 'the number of an audit entry is given by the database'); END"
        )
        return
    # The service's role has no right on the sequence; that of the owner is enough to ask for the number it gave last.
    op.execute(
        "CREATE FUNCTION require_given_number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path FROM CURRENT AS $$ BEGIN"
        " IF NEW.seq IS DISTINCT FROM currval(pg_get_serial_sequence(format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME),"
        " 'seq')) THEN"
        " RAISE EXCEPTION 'the number of an audit entry is given by the database' USING ERRCODE = '23000';"
        " END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_log_numbered BEFORE INSERT ON audit_log"
        " FOR EACH ROW EXECUTE FUNCTION require_given_number()"
    )
