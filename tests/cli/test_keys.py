"""Signing keys on the command line: what each command says, writes and returns, and what it refuses."""

import json
import sqlite3
import stat
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import typer
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from jmc_vc.cli import opening
from jmc_vc.domain.signing_key import KEYS_CACHED
from tests.builders.installation import Clock, award, encode
from tests.cli.conftest import Command
from tests.custody.test_private_key_file import PASSPHRASE, jwk, pem, rsa_key

SLUG = "hoshimigaoka"
Run = Callable[..., Any]


@pytest.fixture
def clock(environment: pytest.MonkeyPatch) -> Clock:
    """Time that passes only while a command waits for it."""
    clock = Clock()
    environment.setattr(opening, "clock", clock)
    environment.setattr(time, "sleep", lambda seconds: clock.move(seconds=seconds))
    return clock


@pytest.fixture
def run(clock: Clock, installed: Command) -> Run:
    """The JSON that a command printed, or the code of its refusal."""

    def run(*arguments: str, code: int = 0) -> Any:
        ran = installed(*arguments, "--json")
        assert ran.code == code, (arguments, ran.out, ran.err)
        return json.loads(ran.out) if code == 0 else json.loads(ran.err.splitlines()[-1])["error"]["code"]

    return run


def states(run: Run) -> dict[str, str]:
    return {each["kid"]: each["state"] for each in run("keys", "list") if each["owner"] == SLUG}


def key_file(folder: Path, content: bytes, mode: int = 0o600, name: str = "key.pem") -> str:
    file = folder / name
    file.write_bytes(content)
    file.chmod(mode)
    return str(file)


@pytest.mark.usefixtures("on_both_databases")
def test_the_life_of_a_key_on_the_command_line(run: Run, clock: Clock) -> None:
    staged = run("keys", "stage", SLUG)
    assert (staged["kid"], staged["state"], staged["place"]) == ("key-2", "created", "file")
    published = run("keys", "publish", SLUG, "key-2")
    assert published["publishedAt"] == clock.now.isoformat()
    assert run("keys", "activate", SLUG, "key-2", code=1) == "key.not_yet_known"
    clock.now += KEYS_CACHED
    active = run("keys", "activate", SLUG, "key-2")
    assert (active["state"], active["retired"]) == ("active", "key-1")
    assert run("keys", "destroy", SLUG, "key-1", "--reason", "a year is over")["state"] == "destroyed"
    since = clock.now.isoformat()
    stolen = run("keys", "compromise", SLUG, "key-2", "--since", since, "--reason", "a laptop was lost")
    assert (stolen["was"], stolen["successor"], stolen["compromisedSince"]) == ("active", None, since)
    assert states(run) == {"key-1": "destroyed", "key-2": "compromised"}
    done = run("keys", "rotate", SLUG)
    assert (done["kid"], done["state"], done["retired"]) == ("key-3", "active", None)
    assert run("keys", "retire", SLUG, "key-3", "--reason", "the issuer leaves")["state"] == "retired"


@pytest.mark.usefixtures("on_both_databases")
def test_a_rotation_waits_and_goes_on_where_it_was_interrupted(
    run: Run, clock: Clock, environment: pytest.MonkeyPatch, installed: Command
) -> None:
    begun = clock.now

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    with environment.context() as later:
        later.setattr(time, "sleep", interrupted)
        ran = installed("keys", "rotate", SLUG)
    assert ran.code == 130
    assert "goes on from here" in ran.err
    assert states(run) == {"key-1": "active", "key-2": "published"}
    waiting = run("keys", "rotate", SLUG, "--no-wait")
    assert (waiting["kid"], waiting["rotated"]) == ("key-2", False)
    done = run("keys", "rotate", SLUG)
    assert (done["kid"], done["retired"]) == ("key-2", "key-1")
    assert timedelta(0) <= clock.now - begun - KEYS_CACHED < timedelta(seconds=2)
    assert states(run) == {"key-1": "retired", "key-2": "active"}


def test_f_18_a_damaged_key_is_rotated_and_it_is_said(
    installed: Command, run: Run, clock: Clock, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "data" / "jmc-vc.sqlite3") as database:
        database.execute(
            "UPDATE signing_keys SET sealed_private = substr(sealed_private, 1, 20) WHERE owner = ?", (SLUG,)
        )
    database.close()
    before = installed("keys", "rotate", SLUG, "--dry-run")
    assert "key-1 is damaged: nothing can be signed until a new key signs" in before.out
    done = installed("keys", "rotate", SLUG)
    assert (done.code, "The private part of key-1 was damaged." in done.out) == (0, True)
    assert states(run) == {"key-1": "retired", "key-2": "active"}
    again = installed("keys", "rotate", SLUG)
    assert (again.code, "damaged" in again.out) == (0, False)


def test_every_look_beforehand_changes_nothing_and_counts_credentials(
    run: Run, clock: Clock, installed: Command, tmp_path: Path
) -> None:
    issued = installed("issue", "-", "--issuer", SLUG, stdin=encode(award()))
    assert issued.code == 0, issued.err
    run("keys", "stage", SLUG)
    run("keys", "stage", SLUG, "--algorithm", "P-256")
    run("keys", "publish", SLUG, "key-2")
    before = run("keys", "list")
    new = key_file(tmp_path, pem(ed25519.Ed25519PrivateKey.generate()))
    why, at = ("--reason", "x"), ("--since", clock.now.isoformat())
    for count, arguments in (
        (0, ("stage", SLUG)),
        (0, ("publish", SLUG, "key-3")),
        (1, ("activate", SLUG, "key-2", "--now")),
        (1, ("retire", SLUG, "key-1", *why)),
        (1, ("compromise", SLUG, "key-1", *at, *why)),
        (0, ("compromise", SLUG, "key-2", *at, *why)),
        (0, ("import", SLUG, new, *why)),
        (1, ("rotate", SLUG)),
        (1, ("rotate", SLUG, "--now")),
    ):
        assert run("keys", *arguments, "--dry-run")["credentials"] == count, arguments
    assert run("keys", "list") == before
    (row,) = (each for each in before if each["owner"] == SLUG and each["kid"] == "key-1")
    assert row["credentials"] == 1
    clock.now += KEYS_CACHED
    assert run("keys", "activate", SLUG, "key-2", "--dry-run")["credentials"] == 1
    run("keys", "activate", SLUG, "key-2")
    assert run("keys", "destroy", SLUG, "key-1", *why, "--dry-run")["credentials"] == 1
    assert states(run)["key-1"] == "retired"


def test_cl_04_unknown_keys_and_owners_change_nothing(run: Run, clock: Clock) -> None:
    before = run("keys", "list")
    why, at = ("--reason", "x"), ("--since", clock.now.isoformat())
    for name, code in (((SLUG, "key-9"), "key.unknown"), (("nobody", "key-1"), "key.unknown")):
        for command in (
            ("publish", *name),
            ("activate", *name),
            ("activate", *name, "--now", *why),
            ("retire", *name, *why),
            ("destroy", *name, *why),
            ("compromise", *name, *at, *why),
            ("export-public", *name),
        ):
            assert run("keys", *command, code=1) == code, command
    for act in (("stage",), ("rotate",), ("rotate", "--now", *why)):
        assert run("keys", *act, "nobody", code=1) == "issuer.not_found"
    assert run("keys", "list") == before


def test_cl_05_a_theft_lies_in_the_past_and_has_a_zone(run: Run, clock: Clock) -> None:
    command = ("keys", "compromise", SLUG, "key-1", "--reason", "x", "--since")
    later = clock.now + timedelta(minutes=1)
    for since, code in (
        (later.isoformat(), "key.since_future"),
        (clock.now.replace(tzinfo=None).isoformat(), "key.since_form"),
        ("2026-11-20", "key.since_form"),
        ("2020-01-01T00:00:00Z", "key.since_early"),
    ):
        assert run(*command, since, code=1) == code
    assert states(run) == {"key-1": "active"}


def test_cl_08_a_public_key_is_written_to_a_new_file_or_shown(run: Run, installed: Command, tmp_path: Path) -> None:
    out = tmp_path / "key.txt"
    assert run("keys", "export-public", SLUG, "key-1", "--form", "pem", "--out", str(out))["file"] == str(out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert isinstance(load_pem_public_key(out.read_bytes()), ed25519.Ed25519PublicKey)
    content = out.read_bytes()
    assert run("keys", "export-public", SLUG, "key-1", "--out", str(out), code=1) == "cli.file_unwritable"
    assert out.read_bytes() == content
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    refused = run("keys", "export-public", SLUG, "key-1", "--out", str(tmp_path / "link"), code=1)
    assert refused == "cli.file_unwritable"
    assert not (tmp_path / "elsewhere").exists()
    shown = installed("keys", "export-public", SLUG, "key-1")
    assert shown.out.startswith("z6Mk")
    assert json.loads(installed("keys", "export-public", SLUG, "key-1", "--form", "jwk").out)["kid"] == "key-1"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_cl_01_a_key_file_that_others_can_read_is_refused(run: Run, tmp_path: Path, mode: int) -> None:
    file = key_file(tmp_path, pem(ed25519.Ed25519PrivateKey.generate()), mode)
    assert run("keys", "import", SLUG, file, "--reason", "moved here", code=2) == "key.file_mode"
    sealed = key_file(tmp_path, pem(ed25519.Ed25519PrivateKey.generate(), PASSPHRASE), name="sealed.pem")
    under = key_file(tmp_path, PASSPHRASE, mode, name="passphrase")
    refused = run("keys", "import", SLUG, sealed, "--passphrase-file", under, "--reason", "moved here", code=2)
    assert refused == "key.file_mode"
    assert list(states(run)) == ["key-1"]


def test_cl_09_bad_key_files_are_refused_and_nothing_comes_in(run: Run, tmp_path: Path) -> None:
    key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    for number, (content, code) in enumerate(
        (
            (pem(key) + pem(other), "key.file_several"),
            (pem(rsa_key(1024)), "key.weak"),
            (pem(key, PASSPHRASE), "key.passphrase_missing"),
            (b"nothing", "key.file_form"),
            (jwk(key, d=None), "key.file_form"),
        )
    ):
        file = key_file(tmp_path, content, name=f"key-{number}")
        assert run("keys", "import", SLUG, file, "--reason", "moved here", code=1) == code
    sealed = key_file(tmp_path, pem(key, PASSPHRASE), name="sealed")
    wrong = key_file(tmp_path, b"wrong\n", name="wrong")
    refused = run("keys", "import", SLUG, sealed, "--passphrase-file", wrong, "--reason", "moved here", code=1)
    assert refused == "key.passphrase_wrong"
    assert run("keys", "import", SLUG, str(tmp_path / "none"), "--reason", "x", code=2) == "cli.file_unreadable"
    assert list(states(run)) == ["key-1"]


@pytest.mark.usefixtures("on_both_databases")
def test_a_key_is_brought_and_used(run: Run, clock: Clock, installed: Command, tmp_path: Path) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    sealed = key_file(tmp_path, pem(key, PASSPHRASE))
    under = key_file(tmp_path, PASSPHRASE + b"\n", name="passphrase")
    command = ("keys", "import", SLUG, sealed, "--passphrase-file", under, "--reason", "moved here")
    assert (brought := run(*command))["state"] == "created"
    assert run(*command, code=1) == "key.exists"
    assert (
        run("keys", "import", SLUG, key_file(tmp_path, jwk(key), name="jwk"), "--reason", "x", code=1) == "key.exists"
    )
    assert run("keys", "rotate", SLUG)["kid"] == brought["kid"]
    issued = installed("issue", "-", "--issuer", SLUG, stdin=encode(award()))
    assert issued.code == 0
    assert f"#{brought['kid']}" in issued.out
    assert installed("verify", "-", stdin=issued.out.encode()).code == 0


def test_a_passphrase_is_asked_for_once_and_never_shown(
    run: Run, installed: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class AtTheTerminal(StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def prompt(question: str, *, hide_input: bool, err: bool) -> str:
        assert hide_input
        assert err
        asked.append(question)
        return PASSPHRASE.decode()

    environment.setattr(typer, "prompt", prompt)
    environment.setattr(sys, "stdin", AtTheTerminal())
    sealed = key_file(tmp_path, pem(ed25519.Ed25519PrivateKey.generate(), PASSPHRASE))
    ran = installed("keys", "import", SLUG, sealed, "--reason", "moved here", "--yes")
    assert ran.code == 0, ran.err
    assert len(asked) == 1
    assert PASSPHRASE.decode() not in ran.out + ran.err
    assert states(run)["key-2"] == "created"


def operators(run: Run, folder: Path) -> dict[str, tuple[str, ...]]:
    """Of alice and bob, the options by which each approves."""
    given: dict[str, tuple[str, ...]] = {}
    for name in ("alice", "bob"):
        file = str(folder / name)
        public = run("operators", "keygen", "--out", file)["publicKey"]
        run("operators", "add", name, "--public-key", public, "--reason", "hired")
        given[name] = ("--as", name, "--approval-key", file)
    return given


@pytest.mark.usefixtures("on_both_databases")
def test_cl_02_of_two_proposals_to_let_a_key_sign_the_second_is_refused_and_not_used_up(
    run: Run, clock: Clock, tmp_path: Path
) -> None:
    by = operators(run, tmp_path)
    run("keys", "retire", SLUG, "key-1", "--reason", "nobody signs")
    for kid in ("key-2", "key-3"):
        run("keys", "stage", SLUG)
        run("keys", "publish", SLUG, kid)
    commands = (("activate", SLUG, "key-3"), ("activate", SLUG, "key-2"), ("rotate", SLUG), ("rotate", SLUG))
    proposals = [
        str(run("keys", *command, "--now", "--reason", "at once", *by["alice"])["proposal"]) for command in commands
    ]
    assert run("proposals", "confirm", proposals[0], *by["bob"])["kid"] == "key-3"
    for number in proposals[1:]:
        assert run("proposals", "confirm", number, *by["bob"], code=1) == "key.changed"
        assert run("proposals", "show", number)["state"] == "open"
    assert states(run) == {"key-1": "retired", "key-2": "published", "key-3": "active"}


def test_a_key_that_does_not_work_is_refused_before_a_proposal_is_used_up(
    run: Run, clock: Clock, tmp_path: Path
) -> None:
    by = operators(run, tmp_path)
    run("keys", "stage", SLUG)
    run("keys", "publish", SLUG, "key-2")
    why = ("--now", "--reason", "at once", *by["alice"])
    proposals = [str(run("keys", *each, *why)["proposal"]) for each in (("rotate", SLUG), ("activate", SLUG, "key-2"))]
    with sqlite3.connect(tmp_path / "data" / "jmc-vc.sqlite3") as database:
        database.execute("UPDATE signing_keys SET sealed_private = substr(sealed_private, 1, 20) WHERE kid = 'key-2'")
    database.close()
    clock.now += KEYS_CACHED
    for number in proposals:
        assert run("proposals", "confirm", number, *by["bob"], code=2) == "key.unusable"
        assert run("proposals", "show", number)["state"] == "open"
    for command in (("rotate", SLUG), ("rotate", SLUG, "--dry-run"), ("activate", SLUG, "key-2")):
        assert run("keys", *command, code=2) == "key.unusable"
    assert states(run) == {"key-1": "active", "key-2": "published"}


def test_the_number_of_the_issuer_is_typed(run: Run, installed: Command, environment: pytest.MonkeyPatch) -> None:
    class AtTheTerminal(StringIO):
        def isatty(self) -> bool:
            return True

    run("keys", "stage", SLUG)
    for typed, code in (("JMC-I-90002\n", 1), ("JMC-I-90001\n", 0)):
        environment.setattr(sys, "stdin", AtTheTerminal(typed))
        assert installed("keys", "publish", SLUG, "key-2").code == code
    assert states(run)["key-2"] == "published"


def test_what_is_lost_by_hurry_is_said(installed: Command, clock: Clock) -> None:
    assert installed("keys", "rotate", SLUG, "--now").code == 64  # without a reason
    plan = installed("keys", "rotate", SLUG, "--now", "--dry-run")
    assert "60 seconds" in plan.out
    retire = installed("keys", "retire", SLUG, "key-1", "--reason", "x", "--dry-run")
    assert "cannot issue" in retire.out


def test_two_operators_give_up_a_key_together(run: Run, clock: Clock, tmp_path: Path) -> None:
    """INV-22: one proposes, the other confirms; the audit log names both."""
    keys: dict[str, str] = {}
    for name in ("alice", "bob"):
        keys[name] = str(tmp_path / name)
        public = run("operators", "keygen", "--out", keys[name])["publicKey"]
        run("operators", "add", name, "--public-key", public, "--reason", "hired")
    command = ("keys", "compromise", SLUG, "key-1", "--since", clock.now.isoformat(), "--reason", "stolen")
    assert run(*command, code=1) == "approval.missing"
    proposed = run(*command, "--as", "alice", "--approval-key", keys["alice"])
    assert states(run) == {"key-1": "active"}
    confirm = ("proposals", "confirm", str(proposed["proposal"]))
    assert run(*confirm, "--as", "alice", "--approval-key", keys["alice"], code=1) == "approval.same_person"
    assert run(*confirm, "--as", "bob", "--approval-key", keys["bob"])["state"] == "compromised"
    assert states(run) == {"key-1": "compromised"}
    file = key_file(tmp_path, pem(ed25519.Ed25519PrivateKey.generate()))
    brought = run("keys", "import", SLUG, file, "--reason", "moved", "--as", "bob", "--approval-key", keys["bob"])
    Path(file).write_bytes(pem(ed25519.Ed25519PrivateKey.generate()))  # exchanged in the meantime
    confirm = ("proposals", "confirm", str(brought["proposal"]))
    assert run(*confirm, "--as", "alice", "--approval-key", keys["alice"], code=1) == "key.other_key"
    assert list(states(run)) == ["key-1"]
