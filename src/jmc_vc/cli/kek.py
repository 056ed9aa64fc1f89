"""`kek new|rotate`: the key-encryption key, under which everything at rest is."""

from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.cli import acts
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.kek_acts import ROTATE_KEK, counted, load_new_kek
from jmc_vc.cli.opening import configured, opened_to_seal
from jmc_vc.cli.options import ApprovalKeyFile, As, AsJson, Data, DryRun, Lang, Reason, Yes
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.signing.pkcs11_kek import create_kek

group = typer.Typer(help="The key-encryption key / 鍵暗号化鍵（KEK）", no_args_is_help=True)


@group.command("new")
def new(
    context: typer.Context,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The new file; one that exists is never touched.")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Make a key-encryption key in a file; nothing is under it yet / 鍵暗号化鍵を作成する"""
    terminal = terminal_of(context)
    create_kek(out, configured())
    terminal.show({"file": str(out)}, terminal.text("cli.kek_made", file=str(out)))


@group.command("rotate")
def rotate(
    context: typer.Context,
    *,
    file: Annotated[
        Path,
        typer.Option("--new-kek-file", metavar="FILE", help="The file of the new key, from `kek new`."),
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
    """Put everything at rest under another key-encryption key / 鍵暗号化鍵を更新する"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        kek = load_new_kek(service, file)
        arguments: JsonObject = {"file": str(file.resolve()), "key": kek.check_value.hex()}
        plan = acts.plan(terminal, service, ROTATE_KEK, arguments)
        if dry_run:
            terminal.show(
                {**counted(service.rotate_kek.plan(kek)), "done": False}, plan, terminal.text("cli.nothing_done")
            )
            return
        confirm(terminal, plan, file.name, yes=yes)
        acts.perform(terminal, service, ROTATE_KEK, arguments, reason=reason, as_=as_, approval_key=approval_key)
