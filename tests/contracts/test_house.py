"""The rules of the house that no compiler holds: what the files of this repository must and must not contain."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.parts import require

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-build.txt", "requirements-compile.txt", "requirements-dev.txt")

# Long on purpose: each is one table or one algorithm, which reads worse in two files.
LONG_FILES = {
    "src/jmc_vc/storage/migrations/versions/0001_first_schema.py": "the first schema as it was, written once",
}
LONGEST = 400

# Written in pieces, so that this file passes its own test.
FORBIDDEN = {
    "a registry's address": re.compile(
        "|".join(
            re.escape(name.replace("|", ""))
            for name in (
                "pypi|.org", "python|hosted.org", "registry|.npmjs", "npmjs|.org", "yarnpkg|.com", "crates|.io/api",
                "docker|.io", "ghcr|.io", "quay|.io", "deb.debian|.org", "--index|-url", "--find|-links",
            )
        )
    ),
    "a path of one machine": re.compile(r"(?<![\w.:/*])/(?:wo" r"rk|ro" r"ot|ho" r"me/\w+)/"),
    "work put off": re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b"),
}  # fmt: skip
# Options that keep addresses out have to name what they keep out.
FORBIDDEN_LINE_EXCEPTIONS = re.compile("--no-emit-(?:index-url|find-links)")


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is or will be committed."""
    git = require("git")
    names = subprocess.run(
        [git, "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return tuple(ROOT / name for name in sorted(filter(None, names)) if (ROOT / name).is_file())


def python_files() -> list[Path]:
    return [path for path in repository_files() if path.suffix == ".py"]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_no_file_contains(rule: str) -> None:
    found = []
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, or a hostile input that is no text
        for number, line in enumerate(text.splitlines(), start=1):
            if FORBIDDEN[rule].search(FORBIDDEN_LINE_EXCEPTIONS.sub("", line)):
                found.append(f"{relative(path)}:{number}: {line.strip()[:120]}")
    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_pins_every_package_by_hash_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|^\s*-", re.sub(r"--hash=sha256:[0-9a-f]{64}", "", text), re.MULTILINE)
    pins = re.findall(r"^([a-z0-9][\w.-]*)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 0


def test_the_lock_files_agree_with_each_other_and_with_the_project() -> None:
    pins = {
        name: dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS
    }
    for name in LOCKS[:-1]:
        assert pins[name].items() <= pins["requirements-dev.txt"].items()

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[<>=!~ ]", requirement)[0] for requirement in project["dependencies"]}
    assert wanted <= pins["requirements.txt"].keys()
    assert {re.split(r"[\[<>=!~ ]", name)[0] for name in project["optional-dependencies"]["dev"]} <= pins[
        "requirements-dev.txt"
    ].keys()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_that_a_page_names_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(
        re.findall(
            r"\bmake ([a-z][a-z-]*)",
            " ".join(re.findall(r"`[^`]+`|```.*?```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)),
        )
    )
    assert named
    assert named <= targets


def test_every_local_link_of_a_page_leads_somewhere() -> None:
    broken = [
        f"{relative(page)}: {target}"
        for page in repository_files()
        if page.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_changelog_has_a_place_for_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] in {"Unreleased", version}


def test_the_licence_is_apache_2_0_in_full() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert all(f"\n   {number}. " in text for number in range(1, 10))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"


def test_every_module_says_what_it_is_for() -> None:
    silent = []
    # The claims of a test file are its names; everything else needs a sentence.
    for path in (path for path in python_files() if not path.name.startswith("test_")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            silent.append(relative(path))
    assert silent == []


def test_no_source_file_is_long_without_a_reason() -> None:
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name for name, lines in lengths.items() if lines > LONGEST} == LONG_FILES.keys()


def test_modules_of_the_package_lie_in_packages() -> None:
    package = ROOT / "src" / "jmc_vc"
    bare = {path.parent for path in package.rglob("*.py") if not (path.parent / "__init__.py").exists()}
    # Migrations are scripts that alembic loads by their path.
    assert {relative(folder) for folder in bare if "migrations" not in folder.parts} == set()
