"""docs/operations/database-roles.md, statement by statement: the service works with the application's role, and that
role cannot rewrite the logs."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from jmc_vc import bootstrap, settings
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.installation import initialize
from jmc_vc.sealing import KeyEncryptionKey
from tests.builders.installation import OPERATOR, Clock, Installation
from tests.builders.lived_in import live_in
from tests.builders.public_log import advance
from tests.simulators.postgres import PostgresCluster

pytestmark = pytest.mark.postgres

_PAGE = Path(__file__).parents[2] / "docs" / "operations" / "database-roles.md"
_BLOCKS = re.findall(r"```sql\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
_ADMINISTRATOR, _OWNER, _APPLICATION = _BLOCKS


def _statements(block: str) -> list[str]:
    plain = re.sub(r"--.*", "", block)
    return [each.strip() for each in plain.split(";") if each.strip()]


@dataclass(frozen=True)
class Server:
    cluster: PostgresCluster

    def url(self, role: str) -> str:
        return f"postgresql+psycopg://{role}@/jmc_vc?host={self.cluster.folder}"

    def run(self, role: str, *statements: str, database: str = "jmc_vc") -> None:
        with psycopg.connect(host=str(self.cluster.folder), user=role, dbname=database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture
def server(postgres_cluster: PostgresCluster) -> Iterator[Server]:
    made = Server(postgres_cluster)
    made.run("postgres", *_statements(_ADMINISTRATOR), database="postgres")
    yield made
    made.run("postgres", "DROP DATABASE jmc_vc WITH (FORCE)", database="postgres")
    made.run("postgres", "DROP ROLE jmc_vc_app", "DROP ROLE jmc_vc_owner", database="postgres")


@pytest.fixture
def installation(server: Server, tmp_path: Path) -> Iterator[Installation]:
    """Made by the owner, opened by the application."""
    environment = {"JMC_VC_DATA_DIR": str(tmp_path), "JMC_VC_DATABASE_URL": server.url("jmc_vc_owner")}
    clock = Clock()
    initialize(settings.load(environment), clock=clock)
    server.run("jmc_vc_owner", *_statements(_OWNER))
    configured = settings.load({**environment, "JMC_VC_DATABASE_URL": server.url("jmc_vc_app")})
    made = Installation(service=bootstrap.build(configured, clock=clock), clock=clock)
    made.register()
    made.import_program()
    made.approve()
    yield made
    made.service.database.close()


def test_29_the_service_works_with_the_rights_of_the_application(installation: Installation, tmp_path: Path) -> None:
    issued = live_in(installation)  # issues, revokes, suspends, erases, rotates, sanctions, brings the log up to date
    installation.set_issuing(profile=IssuingProfile.BOTH)
    service = installation.service
    assert service.verify(issued[4].body, now=installation.now).verdict == "valid"
    service.mint_api_key("hoshimigaoka", label="x", actor=OPERATOR, now=installation.now)
    service.status_list(1, "revocation", now=installation.now)
    installation.clock.move(hours=1)
    service.recover(now=installation.now)
    advance(installation)
    assert service.records.verify_log().findings == ()
    service.rotate_kek(
        KeyEncryptionKey.create(tmp_path / "new.kek"), reason="test", actor=OPERATOR, now=installation.now,
        progress=lambda _: None,
    )  # fmt: skip


LOGS = ("audit_log", "audit_chain", "log_entries", "log_tiles", "log_checkpoints", "log_cosignatures")
_COLUMN = {
    "audit_log": "reason", "audit_chain": "hash", "log_entries": "body", "log_tiles": "root",
    "log_checkpoints": "note", "log_cosignatures": "line",
}  # fmt: skip


def test_29_the_application_has_no_right_to_rewrite_a_log(installation: Installation, server: Server) -> None:
    live_in(installation)
    attempts = [
        *_statements(_APPLICATION),
        *(f"UPDATE {table} SET {_COLUMN[table]} = {_COLUMN[table]}" for table in LOGS),
        *(f"DELETE FROM {table}" for table in LOGS),
        *(f"TRUNCATE {table} CASCADE" for table in LOGS),
        *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in LOGS),
        *(f"DROP TABLE {table} CASCADE" for table in LOGS),
        "UPDATE log_entries SET at = now()",
        "UPDATE did_documents SET body = body",
        "DELETE FROM signing_keys",
        "DELETE FROM credentials",
        "CREATE TABLE mine (id integer)",
        "DROP FUNCTION refuse_change() CASCADE",
        "SET session_replication_role = replica",
    ]
    for attempt in attempts:
        with pytest.raises(errors.InsufficientPrivilege):
            server.run("jmc_vc_app", attempt)
    with pytest.raises(psycopg.Error, match=r"."):
        server.run("jmc_vc_app", "DELETE FROM site_record")
    assert installation.service.records.verify_log().findings == ()


def test_every_table_is_on_the_page(installation: Installation, server: Server) -> None:
    with psycopg.connect(host=str(server.cluster.folder), user="postgres", dbname="jmc_vc") as connection:
        tables = {
            name
            for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        }
    assert {name for name in tables if not re.search(rf"\b{name}\b", _OWNER)} == {"alembic_version"}


def test_the_application_can_make_the_copy_of_a_drill(
    installation: Installation, server: Server, tmp_path: Path
) -> None:
    """Custody of keys is tried on a copy, which pg_dump reads with the rights of the service."""
    live_in(installation)
    dump = tmp_path / "dump"
    command = [
        str(server.cluster.programs / "pg_dump"),
        "-h",
        str(server.cluster.folder),
        "-U",
        "jmc_vc_app",
        "-d",
        "jmc_vc",
        "-Fc",
        "-f",
        str(dump),
    ]
    subprocess.run(command, check=True, capture_output=True)
    assert dump.stat().st_size > 10_000
