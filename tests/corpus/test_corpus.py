"""The corpus is what its script makes, and everything in it is judged as it says: by the pipeline and over HTTP."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.formats.status import bitstring
from jmc_vc.verifying.policy import POLICIES
from tests.builders.installation import Installation
from tests.builders.web import WebClient, web_client
from tests.corpus import documents, peer
from tests.corpus.__main__ import MADE, files
from tests.corpus.case import REQUIRED
from tests.corpus.figures import our_figures, table, their_figures
from tests.corpus.judge import HERE, Judged, expected, installed, judged, manifest, moment
from tests.hostile.over_http import within_bounds

ENTRIES = {entry["file"]: entry for entry in manifest()["credentials"]}
MEDIA_TYPES = {"json": "application/json", "jwt": "text/plain", "png": "image/png", "svg": "image/svg+xml"}
BESIDE = {"endorsement", "mark", "refresh"}
CONTROLS = {"VJ-77", "VJ-79", "PN-15", "SV-13", "VW-28"}


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed() as made:
        yield made


@pytest.fixture(scope="module")
def client(installation: Installation) -> Iterator[WebClient]:
    with web_client(installation.service) as made:
        yield made


def test_the_files_are_what_the_script_makes() -> None:
    made = files()
    standing = {
        path.relative_to(HERE).as_posix(): path.read_bytes()
        for name in MADE
        for path in ([HERE / name] if (HERE / name).is_file() else (HERE / name).rglob("*"))
        if path.is_file()
    }
    assert standing.keys() == made.keys()
    assert [name for name, body in made.items() if standing[name] != body] == []


def test_there_is_enough_of_each_kind() -> None:
    kinds = Counter(entry["kind"] for entry in ENTRIES.values())
    assert (kinds["good"], kinds["bad"], kinds["open"]) >= (60, 90, 20)
    assert len(ENTRIES) >= 150
    assert {id_ for each in ENTRIES.values() if each["kind"] == "good" for id_ in each.get("catalogue", ())} >= CONTROLS
    said = re.findall(r"\b(\d{2,3})\b (?:files|are good|are bad)|of (\d\d) nobody", (HERE / "README.md").read_text())
    assert [int(a or b) for a, b in said] == [len(ENTRIES), kinds["good"], kinds["bad"], kinds["open"]]


def test_only_what_is_wrong_has_a_defect_and_only_that() -> None:
    """In a good badge that may be what others say in it, which takes nothing from it."""
    for file, entry in ENTRIES.items():
        assert file.split("/")[1] == entry["kind"]
        beside = entry["kind"] == "good" and entry.get("fault", [""])[0] in BESIDE
        assert ("defect" in entry) == (entry["kind"] != "good" or beside), file
        if "verdict" in entry and entry["kind"] == "bad":
            assert entry["verdict"]["default"] == "invalid", file


def test_the_policies_are_ours() -> None:
    assert {name: frozenset(required) for name, required in REQUIRED.items()} == {
        name: POLICIES[name].required for name in REQUIRED
    }


def test_the_lists_are_what_they_are_said_to_be() -> None:
    assert bitstring.decode(documents.NONE_SET) == bytes(bitstring.MINIMUM // 8)
    assert bitstring.decode(documents.NINTH_SET) == bytes([0, 0x40]) + bytes(bitstring.MINIMUM // 8 - 2)


def named(entry: dict[str, Any]) -> Any:
    """With the ids of the catalogue in the name of its test."""
    return pytest.param(entry["file"], id=" ".join([*entry.get("catalogue", ()), entry["file"]]))


@pytest.mark.parametrize("file", [named(entry) for entry in ENTRIES.values()])
@pytest.mark.parametrize("policy", REQUIRED)
def test_an_entry_is_judged_as_it_says(installation: Installation, file: str, policy: str) -> None:
    entry = ENTRIES[file]
    assert judged(installation, entry, policy) == expected(entry, policy)


@pytest.mark.parametrize("file", [named(entry) for entry in ENTRIES.values()])
def test_an_entry_is_judged_so_over_http(installation: Installation, client: WebClient, file: str) -> None:
    entry = ENTRIES[file]
    installation.clock.now = moment(entry)
    media_type = "application/json" if "asked" in entry else MEDIA_TYPES[Path(file).suffix[1:]]
    with within_bounds():
        answer = client.post("/v1/verify", content=question(entry), headers={"content-type": media_type})
    body: dict[str, Any] = answer.json()
    if answer.status_code == 200:
        found = Judged.of(body)
    else:
        assert 400 <= answer.status_code < 500
        found = Judged(None, {}, refused=body["code"])
    assert found == expected(entry, "default")


@pytest.mark.postgres
def test_on_postgresql_every_entry_is_judged_so(postgres_url: str) -> None:
    with installed(database_url=postgres_url) as made:
        wrong = {
            file: found
            for file, entry in ENTRIES.items()
            if (found := judged(made, entry, "default")) != expected(entry, "default")
        }
    assert wrong == {}


def question(entry: dict[str, Any]) -> bytes:
    """The file, or what is asked about it."""
    data: bytes = (HERE / entry["file"]).read_bytes()
    if "asked" not in entry:
        return data
    credential: Any = json.loads(data) if entry["file"].endswith(".json") else data.decode()
    return json.dumps({"credential": credential, **entry["asked"]}).encode()


def test_the_figures_stand_in_the_readme() -> None:
    assert table(our_figures(), their_figures(peer.answers())) in (HERE.parents[1] / "README.md").read_text(
        encoding="utf-8"
    )


def test_every_disagreement_with_verifier_core_is_explained_once() -> None:
    explained = [name for names in peer.REASONS.values() for name in names]
    assert sorted(explained) == sorted(map(peer.short, peer.disagreements()))
    assert peer.PAGE.read_text(encoding="utf-8") == peer.page()
