"""Two people, and who acts.

A proposal stays what was proposed in all its parts, its number included, and no act is proposed twice: so a row that
somebody read is the row that is confirmed, and what was withdrawn does not come back under another number. When it
expires follows from the time that was signed, not from a column. An operator keeps name and key.

In the audit log, who was logged in at the machine is told from operators who signed. And a key that never signed, or
was never even published, may be destroyed.
"""

import sqlalchemy as sa
from alembic import op

from jmc_vc.domain.signing_key import MOVES

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KINDS = ("IN ('api_key', 'operator', 'system')", "IN ('api_key', 'login', 'operator', 'system')")
_MOVES = " OR ".join(
    f"OLD.state = '{old.value}' AND NEW.state = '{new.value}'" for old, after in MOVES.items() for new in sorted(after)
)
# (name, table, when, what the refusal says); the first and the last take the place of rules of the same names
_RULES = (
    (
        "proposals_fixed",
        "proposals",
        (
            "OLD.state <> 'open' OR OLD.number <> NEW.number OR OLD.act <> NEW.act"
            " OR OLD.proposed_by <> NEW.proposed_by OR OLD.proposed_at <> NEW.proposed_at"
            " OR OLD.proposal_signature <> NEW.proposal_signature"
        ),
        "a proposal stays what was proposed",
    ),
    (
        "operators_fixed",
        "operators",
        (
            "OLD.name <> NEW.name OR OLD.public_key <> NEW.public_key OR OLD.added_at <> NEW.added_at"
            " OR OLD.removed_at IS NOT NULL"
        ),
        "an operator keeps name and key, and is removed for good",
    ),
    (
        "signing_keys_moves",
        "signing_keys",
        f"OLD.state <> NEW.state AND NOT ({_MOVES})",
        "a signing key only goes forward",
    ),
)


def upgrade() -> None:
    """Replace the rules, the column and the constraint."""
    for name, table in (("proposals_fixed", "proposals"), ("signing_keys_moves", "signing_keys")):
        op.execute(f"DROP TRIGGER {name}" + ("" if _sqlite() else f" ON {table}"))
    op.execute("ALTER TABLE proposals DROP COLUMN expires_at")
    # An act may be longer than PostgreSQL takes into an index.
    op.create_index("ux_proposals_act", "proposals", ["act" if _sqlite() else sa.text("sha256(act)")], unique=True)
    if _sqlite():
        _widen_on_sqlite()
    else:
        op.execute(
            "ALTER TABLE audit_log DROP CONSTRAINT ck_audit_log_actor_kind,"
            f" ADD CONSTRAINT ck_audit_log_actor_kind CHECK (actor_kind {_KINDS[1]})"
        )
    for name, table, when, says in _RULES:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
            if _sqlite()
            else f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when})"
            f" EXECUTE FUNCTION refuse_change('{says}')"
        )


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _widen_on_sqlite() -> None:
    """Another constraint in the text of the table, as SQLite's documentation has it for changes that no row minds
    (ALTER TABLE, §7): a new table in its place would be a copy of the whole log, without its triggers meanwhile."""
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = 'audit_log'"),
        {"old": _KINDS[0], "new": _KINDS[1]},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
