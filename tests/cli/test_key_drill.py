"""The drill of the keys on a copy: it goes right, it notices what is wrong, and the original is as it was."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import create_engine, text

from jmc_vc import bootstrap, settings
from jmc_vc.cli import opening
from jmc_vc.cli.drill import Drill, DrillClock, Step
from jmc_vc.cli.drill_issuer import DrillIssuer
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.signing_key import JMC, KEYS_CACHED, LOG, KeyState
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.transparency.checkpoint import open_checkpoint
from jmc_vc.publishing.log_key import verifier_key
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage import copies
from jmc_vc.storage.log_tables import log_entries
from tests.builders.installation import OPERATOR, Installation, award
from tests.cli.conftest import Command
from tests.parts import PARTS

SLUG = "hoshimigaoka"
DrillOf = Callable[..., Any]


@pytest.fixture
def drill(installation: Installation, command: Command, environment: pytest.MonkeyPatch) -> DrillOf:
    """Run the command over `installation`: what it printed, or the code of its refusal."""
    configured = installation.service.settings
    environment.setenv("JMC_VC_DATA_DIR", str(configured.data_dir))
    environment.setenv("JMC_VC_DATABASE_URL", configured.database_url)
    environment.setattr(opening, "clock", installation.clock)

    def run(*arguments: str, code: int = 0) -> Any:
        ran = command("keys", "drill", "--json", *arguments)
        assert ran.code == code, (ran.out, ran.err)
        return ran.json if ran.out else json.loads(ran.err.splitlines()[-1])["error"]["code"]

    return run


def lived_in(installation: Installation) -> None:
    """Credentials of two keys and kinds, one revoked, one suspended, a log with a head; and a key that waits."""
    service = installation.service
    installation.set_issuing(profile=IssuingProfile.BOTH, sd_jwt_vc=True)
    installation.issue()
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    for number, action in enumerate((None, StatusAction.REVOKE, StatusAction.SUSPEND)):
        issued = installation.issue(award(externalId=f"n-{number}", recipient={"name": {"fullName": "Test"}}))
        if action is not None:
            reason = RevocationReason.HOLDER_REQUEST if action is StatusAction.REVOKE else None
            service.change_status(
                issued.credential.uuid,
                action,
                reason=reason,
                text=None,
                actor=installation.actor(),
                now=installation.now,
            )
    service.log.advance(now=installation.now)
    service.rotate_key(LOG, actor=OPERATOR, now=installation.now)


def everything(installation: Installation) -> dict[str, Any]:
    """Every row of every table, and every byte of every file."""
    database = installation.service.database
    with database._writer.connect() as connection:
        rows = {
            table.name: [tuple(row) for row in connection.execute(table.select()).all()]
            for table in log_entries.metadata.sorted_tables
        }
    folder = installation.service.settings.data_dir
    files = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}
    return {"rows": rows, "files": files}


def test_a_drill_goes_right_and_the_original_is_as_it_was(installation: Installation, drill: DrillOf) -> None:
    lived_in(installation)
    before = everything(installation)
    told = drill("--credentials", "10", "--rotations", "2")
    assert [each for each in told["steps"] if not each["ok"]] == []
    counts = [(each["step"], each["count"]) for each in told["steps"]]
    assert counts[:8] == [
        ("copy", 1), ("prepare", 1), ("sample", 8), ("award", 3), ("rotate", 5), ("award", 3), ("rotate", 5),
        ("award", 4),
    ]  # fmt: skip
    assert dict(counts[8:]) | {"log": 0, "log_verify": 0} == {
        "verify_real": 8, "verify_eras": 10, "compromise": 1, "nothing_signed": 20, "document": 1, "verify_stolen": 4,
        "successor": 1, "reissue": 4, "verify_reissued": 4, "log": 0, "log_verify": 0,
    }  # fmt: skip
    assert told["ok"]
    assert everything(installation) == before
    assert leftovers(installation) == []


def leftovers(installation: Installation) -> list[str]:
    """Databases of drills that are still on the server."""
    if not installation.service.settings.database_url.startswith("postgresql"):
        return []
    with installation.service.database._writer.connect() as connection:
        names = connection.execute(text("SELECT datname FROM pg_database WHERE datname LIKE 'jmc_vc_drill%'"))
        return list(names.scalars())


def test_a_database_that_nobody_has_open_gets_no_companions(sqlite_installation: Installation, tmp_path: Path) -> None:
    sqlite_installation.service.database.close()
    file = Path(sqlite_installation.service.settings.database_url.removeprefix("sqlite:///"))
    names = sorted(path.name for path in file.parent.iterdir())
    folder = tmp_path / "copy"
    folder.mkdir()
    with copies.copied(f"sqlite:///{file}", folder) as url:
        assert Path(url.removeprefix("sqlite:///")).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in file.parent.iterdir() if path != folder) == names


def test_people_are_told_step_by_step(sqlite_installation: Installation, drill_for_people: Command) -> None:
    lines = drill_for_people("keys", "drill", "--credentials", "2", "--rotations", "1").out.splitlines()
    assert [line[0] for line in lines[:-1]] == ["✓"] * (len(lines) - 1)
    assert lines[-1].startswith("Everything went as it should")


@pytest.fixture
def drill_for_people(sqlite_installation: Installation, command: Command, environment: pytest.MonkeyPatch) -> Command:
    environment.setenv("JMC_VC_DATA_DIR", str(sqlite_installation.service.settings.data_dir))
    environment.setattr(opening, "clock", sqlite_installation.clock)
    return command


def run_on(installation: Installation, **options: int) -> list[Step]:
    """The drill on an installation of which this test needs no copy."""
    clock = DrillClock(installation.now + KEYS_CACHED)
    configured = installation.service.settings
    service = bootstrap.build(configured, clock=clock)
    try:
        return list(Drill(service=service, clock=clock, **{"credentials": 4, "rotations": 1, **options})())
    finally:
        service.database.close()


def test_nothing_is_signed_with_a_key_that_was_there_before(sqlite_installation: Installation) -> None:
    """Neither with one that was active nor with one that waited: not a credential, and not a head of the log."""
    lived_in(sqlite_installation)
    service = sqlite_installation.service
    with service.database.read() as snapshot:
        before = {key.public_key for key in snapshot.signing_keys.all()}
        logged = snapshot.public_log.latest()
        issued = set(sqlite_installation.rows())
    assert logged is not None
    assert all(step.ok for step in run_on(sqlite_installation))
    with service.database.read() as snapshot:
        keys = {(key.owner, key.kid): key for key in snapshot.signing_keys.all()}
        signed_by = {
            keys[row.issuer, str(row.kid)].public_key
            for uuid in sqlite_installation.rows()
            if uuid not in issued and (row := snapshot.credentials.get(uuid)) is not None
        }
        head = snapshot.public_log.latest()
        new = [
            verifier_key(service.site, decode_multikey(key.public_key))
            for key in snapshot.signing_keys.of_owner(LOG)
            if key.public_key not in before
        ]
        active = [key for owner in (JMC, LOG, SLUG) for key in snapshot.signing_keys.of_owner(owner)]
    assert signed_by
    assert not signed_by & before
    assert head is not None
    assert head.size > logged.size
    open_checkpoint(head.note.encode(), origin=service.site.log_origin, key=new[-1])
    assert not [key for key in active if key.state is KeyState.ACTIVE and key.public_key in before]


def test_names_that_are_taken_are_left_to_those_who_have_them(sqlite_installation: Installation) -> None:
    first = DrillIssuer.register(sqlite_installation.service, sqlite_installation.now)
    second = DrillIssuer.register(sqlite_installation.service, sqlite_installation.now)
    assert (first.slug, first.program) == ("drill-0", "JMC-P-999999")
    assert (second.slug, second.program) == ("drill-1", "JMC-P-999998")


def test_what_is_wrong_with_the_installation_is_found(installation: Installation, drill: DrillOf) -> None:
    installation.issue()
    installation.service.log.advance(now=installation.now)
    url = installation.service.settings.database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE credentials SET digest = api_key.secret_hash FROM api_keys AS api_key")
    engine.dispose()
    with structlog.testing.capture_logs():
        told = drill("--credentials", "3", "--rotations", "1", code=1)
    assert not told["ok"]
    assert "log_verify" in [each["step"] for each in told["steps"] if not each["ok"]]


def test_cf_07_with_the_wrong_key_nothing_is_tried(installation: Installation, drill: DrillOf) -> None:
    kek = installation.service.settings.kek_file
    kek.unlink()
    KeyEncryptionKey.create(kek)
    assert drill(code=2) == "ready.kek"


def test_an_installation_that_is_not_there_has_no_drill(command: Command) -> None:
    ran = command("keys", "drill", "--json")
    assert (ran.code, json.loads(ran.err)["error"]["code"]) == (2, "config.not_initialized")


@pytest.mark.postgres
def test_without_the_programs_of_postgresql_it_says_so(
    postgres_url: str, command: Command, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("JMC_VC_DATABASE_URL", postgres_url)
    environment.setenv("PATH", os.devnull)
    assert json.loads(command("keys", "drill", "--json").err)["error"]["code"] == "copy.programs"


@pytest.mark.postgres
@pytest.mark.skipif(PARTS["postgres"].find() is None, reason="PostgreSQL is not installed")
def test_with_a_role_that_may_not_make_a_database_it_says_so_until_it_is_told_of_another(
    tmp_path: Path, postgres_url: str, command: Command, environment: pytest.MonkeyPatch
) -> None:
    engine = create_engine(postgres_url)
    name = f"plain_{os.getpid()}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
        connection.exec_driver_sql(f"GRANT CREATE ON SCHEMA public TO {name}")
    plain = postgres_url.replace("postgres@", f"{name}@")
    environment.setenv("JMC_VC_DATABASE_URL", plain)
    try:
        assert command("init").code == 0
        refused = command("keys", "drill", "--json")
        assert (refused.code, json.loads(refused.err)["error"]["code"]) == (2, "copy.refused")
        told = command("keys", "drill", "--json", "--credentials", "2", "--rotations", "1", "--server", postgres_url)
        assert told.code == 0, told.err
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {name}")
            connection.exec_driver_sql(f"DROP ROLE {name}")
        engine.dispose()


def test_settings_that_a_copy_must_not_have_are_not_taken_over(
    sqlite_installation: Installation, command: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An anchor that is ahead of the copy's own log would be written by it, or refuse it."""
    anchor = tmp_path / "anchor"
    configured = sqlite_installation.service.settings
    environment.setenv("JMC_VC_DATA_DIR", str(configured.data_dir))
    environment.setenv("JMC_VC_ANCHOR_FILE", str(anchor))
    environment.setattr(opening, "clock", sqlite_installation.clock)
    assert command("log", "verify").code == 0
    anchored = anchor.read_bytes() if anchor.exists() else None
    assert command("keys", "drill", "--credentials", "2", "--rotations", "1").code == 0
    assert (anchor.read_bytes() if anchor.exists() else None) == anchored
    assert settings.load(dict(os.environ)).anchor_file == anchor
