"""`verify`: exit codes, and nothing but what was verified."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_work import AWARD, issue

SIX = {"authenticity", "integrity", "status", "accreditedOnAwardDate", "accreditedNow", "holder"}


def test_a_valid_credential(installed: Command, tmp_path: Path) -> None:
    path = tmp_path / "credential.json"
    installed("issue", "-", "--issuer", "hoshimigaoka", "--out", str(path), stdin=AWARD)
    for policy in ("default", "strict", "technical"):
        ran = installed("verify", str(path), "--policy", policy, "--json")
        assert ran.code == 0
        assert ran.json["verdict"] == "valid"
        assert {axis["id"] for axis in ran.json["axes"]} == SIX
    japanese = installed("verify", str(path), "--lang", "ja")
    assert japanese.out.startswith("有効  この証明は有効です。")
    assert "真正性: 発行機関の署名を確認しました" in japanese.out
    assert "✓ proof" in japanese.out


def test_an_altered_credential_is_invalid(installed: Command) -> None:
    altered = json.dumps(issue(installed)["credential"]).replace('"82"', '"92"')
    ran = installed("verify", "-", stdin=altered.encode())
    assert ran.code == 1
    assert "cannot be trusted" in ran.out


@pytest.mark.parametrize(
    "data", [b"", b"not json", b"[]", b"{}", b'{"a":1,"a":2}', b"\x89PNG\r\n\x1a\n", b"eyJhbGciOiJ9.e30.AA~", b"\xff"]
)
def test_what_is_no_credential_could_not_be_checked(installed: Command, data: bytes) -> None:
    ran = installed("verify", "-", stdin=data)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("jmc-vc: ")
    assert ran.err.count("\n") == 1


def test_a_file_that_is_not_there_could_not_be_checked(installed: Command, tmp_path: Path) -> None:
    ran = installed("verify", str(tmp_path / "nothing.json"), "--json")
    assert ran.code == 2
    assert json.loads(ran.err)["error"]["code"] == "cli.file_unreadable"


def test_a_genuine_credential_of_an_unknown_program_could_not_be_checked(
    installed: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    document = json.dumps(issue(installed)["credential"], ensure_ascii=False).encode()
    environment.setenv("JMC_VC_DATA_DIR", str(tmp_path / "another"))
    environment.setenv("JMC_VC_BASE_URL", "http://localhost:9000")
    installed("init")
    ran = installed("verify", "-", "--json", stdin=document)
    assert ran.code == 2
    assert ran.json["verdict"] == "indeterminate"
