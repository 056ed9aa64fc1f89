"""`verify`: a credential's verdict, with its reasons. A bad credential is an answer; exit code 2 means that we could
not tell."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from jmc_vc.cli.files import read_bytes
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.receipt_file import write_receipt
from jmc_vc.cli.terminal import ExitCode, Terminal, said_of, terminal_of
from jmc_vc.cli.verify_offline import verified_offline
from jmc_vc.errors import Error, Malformed, TooLarge, Unacceptable, Unsupported
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.sentences import written_time
from jmc_vc.verifying.axes import Tone
from jmc_vc.verifying.bundled import BundleForged
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.policy import POLICIES
from jmc_vc.verifying.presentation_json import any_report_json
from jmc_vc.verifying.presentation_report import AnyReport, ReportOnPresentation
from jmc_vc.verifying.presentation_ruling import finding_of
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.report_json import besides, next_step
from jmc_vc.verifying.ruling import Verdict
from jmc_vc.verifying.wanted import Person, Wanted
from jmc_vc.web.verify_api.recognizing import recognizing

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
    offline: Annotated[
        str | None,
        typer.Option(
            "--offline", metavar="BUNDLE", help="Ask no network and no installation: a file that `bundle` made."
        ),
    ] = None,
    trust: Annotated[
        str | None,
        typer.Option(
            "--trust",
            metavar="FILE",
            help="With --offline, the DID document (did.json) of the organization whose bundles are believed. By "
            "default that of this machine's installation.",
        ),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Is it the credential of a person of this name?")] = None,
    email: Annotated[str | None, typer.Option("--email", help="… of a person with this e-mail address?")] = None,
    did: Annotated[str | None, typer.Option("--did", help="… of the holder of this DID?")] = None,
    domain: Annotated[
        str | None,
        typer.Option("--domain", help="With --challenge: does the holder present it, for whom it was asked?"),
    ] = None,
    challenge: Annotated[
        str | None, typer.Option("--challenge", help="With --domain: what the presentation was asked for with.")
    ] = None,
    receipt: Annotated[
        Path | None,
        typer.Option("--receipt", metavar="FILE", help="Write a signed receipt of the verification into a new file."),
    ] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Verify a credential: 0 valid, 1 invalid, 2 could not be checked / 証明を検証する"""
    terminal = terminal_of(context)
    if policy not in POLICIES:
        raise typer.BadParameter(f"--policy {'|'.join(POLICIES)}")
    if trust is not None and offline is None:
        raise typer.BadParameter("--trust needs --offline")
    if receipt is not None and offline is not None:
        raise typer.BadParameter("--receipt needs the installation, which --offline does not ask")
    if (domain is None) != (challenge is None):
        raise typer.BadParameter("--domain and --challenge need each other")
    asked = any(each is not None for each in (name, email, did))
    wanted = Wanted(
        recipient=Person(name=name, email=email, did=did) if asked else None,
        for_us=None if domain is None else Expected(domain=domain, challenge=challenge),
    )
    received = read_bytes(file)
    report: AnyReport
    more: Mapping[str, Any] = {}
    lines: list[str] = []
    without_receipt: Error | None = None
    try:
        if offline is not None:
            found = verified_offline(received, offline, policy=policy, trust=trust, data=data, wanted=wanted)
            report, more, lines = found.report, {"bundle": found.json}, found.lines(terminal)
        else:
            with opened(data) as service, recognizing(received):
                report = service.verify_handed_in(received, policy=policy, now=service.clock(), wanted=wanted)
                if receipt is not None:
                    without_receipt = write_receipt(service, report, received, receipt)
    except BundleForged:
        raise  # that is found
    except (Malformed, Unsupported, Unacceptable, TooLarge) as error:
        # Nothing was verified, so nothing was found against anybody.
        terminal.refuse(error.code, said_of(error), error.pointer)
        raise typer.Exit(ExitCode.UNAVAILABLE) from error
    terminal.show({**any_report_json(report, terminal.language), **more}, *_lines(terminal, report), *lines)
    if without_receipt is not None:
        terminal.refuse(without_receipt.code, said_of(without_receipt))
        raise typer.Exit(ExitCode.UNAVAILABLE)
    raise typer.Exit(_EXIT[report.verdict])


def _lines(terminal: Terminal, report: AnyReport) -> list[str]:
    if isinstance(report, ReportOnPresentation):
        return [*_lines_of_presentation(terminal, report), *_checked(terminal, report)]
    return [*_lines_of_credential(terminal, report), *_checked(terminal, report)]


def _lines_of_presentation(terminal: Terminal, report: ReportOnPresentation) -> list[str]:
    """What was found of the presentation itself, and then of each credential."""
    lines = [
        terminal.text(f"verdict.{report.summary}"),
        *_next(terminal, report.summary),
        "",
        terminal.text("cli.checks"),
        *_checks(terminal, report),
    ]
    for each in report.found.credentials:
        lines += ["", each.pointer]
        if isinstance(each.report, Report):
            lines += _lines_of_credential(terminal, each.report)
        else:
            lines.append(terminal.text(finding_of(each.report).code, **each.report.params))
    return lines


def _lines_of_credential(terminal: Terminal, report: Report) -> list[str]:
    lines = [
        f"{terminal.text(f'verdict.{report.on_top}.title')}  {terminal.text(f'verdict.{report.on_top}')}",
        *besides(report, terminal.language),
        *_next(terminal, report.to_do),
        "",
        terminal.text("cli.axes"),
    ]
    for axis in report.axes:
        title = terminal.text(f"axis.{axis.id}.title")
        lines.append(f"  {_TONES[axis.tone]} {title}: {terminal.text(axis.code, **axis.params)}")
    return [*lines, "", terminal.text("cli.checks"), *_checks(terminal, report)]


def _next(terminal: Terminal, to_do: str) -> list[str]:
    said = next_step(to_do)
    return [] if said is None else [said.in_language(terminal.language)]


def _checks(terminal: Terminal, report: AnyReport) -> list[str]:
    found = [(check.id, check.finding) for check in report.checks]
    if isinstance(report, Report):
        found += [(f"endorsement {each.pointer}", each.finding) for each in report.endorsements]
    return [
        f"  {_OUTCOMES[finding.outcome]} {name}: {terminal.text(finding.code, **finding.params)}"
        for name, finding in found
    ]


def _checked(terminal: Terminal, report: AnyReport) -> list[str]:
    checked = written_time(report.checked_at, terminal.language)
    return ["", terminal.text("cli.checked_at", moment=checked, policy=report.policy.name)]
