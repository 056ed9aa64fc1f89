"""What the guide to hardware modules says, by its commands: a new installation, one that goes there, and keys there."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.cli.main import execute
from jmc_vc.sealing import KekWrapped, KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing.keyring import Keyring
from tests.builders.installation import NOON
from tests.simulators.softhsm import SoftHsm

Run = Callable[..., Any]


@pytest.fixture
def run(softhsm: SoftHsm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The JSON that a command printed."""
    for name, value in softhsm.settings().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("JMC_VC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JMC_VC_KEK_FILE", str(tmp_path / "kek"))

    def run(*arguments: str) -> Any:
        code = execute([*arguments, "--json"])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        return json.loads(captured.out)

    return run


def require_wrapped(file: Path) -> None:
    with pytest.raises(KekWrapped):
        KeyEncryptionKey.load(file)


def test_a_new_installation_begins_on_the_token(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JMC_VC_KEK_ON_TOKEN", "true")
    run("init")
    require_wrapped(tmp_path / "kek")
    assert {each["owner"] for each in run("keys", "list")} == {"jmc", "log"}


def test_an_installation_goes_to_the_token_as_with_any_change_of_its_key(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init")
    KeyEncryptionKey.load(tmp_path / "kek")  # in plain
    new = str(tmp_path / "wrapped")
    monkeypatch.setenv("JMC_VC_KEK_ON_TOKEN", "true")
    run("kek", "new", "--out", new)
    require_wrapped(Path(new))
    assert run("kek", "rotate", "--new-kek-file", new, "--reason", "to the token")["done"]
    (tmp_path / "kek").unlink()
    monkeypatch.setenv("JMC_VC_KEK_FILE", new)
    assert run("keys", "rotate", "jmc", "--now", "--reason", "it seals")["kid"] == "key-2"


def test_keys_on_the_token_that_are_none_of_ours_are_named_when_asked_for(run: Run, token_settings: Settings) -> None:
    run("init")
    ours = run("keys", "stage", "jmc", "--place", "pkcs11", "--algorithm", "P-256")
    strays = [each["uri"] for each in run("keys", "list", "--on-token") if each["state"] == "stray"]
    Keyring(KeyEncryptionKey(bytes(32)), settings=token_settings).generate(
        "jmc", "key-9", "P-256", now=NOON, place="pkcs11"
    )
    listed = run("keys", "list", "--on-token")
    assert ours["kid"] in {each.get("kid") for each in listed}
    (stray,) = {each["uri"] for each in listed if each["state"] == "stray"} - {*strays}
    assert stray.startswith("pkcs11:token=jmc;object=jmc:key-9;id=%")
    assert "stray" not in {each["state"] for each in run("keys", "list")}
