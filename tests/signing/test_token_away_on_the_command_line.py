"""What can be done by its commands while the token is away: a theft is reported, and what two people approved is told
of truly."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.cli.main import execute
from tests.simulators.softhsm import SoftHsm

Run = Callable[..., Any]


@pytest.fixture
def run(softhsm: SoftHsm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The JSON that a command printed, or the code of its refusal."""
    for name, value in softhsm.settings().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("JMC_VC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JMC_VC_KEK_FILE", str(tmp_path / "kek"))
    monkeypatch.setattr("sys.stdin", io.StringIO())

    def run(*arguments: str, code: int = 0) -> Any:
        ran = execute([*arguments, "--json"])
        captured = capsys.readouterr()
        assert ran == code, captured.err
        return json.loads(captured.out) if code == 0 else json.loads(captured.err.splitlines()[-1])["error"]["code"]

    return run


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def initialized(request: pytest.FixtureRequest, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    if request.param == "postgres":
        monkeypatch.setenv("JMC_VC_DATABASE_URL", request.getfixturevalue("postgres_url"))
    return run


def operators(run: Run, folder: Path) -> dict[str, tuple[str, ...]]:
    given: dict[str, tuple[str, ...]] = {}
    for name in ("alice", "bob"):
        file = str(folder / name)
        public = run("operators", "keygen", "--out", file)["publicKey"]
        run("operators", "add", name, "--public-key", public, "--reason", "hired")
        given[name] = ("--as", name, "--approval-key", file)
    return given


def test_a_theft_is_reported_with_any_plain_key_while_the_kek_is_on_a_token_that_is_away(
    initialized: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the runbook says of step 2. Nothing is sealed under the key that is in for it."""
    run = initialized
    monkeypatch.setenv("JMC_VC_KEK_ON_TOKEN", "true")
    run("init")
    by = operators(run, tmp_path)
    (key,) = (each for each in run("keys", "list") if each["owner"] == "jmc")
    with monkeypatch.context() as away:
        away.setenv("JMC_VC_PKCS11_TOKEN", "nobody")
        assert run("keys", "list", code=2) == "signer.unavailable"
        for name in ("JMC_VC_KEK_ON_TOKEN", "JMC_VC_PKCS11_MODULE", "JMC_VC_PKCS11_PIN_FILE", "JMC_VC_PKCS11_TOKEN"):
            away.delenv(name)
        spare = str(tmp_path / "spare-kek")
        run("kek", "new", "--out", spare)
        away.setenv("JMC_VC_KEK_FILE", spare)
        theft = ("keys", "compromise", "jmc", "key-1", "--since", key["createdAt"], "--reason", "stolen")
        number = str(run(*theft, *by["alice"])["proposal"])
        assert run("proposals", "confirm", number, *by["bob"])["state"] == "compromised"
        assert run("keys", "rotate", "jmc", code=2) == "ready.kek"
    assert run("keys", "rotate", "jmc", "--no-wait")["state"] == "published"
    assert run("log", "verify")
    assert run("audit", "verify")


def test_what_is_destroyed_in_part_is_told_so_and_done_by_another_proposal(
    initialized: Run, softhsm: SoftHsm, tmp_path: Path, pauses: list[float]
) -> None:
    run = initialized
    run("init")
    by = operators(run, tmp_path)
    run("keys", "stage", "jmc", "--place", "pkcs11")
    destroy = ("keys", "destroy", "jmc", "key-2", "--reason", "not needed", *by["alice"])
    before = [each["uri"] for each in run("keys", "list", "--on-token") if each["state"] == "stray"]
    number = str(run(*destroy)["proposal"])
    softhsm.remove_tokens()
    try:
        assert run("proposals", "confirm", number, *by["bob"], code=2) == "key.still_in_place"
    finally:
        softhsm.bring_tokens_back()
        pauses[0] += 2
    assert run("proposals", "show", number)["outcome"] == "in_part"
    strays = [each["uri"] for each in run("keys", "list", "--on-token") if each["state"] == "stray"]
    assert len(strays) == len(before) + 1
    again = str(run(*destroy)["proposal"])
    assert run("proposals", "confirm", again, *by["bob"])["state"] == "destroyed"
    assert run("proposals", "show", again)["outcome"] == "done"
    assert [each["uri"] for each in run("keys", "list", "--on-token") if each["state"] == "stray"] == before
