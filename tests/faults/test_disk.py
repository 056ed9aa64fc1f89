"""The disk is full, or takes no changes: what cannot be stored is refused with a name, nothing is half done, and
verifying goes on (F-13, F-14)."""

import ctypes
import os
import resource
from collections.abc import Callable, Iterator
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


@pytest.fixture
def without_privileges() -> Callable[[], None]:
    """What a process calls that shall be held by the modes of files, also where the tests run as root."""
    libc = ctypes.CDLL(None, use_errno=True)
    version, none = 0x20080522, (ctypes.c_uint32 * 6)()  # capset(2): no capability at all

    def give_up() -> None:
        header = (ctypes.c_uint32 * 2)(version, 0)
        if libc.capset(header, none):
            raise OSError(ctypes.get_errno(), "capset")

    return give_up


@pytest.mark.parametrize("act", list(ACTS))
def test_f_14_in_a_read_only_data_folder_nothing_changes(
    sqlite_installation: Installation, act: str, without_privileges: Callable[[], None]
) -> None:
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
        without_privileges()
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
def postgres_installation(tmp_path: Path, postgres_url: str) -> Iterator[Installation]:
    made = make_installation(tmp_path, postgres_url)
    yield made
    made.service.database.close()


def test_the_folder_of_the_key_encryption_key_may_be_read_only(
    sqlite_installation: Installation, tmp_path: Path, without_privileges: Callable[[], None]
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
        without_privileges()
        service = bootstrap.build(configured.model_copy(update={"kek_file": kek}), clock=lambda: now)
        rotate(service, now)
        service.log.advance(now=now)
        service.database.close()

    try:
        assert in_child(work) == DONE
    finally:
        secrets.chmod(0o700)
    require_sound(sqlite_installation)
