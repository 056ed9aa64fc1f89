"""The reference pages that follow from the code: the command line's, the settings', and the list of problems.

`python -m jmc_vc.cli.reference docs/reference` writes them (`make docs`); a test compares them with what is there.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from jmc_vc.cli import settings_page
from jmc_vc.cli.main import NAME, app
from jmc_vc.web import problem_list

_HEAD = f"""# Command line

`{NAME}` does what the web interfaces cannot: it makes installations, registers issuers, records accreditations and
rotates keys. It also issues and verifies. Settings come from the environment ([settings](settings.md)).

Every command takes `--lang ja|en`. With `--json` the output is JSON, and so is the line about a refusal, which goes to
standard error. `jmc-vc --version` prints the version, and whether it runs the compiled build (`engine: compiled`) or
the sources (`engine: source`).

| exit code | means |
|---|---|
| 0 | done, or valid |
| 1 | refused, or invalid |
| 2 | it could not be done, or not be checked: the installation, the database or a file cannot be used |
| 64 | this is not how the command is used |
| 130 | stopped with Ctrl+C |

Commands that cannot be undone (most of `keys`, `programs withdraw`, `revoke`) say what will happen and ask to type a
number when they are run at a terminal; `--yes` skips that, and `--dry-run` only says it. Dates are calendar dates in
Japan.

Where operators are registered, dangerous acts need two of them: a command that takes `--as` and `--approval-key` writes
a proposal, and another operator confirms it ([two people](../operations/two-people.md)).
"""


def pages() -> Mapping[str, str]:
    """The pages by file name."""
    return {"cli.md": command_line(), "problems.md": problem_list.reference(), "settings.md": settings_page.reference()}


def command_line() -> str:
    """The page docs/reference/cli.md."""
    root = typer.main.get_command(app)
    return "\n".join([_HEAD, *(line for name, command in _commands(NAME, root) for line in _section(name, command))])


def _commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
        return
    for child, each in children.items():
        if not each.hidden:
            yield from _commands(f"{name} {child}", each)


def _section(name: str, command: Any) -> Iterator[str]:
    parameters = [each for each in command.params if each.name != "help"]
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    options = [each for each in parameters if each.param_type_name == "option"]
    usage = " ".join(each.metavar if each.required else f"[{each.metavar}]" for each in arguments)
    required = " ".join(f"{each.opts[0]} {each.metavar}" for each in options if each.required)
    line = " ".join(filter(None, (name, usage, required, "[OPTIONS]")))
    yield from (f"## {name}", "", command.help, "", "```", line, "```", "", "| | |", "|---|---|")
    for each in (*arguments, *options):
        yield f"| `{_written(each)}` | {each.help}{_default(each)} |"
    yield ""


def _written(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    value = "" if parameter.is_flag else " " + (parameter.metavar or "N")
    return str(parameter.opts[0] + value).replace("|", "\\|")


def _default(parameter: Any) -> str:
    if parameter.required or parameter.default in (None, False) or callable(parameter.default):
        return ""
    return f" Default: `{parameter.default}`."


def main() -> None:
    """Write the pages into the folder that the command line names."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
