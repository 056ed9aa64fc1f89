"""`audit verify|export|accept-clock`: the audit log held against its chain of hashes, handed out, and its times."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.cli import acts, findings
from jmc_vc.cli.clock_act import ACCEPT_CLOCK
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.files import new_file
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import ApprovalKeyFile, As, AsJson, Data, DryRun, Lang, Reason, Yes
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.strict_json import JsonObject

group = typer.Typer(help="The audit log / 監査記録", no_args_is_help=True)


@group.command("verify")
def verify(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> int:
    """Compute the chain of the audit log anew, and say where it breaks / 監査記録を検証する"""
    terminal = terminal_of(context)
    with opened(data) as service, findings.progress_bars(terminal) as progress:
        audit = service.records.verify_audit(progress)
    code = findings.exit_code(audit.findings)
    entries = 0 if audit.end is None else audit.end.position
    value = {
        "entries": entries,
        "hash": None if audit.end is None else base64url.encode(audit.end.hash),
        "logged": audit.logged,
        "findings": findings.as_json(audit.findings),
        "restored": [{"kept": kept, "size": size} for kept, size in audit.restored],
    }
    summary = terminal.text(
        f"cli.audit_verified_{code.name.lower()}", entries=f"{entries:,}", logged=f"{audit.logged:,}"
    )
    restored = findings.restored(terminal, audit.restored)
    terminal.show(value, summary, *restored, *findings.lines(terminal, audit.findings))
    return code


@group.command(ACCEPT_CLOCK.removeprefix("audit "))
def accept_clock(
    context: typer.Context,
    *,
    reason: Reason,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Go on issuing though later times are on record: the clock had run ahead / 進み過ぎた時計の記録を認める"""
    terminal = terminal_of(context)
    with opened(data) as service:
        arguments: JsonObject = {"latest": service.accept_clock.latest().isoformat()}
        plan = acts.plan(terminal, service, ACCEPT_CLOCK, arguments)
        if dry_run:
            terminal.show({"plan": plan, "done": False}, plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, plan, "clock", yes=yes)
        acts.perform(terminal, service, ACCEPT_CLOCK, arguments, reason=reason, as_=as_, approval_key=approval_key)


@group.command("export")
def export(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="A new file; without it, the standard output.")
    ] = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Write the audit log as lines of JSON with their hashes / 監査記録を書き出す"""
    terminal = terminal_of(context)
    with opened(data) as service:
        if out is None:
            sys.stdout.flush()
            for line in service.records.export_audit():
                sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            return
        count = 0
        with new_file(out) as file:
            for line in service.records.export_audit():
                file.write(line)
                count += 1
        terminal.note("cli.audit_exported", count=f"{count:,}", file=str(out))
