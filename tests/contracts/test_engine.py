"""Which engine runs, the sources or the compiled build, and what must hold for both.

`make test` tests the sources, `make test-compiled` what `make compiled` made of them; TEST_ENGINE says which.
"""

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from jmc_vc.cli.main import execute
from jmc_vc.event_log import where_it_broke
from jmc_vc.formats import strict_json

ROOT = Path(__file__).parents[2]
ENGINE = os.environ.get("TEST_ENGINE", "source")
HOOK = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
    "wheel"
]["hooks"]["custom"]
LISTED = {pattern: sorted((ROOT / "src").glob(pattern)) for pattern in HOOK["modules"]}
FILES = [file for files in LISTED.values() for file in files]


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")


def test_the_list_of_compiled_modules_names_files_each_once() -> None:
    assert [pattern for pattern, files in LISTED.items() if not files] == []
    assert len(FILES) == len(set(FILES))


@pytest.mark.parametrize("name", [module_name(file) for file in FILES])
def test_a_listed_module_is_run_by_the_engine_that_the_tests_are_for(name: str) -> None:
    # Also: no extension module was left beside the sources, where it would win over an edited file.
    home, ending = {"source": (ROOT / "src", ".py"), "compiled": (ROOT / "build" / "compiled", ".so")}[ENGINE]
    file = Path(str(import_module(name).__file__))
    assert file.is_relative_to(home)
    assert file.suffix == ending


def test_the_command_tells_its_engine(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["--version"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == f"engine: {ENGINE}"


def test_the_log_tells_where_it_broke_in_both_engines() -> None:
    with pytest.raises(strict_json.NotJson) as refused:
        strict_json.parse(b"{")
    assert where_it_broke(refused.value).startswith("formats/strict_json.py:")


def _annotations(file: Path) -> Iterator[tuple[str, ast.expr]]:
    """Where in `file` a type converts what is given: parameters, attributes and variables."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            name = node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)
            yield f"{file.name}:{node.lineno}: {name}", node.annotation


def test_no_compiled_module_turns_an_integer_into_a_float() -> None:
    # In Python `value: float` is a remark. Compiled, an integer that is passed becomes a double, and 2**53 + 1 becomes
    # 2**53: a number that must be refused would be signed as another. `int | float` leaves it alone.
    assert [place for file in FILES for place, type_ in _annotations(file) if ast.unparse(type_) == "float"] == []


def test_without_a_compiler_there_is_one_sentence_and_no_wheel(tmp_path: Path) -> None:
    build = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        env={**os.environ, "HATCH_BUILD_HOOK_ENABLE_CUSTOM": "1", "CC": "no-such-compiler"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 1
    assert build.stderr.strip() == (
        "The compiled build needs a C compiler, and there is no no-such-compiler (Debian and Ubuntu: apt install gcc "
        "libc6-dev). Everything else works without it, on the sources."
    )
    assert not list(tmp_path.iterdir())
