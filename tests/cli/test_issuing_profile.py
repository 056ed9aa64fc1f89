"""`programs profile` and `keys rotate --algorithm`."""

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders.installation import award, encode
from tests.cli.conftest import APPROVE, REGISTER, Command, Ran

PROGRAMS = Path(__file__).parents[2] / "src/jmc_vc/cli/demo_data/programs.json"
NUMBER = "JMC-P-900001"
DEFAULT = {
    "number": NUMBER,
    "profile": "data-integrity-eddsa",
    "jwtAlgorithm": "ES256",
    "sdJwtVc": False,
    "status": "bitstring",
    "formats": ["json"],
    "inForceFrom": None,
    "keysCreated": [],
}
MINUTE = timedelta(seconds=60)
"""For so long a new key is not known everywhere."""


@pytest.fixture
def run(command: Command, tmp_path: Path) -> Any:
    """`run("programs", …)` in a furnished installation, as JSON; `code` is the exit code that is expected."""
    file = tmp_path / "one.json"
    file.write_text(json.dumps(json.loads(PROGRAMS.read_bytes())[0]), encoding="utf-8")
    for arguments in (("init",), REGISTER, ("programs", "import", str(file)), APPROVE):
        assert command(*arguments).code == 0

    def run(*arguments: str, code: int = 0, stdin: bytes | None = None) -> Any:
        ran = command(*arguments, "--json", stdin=stdin)
        assert ran.code == code, (arguments, ran.err)
        return json.loads(ran.out or ran.err)

    return run


@pytest.fixture
def later(environment: pytest.MonkeyPatch) -> Callable[[], None]:
    """`later()`: a minute has gone by for the commands that follow."""
    now = [datetime.now(UTC)]
    environment.setattr("jmc_vc.cli.opening.clock", lambda: now[0])

    def move() -> None:
        now[0] += MINUTE

    return move


def test_what_holds_is_shown_and_nothing_is_changed(run: Any) -> None:
    assert run("programs", "profile", NUMBER) == DEFAULT
    assert len(run("keys", "list")) == 3  # JMC, its log, the issuer


def test_a_profile_is_set_with_its_keys_and_issues_a_minute_later(later: Callable[[], None], run: Any) -> None:
    chosen = ("--profile", "both", "--jwt-algorithm", "RS256", "--sd-jwt", "--status", "revocation-list")
    wanted = DEFAULT | {
        "profile": "both",
        "jwtAlgorithm": "RS256",
        "sdJwtVc": True,
        "status": "revocation-list",
        "formats": ["json", "jwt", "sd-jwt"],
    }
    made = ["hoshimigaoka#key-2", "hoshimigaoka#key-3"]
    found = run("programs", "profile", NUMBER, *chosen)
    wanted["inForceFrom"] = found["inForceFrom"]
    assert found == wanted | {"keysCreated": made}
    assert run("programs", "profile", NUMBER) == wanted
    issue = ("issue", "-", "--issuer", "hoshimigaoka")
    before = run(*issue, stdin=encode(award()))
    assert before["credential"]["credentialStatus"]["type"] == "BitstringStatusListEntry"
    later()
    issued = run(*issue, stdin=encode(award(retake=True)))
    assert issued["credential"]["credentialStatus"]["type"] == "1EdTechRevocationList"
    assert run("programs", "profile", NUMBER, "--no-sd-jwt")["formats"] == ["json", "jwt"]


def test_a_look_says_everything_and_changes_nothing(run: Any) -> None:
    found = run("programs", "profile", NUMBER, "--profile", "both", "--status", "revocation-list", "--dry-run")
    assert (found["dryRun"], found["formats"], found["keysCreated"]) == (True, ["json", "jwt"], [])
    assert run("programs", "profile", NUMBER) == DEFAULT
    assert len(run("keys", "list")) == 3  # JMC, its log, the issuer


@pytest.mark.parametrize(
    ("chosen", "asked", "plan"),
    [
        (("--status", "revocation-list"), True, "addresses of revoked credentials"),
        (("--profile", "vc-jwt"), True, "It cannot be taken back."),
        (("--profile", "data-integrity-eddsa"), False, ""),
        (("--status", "bitstring"), False, ""),
    ],
)
def test_what_cannot_be_taken_back_has_the_number_typed(
    command: Command, run: Any, environment: pytest.MonkeyPatch, chosen: tuple[str, str], asked: bool, plan: str
) -> None:
    class Typing(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    def at_terminal(text: bytes, *more: str) -> Ran:
        environment.setattr(sys, "stdin", Typing(io.BytesIO(text)))
        return command("programs", "profile", NUMBER, *chosen, *more)

    refused = at_terminal(b"JMC-P-900002\n")
    assert (refused.code == 1) is asked
    assert plan in refused.err
    assert run("programs", "profile", NUMBER) == DEFAULT
    assert at_terminal(b"JMC-P-900001\n").code == 0
    # What is in force already is not asked for again, and yet is said again.
    again = at_terminal(b"")
    assert again.code == 0
    assert ("addresses of revoked credentials" in again.out) is (chosen[1] == "revocation-list")


def test_what_cannot_be_taken_back_is_not_asked_for_with_yes(
    command: Command, run: Any, environment: pytest.MonkeyPatch
) -> None:
    environment.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert command("programs", "profile", NUMBER, "--status", "revocation-list", "--yes").code == 0
    assert run("programs", "profile", NUMBER)["status"] == "revocation-list"


def test_an_algorithm_of_a_jwt_without_a_jwt_is_refused(run: Any) -> None:
    set_ = ("programs", "profile", NUMBER, "--jwt-algorithm", "RS256")
    assert run(*set_, code=1)["error"]["code"] == "cli.jwt_algorithm_unused"
    assert run(*set_, "--profile", "data-integrity-ecdsa", code=1)["error"]["code"] == "cli.jwt_algorithm_unused"
    assert run("programs", "profile", NUMBER) == DEFAULT
    assert run(*set_, "--profile", "both")["jwtAlgorithm"] == "RS256"


def test_a_token_is_printed_and_written_as_the_text_that_it_is(
    later: Callable[[], None], command: Command, run: Any, tmp_path: Path
) -> None:
    run("programs", "profile", NUMBER, "--profile", "vc-jwt")
    later()
    issued = run("issue", "-", "--issuer", "hoshimigaoka", stdin=encode(award()))
    assert issued["credential"].count(".") == 2
    out = tmp_path / "badge.jwt"
    again = encode(award(retake=True))
    assert command("issue", "-", "--issuer", "hoshimigaoka", "--out", str(out), stdin=again).code == 0
    assert out.read_text(encoding="ascii").startswith("eyJ")


def test_each_kind_of_key_is_rotated_for_itself(later: Callable[[], None], run: Any) -> None:
    run("programs", "profile", NUMBER, "--profile", "both", "--jwt-algorithm", "RS256")
    later()
    run("issue", "-", "--issuer", "hoshimigaoka", stdin=encode(award()))
    rotate = ("keys", "rotate", "hoshimigaoka")
    assert run(*rotate, "--algorithm", "RSA", "--dry-run")["credentials"] == 1
    at_once = ("--now", "--reason", "yearly")
    assert run(*rotate, *at_once, "--algorithm", "RSA")["kid"] == "key-3"
    assert run(*rotate, *at_once)["kid"] == "key-4"
    keys = [each for each in run("keys", "list") if each["owner"] == "hoshimigaoka"]
    states = {(each["kid"], each["algorithm"]): each["state"] for each in keys}
    assert states == {
        ("key-1", "Ed25519"): "retired",
        ("key-2", "RSA"): "retired",
        ("key-3", "RSA"): "active",
        ("key-4", "Ed25519"): "active",
    }
    for looking in ((), ("--dry-run",)):
        assert run(*rotate, "--algorithm", "P-256", *looking, code=1)["error"]["code"] == "key.none_of_kind"


@pytest.mark.parametrize("algorithm", ["P-384", "P-521", "ES256"])
def test_a_kind_of_key_that_no_profile_needs_cannot_be_named(command: Command, run: Any, algorithm: str) -> None:
    del run
    assert command("keys", "rotate", "hoshimigaoka", "--algorithm", algorithm).code == 64


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            (
                "発行形式：JSON（EdDSA署名を埋め込み）とJWT",
                "署名方式：ES256",
                "SD-JWT VC も",
                "署名鍵 key-2（P-256）",
                "(JST) から使用します",
                "失効後は証明の URL で内容を表示しません",
            ),
        ),
        (
            "en",
            (
                "and a JWT around it",
                "Signature of the JWT: ES256",
                "SD-JWT VC is made beside",
                "key-2 (P-256)",
                "These settings begin at 20",
                "no longer shown at its address once it is revoked",
            ),
        ),
    ],
)
def test_what_was_set_is_said_in_words(command: Command, run: Any, language: str, words: tuple[str, ...]) -> None:
    del run
    chosen = ("--profile", "both", "--sd-jwt", "--status", "revocation-list", "--lang", language)
    ran = command("programs", "profile", NUMBER, *chosen)
    assert ran.code == 0
    for each in words:
        assert each in ran.out


@pytest.mark.parametrize(
    "wrong",
    [
        ("--profile", "saml"),
        ("--jwt-algorithm", "EdDSA"),
        ("--jwt-algorithm", "none"),
        ("--status", "array"),
    ],
)
def test_what_is_not_offered_is_a_usage_error(command: Command, run: Any, wrong: tuple[str, str]) -> None:
    del run
    assert command("programs", "profile", NUMBER, *wrong).code == 64


def test_an_unknown_program_is_refused(run: Any) -> None:
    assert run("programs", "profile", "JMC-P-999999", code=1)["error"]["code"] == "program.not_found"
    assert run("programs", "profile", "JMC-P-999999", "--sd-jwt", code=1)["error"]["code"] == "program.not_found"
