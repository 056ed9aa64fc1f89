"""An operator's whole day on the command line, on both databases: what each command does, says and returns."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.builders.installation import award, encode
from tests.cli.conftest import APPROVE, REGISTER, Command, register

PROGRAMS = Path(__file__).parents[2] / "src/jmc_vc/cli/demo_data/programs.json"
AWARD = encode(award(awardedDate="2026-10-01"))


def issue(command: Command, body: bytes = AWARD) -> dict[str, Any]:
    ran = command("issue", "-", "--issuer", "hoshimigaoka", "--json", stdin=body)
    assert ran.code == 0, ran.err
    answer: dict[str, Any] = ran.json
    return answer


@pytest.mark.usefixtures("on_both_databases")
def test_the_day_of_an_operator(command: Command, tmp_path: Path) -> None:
    said = []

    def run(*arguments: str, code: int = 0, stdin: bytes | None = None) -> Any:
        ran = command(*arguments, "--json", stdin=stdin)
        assert ran.code == code, (arguments, ran.err)
        said.append(ran.out + ran.err)
        return json.loads(ran.out) if ran.out else json.loads(ran.err)

    assert run("init")["baseUrl"] == "http://localhost:8000"
    assert run("init", code=1)["error"]["code"] == "config.already_initialized"
    assert run("db", "upgrade") == {"schema": "current"}
    registered = run(*REGISTER)
    secret = registered["apiKey"]
    said.pop()
    assert registered["did"] == "did:web:localhost%3A8000:issuers:hoshimigaoka"
    assert registered["keyId"] == f"{registered['did']}#key-1"
    assert run(*REGISTER, code=1)["error"]["code"] == "issuer.exists"
    assert [each["slug"] for each in run("issuers", "list")] == ["hoshimigaoka"]

    described = json.loads(PROGRAMS.read_bytes())
    (tmp_path / "one.json").write_text(json.dumps(described[0]), encoding="utf-8")
    assert run("programs", "import", str(tmp_path / "one.json"))[0]["imported"]
    assert run("issue", "-", "--issuer", "hoshimigaoka", code=1, stdin=AWARD)["error"]["code"] == (
        "program_not_approved_on_award_date"
    )
    assert run(*APPROVE)["state"] == "effective"
    assert run("programs", "list")[0]["effectiveUntil"] == "2099-03-31"

    issued = run("issue", "-", "--issuer", "hoshimigaoka", stdin=AWARD)
    document = json.dumps(issued["credential"], ensure_ascii=False).encode()
    assert run("verify", "-", stdin=document)["verdict"] == "valid"
    assert run("issue", "-", "--issuer", "hoshimigaoka", code=1, stdin=AWARD)["error"]["code"] == "duplicate_award"

    assert run("keys", "rotate", "hoshimigaoka", "--dry-run")["credentials"] == 1
    assert run("keys", "rotate", "hoshimigaoka", "--now", "--reason", "yearly")["id"].endswith("#key-2")
    states = {each["id"].rpartition(":")[2]: each["state"] for each in run("keys", "list")}
    assert states["hoshimigaoka#key-1"] == "retired"
    assert states["hoshimigaoka#key-2"] == "active"
    assert run("verify", "-", stdin=document)["verdict"] == "valid"

    for group, name, question in (
        ("issuers", ("hoshimigaoka",), "issuer_suspended"),
        ("programs", ("JMC-P-900001", "1"), "program.suspended"),
    ):
        run(group, "suspend", *name, "--reason", "a complaint")
        other = encode(award(recipient={"name": {"fullName": "Other"}}, externalId=group, awardedDate="2026-10-02"))
        assert run("issue", "-", "--issuer", "hoshimigaoka", code=1, stdin=other)["error"]["code"] == question
        assert run("verify", "-", stdin=document)["verdict"] == "valid"
        run(group, "reinstate", *name, "--reason", "settled")
        run(group, "reinstate", *name, "--reason", "again", code=1)

    revoking = ("revoke", issued["uuid"], "--issuer", "hoshimigaoka", "--reason", "data_error_replaced")
    assert run(*revoking, "--dry-run")["status"] == "revoked"
    assert run("verify", "-", stdin=document)["verdict"] == "valid"
    assert run(*revoking, "--text", "氏名の誤り")["status"] == "revoked"
    assert run("verify", "-", code=1, stdin=document)["summary"]["code"] == "revoked"

    another = run("api-keys", "new", "hoshimigaoka")["apiKey"]
    prefix = another.split("_")[2]
    assert another.startswith("jmcob_live_")
    assert run("api-keys", "revoke", prefix)["revoked"]
    assert run("api-keys", "revoke", "nothing1", code=1)["error"]["code"] == "api_key.not_found"
    assert run("api-keys", "new", "nobody", code=1)["error"]["code"] == "issuer.not_found"

    assert run("programs", "withdraw", "JMC-P-900001", "1", "--reason", "for cause", "--dry-run")["dryRun"]
    assert run("programs", "list")[0]["state"] == "effective"
    assert run("programs", "withdraw", "JMC-P-900001", "1", "--reason", "for cause")["state"] == "withdrawn"

    # What is secret was said once, and never again.
    kek = (Path(os.environ["JMC_VC_DATA_DIR"]) / "kek").read_text(encoding="ascii").strip().partition(":")[2]
    assert secret not in "".join(said)
    assert kek not in "".join(said)


def test_an_issued_credential_is_printed_byte_for_byte(installed: Command, tmp_path: Path) -> None:
    printed = installed("issue", "-", "--issuer", "hoshimigaoka", stdin=AWARD)
    assert printed.code == 0
    assert installed("verify", "-", stdin=printed.out.encode()).code == 0
    assert "葛󠄀葉" in printed.out


def test_out_makes_a_new_file_that_only_its_owner_reads(installed: Command, tmp_path: Path) -> None:
    """CL-08 in small: nothing is written over, and without a file nothing is issued."""
    out = tmp_path / "credential.json"
    ran = installed("issue", "-", "--issuer", "hoshimigaoka", "--out", str(out), stdin=AWARD)
    assert ran.code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert installed("verify", str(out)).code == 0
    again = encode(award(externalId="other", recipient={"name": {"fullName": "Other"}}))
    assert installed("issue", "-", "--issuer", "hoshimigaoka", "--out", str(out), stdin=again).code == 1
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    ran = installed("issue", "-", "--issuer", "hoshimigaoka", "--out", str(tmp_path / "link"), stdin=again)
    assert ran.code == 1
    assert not (tmp_path / "elsewhere").exists()
    assert installed("issue", "-", "--issuer", "hoshimigaoka", stdin=again).code == 0  # no duplicate: none was issued


def test_a_refused_award_leaves_no_file(installed: Command, tmp_path: Path) -> None:
    out = tmp_path / "credential.json"
    early = encode(award(awardedDate="2020-10-01"))
    assert installed("issue", "-", "--issuer", "hoshimigaoka", "--out", str(out), stdin=early).code == 1
    assert not out.exists()


def test_an_array_is_taken_in_one_by_one_and_each_refusal_is_told(command: Command, tmp_path: Path) -> None:
    command("init")
    register(command)
    described = json.loads(PROGRAMS.read_bytes())[:2]
    wrong = described[0] | {
        "programNumber": "JMC-P-900009",
        "id": "https://mc.example.jp/programs/JMC-P-900009/v/1",
        "workload": described[0]["workload"] | {"notionalHours": 1},
    }
    (tmp_path / "several.json").write_text(json.dumps([wrong, *described]), encoding="utf-8")
    ran = command("programs", "import", str(tmp_path / "several.json"), "--json")
    assert ran.code == 1
    assert [each["imported"] for each in ran.json] == [False, True, False]
    assert "R-01" in {finding["rule"] for finding in ran.json[0]["findings"]}
    assert ran.json[2]["error"]["code"] == "program.issuer_not_registered"


def test_lint_needs_no_installation_and_fails_on_errors_only(command: Command, tmp_path: Path) -> None:
    ran = command("programs", "lint", str(PROGRAMS), "--json")
    assert ran.code == 0
    assert all(each["submittable"] and each["findings"] for each in ran.json)
    described = json.loads(PROGRAMS.read_bytes())[0]
    del described["learningOutcomes"]
    ran = command("programs", "lint", "-", stdin=json.dumps(described).encode())
    assert ran.code == 1
    assert "learningOutcomes" in ran.out


def test_a_record_on_file_is_given_with_its_rule(command: Command, tmp_path: Path) -> None:
    command("init")
    register(command)
    described = json.loads(PROGRAMS.read_bytes())[0] | {"fictional": False}
    (tmp_path / "real.json").write_text(json.dumps(described), encoding="utf-8")
    bare = command("programs", "import", str(tmp_path / "real.json"), "--json")
    assert bare.json[0]["error"]["code"] == "program.record_missing"
    records = [f"--record={rule}=file {rule}" for rule in ("R-12", "R-19", "R-22")]
    assert command("programs", "import", str(tmp_path / "real.json"), *records).code == 0


def test_an_unconfirmed_alignment_is_confirmed_by_its_code_or_target(command: Command, tmp_path: Path) -> None:
    command("init")
    described = json.loads(PROGRAMS.read_bytes())[3]
    slug = described["issuer"]["id"].rpartition("/")[2]
    assert (
        command("issuers", "register", slug, "--number", "JMC-I-90004", "--name-ja", "あ", "--name-en", "A").code == 0
    )
    (tmp_path / "program.json").write_text(json.dumps(described), encoding="utf-8")
    assert command("programs", "import", str(tmp_path / "program.json")).code == 0
    named = ("JMC-P-900004", "1")
    approve = ("programs", "approve", *named, "--from", "2026-04-01", "--until", "2028-03-31")
    refused = command(*approve, "--decision", "JMC-D-900004", "--json")
    assert json.loads(refused.err)["error"]["code"] == "program.alignment_unconfirmed"
    confirm = ("programs", "confirm-alignment", *named, "--note", "looked up")
    assert command(*confirm, "--code", "C9").code == 1
    assert command(*confirm, "--code", "B1").code == 0
    assert (
        command(*confirm, "https://www.bunka.go.jp/seisaku/bunkashingikai/kokugo/").code == 1
    )  # nothing waits any more
    assert command(*approve, "--decision", "JMC-D-900004").code == 0


def test_an_unknown_issuer_changes_nothing(installed: Command) -> None:
    """CL-04."""
    before = installed("keys", "list", "--json").json
    for arguments in (
        ("keys", "rotate", "nobody"),
        ("issuers", "suspend", "nobody", "--reason", "none"),
        ("issue", "-", "--issuer", "nobody"),
        ("revoke", "00000000-0000-4000-8000-000000000000", "--issuer", "nobody", "--reason", "holder_request"),
    ):
        assert installed(*arguments, stdin=AWARD).code == 1, arguments
    assert installed("keys", "list", "--json").json == before


def test_with_another_key_encryption_key_nothing_is_sealed_and_verifying_works(
    installed: Command, tmp_path: Path
) -> None:
    """CF-07."""
    document = json.dumps(issue(installed)["credential"], ensure_ascii=False).encode()
    kek = tmp_path / "data" / "kek"
    kek.write_text("jmc-vc-kek-1:" + "A" * 43 + "\n", encoding="ascii")
    assert installed("verify", "-", stdin=document).code == 0
    assert installed("keys", "rotate", "hoshimigaoka").code == 2
    assert installed("issue", "-", "--issuer", "hoshimigaoka", stdin=AWARD).code == 2
    assert installed(*REGISTER).code == 2
