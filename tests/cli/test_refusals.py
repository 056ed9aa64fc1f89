"""Errors are one clear line, in the language of the caller, with an exit code that scripts can use."""

import io
import json
import os
import pty
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest

from jmc_vc.cli.main import app, execute
from jmc_vc.cli.reference import command_line
from jmc_vc.sentences.commands import COMMANDS
from tests.cli.conftest import REGISTER, Command, Ran

USAGE = [
    ((), "help"),
    (("nothing",), "nothing"),
    (("issuers",), "help"),
    (("issuers", "register", "slug"), "--number"),
    ((*REGISTER, "--from", "2026-13-01"), "2026-10-01"),
    ((*REGISTER, "--from", "1 October"), "2026-10-01"),
    ((*REGISTER, "--country", "Japan"), "JP"),
    ((*REGISTER, "--org-type", "circus"), "university"),
    ((*REGISTER, "--url", "javascript:alert(1)"), "https://"),
    ((*REGISTER, "--name-kana", "a\nb"), "1–500"),
    (("programs", "approve", "JMC-P-900001", "1", "--decision", "x", "--from", "2026-04-01"), "--until"),
    (("programs", "import", "x.json", "--record", "R12"), "--record"),
    (("programs", "confirm-alignment", "JMC-P-900001", "1", "--note", "n"), "--code"),
    (("revoke", "no-uuid", "--issuer", "a", "--reason", "holder_request"), "UUID"),
    (("revoke", "00000000-0000-4000-8000-000000000000", "--issuer", "a", "--reason", "not_paid"), "not_paid"),
    (("verify", "x.json", "--policy", "lenient"), "strict"),
    (("verify",), "FILE"),
    (("serve", "--port", "70000"), "65535"),
    (("init", "--lang", "fr"), "ja / en"),
]


@pytest.mark.parametrize(("arguments", "named"), USAGE)
def test_a_usage_error_says_what_is_wrong_and_returns_64(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    ran = command(*arguments)
    assert ran.code == 64
    assert named in ran.err + ran.out
    assert not (tmp_path / "data").exists()


CONFIGURATION = [
    pytest.param({"JMC_VC_ENVIRONMENT": "production"}, "config.production_base_url", id="CF-01 no base URL"),
    pytest.param(
        {"JMC_VC_ENVIRONMENT": "production", "JMC_VC_BASE_URL": "http://localhost:8000"},
        "config.production_base_url",
        id="CF-01 http",
    ),
    pytest.param({"JMC_VC_BASE_URL": "http://mc.example.ac.jp"}, "config.base_url", id="CF-01 http elsewhere"),
    pytest.param({"JMC_VC_BASEURL": "https://mc.example.ac.jp"}, "config.unknown", id="CF-03"),
    pytest.param({"JMC_VC_STATUS_MAX_AGE_SECONDS": "-1"}, "config.range", id="CF-04 TTL"),
    pytest.param({"JMC_VC_WORKERS": "0"}, "config.range", id="CF-04 workers"),
    pytest.param({"JMC_VC_PORT": "eighty"}, "config.value", id="CF-04 port"),
    pytest.param({"JMC_VC_TRUSTED_PROXIES": "*"}, "config.trusted_proxies", id="CF-06"),
]


@pytest.mark.parametrize(("variables", "code"), CONFIGURATION)
def test_the_service_does_not_start_with_unsafe_settings(
    command: Command, environment: pytest.MonkeyPatch, variables: dict[str, str], code: str
) -> None:
    for name, value in variables.items():
        environment.setenv(name, value)
    ran = command("serve", "--json")
    assert ran.code == 2
    assert json.loads(ran.err)["error"]["code"] == code
    plain = command("serve")
    assert plain.err.count("\n") == 1
    assert plain.err.startswith("jmc-vc: ")


def test_demo_data_are_refused_in_production(command: Command, environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("JMC_VC_ENVIRONMENT", "production")
    environment.setenv("JMC_VC_BASE_URL", "https://mc.example.ac.jp")
    environment.setenv("JMC_VC_DATABASE_URL", f"sqlite:///{tmp_path}/data/x.sqlite3")
    environment.setenv("JMC_VC_KEK_FILE", str(tmp_path / "kek"))
    ran = command("serve", "--demo", "--json")
    assert ran.code == 2
    assert json.loads(ran.err)["error"]["code"] == "config.production_demo"


def test_a_key_file_that_others_can_read_is_refused(installed: Command, tmp_path: Path) -> None:
    """CF-05, CL-01."""
    (tmp_path / "data" / "kek").chmod(0o644)
    ran = installed("issuers", "list", "--json")
    assert ran.code == 2
    assert json.loads(ran.err)["error"]["code"] == "config.kek_mode"


def test_another_base_url_is_refused(installed: Command, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("JMC_VC_BASE_URL", "http://localhost:9000")
    ran = installed("issuers", "list", "--json")
    assert ran.code == 2
    assert json.loads(ran.err)["error"]["code"] == "config.identity_changed"


def test_without_an_installation_one_is_told_to_make_one(command: Command) -> None:
    ran = command("issuers", "list")
    assert ran.code == 2
    assert "jmc-vc init" in ran.err


def test_data_goes_before_the_variable(installed: Command, tmp_path: Path) -> None:
    assert installed("issuers", "list", "--data", str(tmp_path / "data")).code == 0
    assert installed("issuers", "list", "--data", str(tmp_path / "other")).code == 2


@pytest.mark.parametrize(
    ("variables", "arguments", "japanese"),
    [
        ({"LANG": "ja_JP.UTF-8"}, (), True),
        ({"LANG": "C.UTF-8"}, (), False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, (), True),
        ({"LANG": "ja_JP.UTF-8"}, ("--lang", "en"), False),
        ({"LANG": "C"}, ("--lang", "ja"), True),
    ],
)
def test_the_language_is_the_locales_or_the_one_asked_for(
    command: Command,
    environment: pytest.MonkeyPatch,
    variables: dict[str, str],
    arguments: tuple[str, ...],
    japanese: bool,
) -> None:
    for name, value in variables.items():
        environment.setenv(name, value)
    assert ("データベース" in command("issuers", "list", *arguments).err) is japanese
    assert ("使い方" in command("keys", "rotate", *arguments).err) is japanese


def test_whatever_breaks_is_told_by_kind_and_place_only(command: Command, environment: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("a row with somebody's name")

    environment.setattr("jmc_vc.vendored.check", broken)
    ran = command("vendored", "check")
    assert ran.code == 2
    assert "RuntimeError" in ran.err
    assert "somebody" not in ran.err


def test_an_output_that_cannot_be_encoded_is_still_given(environment: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    environment.setattr(sys, "stderr", io.TextIOWrapper(written, encoding="iso-8859-1"))
    assert execute(("issuers", "list", "--lang", "ja")) == 2
    assert b"\\u30c7" in written.getvalue()


def test_whoever_sits_at_a_terminal_types_the_number(
    installed: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def at_terminal(typed: bytes, *arguments: str) -> Ran:
        ours, theirs = pty.openpty()
        os.write(ours, typed)
        with os.fdopen(theirs, "r", encoding="utf-8") as terminal, environment.context() as inner:
            inner.setattr(sys, "stdin", terminal)
            ran = installed("keys", "rotate", "hoshimigaoka", "--no-wait", *arguments)
        os.close(ours)
        return ran

    refused = at_terminal(b"JMC-I-90002\n")
    assert refused.code == 1
    assert "go on verifying" in refused.err
    assert {key["state"] for key in installed("keys", "list", "--json").json} == {"active"}
    assert at_terminal(b"JMC-I-90001\n").code == 0
    assert at_terminal(b"", "--yes").code == 0
    keys = [key for key in installed("keys", "list", "--json").json if key["owner"] == "hoshimigaoka"]
    assert [key["state"] for key in keys] == ["active", "published"]


def test_of_two_rotations_at_once_one_wins(
    installed: Command, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """CL-02: both were told that key-1 is the active key."""
    both_asked = threading.Barrier(2, timeout=30)

    def asked(*_: object, **__: object) -> None:
        both_asked.wait()

    environment.setattr("jmc_vc.cli.key_moves.confirm", asked)
    rotate = ("keys", "rotate", "hoshimigaoka", "--now", "--reason", "yearly", "--json")
    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(lambda _: execute(rotate), range(2)))
    assert sorted(codes) == [0, 1]
    assert "key.changed" in capsys.readouterr().err
    keys = [key for key in installed("keys", "list", "--json").json if key["owner"] == "hoshimigaoka"]
    states = {key["kid"]: key["state"] for key in keys}
    assert states == {"key-1": "retired", "key-2": "active"}


def test_the_version_is_printed(command: Command, tmp_path: Path) -> None:
    ran = command("--version")
    assert (ran.code, ran.out.splitlines()[0]) == (0, f"jmc-vc {version('jmc-vc')}")
    assert not (tmp_path / "data").exists()


def test_a_usage_error_about_a_date_says_what_is_needed(command: Command) -> None:
    said = command(*REGISTER, "--from", "2026-13-01").err
    assert "must be a date, written as 2026-10-01" in said


def test_a_reversed_registration_is_refused(command: Command) -> None:
    assert command("init").code == 0
    ran = command(*REGISTER, "--until", "2024-03-31", "--json")
    assert ran.code == 1
    assert json.loads(ran.err)["error"]["code"] == "issuer.period"


def test_an_unusable_namespace_makes_no_installation(
    command: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("JMC_VC_NAMESPACE", "https://ns.jmc.example/名前/")
    ran = command("init", "--json")
    assert ran.code == 2
    assert json.loads(ran.err)["error"]["code"] == "config.namespace"
    assert not (tmp_path / "data").exists()


def test_every_sentence_of_the_command_line_is_said_somewhere() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("src/jmc_vc/cli").rglob("*.py"))
    made = {"cli.program_suspend", "cli.program_reinstate", "cli.program_withdraw"}  # from the sanction's name
    assert [code for code in COMMANDS if f'"{code}"' not in source and code not in made] == []


def test_every_command_has_its_place_in_the_reference() -> None:
    page = command_line()
    assert page.count("\n## ") == 63
    assert app.info.name == "jmc-vc"
