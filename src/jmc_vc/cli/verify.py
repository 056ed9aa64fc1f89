"""`verify`: a credential's verdict, with its reasons. A bad credential is an answer; exit code 2 means that we could
not tell."""

from collections.abc import Mapping
from typing import Annotated

import typer

from jmc_vc.cli.files import read_bytes
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import ExitCode, Terminal, said_of, terminal_of
from jmc_vc.errors import Malformed, TooLarge, Unacceptable, Unsupported
from jmc_vc.sentences import written_time
from jmc_vc.verifying.axes import Tone
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.policy import POLICIES
from jmc_vc.verifying.report import Report, Verdict
from jmc_vc.verifying.report_json import report_json

_EXIT: Mapping[Verdict, ExitCode] = {
    Verdict.VALID: ExitCode.DONE,
    Verdict.INVALID: ExitCode.REFUSED,
    Verdict.INDETERMINATE: ExitCode.UNAVAILABLE,
}
# A sign and never a color alone.
_TONES: Mapping[Tone, str] = {Tone.GOOD: "✓", Tone.BAD: "✗", Tone.UNKNOWN: "?", Tone.NEUTRAL: "–"}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PASS: "✓",
    Outcome.FAIL: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.NOT_APPLICABLE: "–",
}


def verify(
    context: typer.Context,
    *,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The credential; - reads standard input.")],
    policy: Annotated[
        str, typer.Option("--policy", metavar="|".join(POLICIES), help="Which checks a valid credential needs.")
    ] = "default",
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Verify a credential: 0 valid, 1 invalid, 2 could not be checked / 証明を検証する"""
    terminal = terminal_of(context)
    if policy not in POLICIES:
        raise typer.BadParameter(f"--policy {'|'.join(POLICIES)}")
    received = read_bytes(file)
    with opened(data) as service:
        try:
            report = service.verify(received, policy=policy, now=service.clock())
        except (Malformed, Unsupported, Unacceptable, TooLarge) as error:
            # Nothing was verified, so nothing was found against anybody.
            terminal.refuse(error.code, said_of(error), error.pointer)
            raise typer.Exit(ExitCode.UNAVAILABLE) from error
    terminal.show(report_json(report), *_lines(terminal, report))
    raise typer.Exit(_EXIT[report.verdict])


def _lines(terminal: Terminal, report: Report) -> list[str]:
    summary = "replaced" if report.replaced else report.summary
    lines = [
        f"{terminal.text(f'verdict.{summary}.title')}  {terminal.text(f'verdict.{summary}')}",
        "",
        terminal.text("cli.axes"),
    ]
    for axis in report.axes:
        title = terminal.text(f"axis.{axis.id}.title")
        lines.append(f"  {_TONES[axis.tone]} {title}: {terminal.text(axis.code, **axis.params)}")
    lines += ["", terminal.text("cli.checks")]
    for check in report.checks:
        finding = check.finding
        lines.append(f"  {_OUTCOMES[finding.outcome]} {check.id}: {terminal.text(finding.code, **finding.params)}")
    checked = written_time(report.checked_at, terminal.language)
    return [*lines, "", terminal.text("cli.checked_at", moment=checked, policy=report.policy.name)]
