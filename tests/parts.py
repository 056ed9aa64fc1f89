"""Outside parts that some tests need: programs that `pip` does not bring.

A test whose part is missing is skipped with one line that says what to install. With `TEST_REQUIRE=all` in the
environment it fails instead: there, a skipped test would be a hole in the proof.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.simulators.postgres import server_programs


@dataclass(frozen=True)
class Part:
    """Something outside: `find` tells where it is, `remedy` how one gets it."""

    title: str
    remedy: str
    find: Callable[[], Path | None]


def _program(*names: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        found = next(filter(None, map(shutil.which, names)), None)
        return Path(found) if found else None

    return find


def _test_data() -> Path | None:
    folder = test_data_folder()
    return folder if folder.is_dir() else None


def _node_packages() -> Path | None:
    folder = Path(__file__).with_name("interop") / "node_modules"
    return folder if (folder / "@digitalbazaar" / "vc").is_dir() else None


def _softhsm() -> Path | None:
    places = ("/usr/lib/softhsm", "/usr/local/lib/softhsm", "/usr/lib64/pkcs11", "/usr/lib/pkcs11")
    library = next(filter(Path.is_file, (Path(place) / "libsofthsm2.so" for place in places)), None)
    return library if shutil.which("softhsm2-util") else None


def test_data_folder() -> Path:
    """The folder of shared vectors: `TEST_DATA`, or `../shared/data` beside this repository."""
    return Path(os.environ.get("TEST_DATA") or Path(__file__).parents[2] / "shared" / "data")


AXE = Path(__file__).parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"
"""The accessibility checker, one script."""

PARTS: Mapping[str, Part] = {
    "postgres": Part("the PostgreSQL server programs", "apt install postgresql", server_programs),
    "chromium": Part(
        "Chromium", "apt install chromium fonts-noto-cjk", _program("chromium", "chromium-browser", "google-chrome")
    ),
    "node": Part("Node.js", "apt install nodejs npm, then npm ci in tests/interop", _program("node", "nodejs")),
    "node-packages": Part("The npm packages of tests/interop", "npm ci --prefix tests/interop", _node_packages),
    "axe-core": Part("axe-core", "npm ci in tests/browser", lambda: AXE if AXE.is_file() else None),
    "softhsm": Part("SoftHSM 2", "apt install softhsm2", _softhsm),
    "git": Part("git", "apt install git", _program("git")),
    "test-data": Part("the shared test vectors", "set TEST_DATA to their folder", _test_data),
}


def everything_is_required() -> bool:
    """Whether a missing part is a failure (`TEST_REQUIRE=all`) and not a reason to skip."""
    return os.environ.get("TEST_REQUIRE") == "all"


def missing(name: str) -> str | None:
    """Say in one line that the part `name` is not here and what to do; None when it is here."""
    part = PARTS[name]
    return None if part.find() else f"{part.title} not found: {part.remedy}"


def require(name: str) -> Path:
    """Return where the part `name` is; skip the test when it is missing, or fail it with `TEST_REQUIRE=all`."""
    part = PARTS[name]
    if found := part.find():
        return found
    message = f"{part.title} not found: {part.remedy}"
    if everything_is_required():
        pytest.fail(f"{message} (TEST_REQUIRE=all)", pytrace=False)
    pytest.skip(message)
