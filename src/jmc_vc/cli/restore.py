"""`restore`: bring a database that was set back up to what was published since."""

from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.cli import acts
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.opening import opened_to_seal
from jmc_vc.cli.options import ApprovalKeyFile, As, AsJson, Data, DryRun, Lang, Yes, line
from jmc_vc.cli.restore_act import RESTORE
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.errors import Error
from jmc_vc.formats.strict_json import JsonObject


def restore(
    context: typer.Context,
    *,
    mirror: Annotated[
        Path | None,
        typer.Option(
            "--mirror", metavar="DIR", help="A copy of the public log: the one beside the anchor, or of `log mirror`."
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what the matter is and what can be done; change nothing.")
    ] = False,
    log_key: Annotated[
        str | None,
        typer.Option("--log-key", metavar="KEY", help="A verifier key of the log that the database has lost."),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", parser=line, help="Why, in a line; it goes into the audit log.")
    ] = "restored from a backup",
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Put back from a copy of the public log what an old database forgot / 古いデータベースを公開ログで復旧する"""
    terminal = terminal_of(context)
    if explain == (mirror is not None):
        raise typer.BadParameter("either --mirror DIR or --explain")
    with opened_to_seal(data, rolled_back=True) as service:
        if mirror is None:
            try:
                service.require_not_rolled_back()
                terminal.show({"rolledBack": False}, terminal.text("cli.restore_not_needed"))
            except Error as err:
                told = {"rolledBack": True, "code": err.code}
                terminal.show(told, terminal.text(err.code, **err.params), terminal.text("cli.restore_explained"))
            return
        arguments: JsonObject = {"mirror": str(mirror.resolve()), "logKey": log_key}
        plan = acts.plan(terminal, service, RESTORE, arguments)
        if dry_run:
            terminal.show({"plan": plan, "done": False}, plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, plan, "restore", yes=yes)
        acts.perform(terminal, service, RESTORE, arguments, reason=reason, as_=as_, approval_key=approval_key)
