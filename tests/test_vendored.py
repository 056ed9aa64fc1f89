"""Shipped files: each byte is that of the manifest, and an unsafe namespace never gets into a context."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from jmc_vc import vendored
from jmc_vc.vendored import UnsafeNamespace, VendoredFileChanged, VendoredFileUnknown
from tests.builders.contexts import EXTENSIONS, NAMESPACE, OPEN_BADGES, OURS

NORMATIVE = {  # VCDM 2.0 §B.1, VC Data Integrity 1.0 §2.4, and the current Open Badges 3.0.3 context
    "https://www.w3.org/ns/credentials/v2": "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    "https://w3id.org/security/data-integrity/v2": "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    "https://w3id.org/security/multikey/v1": "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    OPEN_BADGES: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    EXTENSIONS: "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
}


@pytest.fixture
def copied_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of `schemas/` that the module reads and a test may spoil."""
    copy = tmp_path / "schemas"
    shutil.copytree(vendored._root(), copy)
    monkeypatch.setattr(vendored, "_root", lambda: copy)
    for cached in (vendored._entries, vendored._read):
        cached.cache_clear()
    yield copy
    for cached in (vendored._entries, vendored._read):
        cached.cache_clear()


@pytest.mark.parametrize(("url", "sha256"), NORMATIVE.items())
def test_cx_01_a_normative_context_has_the_bytes_of_its_specification(url: str, sha256: str) -> None:  # VC-15
    assert hashlib.sha256(vendored.contexts(NAMESPACE)[url]).hexdigest() == sha256


def test_cx_02_the_open_badges_context_is_the_one_with_the_two_later_terms() -> None:
    """An older file of the same name lacks them."""
    terms = json.loads(vendored.contexts(NAMESPACE)[OPEN_BADGES])["@context"]
    assert {"endorsementJwt", "jti"} <= terms.keys()


def test_every_context_file_is_that_of_the_manifest() -> None:
    assert [problem for problem in vendored.check() if problem.startswith("contexts/")] == []


def test_every_context_is_a_json_object_with_a_context() -> None:
    for data in vendored.contexts(NAMESPACE).values():
        assert json.loads(data).keys() == {"@context"}


def test_our_context_defines_terms_of_the_namespace_only_and_protects_them() -> None:
    context = json.loads(vendored.contexts(NAMESPACE)[OURS])["@context"]
    assert context["@protected"] is True
    terms = {name: term for name, term in context.items() if name.startswith("jmc:")}
    assert len(terms) == 26
    for name, term in terms.items():
        assert term["@id"] == f"{NAMESPACE}#{name.removeprefix('jmc:')}"


def test_the_namespace_is_the_only_difference_between_two_specifications() -> None:
    other = "https://spec.example.org/micro/v9"
    ours, theirs = vendored.contexts(NAMESPACE), vendored.contexts(other)
    assert theirs[f"{other}/context.json"] == ours[OURS].replace(NAMESPACE.encode(), other.encode())
    assert {url: data for url, data in ours.items() if url != OURS}.items() <= theirs.items()


def test_the_namespace_publishes_its_context() -> None:
    assert vendored.namespace_files(NAMESPACE)["context.json"] == vendored.contexts(NAMESPACE)[OURS]


@pytest.mark.parametrize(
    "namespace",
    ["", "https://x.example", "http://x.example/a", "https://x.example/a/", "https://x.example/a?b", "https://x.example/a#b",
     "https://u@x.example/a", "https://x.example/a b", 'https://x.example/a"b', "https://x.example/a\n", "HTTPS://x.example/a",
     "https://x.example/../a", "https://x.example/日本", "//x.example/a", "https://x.example/" + "a" * 200, "urn:x:y",
     "https://x.example/{namespace}", "https://x.example/%7Ea", "https://-/a"],
)  # fmt: skip
def test_an_unsafe_namespace_is_refused(namespace: str) -> None:
    for use in (vendored.contexts, vendored.namespace_files):
        with pytest.raises(UnsafeNamespace):
            use(namespace)


@pytest.mark.parametrize("namespace", ["https://ns.jmc.example:8443/mc/v1", "http://localhost:8000/ns/mc/v1"])
def test_ports_and_this_machine_are_safe(namespace: str) -> None:
    assert f"{namespace}/context.json" in vendored.contexts(namespace)


def test_a_changed_byte_is_noticed(copied_schemas: Path) -> None:
    file = copied_schemas / "contexts" / "credentials-v2.json"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(VendoredFileChanged) as refused:
        vendored.contexts(NAMESPACE)
    assert refused.value.params == {"file": "contexts/credentials-v2.json"}
    assert any(problem.startswith("contexts/credentials-v2.json: sha256 is") for problem in vendored.check())


def test_missing_and_unnamed_files_are_noticed(copied_schemas: Path) -> None:
    (copied_schemas / "contexts" / "did-v1.json").unlink()
    (copied_schemas / "contexts" / "stray.json").write_text("{}", encoding="utf-8")
    problems = vendored.check()
    assert "contexts/did-v1.json: missing" in problems
    assert "contexts/stray.json: not in the manifest" in problems
    with pytest.raises(VendoredFileChanged):
        vendored.contexts(NAMESPACE)


def test_a_broken_manifest_is_a_problem_and_no_crash(copied_schemas: Path) -> None:
    (copied_schemas / "manifest.json").write_text('{"contexts": []}', encoding="utf-8")
    assert vendored.check() == ["manifest.json: missing or not readable"]


def test_an_unknown_schema_is_refused() -> None:
    with pytest.raises(VendoredFileUnknown):
        vendored.json_schema("../../etc/passwd")
