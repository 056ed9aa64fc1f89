"""The disk is full, or takes no changes: what cannot be stored is refused with a name, nothing is half done, and
verifying goes on (F-13, F-14)."""

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from jmc_vc import bootstrap
from jmc_vc.bootstrap import Service
from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.errors import Error
from tests.builders.installation import OPERATOR, Installation, award, make_installation
from tests.faults.sound import require_sound
from tests.simulators.postgres import PostgresCluster
from tests.simulators.privileges import give_up_privileges

SLUG = "hoshimigaoka"
DONE, REFUSED, OTHER = 0, 3, 4
PAGE = 4_096


def rotate(service: Service, now: datetime) -> None:
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)


def compromise(service: Service, now: datetime) -> None:
    service.compromise_key(SLUG, "key-1", since=now, reason="stolen", actor=OPERATOR, now=now)


def advance(service: Service, now: datetime) -> None:
    service.log.advance(now=now, audit_head=True)


def reissue(service: Service, now: datetime) -> None:
    service.reissue(SLUG, "key-1", actor=OPERATOR, now=now)


ACTS: dict[str, Callable[[Service, datetime], None]] = {
    "rotate": rotate,
    "compromise": compromise,
    "advance": advance,
    "reissue": reissue,
}


def prepared(installation: Installation, act: str) -> None:
    """Something to do for `act`."""
    for number in range(3):
        installation.issue(award(externalId=f"n-{number}", recipient={"name": {"fullName": "Test"}}))
    installation.clock.now += KEYS_CACHED
    if act == "reissue":
        compromise(installation.service, installation.now)
        rotate(installation.service, installation.now)


def in_child(work: Callable[[], None]) -> int:
    """Do `work` in a child process: DONE, REFUSED with database.unavailable, or OTHER."""
    child = os.fork()
    if child == 0:
        code = OTHER
        try:
            work()
            code = DONE
        except Error as refused:
            code = REFUSED if refused.code == "database.unavailable" else OTHER
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize("act", list(ACTS))
def test_f_13_a_disk_that_is_full_at_any_page_changes_nothing(sqlite_installation: Installation, act: str) -> None:
    """A file may not grow past a limit, which grows page by page until the act is done: each write that could fail has
    failed once."""
    prepared(sqlite_installation, act)
    service, now = sqlite_installation.service, sqlite_installation.now
    ends: list[int] = []
    room = 0

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        ACTS[act](service, now)

    while not ends or ends[-1] != DONE:
        service.database.close()  # a connection must not be in two processes; and the file has no companions now
        ends.append(in_child(work))
        assert ends[-1] in (DONE, REFUSED), f"with room for {room} bytes"
        assert service.records.verify_log().findings == ()
        room += PAGE
    assert len(ends) > 3, "the disk was never full"
    sqlite_installation.clock.move(seconds=2)
    service.log.advance(now=sqlite_installation.now, audit_head=True)
    require_sound(sqlite_installation)


@pytest.mark.parametrize("act", list(ACTS))
def test_f_14_in_a_read_only_data_folder_nothing_changes(sqlite_installation: Installation, act: str) -> None:
    prepared(sqlite_installation, act)
    service, now = sqlite_installation.service, sqlite_installation.now
    issued = service.fetch_credential(sqlite_installation.rows()[0], now=now).body
    folder = service.settings.data_dir
    service.database.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.chmod(0o400)
    folder.chmod(0o500)

    def work() -> None:
        give_up_privileges()
        ACTS[act](service, now)

    try:
        assert in_child(work) == REFUSED
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    finally:
        folder.chmod(0o700)
        for path in folder.iterdir():
            path.chmod(0o600)
    assert service.verify(issued, now=now).verdict == "valid"


@pytest.mark.postgres
@pytest.mark.parametrize("act", list(ACTS))
def test_f_14_with_a_read_only_postgresql_nothing_changes_and_verifying_goes_on(
    postgres_installation: Installation, act: str
) -> None:
    prepared(postgres_installation, act)
    service, now = postgres_installation.service, postgres_installation.now
    issued = service.fetch_credential(postgres_installation.rows()[0], now=now).body
    name = service.settings.database_url.partition("@/")[2].partition("?")[0]
    engine = create_engine(service.settings.database_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        service.database.close()  # new connections follow it
        with pytest.raises(Error, match=r"database\.unavailable"):
            ACTS[act](service, now)
        assert service.verify(issued, now=now).verdict == "valid"
        assert service.records.verify_log().findings == ()
        with engine.connect() as connection:
            connection.exec_driver_sql("SET default_transaction_read_only = off")
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
    finally:
        engine.dispose()
    service.database.close()
    ACTS[act](service, now)
    postgres_installation.clock.move(seconds=2)
    service.log.advance(now=postgres_installation.now, audit_head=True)
    require_sound(postgres_installation)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 32 megabytes. Only root may make one; a limit on the size of files is no full disk to PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


@pytest.fixture
def on_small_disk(tmp_path: Path, small_disk: Path, postgres_cluster: PostgresCluster) -> Iterator[Installation]:
    url = postgres_cluster.create_database_in(small_disk, template="template0")
    made = make_installation(tmp_path, url)
    yield made
    made.service.database.close()
    postgres_cluster.drop_database(url)
    postgres_cluster.drop_tablespace_of(url)


@pytest.mark.postgres
def test_f_13_when_postgresql_has_no_room_nothing_is_half_done_and_verifying_goes_on(
    on_small_disk: Installation, small_disk: Path
) -> None:
    """Nothing fits any more: one act after another finds its last page full, and is refused. Then there is room."""
    service = on_small_disk.service
    issued = on_small_disk.issue().body
    filler = small_disk / "filler"
    with filler.open("wb") as file, suppress(OSError):
        while True:
            os.write(file.fileno(), bytes(8_192))
    acts: dict[str, Callable[[], object]] = {
        "issue": lambda: on_small_disk.issue(award(retake=True)),
        "rotate": lambda: rotate(service, on_small_disk.now),
        "stage": lambda: service.stage_key(SLUG, actor=OPERATOR, now=on_small_disk.now),
    }
    for act in acts.values():
        on_small_disk.clock.move(seconds=2)
        with pytest.raises(Error, match=r"database\.unavailable"):
            again_and_again(act)
    assert service.verify(issued, now=on_small_disk.now).verdict == "valid"
    assert service.records.verify_log().findings == ()
    filler.unlink()
    on_small_disk.clock.move(hours=1)
    service.recover(now=on_small_disk.now)
    rotate(service, on_small_disk.now)
    on_small_disk.issue(award(externalId="after", recipient={"name": {"fullName": "Test"}}))
    service.log.advance(now=on_small_disk.now, audit_head=True)
    require_sound(on_small_disk)


def again_and_again(act: Callable[[], object]) -> None:
    for _ in range(1_000):
        act()


def test_the_folder_of_the_key_encryption_key_may_be_read_only(
    sqlite_installation: Installation, tmp_path: Path
) -> None:
    """A secret that a platform mounts: everything goes on, and nothing is ever written beside it."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    configured = sqlite_installation.service.settings
    kek = configured.kek_file.rename(secrets / "kek")
    kek.chmod(0o400)
    secrets.chmod(0o500)
    sqlite_installation.service.database.close()
    now = sqlite_installation.now

    def work() -> None:
        give_up_privileges()
        service = bootstrap.build(configured.model_copy(update={"kek_file": kek}), clock=lambda: now)
        rotate(service, now)
        service.log.advance(now=now)
        service.database.close()

    try:
        assert in_child(work) == DONE
    finally:
        secrets.chmod(0o700)
    require_sound(sqlite_installation)
