"""The command line of the test suites: the DIDs of the issuers, and what the suite of VC-JOSE-COSE asks for (SF-11)."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws
from tests.builders.jose_keys import jose_key
from tests.cli.conftest import Command

Json = dict[str, Any]
V2 = "https://www.w3.org/ns/credentials/v2"
CURVES = [KeyAlgorithm.P256, KeyAlgorithm.P384, KeyAlgorithm.P521, KeyAlgorithm.ED25519]
CREDENTIAL: Json = {
    "@context": [V2, "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "https://university.example/credentials/1",
    "type": ["VerifiableCredential", "ExampleCredential"],
    "issuer": "https://issuer.example/1",
    "validFrom": "2010-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:1", "firstName": "Kuzuha", "numbers": ["1", "2"]},
}


class Bench:
    """The files of the suite, and the command that works on them."""

    def __init__(self, command: Command, folder: Path) -> None:
        self.command = command
        self.folder = folder

    def key(self, algorithm: KeyAlgorithm, number: int = 0, **changes: Any) -> str:
        made = jose_key(algorithm, number)
        document = {
            "id": "https://issuer.example/1#key-1",
            "type": "JsonWebKey",
            "publicKeyJwk": {**public_jwk(made.public_key), "kid": "key-1", "alg": made.alg},
            "secretKeyJwk": json.loads(made.jwk.export()),
            **changes,
        }
        return self.file(f"key-{algorithm}-{number}.json", json.dumps(document))

    def file(self, name: str, content: str) -> str:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    def __call__(self, action: str, content: str, key: str, feature: str, *more: str, code: int = 0) -> Json:
        output = self.folder / "output.json"
        ran = self.command(
            "conformance", action, "--input", self.file("input", content), "--key", key, "--feature", feature,
            "--output", str(output), *more,
        )  # fmt: skip
        assert ran.code == code, ran.err
        found: Json = json.loads(output.read_bytes())
        return found

    def issued(self, document: Json, key: str, feature: str, *more: str) -> str:
        answer = self("issue", json.dumps(document), key, feature, *more)
        assert answer["result"] == "success", answer
        token: str = answer["data"]
        return token


@pytest.fixture
def bench(command: Command, tmp_path: Path) -> Bench:
    return Bench(command, tmp_path)


def presentation(token: str, media_type: str = "application/vc+jwt") -> Json:
    envelope = {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": f"data:{media_type},{token}"}
    return {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": "https://issuer.example/1",
        "verifiableCredential": [envelope],
    }


@pytest.mark.parametrize("algorithm", CURVES)
def test_what_is_secured_with_jose_verifies(bench: Bench, algorithm: KeyAlgorithm) -> None:
    """SF-11."""
    key = bench.key(algorithm)
    credential = bench.issued(CREDENTIAL, key, "credential_jose")
    header = compact_jws.read(credential).header
    assert (header["typ"], header["cty"], header["alg"]) == ("vc+jwt", "vc", jose_key(algorithm).alg)
    answer = bench("verify", credential + "\n", key, "credential_jose")
    assert (answer["result"], json.loads(answer["data"])) == ("success", CREDENTIAL)
    shown = bench.issued(presentation(credential), key, "presentation_jose")
    assert bench("verify", shown, key, "presentation_jose")["result"] == "success"


@pytest.mark.parametrize("algorithm", CURVES)
def test_what_is_secured_with_sd_jwt_verifies(bench: Bench, algorithm: KeyAlgorithm) -> None:
    """SF-11."""
    key = bench.key(algorithm)
    paths = '["credentialSubject.firstName", "credentialSubject.numbers[0]"]'
    credential = bench.issued(CREDENTIAL, key, "credential_sdjwt", "--sd", paths)
    assert credential.count("~") == 3
    answer = bench("verify", credential, key, "credential_sdjwt")
    assert (answer["result"], json.loads(answer["data"])) == ("success", CREDENTIAL)
    document = presentation(credential, "application/vc+sd-jwt")
    shown = bench.issued(document, key, "presentation_sdjwt", "--sd", '["holder", "verifiableCredential[0]"]')
    assert bench("verify", shown, key, "presentation_sdjwt")["result"] == "success"


def test_the_key_of_a_did_is_named_whole(bench: Bench) -> None:
    """JC-03."""
    key = bench.key(KeyAlgorithm.ED25519, id="did:example:1#key-4")
    token = bench.issued(CREDENTIAL, key, "credential_jose")
    assert compact_jws.read(token).header["kid"] == "did:example:1#key-4"


def test_only_the_signature_is_judged_and_no_time(bench: Bench) -> None:
    """JC-04: the suite's tokens ended long ago."""
    key = jose_key(KeyAlgorithm.P256)
    claims = {**CREDENTIAL, "validUntil": "2011-01-01T00:00:00Z", "exp": 1_300_000_000, "iat": "2010-01-01T00:00:00Z"}
    token = compact_jws.write({"alg": "ES256", "typ": "vc+jwt", "kid": "key-1"}, json.dumps(claims).encode(), key.sign)
    assert bench("verify", token, bench.key(KeyAlgorithm.P256), "credential_jose")["result"] == "success"


def _token(header: Json, claims: Json, *, signer: KeyAlgorithm = KeyAlgorithm.P256) -> str:
    return compact_jws.write({"alg": "ES256", **header}, json.dumps(claims).encode(), jose_key(signer).sign)


_FAILURES: dict[str, tuple[Callable[[], str], str]] = {
    "no token": (lambda: json.dumps(CREDENTIAL), "credential_jose"),
    "signature": (lambda: _token({"typ": "vc+jwt"}, CREDENTIAL)[:-6] + "AAAAAA", "credential_jose"),
    "media type": (lambda: _token({"typ": "bad+typ", "cty": "bad+cty"}, CREDENTIAL), "credential_jose"),
    "content type": (lambda: _token({"typ": "vc+jwt", "cty": "bad"}, CREDENTIAL), "credential_jose"),
    "no type": (lambda: _token({}, CREDENTIAL), "credential_jose"),
    "vc claim": (lambda: _token({"typ": "vc+jwt"}, {**CREDENTIAL, "vc": "x"}), "credential_jose"),
    "vp claim": (lambda: _token({"typ": "vc+jwt"}, {**CREDENTIAL, "vp": "x"}), "credential_jose"),
    "other issuer": (lambda: _token({"typ": "vc+jwt"}, {**CREDENTIAL, "iss": "https://x.example"}), "credential_jose"),
    "no credential": (lambda: _token({"typ": "vc+jwt"}, {"@context": [V2]}), "credential_jose"),
    "algorithm": (lambda: _token({"typ": "vc+jwt", "alg": "ES384"}, CREDENTIAL), "credential_jose"),
    "presentation of no credential": (
        lambda: _token({"typ": "vp+jwt"}, presentation("x", "not-a-credential")), "presentation_jose",
    ),
    "presentation of a bare credential": (
        lambda: _token({"typ": "vp+jwt"}, {**presentation("x"), "verifiableCredential": [CREDENTIAL]}),
        "presentation_jose",
    ),
    "credential for presentation": (lambda: _token({"typ": "vc+jwt"}, CREDENTIAL), "presentation_jose"),
    "no disclosures": (lambda: _token({"typ": "vc+sd-jwt"}, CREDENTIAL), "credential_sdjwt"),
    "foreign disclosure": (
        lambda: _token({"typ": "vc+sd-jwt"}, CREDENTIAL) + "~WyJhIiwiYiIsImMiXQ~", "credential_sdjwt",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", _FAILURES)
def test_what_does_not_hold_is_a_failure(bench: Bench, name: str) -> None:
    """SF-11, JC-01, JC-02."""
    make, feature = _FAILURES[name]
    assert bench("verify", make(), bench.key(KeyAlgorithm.P256), feature)["result"] == "failure"


def test_another_key_is_a_failure(bench: Bench) -> None:
    token = bench.issued(CREDENTIAL, bench.key(KeyAlgorithm.P256), "credential_jose")
    for key in (bench.key(KeyAlgorithm.P256, 1), bench.key(KeyAlgorithm.P384)):
        assert bench("verify", token, key, "credential_jose")["result"] == "failure"


@pytest.mark.parametrize(
    "changes",
    [{"badExtension": {"huh": 1}}, {"issuer": None}, {"credentialSubject": {}}, {"exp": 1}, {"@context": [V2, None]}],
    ids=["unknown-member", "issuer", "subject", "claim", "context"],
)
def test_what_is_no_credential_is_not_secured(bench: Bench, changes: Json) -> None:
    answer = bench("issue", json.dumps({**CREDENTIAL, **changes}), bench.key(KeyAlgorithm.P256), "credential_jose")
    assert answer["result"] == "failure"


@pytest.mark.parametrize("path", ["nothing", "credentialSubject.numbers[9]", "a..b", "", "issuer"])
def test_what_cannot_be_withheld_is_a_failure(bench: Bench, path: str) -> None:
    more = ("--sd", json.dumps([path]))
    answer = bench("issue", json.dumps(CREDENTIAL), bench.key(KeyAlgorithm.P256), "credential_sdjwt", *more)
    assert answer["result"] == "failure"


@pytest.mark.parametrize(
    "changes",
    [
        {"secretKeyJwk": None},
        {"secretKeyJwk": json.loads(jose_key(KeyAlgorithm.P384).jwk.export())},
        {"secretKeyJwk": public_jwk(jose_key(KeyAlgorithm.P256).public_key)},
        {"publicKeyJwk": {"kty": "EC"}},
        {"id": 7},
    ],
    ids=["no-private-part", "of-another-key", "public-part-twice", "public-part", "id"],
)
def test_a_broken_key_is_an_error(bench: Bench, changes: Json) -> None:
    key = bench.key(KeyAlgorithm.P256, **changes)
    assert bench("issue", json.dumps(CREDENTIAL), key, "credential_jose", code=2)["result"] == "error"


def test_a_public_key_is_enough_to_verify(bench: Bench) -> None:
    token = bench.issued(CREDENTIAL, bench.key(KeyAlgorithm.P256), "credential_jose")
    public = bench.key(KeyAlgorithm.P256, secretKeyJwk=None)
    assert bench("verify", token, public, "credential_jose")["result"] == "success"
    assert bench("verify", token, bench.file("no-key", "[]"), "credential_jose", code=2)["result"] == "error"


@pytest.mark.parametrize("place", ["input", "key", "link", "hard link", "folder"])
def test_nothing_is_written_over_but_an_older_result(
    command: Command, bench: Bench, tmp_path: Path, place: str
) -> None:
    """CL-08."""
    key, file = bench.key(KeyAlgorithm.P256), bench.file("document", json.dumps(CREDENTIAL))
    other, new = tmp_path / "other", tmp_path / "new"
    other.write_bytes(b"kept")
    match place:
        case "link":
            new.symlink_to(other)
        case "hard link":
            new.hardlink_to(key)
        case "folder":
            new.mkdir()
    output = {"input": Path(file), "key": Path(key)}.get(place, new)
    before = {each: each.read_bytes() for each in (other, Path(key), Path(file))}
    ran = command(
        "conformance", "issue", "--input", file, "--key", key, "--feature", "credential_jose", "--output", str(output)
    )  # fmt: skip
    assert ran.code != 0
    assert str(output) in ran.err
    assert {each: each.read_bytes() for each in before} == before


@pytest.mark.parametrize("read", [False, True])
def test_nothing_is_written_into_a_pipe_and_nobody_waits_for_one(
    command: Command, bench: Bench, tmp_path: Path, read: bool
) -> None:
    """CL-08."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK) if read else None
    for output in (str(pipe), "/dev/null"):
        ran = command(
            "conformance", "issue", "--input", bench.file("document", json.dumps(CREDENTIAL)), "--key",
            bench.key(KeyAlgorithm.P256), "--feature", "credential_jose", "--output", output,
        )  # fmt: skip
        assert ran.code != 0
        assert output in ran.err
    if reader is not None:
        assert os.read(reader, 1) == b""
        os.close(reader)


def test_a_shorter_result_leaves_nothing_of_a_longer_one(bench: Bench) -> None:
    (bench.folder / "output.json").write_bytes(b" " * 100_000 + b"x")
    assert bench.issued(CREDENTIAL, bench.key(KeyAlgorithm.P256), "credential_jose")


def test_a_key_binding_is_not_passed_over(bench: Bench) -> None:
    """SF-11: nobody verifies it here, so nobody is told that all is well."""
    key = bench.key(KeyAlgorithm.P256)
    token = bench.issued(CREDENTIAL, key, "credential_sdjwt")
    binding = compact_jws.write({"alg": "ES256", "typ": "kb+jwt"}, b"{}", jose_key(KeyAlgorithm.P256, 1).sign)
    answer = bench("verify", token + binding, key, "credential_sdjwt")
    assert (answer["result"], answer["data"].partition(":")[0]) == ("failure", "token.binding")


def test_what_may_be_withheld_goes_with_an_sd_jwt_alone(command: Command, bench: Bench, tmp_path: Path) -> None:
    ran = command(
        "conformance", "issue", "--input", bench.file("input", json.dumps(CREDENTIAL)), "--key",
        bench.key(KeyAlgorithm.P256), "--feature", "credential_jose", "--output", str(tmp_path / "o"), "--sd",
        '["credentialSubject.firstName"]',
    )  # fmt: skip
    assert (ran.code, (tmp_path / "o").exists()) == (64, False)


@pytest.mark.parametrize("feature", ["credential_cose", "presentation_cose"])
@pytest.mark.parametrize("action", ["issue", "verify"])
def test_cose_is_indeterminate(bench: Bench, action: str, feature: str) -> None:
    answer = bench(action, json.dumps(CREDENTIAL), bench.key(KeyAlgorithm.P256), feature)
    assert answer["result"] == "indeterminate"


def test_a_file_that_is_not_there_is_an_error(command: Command, bench: Bench, tmp_path: Path) -> None:
    output = tmp_path / "output.json"
    ran = command(
        "conformance", "verify", "--input", str(tmp_path / "none"), "--key", bench.key(KeyAlgorithm.P256),
        "--feature", "credential_jose", "--output", str(output),
    )  # fmt: skip
    assert (ran.code, json.loads(output.read_bytes())["result"]) == (2, "error")


@pytest.mark.parametrize("sd", ["x", "{}", "[1]"])
def test_paths_that_are_no_list_are_a_usage_error(command: Command, bench: Bench, tmp_path: Path, sd: str) -> None:
    file = bench.file("input", json.dumps(CREDENTIAL))
    ran = command(
        "conformance", "issue", "--input", file, "--key", bench.key(KeyAlgorithm.P256), "--feature",
        "credential_sdjwt", "--output", str(tmp_path / "o"), "--sd", sd,
    )  # fmt: skip
    assert ran.code == 64


def test_the_dids_are_known_before_the_start(command: Command, environment: pytest.MonkeyPatch) -> None:
    """SF-03."""
    assert command("init").code == 0
    off = command("conformance", "dids")
    assert (off.code, "JMC_VC_CONFORMANCE" in off.err) == (2, True)
    environment.setenv("JMC_VC_CONFORMANCE", "1")
    found = command("conformance", "dids", "--json").json
    assert [did[:12] for did in found.values()] == ["did:key:z6Mk", "did:key:zDna", "did:key:z82L"]
    assert command("conformance", "dids").out.split()[1::2] == list(found.values())


def test_the_commands_of_the_suite_stand_in_no_help(command: Command) -> None:
    shown = command("conformance", "--help").out
    assert "dids" in shown
    assert "verify" not in shown
