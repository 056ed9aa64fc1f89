"""`bundle`, `verify --offline` and `viewer`: what goes onto a USB stick, and comes off it on a machine with nothing."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from tests.cli.conftest import Command
from tests.cli.test_work import AWARD, issue
from tests.simulators.connect_trace import traced


@pytest.fixture
def stick(installed: Command, tmp_path: Path) -> Path:
    """A folder with a credential, its bundle and the organization's DID document, and no installation near it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    credential = folder / "credential.json"
    assert installed("issue", "-", "--issuer", "hoshimigaoka", "--out", str(credential), stdin=AWARD).code == 0
    identifier = json.loads(credential.read_bytes())["id"]
    made = installed("bundle", identifier, "--json", "--out", str(folder / "bundle.json"))
    while made.code != 0:  # the log takes one head a second
        assert json.loads(made.err)["error"]["code"] == "bundle.not_logged_yet"
        made = installed("bundle", identifier, "--json", "--out", str(folder / "bundle.json"))
    assert installed("viewer", "--out", str(folder / "viewer.html")).code == 0
    script = (folder / "viewer.html").read_text(encoding="utf-8")
    trusted = script.partition("const TRUST = ")[2].partition(";\n")[0]
    (folder / "did.json").write_text(trusted, encoding="utf-8")
    return folder


@pytest.fixture
def away(installed: Command, stick: Path, environment: pytest.MonkeyPatch) -> Command:
    """The command on another machine."""
    environment.setenv("JMC_VC_DATA_DIR", str(stick / "no-installation"))

    def run(*arguments: str, stdin: bytes | None = None) -> object:
        return installed(*arguments, stdin=stdin)

    return run  # type: ignore[return-value]


def offline(stick: Path) -> tuple[str, ...]:
    return ("--offline", str(stick / "bundle.json"), "--trust", str(stick / "did.json"))


def test_a_genuine_credential_is_valid_without_installation_and_network(away: Command, stick: Path) -> None:
    with traced() as trace:
        ran = away("verify", str(stick / "credential.json"), *offline(stick), "--json")
    assert ran.code == 0, ran.err
    assert ran.json["verdict"] == "valid"
    assert ran.json["bundle"]["statusListsStillValid"] is True
    assert ran.json["checkedAt"][:19] == ran.json["bundle"]["madeAt"][:19]
    assert (trace.connections, trace.names) == ([], [])
    assert not (stick / "no-installation").exists()


def test_words_say_as_of_when(away: Command, stick: Path) -> None:
    ran = away("verify", str(stick / "credential.json"), *offline(stick), "--lang", "ja")
    assert ran.out.startswith("有効：この証明は有効です。\n\n取得者：𠮷野")
    assert "\n授与機関：星見ヶ丘大学（架空）\n    登録番号 JMC-I-90001\n授与日：2026年10月1日\n" in ran.out
    assert "時点の結果です" in ran.out


def test_an_altered_credential_is_invalid(away: Command, stick: Path) -> None:
    altered = (stick / "credential.json").read_bytes().replace(b'"82"', b'"92"')
    assert away("verify", "-", *offline(stick), stdin=altered).code == 1


def test_another_credential_than_the_bundles_could_not_be_checked(installed: Command, stick: Path) -> None:
    another = {**json.loads(AWARD), "recipient": {"name": {"fullName": "Another"}, "email": "other@learners.example"}}
    other = issue(installed, json.dumps(another).encode())["credential"]
    ran = installed("verify", "-", *offline(stick), "--json", stdin=json.dumps(other).encode())
    assert (ran.code, json.loads(ran.err)["error"]["code"]) == (2, "bundle.other_credential")


def test_a_credential_in_the_place_of_the_bundle_is_told_so(away: Command, stick: Path) -> None:
    credential = str(stick / "credential.json")
    ran = away("verify", credential, "--offline", credential, "--trust", str(stick / "did.json"), "--json")
    assert (ran.code, json.loads(ran.err)["error"]["code"]) == (2, "bundle.a_credential")


def test_an_altered_bundle_is_refused(away: Command, stick: Path) -> None:
    bundle = stick / "bundle.json"
    bundle.write_bytes(bundle.read_bytes().replace(b"JMC-I-90001", b"JMC-I-90002"))
    ran = away("verify", str(stick / "credential.json"), *offline(stick), "--json")
    assert ran.code == 1
    assert json.loads(ran.err)["error"]["code"] == "bundle.forged"


def test_without_a_trusted_key_nothing_could_be_checked(away: Command, stick: Path) -> None:
    ran = away("verify", str(stick / "credential.json"), "--offline", str(stick / "bundle.json"), "--json")
    assert ran.code == 2
    assert json.loads(ran.err)["error"]["code"] == "bundle.no_trust"


def test_an_installation_trusts_its_own_key(installed: Command, stick: Path) -> None:
    ran = installed("verify", str(stick / "credential.json"), "--offline", str(stick / "bundle.json"))
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"type":"CredentialBundle","version":"2.0"}'])
def test_what_is_no_bundle_could_not_be_checked(away: Command, stick: Path, data: bytes) -> None:
    (stick / "bundle.json").write_bytes(data)
    assert away("verify", str(stick / "credential.json"), *offline(stick)).code == 2


def test_a_credential_that_does_not_exist_has_no_bundle(installed: Command) -> None:
    assert installed("bundle", str(UUID(int=1))).code == 1
    assert installed("bundle", "nothing").code == 64


def test_trust_is_for_offline_only(installed: Command) -> None:
    body = json.dumps(issue(installed)["credential"]).encode()
    assert installed("verify", "-", "--trust", "did.json", stdin=body).code == 64
