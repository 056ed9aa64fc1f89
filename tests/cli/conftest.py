"""The command line in this process: an environment of its own, arguments in, exit code and output out."""

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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
def installed(command: Command, tmp_path: Path) -> Command:
    """A command in an installation with Hoshimigaoka University and program 900001, accredited."""
    assert command("init").code == 0
    register(command)
    programs = Path("src/jmc_vc/cli/demo_data/programs.json")
    (tmp_path / "program.json").write_text(
        json.dumps(json.loads((Path(__file__).parents[2] / programs).read_bytes())[0]), encoding="utf-8"
    )
    assert command("programs", "import", str(tmp_path / "program.json")).code == 0
    assert command(*APPROVE).code == 0
    return command


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
