"""The compiled build: the modules in which a verification spends its time, made machine code while the wheel is built.

Off unless asked for with `HATCH_BUILD_HOOK_ENABLE_CUSTOM=1`, as `make compiled` and the Dockerfile do. The list of
modules is in pyproject.toml. The wheel holds all sources as ever, and for each listed one an extension module beside
it, which Python prefers. Nothing is written into src/, where it would outlive the next edit of a source.

docs/decisions/0011-compiled-build.md says what this is good for and what it changes;
https://mypyc.readthedocs.io/en/latest/differences_from_python.html what it may change.
"""

import os
import shlex
import shutil
import sysconfig
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What is compiled must not depend on what else is installed where it is made: other packages are not looked at, so that
# their values have the type Any in .venv and in the image alike. Whether types are right is asked by `make check`.
_MYPY = ("--config-file=", "--no-site-packages", "--ignore-missing-imports", "--follow-imports=silent")


class CompiledBuild(BuildHookInterface[Any]):
    """Adds the extension modules to the wheel, or ends the build: a wheel that asked for them never lacks some."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile."""
        if version == "editable":
            raise SystemExit("An editable install runs the sources; HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 is for wheels.")
        if lack := _missing():
            raise SystemExit(f"The compiled build needs {lack}. Everything else works without it, on the sources.")
        self._made = TemporaryDirectory(prefix="jmc-vc-")
        made = Path(self._made.name)
        _compile(Path(self.root, "src"), self.config["modules"], made)
        for file in sorted((made / "lib").rglob("*.so")):
            build_data["force_include"][str(file)] = file.relative_to(made / "lib").as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's interface
        """Remove what is in the wheel now."""
        self._made.cleanup()


def _missing() -> str | None:
    """What is not here and how one gets it; None when all is here."""
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    if not shutil.which(compiler):
        return f"a C compiler, and there is no {compiler} (Debian and Ubuntu: apt install gcc libc6-dev)"
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.is_file():
        return f"the headers of Python, and there is no {header} (Debian and Ubuntu: apt install python3-dev)"
    return None


def _compile(sources: Path, patterns: list[str], made: Path) -> None:
    """Write the extension modules of the files in `sources` that `patterns` name to `made`/lib."""
    # Here and not above: pip asks this file what a build needs before any of it is installed. setuptools comes first,
    # because mypyc looks whether it is there.
    from setuptools import Distribution  # type: ignore[import-untyped]  # noqa: PLC0415, I001 - as said above
    from setuptools.command.build_ext import build_ext  # type: ignore[import-untyped]  # noqa: PLC0415 - likewise
    from mypyc.build import mypycify  # noqa: PLC0415 - likewise

    with chdir(sources):  # tracebacks name files as they are named here
        files = sorted({str(file) for pattern in patterns for file in Path().glob(pattern)})
        extensions = mypycify(
            [*_MYPY, f"--cache-dir={made / 'cache'}", *files],
            target_dir=str(made / "c"),
            group_name="jmc_vc.compiled",  # the one library that all of them share, inside the package
            debug_level="0",
        )
        command = build_ext(Distribution({"name": "jmc-vc", "ext_modules": extensions}))
        command.build_lib, command.build_temp = str(made / "lib"), str(made / "o")
        command.ensure_finalized()
        command.run()
