"""Issuing profiles: settings of programs, and credentials in more than one form.

What was issued before is JSON with an embedded proof. Its bytes stay as they are; beside them come to stand what they
are and, for each form, its digest and its key. The row of a credential says which forms there are, for good.
"""

import json

import sqlalchemy as sa
from alembic import op

from jmc_vc.storage.columns import Moment, PlainText

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY_SOUND = (
    "EXISTS (SELECT 1 FROM credentials c JOIN signing_keys k ON k.owner = c.issuer"
    " WHERE c.uuid = NEW.credential AND k.kid = NEW.kid AND k.state IN ('active', 'retired'))"
)
# (name, table, event, when, what the refusal says)
_SETTINGS_RULES = (
    ("issuing_settings_no_update", "issuing_settings", "UPDATE", "TRUE", "issuing settings never change"),
    ("issuing_settings_no_delete", "issuing_settings", "DELETE", "TRUE", "issuing settings are never deleted"),
)
_FORMS_RULE = (
    "credentials_forms_fixed",
    "credentials",
    "UPDATE OF forms, status_form",
    "OLD.forms <> NEW.forms OR OLD.status_form <> NEW.status_form",
    "a credential keeps its forms",
)
# As they were before: on SQLite they are gone with the table that is replaced.
_LIST_RULES = (
    ("published_lists_no_delete", "published_lists", "DELETE", "TRUE", "a published list is never taken back"),
    (
        "published_lists_forward_only",
        "published_lists",
        "UPDATE",
        "NEW.change < OLD.change",
        "an older list never replaces a newer one",
    ),
)
_FORMATS = "format IN ('json', 'jwt', 'sd-jwt')"
_LISTS = "form IN ('revocation', 'suspension', 'token')"
_STATUS_FORMS = "status_form IN ('bitstring', 'revocation-list')"
_KEY_REFUSED = "the key was compromised or destroyed meanwhile"


def upgrade() -> None:
    """Make the new table, and give the others their new columns."""
    op.create_table(
        "issuing_settings",
        sa.Column("program", PlainText(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("in_force_from", Moment(), nullable=False),
        sa.Column("profile", PlainText(), nullable=False),
        sa.Column("jwt_algorithm", PlainText(), nullable=False),
        sa.Column("sd_jwt_vc", sa.Boolean(), nullable=False),
        sa.Column("status_form", PlainText(), nullable=False),
        sa.CheckConstraint(
            "profile IN ('data-integrity-eddsa', 'data-integrity-ecdsa', 'vc-jwt', 'both')",
            name=op.f("ck_issuing_settings_profile"),
        ),
        sa.CheckConstraint("jwt_algorithm IN ('ES256', 'RS256')", name=op.f("ck_issuing_settings_jwt_algorithm")),
        sa.CheckConstraint(_STATUS_FORMS, name=op.f("ck_issuing_settings_status_form")),
        sa.PrimaryKeyConstraint("program", "number", name=op.f("pk_issuing_settings")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "ALTER TABLE credentials ADD COLUMN status_form TEXT DEFAULT 'bitstring' NOT NULL"
        f" CONSTRAINT ck_credentials_status_form CHECK ({_STATUS_FORMS})"
    )
    op.execute("ALTER TABLE credentials ADD COLUMN forms TEXT DEFAULT 'json' NOT NULL")
    signers = _signers_of_lists()
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite(signers)
    else:
        _on_postgresql(signers)


def _signers_of_lists() -> list[dict[str, object]]:
    """Which key signed each published list: its proof says so."""
    rows = op.get_bind().execute(sa.text("SELECT number, purpose, body FROM published_lists"))
    return [{"number": number, "form": purpose, "kid": _kid(bytes(body))} for number, purpose, body in rows]


def _kid(body: bytes) -> str:
    method: str = json.loads(body)["proof"]["verificationMethod"]
    return method.partition("#")[2]


def _on_sqlite(signers: list[dict[str, object]]) -> None:
    """SQLite changes no constraint of a table: a new one takes its place."""
    op.execute(
        "CREATE TABLE new_documents (credential CHAR(32) NOT NULL, format TEXT NOT NULL, sealed_document BLOB NOT NULL,"
        " digest BLOB NOT NULL, kid TEXT NOT NULL,"
        " CONSTRAINT pk_sealed_documents PRIMARY KEY (credential, format),"
        f" CONSTRAINT ck_sealed_documents_format CHECK ({_FORMATS}),"
        " CONSTRAINT ck_sealed_documents_digest CHECK (length(digest) = 32),"
        " CONSTRAINT fk_sealed_documents_credentials FOREIGN KEY(credential) REFERENCES credentials (uuid))"
    )
    op.execute(
        "INSERT INTO new_documents SELECT d.credential, 'json', d.sealed_document, c.digest, c.kid"
        " FROM sealed_documents d JOIN credentials c ON c.uuid = d.credential"
    )
    op.execute("DROP TABLE sealed_documents")
    op.execute("ALTER TABLE new_documents RENAME TO sealed_documents")
    op.execute(
        "CREATE TABLE new_lists (number INTEGER NOT NULL, form TEXT NOT NULL, change INTEGER NOT NULL,"
        " body BLOB NOT NULL, etag TEXT NOT NULL, kid TEXT NOT NULL, signed_at VARCHAR(27) NOT NULL,"
        " valid_until VARCHAR(27) NOT NULL,"
        " CONSTRAINT pk_published_lists PRIMARY KEY (number, form),"
        f" CONSTRAINT ck_published_lists_form CHECK ({_LISTS}),"
        " CONSTRAINT fk_published_lists_status_lists FOREIGN KEY(number) REFERENCES status_lists (number))"
    )
    for signer in signers:
        op.get_bind().execute(
            sa.text(
                "INSERT INTO new_lists SELECT number, purpose, change, body, etag, :kid, signed_at, valid_until"
                " FROM published_lists WHERE number = :number AND purpose = :form"
            ),
            signer,
        )
    op.execute("DROP TABLE published_lists")
    op.execute("ALTER TABLE new_lists RENAME TO published_lists")
    key_rule = (
        "sealed_documents_key_sound",
        "sealed_documents",
        "INSERT",
        f"NEW.format <> 'json' AND NOT {_KEY_SOUND}",
        _KEY_REFUSED,
    )
    for name, table, event, when, says in (*_SETTINGS_RULES, *_LIST_RULES, _FORMS_RULE, key_rule):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )


def _on_postgresql(signers: list[dict[str, object]]) -> None:
    op.execute(
        "ALTER TABLE sealed_documents ADD COLUMN format TEXT DEFAULT 'json' NOT NULL,"
        " ADD COLUMN digest BYTEA, ADD COLUMN kid TEXT"
    )
    op.execute(
        "UPDATE sealed_documents AS d SET digest = c.digest, kid = c.kid FROM credentials AS c"
        " WHERE c.uuid = d.credential"
    )
    op.execute(
        "ALTER TABLE sealed_documents ALTER COLUMN format DROP DEFAULT, ALTER COLUMN digest SET NOT NULL,"
        " ALTER COLUMN kid SET NOT NULL, DROP CONSTRAINT pk_sealed_documents,"
        " ADD CONSTRAINT pk_sealed_documents PRIMARY KEY (credential, format),"
        f" ADD CONSTRAINT ck_sealed_documents_format CHECK ({_FORMATS}),"
        " ADD CONSTRAINT ck_sealed_documents_digest CHECK (length(digest) = 32)"
    )
    op.execute("ALTER TABLE published_lists RENAME COLUMN purpose TO form")
    op.execute("ALTER TABLE published_lists ADD COLUMN kid TEXT")
    for signer in signers:
        op.get_bind().execute(
            sa.text("UPDATE published_lists SET kid = :kid WHERE number = :number AND form = :form"), signer
        )
    op.execute(
        "ALTER TABLE published_lists ALTER COLUMN kid SET NOT NULL, DROP CONSTRAINT ck_published_lists_purpose,"
        f" ADD CONSTRAINT ck_published_lists_form CHECK ({_LISTS})"
    )
    for name, table, event, when, says in (*_SETTINGS_RULES, _FORMS_RULE):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({when})"
            f" EXECUTE FUNCTION refuse_change('{says}')"
        )
    op.execute(
        "CREATE TRIGGER issuing_settings_no_truncate BEFORE TRUNCATE ON issuing_settings"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('this table is never emptied')"
    )
    # The question of the key stands in the function, as WHEN may hold no subquery; most rows are JSON, and never ask.
    op.execute(
        "CREATE FUNCTION sealed_documents_key_sound() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NOT {_KEY_SOUND} THEN RAISE EXCEPTION USING MESSAGE = '{_KEY_REFUSED}', ERRCODE = '23000'; END IF;"
        " RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER sealed_documents_key_sound BEFORE INSERT ON sealed_documents FOR EACH ROW"
        " WHEN (NEW.format <> 'json') EXECUTE FUNCTION sealed_documents_key_sound()"
    )
