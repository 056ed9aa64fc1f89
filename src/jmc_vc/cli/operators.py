"""`operators keygen|add|remove|list`: who approves dangerous acts."""

from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.cli import acts
from jmc_vc.cli.approval_key import new_approval_key
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import ApprovalKeyFile, As, AsJson, Data, DryRun, Lang, Reason, Yes
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.formats.strict_json import JsonObject

group = typer.Typer(help="Operators, who approve dangerous acts / 重要な操作を承認する運用者", no_args_is_help=True)

OperatorName = Annotated[
    str, typer.Argument(metavar="NAME", help="The operator's name, as alice: lower-case letters, digits, . _ -")
]


@group.command("keygen")
def keygen(
    context: typer.Context,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The new file; one that exists is never touched.")],
    passphrase: Annotated[bool, typer.Option("--passphrase", help="Ask for a passphrase and seal the key.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Make an approval key of your own, on your own machine / 自分の承認鍵を作成する"""
    terminal = terminal_of(context)
    said = terminal.text("cli.approval_new_passphrase")
    secret = typer.prompt(said, hide_input=True, confirmation_prompt=True, err=True) if passphrase else None
    public_key = new_approval_key(out, secret)
    terminal.show(
        {"file": str(out), "publicKey": public_key}, terminal.text("cli.approval_key_made", file=str(out)), public_key
    )


@group.command("list")
def list_operators(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List all operators, also those who were removed / 運用者の一覧"""
    terminal = terminal_of(context)
    with opened(data) as service, service.database.read() as snapshot:
        operators = snapshot.operators.all()
    rows = [
        {
            "name": each.name,
            "publicKey": each.public_key,
            "addedAt": each.added_at.isoformat(),
            "removedAt": None if each.removed_at is None else each.removed_at.isoformat(),
        }
        for each in operators
    ]
    lines = [
        terminal.text("cli.operator", name=each.name, day=jst_day(each.added_at), key=each.public_key)
        if each.removed_at is None
        else terminal.text("cli.operator_gone", name=each.name, day=jst_day(each.removed_at), key=each.public_key)
        for each in operators
    ]
    terminal.show(rows, *(lines or [terminal.text("cli.none")]))


@group.command("add")
def add(
    context: typer.Context,
    *,
    name: OperatorName,
    public_key: Annotated[
        str, typer.Option("--public-key", metavar="KEY", help="What `operators keygen` printed on their machine.")
    ],
    reason: Reason,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Register an operator; from the third on two others approve it / 運用者を登録する"""
    _act(
        context,
        command="operators add",
        arguments={"name": name, "publicKey": public_key},
        reason=reason,
        as_=as_,
        approval_key=approval_key,
        dry_run=dry_run,
        yes=yes,
        data=data,
    )


@group.command("remove")
def remove(
    context: typer.Context,
    *,
    name: OperatorName,
    reason: Reason,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Remove an operator, for good; two have to remain / 運用者の登録を取り消す"""
    _act(
        context,
        command="operators remove",
        arguments={"name": name},
        reason=reason,
        as_=as_,
        approval_key=approval_key,
        dry_run=dry_run,
        yes=yes,
        data=data,
    )


def _act(
    context: typer.Context,
    *,
    command: str,
    arguments: JsonObject,
    reason: str,
    as_: str | None,
    approval_key: Path | None,
    dry_run: bool,
    yes: bool,
    data: Path | None,
) -> None:
    terminal = terminal_of(context)
    with opened(data) as service:
        plan = acts.plan(terminal, service, command, arguments)
        if dry_run:
            terminal.show({**arguments, "done": False}, plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, plan, str(arguments["name"]), yes=yes)
        acts.perform(terminal, service, command, arguments, reason=reason, as_=as_, approval_key=approval_key)
