"""`verify`: exit codes, and nothing but what was verified."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from jmc_vc.formats.encoding import base64url
from tests.cli.conftest import Command
from tests.cli.test_work import AWARD, issue
from tests.corpus.documents import at, pottery
from tests.corpus.issuers import did_key, signed
from tests.corpus.keys import ED25519, key

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
    assert japanese.out.startswith("有効：この証明は有効です。\n")
    assert "✓ 真正性：発行機関の署名を確認しました" in japanese.out
    assert "✓ 署名（proof）：署名は正しく、内容は変わっていません。" in japanese.out
    assert "検証方針：標準（default）" in japanese.out


WHOSE_WHAT_WHOM_WHEN = """
取得者：𠮷野　葛󠄀葉
    ヨシノ クズハ / YOSHINO Kuzuha
証明：実務データ分析基礎：統計的推論と可視化
    プログラム番号 JMC-P-900001 第1版
授与機関：星見ヶ丘大学（架空）
    登録番号 JMC-I-90001
授与日：2026年10月1日
テスト用データです。機関、人、番号、決定は架空です。
"""


def test_ov_07_whose_it_is_what_by_whom_and_when(installed: Command) -> None:
    issued = json.dumps(issue(installed)["credential"], ensure_ascii=False).encode()
    assert WHOSE_WHAT_WHOM_WHEN in installed("verify", "-", "--lang", "ja", stdin=issued).out


def test_an_altered_credential_is_invalid(installed: Command) -> None:
    altered = json.dumps(issue(installed)["credential"]).replace('"82"', '"92"')
    ran = installed("verify", "-", stdin=altered.encode())
    assert ran.code == 1
    said = ran.out.splitlines()
    assert said[0] == "Not trustworthy: This credential cannot be trusted."
    assert said[1] == "    The signature does not fit the content (possible alteration or forgery)"
    assert said[3].startswith("The content is not shown")
    assert said[5].startswith("What to do next: ")
    assert not {"Credential", "Awarding body", "Award date"} & {each.partition(":")[0] for each in said}


def test_a_stranger_steers_no_terminal_and_is_told_as_a_stranger(installed: Command) -> None:
    by = key(ED25519, "stranger")
    did, method = did_key(by)
    badge = at(pottery(), "issuer/id", did)
    badge = at(badge, "credentialSubject/achievement/name", "Good\x1b[2J Program\u202ex")
    ran = installed("verify", "-", stdin=json.dumps(signed(badge, by, method)).encode())
    assert ran.code == 2
    assert ran.out.startswith("Issuer not registered")
    assert "\nCredential: Good\ufffd[2J Program\ufffdx\n    As written by the issuer; not confirmed" in ran.out
    assert "\n    By its own account; not in the register.\n    Identifier of the signer: did:key:z6Mk" in ran.out
    assert "They are shown as “\ufffd”" in ran.out
    assert not {"\x1b", "\u202e"} & set(ran.out)


@pytest.mark.parametrize(
    "data",
    [b"", b"not json", b"[]", b"{}", b'{"a":1,"a":2}', b"\x89PNG\r\n\x1a\n", b"eyJhbGciOiJFUzI1NiJ9.e30.AA~", b"\xff"],
)
def test_what_is_no_credential_could_not_be_checked(installed: Command, data: bytes) -> None:
    ran = installed("verify", "-", stdin=data)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("jmc-vc: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("data", [b"", b"not json", b"\xff"])
def test_what_is_nothing_at_all_is_not_called_bad_json(installed: Command, data: bytes) -> None:
    ran = installed("verify", "-", "--json", stdin=data)
    assert json.loads(ran.err)["error"]["code"] == "verify.not_recognized"


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


def test_a_receipt_goes_into_a_new_file(installed: Command, tmp_path: Path) -> None:
    document = json.dumps(issue(installed)["credential"], ensure_ascii=False).encode()
    receipt = tmp_path / "receipt.jwt"
    assert installed("verify", "-", "--receipt", str(receipt), stdin=document).code == 0
    written = receipt.read_text(encoding="ascii")
    claims = json.loads(base64url.decode(written.split(".")[1]))
    assert (claims["verdict"], claims["digest"]) == ("valid", f"sha-256:{sha256(document).hexdigest()}")
    again = installed("verify", "-", "--receipt", str(receipt), "--json", stdin=document)
    assert (again.code, again.json["verdict"]) == (2, "valid")
    assert json.loads(again.err)["error"]["code"] == "cli.file_unwritable"
    assert receipt.read_text(encoding="ascii") == written


def test_no_receipt_is_made_offline(installed: Command, tmp_path: Path) -> None:
    ran = installed("verify", "-", "--receipt", str(tmp_path / "r"), "--offline", "bundle.json", stdin=b"{}")
    assert (ran.code, (tmp_path / "r").exists()) == (64, False)
