"""`verify --name --email --did --domain --challenge`: whose it is and who shows it; and presentations."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders.suites import presentation, presented
from tests.cli.conftest import Command
from tests.cli.test_work import issue


@pytest.fixture
def credential(installed: Command, tmp_path: Path) -> str:
    path = tmp_path / "credential.json"
    path.write_text(json.dumps(issue(installed)["credential"], ensure_ascii=False))
    return str(path)


def named(credential: str) -> Any:
    return json.loads(Path(credential).read_text())


def test_ov_06_the_name_in_the_credential_and_another(installed: Command, credential: str) -> None:
    (name,) = [
        each["identityHash"]
        for each in named(credential)["credentialSubject"]["identifier"]
        if each["identityType"] == "name"
    ]
    right = installed("verify", credential, "--name", name, "--json")
    assert (right.code, right.json["verdict"]) == (0, "valid")
    wrong = installed("verify", credential, "--name", "山田 太郎")
    assert wrong.code == 1
    assert wrong.out.startswith("Another person's: The holder of this credential is not the person")
    assert "✗ Comparison with the holder (recipient): Not in agreement with the holder in the cred" in wrong.out
    open_one = installed("verify", credential, "--did", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")
    assert open_one.code in {1, 2}


def test_a_domain_needs_a_challenge(installed: Command, credential: str) -> None:
    ran = installed("verify", credential, "--domain", "https://employer.example")
    assert ran.code == 64


def test_a_credential_alone_shows_no_holder(installed: Command, credential: str) -> None:
    ran = installed("verify", credential, "--domain", "https://employer.example", "--challenge", "n-1")
    assert ran.code == 1
    assert "✗ Presenter (holder):" in ran.out


def test_vj_73_a_presentation_is_told_credential_by_credential(installed: Command, credential: str) -> None:
    good, bad = named(credential), {**named(credential), "name": "博士"}
    envelope = {"@context": good["@context"][0], "type": "EnvelopedVerifiableCredential", "id": "data:text/plain,x"}
    shown = json.dumps(presented(presentation(good, bad, envelope))).encode()
    ran = installed("verify", "-", stdin=shown)
    assert ran.code == 1
    first, *others = ran.out.split("\nCredential ")[1:]
    assert first.startswith("1 of 3 (/verifiableCredential/0)\nValid: This credential is valid.\n\nHolder: 𠮷野 ")
    assert others[0].startswith("2 of 3 (/verifiableCredential/1)\nNot trustworthy: This credential cannot be trusted.")
    assert others[1].startswith("3 of 3 (/verifiableCredential/2)\nCould not be checked: ")
    assert ["The content is not shown" in each and "\nHolder: " not in each for each in others] == [True, True]
    assert ran.out.count("Award date: ") == 1
    told = installed("verify", "-", "--json", stdin=shown).json
    assert [each["verdict"] for each in told["credentials"]] == ["valid", "invalid", "indeterminate"]
