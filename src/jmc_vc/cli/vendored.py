"""`vendored check`: the shipped contexts and schemas against their manifest."""

import typer

from jmc_vc import vendored
from jmc_vc.cli.options import AsJson, Lang
from jmc_vc.cli.terminal import ExitCode, terminal_of

group = typer.Typer(help="Files of others that are shipped with this program / 同梱ファイル", no_args_is_help=True)


@group.command("check")
def check(context: typer.Context, lang: Lang = None, as_json: AsJson = False) -> None:
    """Compare every shipped file with its digest / 同梱ファイルを要約値と照合する"""
    terminal = terminal_of(context)
    problems = vendored.check()
    code = "cli.vendored_differs" if problems else "cli.vendored_ok"
    terminal.show({"ok": not problems, "problems": problems}, terminal.text(code), *problems)
    if problems:
        raise typer.Exit(ExitCode.REFUSED)


@group.callback()
def _group() -> None:
    """A group of one command stays a group."""
