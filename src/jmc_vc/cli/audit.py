"""`audit verify|export`: the audit log held against its chain of hashes, and handed out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.cli import findings
from jmc_vc.cli.files import new_file
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.formats.encoding import base64url

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
    }
    summary = terminal.text(
        f"cli.audit_verified_{code.name.lower()}", entries=f"{entries:,}", logged=f"{audit.logged:,}"
    )
    terminal.show(value, summary, *findings.lines(terminal, audit.findings))
    return code


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
