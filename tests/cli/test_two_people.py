"""INV-22 on the command line: dangerous acts are proposed and confirmed by people with approval keys of their own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jmc_vc.authorizing.approval import ProposalUnreadable
from jmc_vc.cli.act import flag, moment, optional_text, read, text
from jmc_vc.cli.acts import ACTS
from jmc_vc.errors import Conflict
from tests.cli.conftest import Command, Staff, add, keygen

# keys


def test_an_approval_key_is_its_owners_alone_and_never_written_over(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "alice"
    public_key = keygen(command, file)
    assert public_key.startswith("z6Mk")
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    assert b"BEGIN PRIVATE KEY" in before
    again = command("operators", "keygen", "--out", str(file))
    assert (again.code, file.read_bytes()) == (1, before)


def test_an_approval_key_may_be_under_a_passphrase(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter(["correct horse", "correct horse", "wrong", "correct horse"])
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: next(said))
    file = staff.folder / "carol"
    made = staff.command("operators", "keygen", "--out", str(file), "--passphrase", "--json")
    assert made.code == 0, made.err
    assert b"ENCRYPTED" in file.read_bytes()
    assert add(staff.command, "carol", made.json["publicKey"], *staff.by("alice")).json["proposal"] == 1
    assert staff.proposals("confirm", "1", *staff.by("bob")).code == 0
    wrong = add(staff.command, "dan", keygen(staff.command, staff.folder / "dan"), *staff.by("carol"))
    assert (wrong.code, "approval.passphrase" in wrong.err) == (2, True)
    right = add(staff.command, "dan", keygen(staff.command, staff.folder / "dan2"), *staff.by("carol"))
    assert right.code == 0, right.err


def test_a_place_where_no_approval_key_can_be_is_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for out in (tmp_path / "missing" / "alice", tmp_path / "file" / "alice"):
        ran = command("operators", "keygen", "--out", str(out), "--json")
        assert (ran.code, json.loads(ran.err)["error"]["code"]) == (1, "cli.file_unwritable")


BAD_KEYS: list[tuple[str, Callable[[Path], object], str]] = [
    ("missing", lambda file: file.unlink(), "cli.file_unreadable"),
    ("others may read it", lambda file: file.chmod(0o644), "approval.key_mode"),
    ("empty", lambda file: file.write_bytes(b""), "approval.key_file"),
    ("cut short", lambda file: file.write_bytes(file.read_bytes()[:-40]), "approval.key_file"),
    ("a public key", lambda file: file.write_text("z6MkabcdABCD"), "approval.key_file"),
    ("another's", lambda file: file.write_bytes((file.parent / "bob").read_bytes()), "approval.operator"),
]


@pytest.mark.parametrize(("spoil", "code"), [row[1:] for row in BAD_KEYS], ids=[row[0] for row in BAD_KEYS])
def test_with_a_bad_key_file_nothing_is_proposed(staff: Staff, spoil: Callable[[Path], object], code: str) -> None:
    key = keygen(staff.command, staff.folder / "carol")
    spoil(staff.folder / "alice")
    ran = add(staff.command, "carol", key, *staff.by("alice"))
    assert ran.code in (1, 2)
    assert json.loads(ran.err)["error"]["code"] == code
    assert staff.proposals("list", "--json").json == []


# operators


@pytest.mark.usefixtures("on_both_databases")
def test_the_first_two_are_added_at_once_and_the_third_by_two_people(command: Command, tmp_path: Path) -> None:
    assert command("init").code == 0
    staff = Staff(command, tmp_path)
    staff.register("alice", "bob")
    key = keygen(command, tmp_path / "carol")
    alone = add(command, "carol", key)
    assert (alone.code, json.loads(alone.err)["error"]["code"]) == (1, "approval.missing")
    proposed = command(
        "operators", "add", "carol", "--public-key", key, "--reason", "a new colleague", *staff.by("alice")
    )
    assert proposed.code == 0
    assert "proposal 1" in proposed.out
    assert "proposals confirm 1" in proposed.out
    own = staff.proposals("confirm", "1", *staff.by("alice"))
    assert (own.code, "another operator" in own.err) == (1, True)
    confirmed = staff.proposals("confirm", "1", *staff.by("bob"), "--json")
    assert (confirmed.code, confirmed.json["name"]) == (0, "carol")
    assert [each["name"] for each in command("operators", "list", "--json").json] == ["alice", "bob", "carol"]
    again = staff.proposals("confirm", "1", *staff.by("carol"))
    assert (again.code, "already" in again.err) == (1, True)


def test_of_three_one_can_be_removed_by_two_and_of_two_none(staff: Staff) -> None:
    remove = ("operators", "remove", "bob", "--reason", "left")
    assert "at least" in staff.command(*remove, *staff.by("alice")).err
    add(staff.command, "carol", keygen(staff.command, staff.folder / "carol"), *staff.by("alice"))
    staff.proposals("confirm", "1", *staff.by("bob"))
    assert staff.command(*remove, *staff.by("alice")).code == 0
    assert staff.proposals("confirm", "2", *staff.by("carol")).code == 0
    listed = staff.command("operators", "list").out.splitlines()
    assert [("until" in line) for line in listed] == [False, True, False]


def test_a_look_changes_nothing(staff: Staff) -> None:
    ran = add(staff.command, "carol", keygen(staff.command, staff.folder / "carol"), "--dry-run")
    assert (ran.code, ran.json["done"]) == (0, False)
    assert staff.proposals("list", "--json").json == []
    assert len(staff.command("operators", "list", "--json").json) == 2


# proposals


def test_a_proposal_is_shown_in_words_before_and_after(staff: Staff) -> None:
    key = keygen(staff.command, staff.folder / "carol")
    add(staff.command, "carol", key, *staff.by("alice"))
    before = staff.proposals("show", "1").out
    for expected in ("open", "alice", "operators add", key, "a new colleague", "carol becomes an operator"):
        assert expected in before
    assert "提案 1（承認待ち）" in staff.proposals("show", "1", "--lang", "ja").out
    staff.proposals("confirm", "1", *staff.by("bob"))
    after = staff.proposals("show", "1").out
    assert "Confirmed by bob" in after
    assert "It was carried out." in after
    shown = staff.proposals("show", "1", "--json").json
    assert (shown["state"], shown["outcome"], shown["confirmedBy"]) == ("done", "done", "bob")


def test_what_cannot_be_done_any_more_uses_no_proposal_up(staff: Staff) -> None:
    key = keygen(staff.command, staff.folder / "carol")
    for _ in range(2):
        assert add(staff.command, "carol", key, *staff.by("alice")).code == 0
    assert staff.proposals("confirm", "1", *staff.by("bob")).code == 0
    refused = staff.proposals("confirm", "2", *staff.by("bob"))
    assert (refused.code, "registered" in refused.err) == (1, True)
    assert staff.proposals("show", "2", "--json").json["state"] == "open"
    withdrawn = staff.proposals("withdraw", "2", *staff.by("bob"), "--json")
    assert (withdrawn.code, withdrawn.json["state"]) == (0, "withdrawn")
    assert [line.split()[1] for line in staff.proposals("list").out.splitlines()] == ["withdrawn", "confirmed"]


@pytest.mark.parametrize("command_line", [("show", "7"), ("confirm", "7"), ("withdraw", "7")])
def test_there_is_no_proposal_seven(staff: Staff, command_line: tuple[str, str]) -> None:
    by = () if command_line[0] == "show" else staff.by("alice")
    ran = staff.proposals(*command_line, *by)
    assert (ran.code, "no proposal" in ran.err) == (1, True)


# the key-encryption key, an act that is dangerous from the beginning


def new_kek(command: Command, file: Path) -> Path:
    assert command("kek", "new", "--out", str(file)).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    return file


@pytest.mark.usefixtures("on_both_databases")
def test_in_development_without_operators_it_is_done_at_once_with_a_note(
    installed: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = new_kek(installed, tmp_path / "next")
    ran = installed("kek", "rotate", "--new-kek-file", str(file), "--reason", "yearly", "--json")
    assert (ran.code, ran.json["done"]) == (0, True)
    assert "without approval" in ran.err
    old = installed("api-keys", "new", "hoshimigaoka")
    assert (old.code, "key-encryption key" in old.err) == (2, True)
    environment.setenv("JMC_VC_KEK_FILE", str(file))
    assert installed("api-keys", "new", "hoshimigaoka").code == 0


def test_with_operators_it_takes_two(staff: Staff) -> None:
    file = new_kek(staff.command, staff.folder / "next")
    rotate = ("kek", "rotate", "--new-kek-file", str(file), "--reason", "yearly", "--json")
    assert json.loads(staff.command(*rotate).err)["error"]["code"] == "approval.missing"
    assert staff.command(*rotate, "--dry-run").json["signingKeys"] >= 1
    assert staff.command(*rotate, *staff.by("bob")).json["proposal"] == 1
    # Another key in the same place is not what was approved.
    file.rename(staff.folder / "aside")
    new_kek(staff.command, file)
    other = staff.proposals("confirm", "1", *staff.by("alice"), "--json")
    assert (other.code, json.loads(other.err)["error"]["code"]) == (1, "kek.other")
    (staff.folder / "aside").rename(file)
    done = staff.proposals("confirm", "1", *staff.by("alice"), "--json")
    assert (done.code, done.json["done"]) == (0, True), done.err


BAD_FILES: list[tuple[str, Callable[[Path], object], str]] = [
    ("missing", lambda file: file.unlink(), "config.kek_missing"),
    ("others may read it", lambda file: file.chmod(0o644), "config.kek_mode"),
    ("garbage", lambda file: file.write_text("key"), "config.kek_format"),
    ("cut short", lambda file: file.write_text(file.read_text()[:-5]), "config.kek_format"),
    ("a key for a token", lambda file: file.write_text("jmc-vc-kek-pkcs11-1:" + "A" * 91), "config.kek_wrapped"),
]


@pytest.mark.parametrize(("spoil", "code"), [row[1:] for row in BAD_FILES], ids=[row[0] for row in BAD_FILES])
def test_a_new_key_that_cannot_be_used_is_refused_before_anything(
    staff: Staff, spoil: Callable[[Path], object], code: str
) -> None:
    file = new_kek(staff.command, staff.folder / "next")
    spoil(file)
    ran = staff.command(
        "kek", "rotate", "--new-kek-file", str(file), "--reason", "yearly", "--json", *staff.by("alice")
    )
    assert (ran.code, json.loads(ran.err)["error"]["code"]) == (2, code)
    assert staff.proposals("list", "--json").json == []
    assert staff.command("operators", "list").code == 0


PRODUCTION = {"JMC_VC_ENVIRONMENT": "production", "JMC_VC_BASE_URL": "https://mc.example.ac.jp"}


def test_in_production_it_is_refused_while_there_are_fewer_than_two_operators(
    command: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in PRODUCTION.items():
        environment.setenv(name, value)
    environment.setenv("JMC_VC_DATABASE_URL", f"sqlite:///{tmp_path}/data/jmc.sqlite3")
    environment.setenv("JMC_VC_KEK_FILE", str(tmp_path / "kek"))
    assert command("init").code == 0
    rotate = ("kek", "rotate", "--reason", "yearly", "--json", "--new-kek-file")
    inside = command(*rotate, str(new_kek(command, tmp_path / "data" / "next")))
    assert json.loads(inside.err)["error"]["code"] == "config.production_kek_file"
    file = str(new_kek(command, tmp_path / "next"))
    staff = Staff(command, tmp_path)
    for count, name in enumerate(("alice", "bob")):
        refused = command(*rotate, file)
        assert (refused.code, json.loads(refused.err)["error"]["code"]) == (1, "approval.needed")
        assert str(count) in json.loads(refused.err)["error"]["message"]["en"]
        staff.register(name)
    assert command(*rotate, file, *staff.by("alice")).json["proposal"] == 1


# the table


@pytest.mark.parametrize("name", ACTS)
def test_an_act_reads_exactly_its_arguments(name: str) -> None:
    act = ACTS[name]
    for names in ([], [*act.reads, "more"], list(act.reads)[1:]):
        with pytest.raises(ProposalUnreadable):
            read(act, dict.fromkeys(names, "x"))


@pytest.mark.parametrize("name", ACTS)
def test_the_name_of_an_act_is_a_command_with_its_options(name: str) -> None:
    from jmc_vc.cli.reference import command_line

    words = [word for word in name.split() if not word.startswith("--")]
    section = command_line().partition(f"## jmc-vc {' '.join(words)}\n")[2].partition("\n## ")[0]
    assert section, "no such command"
    for option in ("--as", "--approval-key", "--reason", *(word for word in name.split() if word.startswith("--"))):
        assert f"`{option}" in section


@pytest.mark.parametrize(
    ("reader", "value"),
    [(text, 1), (text, None), (optional_text, 1), (flag, 1), (flag, "true"), (moment, "now"), (moment, "2026-10-01"),
     (moment, 5)],
)  # fmt: skip
def test_an_argument_of_another_kind_is_refused(reader: Callable[[object], object], value: object) -> None:
    with pytest.raises(ProposalUnreadable):
        reader(value)


class Refused(Conflict):
    """What an act may say only when it is carried out."""

    code = "operator.exists"


@pytest.mark.parametrize(
    ("broken", "outcome", "told"),
    [(Refused(), "refused", "the audit log says why"), (SystemExit(), "unknown", "Its end is not on record")],
)
def test_an_act_that_broke_off_is_told_of_and_not_done_again(
    staff: Staff, monkeypatch: pytest.MonkeyPatch, broken: BaseException, outcome: str, told: str
) -> None:
    add(staff.command, "carol", keygen(staff.command, staff.folder / "carol"), *staff.by("alice"))

    def break_off(*_: object) -> None:
        raise broken

    with monkeypatch.context() as inner:
        inner.setattr("jmc_vc.cli.acts.carry_out", break_off)
        if outcome == "unknown":
            with pytest.raises(SystemExit):
                staff.proposals("confirm", "1", *staff.by("bob"))
        else:
            ran = staff.proposals("confirm", "1", *staff.by("bob"))
            assert (ran.code, "used up" in ran.err) == (1, True)
    assert staff.proposals("show", "1", "--json").json["outcome"] == outcome
    assert told in staff.proposals("show", "1").out
    assert staff.proposals("confirm", "1", *staff.by("bob")).code == 1
    assert len(staff.command("operators", "list", "--json").json) == 2
