"""The command `jmc-vc`: its groups, and how errors become one clear line and an exit code.

0 done or valid, 1 refused or invalid, 2 could not be done or checked, 64 not how the command is used (sysexits.h).
"""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer
from typer.exceptions import TyperException

from jmc_vc import event_log
from jmc_vc.cli import (
    api_keys,
    audit,
    baking,
    bundle,
    conformance,
    database,
    demo,
    issue,
    issuers,
    kek,
    keys,
    log,
    openapi,
    operators,
    programs,
    proposals,
    restore,
    serve,
    vendored,
    verify,
)
from jmc_vc.cli.memory_guard import protect_memory
from jmc_vc.cli.terminal import ExitCode, Terminal, default_terminal, said_of
from jmc_vc.configuration_errors import ConfigurationError
from jmc_vc.errors import Error, TooMany, Unavailable
from jmc_vc.event_log import where_it_broke
from jmc_vc.formats.jsonld import convert
from jmc_vc.installation import IdentityChanged, NotInitialized
from jmc_vc.sentences import Sentence, sentence

NAME = "jmc-vc"
_INTERRUPTED = 130
_COULD_NOT = (Unavailable, TooMany, ConfigurationError, NotInitialized, IdentityChanged)
"""Errors that say nothing against what was asked: it could not be done here and now."""

app = typer.Typer(
    name=NAME,
    help="Accredit micro-credential programs; issue, publish and verify their credentials.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"{NAME} {version(NAME)}\nengine: {_engine()}")
        raise typer.Exit


def _engine() -> str:
    """Whether JSON-LD is done by the sources or by the compiled build (docs/decisions/0011-compiled-build.md)."""
    return "source" if str(convert.__file__).endswith(".py") else "compiled"


@app.callback()
def _options(
    shown: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and the engine."),
    ] = False,
) -> None:
    """What stands before any command."""


app.command("init")(database.init)
app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.add_typer(database.group, name="db")
app.add_typer(issuers.group, name="issuers")
app.add_typer(programs.group, name="programs")
app.add_typer(keys.group, name="keys")
app.add_typer(api_keys.group, name="api-keys")
app.add_typer(kek.group, name="kek")
app.add_typer(operators.group, name="operators")
app.add_typer(proposals.group, name="proposals")
app.add_typer(log.group, name="log")
app.add_typer(audit.group, name="audit")
app.command("restore")(restore.restore)
app.command("issue")(issue.issue)
app.command("revoke")(issue.revoke)
app.command("verify")(verify.verify)
app.command("bundle")(bundle.bundle)
app.command("viewer")(bundle.viewer)
app.command("bake")(baking.bake)
app.command("unbake")(baking.unbake)
app.command("openapi")(openapi.openapi)
app.add_typer(vendored.group, name="vendored")
app.add_typer(conformance.group, name="conformance")


def run() -> None:
    """The entry point of the installed command."""
    protect_memory()  # before any key is read
    event_log.configure()  # beside the output, which may be JSON
    sys.exit(execute(sys.argv[1:]))


def execute(arguments: Sequence[str]) -> int:
    """Run one command line; the answer is its exit code."""
    terminal = default_terminal()
    try:
        code = app(args=list(arguments), prog_name=NAME, standalone_mode=False, obj=terminal)
        return int(code or ExitCode.DONE)
    except Error as error:
        terminal.refuse(error.code, said_of(error), error.pointer)
        return ExitCode.UNAVAILABLE if isinstance(error, _COULD_NOT) else ExitCode.REFUSED
    except TyperException as error:
        return _usage(terminal, error)
    except (typer.Abort, KeyboardInterrupt):
        terminal.refuse("cli.interrupted", sentence("cli.interrupted"))
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has read enough (`jmc-vc programs list | head -1`).
        sys.stderr.close()
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001 - the last line: a library's text may hold rows or parameters
        terminal.refuse("internal", _with_place(sentence("internal"), error))
        return ExitCode.UNAVAILABLE


def _usage(terminal: Terminal, error: TyperException) -> ExitCode:
    context = getattr(error, "ctx", None)
    command = NAME if context is None else context.command_path
    message = error.format_message().rstrip(".")
    terminal.refuse("cli.usage", sentence("cli.usage", message=message, command=command))
    return ExitCode.USAGE


def _with_place(said: Sentence, error: Exception) -> Sentence:
    place = f" [{type(error).__name__}, {where_it_broke(error)}]"
    return Sentence(said.ja + place, said.en + place)
