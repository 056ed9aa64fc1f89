"""`issuers did-challenge|add-did|dids|end-did`, as an operator uses them, alone and with a second one."""

from pathlib import Path

import pytest

from tests.builders.own_key_issuer import DID, SLUG, OwnKeyIssuer
from tests.cli.conftest import Command, register

ISSUER = OwnKeyIssuer()


def handed_in(command: Command, folder: Path) -> tuple[str, ...]:
    """What the issuer sent us in answer to a challenge, as arguments."""
    ran = command("issuers", "did-challenge", SLUG, DID, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["typ"] == "jmc-key-possession+jwt"
    (folder / "did.json").write_bytes(ISSUER.document())
    (folder / "proof.jwt").write_text(ISSUER.proof(ran.json["claims"]["nonce"]) + "\n", encoding="ascii")
    return (
        "issuers", "add-did", SLUG, DID, "--document", str(folder / "did.json"), "--proof", str(folder / "proof.jwt"),
        "--reason", "application 12",
    )  # fmt: skip


@pytest.mark.usefixtures("on_both_databases")
def test_an_operator_registers_an_issuers_did_and_ends_it(command: Command, tmp_path: Path) -> None:
    assert command("init").code == 0
    register(command)
    add = handed_in(command, tmp_path)
    planned = command(*add, "--dry-run")
    assert planned.code == 0, planned.err
    assert "Nothing was changed" in planned.out
    assert "did:web" not in command("issuers", "dids").out
    done = command(*add, "--json")
    assert done.code == 0, done.err
    assert done.json["did"] == DID
    assert command(*add).code == 1
    (listed,) = command("issuers", "dids", "--json").json
    assert (listed["slug"], listed["did"], listed["endedAt"]) == (SLUG, DID, None)
    assert DID in command("issuers", "dids").out
    ended = command("issuers", "end-did", SLUG, DID, "--reason", "the key was stolen", "--json")
    assert (ended.code, ended.json["ended"]) == (0, True)
    assert "ended" in command("issuers", "dids").out


def test_a_second_operator_confirms_it(command: Command, tmp_path: Path) -> None:
    assert command("init").code == 0
    register(command)
    for name in ("alice", "bob"):
        key = command("operators", "keygen", "--out", str(tmp_path / name), "--json").json["publicKey"]
        assert command("operators", "add", name, "--public-key", key, "--reason", "test").code == 0
    add = handed_in(command, tmp_path)
    assert command(*add).code == 1  # nobody said who asks
    proposed = command(*add, "--as", "alice", "--approval-key", str(tmp_path / "alice"), "--json")
    assert proposed.code == 0, proposed.err
    assert command("issuers", "dids", "--json").json == []
    number = str(proposed.json["proposal"])
    confirmed = command("proposals", "confirm", number, "--as", "bob", "--approval-key", str(tmp_path / "bob"))
    assert confirmed.code == 0, confirmed.err
    assert DID in command("issuers", "dids").out


@pytest.mark.parametrize(
    ("content", "code"), [(b"\xff\xfe", "parse.encoding"), (b"", "parse.syntax")], ids=["no text", "empty"]
)
def test_a_document_that_is_none_is_refused(command: Command, tmp_path: Path, content: bytes, code: str) -> None:
    assert command("init").code == 0
    register(command)
    add = handed_in(command, tmp_path)
    (tmp_path / "did.json").write_bytes(content)
    ran = command(*add, "--json")
    assert ran.code == 1
    assert f'"{code}"' in ran.err
