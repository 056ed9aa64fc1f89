"""The command line in this process: an environment of its own, arguments in, exit code and output out."""

import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.cli import database, opening
from jmc_vc.cli.main import execute


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Ran]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No setting of the machine, a data folder of the test's own, English."""
    for name in list(os.environ):
        if name.startswith("JMC_VC_") or name in ("LC_ALL", "LC_MESSAGES"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("JMC_VC_DATA_DIR", str(tmp_path / "data"))
    return monkeypatch


@pytest.fixture
def command(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`command("verify", "-", stdin=b"…")`."""

    def run(*arguments: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            environment.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = execute(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def on_both_databases(request: pytest.FixtureRequest, environment: pytest.MonkeyPatch) -> None:
    """The test runs twice: with an SQLite file, and on PostgreSQL."""
    if request.param == "postgres":
        environment.setenv("JMC_VC_DATABASE_URL", request.getfixturevalue("postgres_url"))


@pytest.fixture
def installed(command: Command, tmp_path: Path, original: Path) -> Command:
    """A command in an installation with Hoshimigaoka University and program 900001, accredited."""
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    if "JMC_VC_DATABASE_URL" in os.environ:
        shutil.rmtree(tmp_path / "data")
        install(tmp_path)
    return command


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with such an installation, on SQLite, made before any time at which tests use it."""
    folder = Path(tmp_path_factory.mktemp("original"))
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith("JMC_VC_")]:
            patched.delenv(name)
        patched.setenv("JMC_VC_DATA_DIR", str(folder / "data"))
        install(folder)
    return folder


def install(folder: Path) -> None:
    """Make it where the environment says, and `folder/program.json`."""
    programs = Path(__file__).parents[2] / "src/jmc_vc/cli/demo_data/programs.json"
    program = folder / "program.json"
    program.write_text(json.dumps(json.loads(programs.read_bytes())[0]), encoding="utf-8")
    with redirect_stdout(io.StringIO()), pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening, "clock", lambda: LONG_AGO)
        patched.setattr(database, "clock", lambda: LONG_AGO)
        for arguments in (("init",), REGISTER, ("programs", "import", str(program)), APPROVE):
            assert execute(arguments) == 0


LONG_AGO = datetime(2024, 4, 2, tzinfo=UTC)
"""The first whole day of the university and its program."""
REGISTER = (
    "issuers", "register", "hoshimigaoka", "--number", "JMC-I-90001", "--name-ja", "星見ヶ丘大学（架空）",
    "--name-en", "Hoshimigaoka University (fictional)", "--org-type", "university", "--region", "JP-13",
    "--from", "2024-04-01", "--fictional",
)  # fmt: skip
APPROVE = (
    "programs", "approve", "JMC-P-900001", "1", "--from", "2024-04-01", "--until", "2099-03-31",
    "--decision", "JMC-D-900001",
)  # fmt: skip


def register(command: Command) -> Any:
    """Register the university; the answer of the command."""
    ran = command(*REGISTER, "--json")
    assert ran.code == 0, ran.err
    return ran.json


def keygen(command: Command, file: Path) -> str:
    made = command("operators", "keygen", "--out", str(file), "--json")
    assert made.code == 0, made.err
    return str(made.json["publicKey"])


def add(command: Command, name: str, key: str, *more: str) -> Ran:
    return command("operators", "add", name, "--public-key", key, "--reason", "a new colleague", "--json", *more)


class Staff:
    """The commands of an installation with operators, each with a key file of their own."""

    def __init__(self, command: Command, folder: Path) -> None:
        self.command, self.folder = command, folder

    def register(self, *names: str) -> None:
        for name in names:
            assert add(self.command, name, keygen(self.command, self.folder / name)).code == 0

    def by(self, name: str) -> tuple[str, ...]:
        return "--as", name, "--approval-key", str(self.folder / name)

    def proposals(self, *arguments: str) -> Ran:
        return self.command("proposals", *arguments)


@pytest.fixture
def staff(command: Command, tmp_path: Path) -> Staff:
    assert command("init").code == 0
    made = Staff(command, tmp_path)
    made.register("alice", "bob")
    return made
