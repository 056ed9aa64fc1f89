"""INV-22 on the command line: what the second person reads is what is done, and what cannot be done uses nothing up."""

import json
import os
import pwd
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import typer
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from sqlalchemy import text as sql

from jmc_vc.cli import opening
from jmc_vc.cli.opening import opened
from jmc_vc.domain.actor import ActorKind
from jmc_vc.domain.proposal import OPEN_FOR
from jmc_vc.formats.strict_json import JsonObject
from tests.builders.installation import Clock
from tests.cli.conftest import Command, Staff, add, keygen


@pytest.fixture
def clock(environment: pytest.MonkeyPatch) -> Clock:
    """Time that stands still. Before `staff`, who are added by it."""
    clock = Clock()
    environment.setattr(opening, "clock", clock)
    return clock


# what the second person reads


class AtTheTerminal(StringIO):
    """The standard input where somebody sits."""

    def isatty(self) -> bool:
        return True


def at_the_terminal(environment: pytest.MonkeyPatch, typed: str, meanwhile: Callable[[], object]) -> None:
    """Somebody reads, `meanwhile` something happens, and they type."""

    def prompt(*_: object, **__: object) -> str:
        meanwhile()
        return typed

    environment.setattr(sys, "stdin", AtTheTerminal())
    environment.setattr(typer, "prompt", prompt)


def by_hand(*statements: str) -> None:
    """As somebody who owns the database."""
    with opened(None) as service, service.database._writing() as connection:
        for statement in statements:
            on = " ON proposals" if statement.startswith("DROP") and connection.dialect.name == "postgresql" else ""
            connection.execute(sql(statement + on))


@pytest.mark.usefixtures("on_both_databases")
def test_what_takes_the_place_of_a_proposal_while_it_is_read_is_not_done(
    command: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert command("init").code == 0
    staff = Staff(command, tmp_path)
    staff.register("alice", "bob")
    for name in ("carol", "mallory"):
        assert add(command, name, keygen(command, tmp_path / name), *staff.by("alice")).code == 0

    def swap() -> None:
        by_hand(
            "DROP TRIGGER proposals_fixed",
            "UPDATE proposals SET number = 1000 WHERE number = 1",
            "UPDATE proposals SET number = 1 WHERE number = 2",
        )

    at_the_terminal(environment, "1", swap)
    ran = staff.proposals("confirm", "1", *staff.by("bob"), "--json")
    assert "carol becomes an operator" in ran.err
    assert (ran.code, json.loads(ran.err.splitlines()[-1])["error"]["code"]) == (1, "proposal.changed")
    assert [each["name"] for each in command("operators", "list", "--json").json] == ["alice", "bob"]


def test_a_proposal_that_runs_out_while_it_is_read_is_not_done(
    clock: Clock, staff: Staff, environment: pytest.MonkeyPatch
) -> None:
    add(staff.command, "carol", keygen(staff.command, staff.folder / "carol"), *staff.by("alice"))
    clock.now += OPEN_FOR - timedelta(seconds=1)
    at_the_terminal(environment, "1", lambda: clock.move(seconds=1))
    ran = staff.proposals("confirm", "1", *staff.by("bob"))
    assert (ran.code, "has expired" in ran.err) == (1, True)


def proposed_elsewhere(staff: Staff, command: str, arguments: JsonObject, reason: str) -> int:
    """By alice, with another program than ours; the number."""
    key = load_pem_private_key((staff.folder / "alice").read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    with opened(None) as service:
        return service.propose(command, arguments, reason=reason, by="alice", sign=key.sign, now=service.clock()).number


HIDING = "retired\n  keys destroy\x1b[2J\x1b[8m\u202e"


def test_no_argument_hides_or_goes_on_in_a_line_of_its_own(staff: Staff) -> None:
    key = keygen(staff.command, staff.folder / "any")
    hiding: list[tuple[str, JsonObject]] = [
        ("keys import", {"owner": "jmc", "file": HIDING, "passphraseFile": None, "publicKey": key}),
        ("operators add", {"name": "carol", "publicKey": HIDING}),
        (HIDING, {HIDING: HIDING}),
    ]
    for command, arguments in hiding:
        number = proposed_elsewhere(staff, command, arguments, "moved here")
        for ran in (staff.proposals("show", str(number)), staff.proposals("list")):
            assert ran.code == 0 or (ran.code == 2 and command == HIDING)
            assert all(line.isprintable() for line in (ran.out + ran.err).splitlines()), ran
            assert not any(line.startswith("  keys destroy") for line in ran.out.splitlines())


def test_a_row_that_cannot_be_read_hides_no_other(staff: Staff) -> None:
    add(staff.command, "carol", keygen(staff.command, staff.folder / "carol"), *staff.by("alice"))
    proposed_elsewhere(staff, "operators add", {"name": "dan", "publicKey": "z6Mk"}, HIDING)
    unread, carol = staff.proposals("list", "--json").json
    assert (unread["proposal"], unread["command"], unread["reason"]) == (2, None, None)
    assert carol["command"] == "operators add"
    assert "cannot be read" in staff.proposals("list").out
    for word in ("show", "confirm"):
        ran = staff.proposals(word, "2", *(staff.by("bob") if word == "confirm" else ()), "--json")
        assert (ran.code, json.loads(ran.err)["error"]["code"]) == (2, "proposal.unreadable")
    assert staff.proposals("withdraw", "2", *staff.by("bob"), "--json").json["state"] == "withdrawn"


# who acts


@pytest.mark.usefixtures("on_both_databases")
def test_who_is_logged_in_is_no_operator_whatever_the_environment_says(
    installed: Command, environment: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        environment.setenv(name, "alice+bob")
    retired = installed("keys", "retire", "hoshimigaoka", "key-1", "--reason", "approved by two")
    assert retired.code == 0, retired.err
    with opened(None) as service, service.database.read() as snapshot:
        (entry,) = (each for each in snapshot.audit_log.entries() if each.action == "key-retired")
    assert (entry.actor_kind, entry.actor_id) == (ActorKind.LOGIN, pwd.getpwuid(os.getuid()).pw_name)


# a key that is brought


def key_to_bring(folder: Path, passphrase: bytes | None = None) -> Path:
    file = folder / "brought"
    protection = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    file.write_bytes(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection))
    file.chmod(0o600)
    return file


BRING = ("keys", "import", "jmc")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda file: file.unlink(), "cli.file_unreadable"),
        (lambda file: file.chmod(0o644), "key.file_mode"),
        (lambda file: key_to_bring(file.parent), "key.other_key"),
    ],
    ids=["moved away", "others may read it", "another key"],
)
def test_a_key_that_cannot_be_brought_now_uses_no_proposal_up(
    staff: Staff, spoil: Callable[[Path], object], code: str
) -> None:
    file = key_to_bring(staff.folder)
    assert staff.command(*BRING, str(file), "--reason", "moved here", *staff.by("alice")).code == 0
    spoil(file)
    ran = staff.proposals("confirm", "1", *staff.by("bob"), "--json")
    assert json.loads(ran.err)["error"]["code"] == code
    assert staff.proposals("show", "1", "--json").json["state"] == "open"


def test_a_mistyped_passphrase_uses_no_proposal_up(staff: Staff, environment: pytest.MonkeyPatch) -> None:
    file, under = key_to_bring(staff.folder, b"correct horse"), staff.folder / "passphrase"
    under.write_text("correct horse")
    under.chmod(0o600)
    bring = (*BRING, str(file), "--passphrase-file", str(under), "--reason", "moved here")
    assert staff.command(*bring, *staff.by("alice")).code == 0
    assert staff.proposals("show", "1").code == 0  # who only looks is asked nothing
    under.write_text("wrong")
    ran = staff.proposals("confirm", "1", *staff.by("bob"), "--json")
    assert json.loads(ran.err)["error"]["code"] == "key.passphrase_wrong"
    under.write_text("correct horse")
    assert staff.proposals("confirm", "1", *staff.by("bob"), "--json").json["state"] == "created"


@pytest.mark.parametrize("more", [("--dry-run",), ()])
def test_a_key_that_its_owner_has_no_use_for_is_not_even_planned(staff: Staff, more: tuple[str, ...]) -> None:
    file = staff.folder / "p256"
    key = ec.generate_private_key(ec.SECP256R1())
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file.chmod(0o600)
    ran = staff.command("keys", "import", "log", str(file), "--reason", "x", "--json", *staff.by("alice"), *more)
    assert (ran.code, json.loads(ran.err)["error"]["code"]) == (1, "key.kind_unused")
    assert staff.proposals("list", "--json").json == []
