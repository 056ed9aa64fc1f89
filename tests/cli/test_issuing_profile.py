"""`programs profile` and `keys rotate --algorithm`."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders.installation import award, encode
from tests.cli.conftest import APPROVE, REGISTER, Command

PROGRAMS = Path(__file__).parents[2] / "src/jmc_vc/cli/demo_data/programs.json"
NUMBER = "JMC-P-900001"
DEFAULT = {
    "number": NUMBER,
    "profile": "data-integrity-eddsa",
    "jwtAlgorithm": "ES256",
    "sdJwtVc": False,
    "status": "bitstring",
    "formats": ["json"],
    "keysCreated": [],
}


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


def test_what_holds_is_shown_and_nothing_is_changed(run: Any) -> None:
    assert run("programs", "profile", NUMBER) == DEFAULT
    assert len(run("keys", "list")) == 2


def test_a_profile_is_set_with_its_keys_and_issues_from_then_on(run: Any) -> None:
    chosen = ("--profile", "both", "--jwt-algorithm", "RS256", "--sd-jwt", "--status", "revocation-list")
    wanted = DEFAULT | {
        "profile": "both",
        "jwtAlgorithm": "RS256",
        "sdJwtVc": True,
        "status": "revocation-list",
        "formats": ["json", "jwt", "sd-jwt"],
    }
    made = ["hoshimigaoka#key-2", "hoshimigaoka#key-3"]
    assert run("programs", "profile", NUMBER, *chosen) == wanted | {"keysCreated": made}
    assert run("programs", "profile", NUMBER) == wanted
    assert run("programs", "profile", NUMBER, "--no-sd-jwt")["formats"] == ["json", "jwt"]
    issued = run("issue", "-", "--issuer", "hoshimigaoka", stdin=encode(award()))
    assert issued["credential"]["proof"]["cryptosuite"] == "eddsa-rdfc-2022"


def test_a_token_is_printed_and_written_as_the_text_that_it_is(command: Command, run: Any, tmp_path: Path) -> None:
    run("programs", "profile", NUMBER, "--profile", "vc-jwt")
    issued = run("issue", "-", "--issuer", "hoshimigaoka", stdin=encode(award()))
    assert issued["credential"].count(".") == 2
    out = tmp_path / "badge.jwt"
    again = encode(award(retake=True))
    assert command("issue", "-", "--issuer", "hoshimigaoka", "--out", str(out), stdin=again).code == 0
    assert out.read_text(encoding="ascii").startswith("eyJ")


def test_each_kind_of_key_is_rotated_for_itself(run: Any) -> None:
    run("programs", "profile", NUMBER, "--profile", "both", "--jwt-algorithm", "RS256")
    run("issue", "-", "--issuer", "hoshimigaoka", stdin=encode(award()))
    rotate = ("keys", "rotate", "hoshimigaoka")
    assert run(*rotate, "--algorithm", "RSA", "--dry-run")["credentials"] == 1
    assert run(*rotate, "--algorithm", "RSA")["active"].endswith("#key-3")
    assert run(*rotate)["active"].endswith("#key-4")
    states = {(each["kid"], each["algorithm"]): each["state"] for each in run("keys", "list")[1:]}
    assert states == {
        ("key-1", "Ed25519"): "retired",
        ("key-2", "RSA"): "retired",
        ("key-3", "RSA"): "active",
        ("key-4", "Ed25519"): "active",
    }
    assert run(*rotate, "--algorithm", "P-384", code=2)["error"]["code"] == "key.none_active"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            ("発行形式：JSON（EdDSA署名を埋め込み）とJWT", "署名方式：ES256", "SD-JWT VC も", "署名鍵 key-2（P-256）"),
        ),
        ("en", ("and a JWT around it", "Signature of the JWT: ES256", "SD-JWT VC is made beside", "key-2 (P-256)")),
    ],
)
def test_what_was_set_is_said_in_words(command: Command, run: Any, language: str, words: tuple[str, ...]) -> None:
    del run
    ran = command("programs", "profile", NUMBER, "--profile", "both", "--sd-jwt", "--lang", language)
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
