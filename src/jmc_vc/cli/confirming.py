"""What cannot be undone asks for a number to be typed, so that nobody rotates or withdraws the wrong one."""

import sys

import typer

from jmc_vc.cli.terminal import Terminal
from jmc_vc.errors import Conflict


class NotConfirmed(Conflict):
    """Another number was typed."""

    code = "cli.not_confirmed"


def confirm(terminal: Terminal, plan: str, expected: str, *, yes: bool) -> None:
    """Say the plan and have `expected` typed, if somebody sits at a terminal. Raises NotConfirmed."""
    if yes or not sys.stdin.isatty():
        return
    typer.echo(plan, err=True)
    typed = typer.prompt(terminal.text("cli.type_number", expected=expected), err=True)
    if typed.strip() != expected:
        raise NotConfirmed(expected=expected)
