"""`programs import|lint|approve|suspend|reinstate|withdraw|confirm-alignment|list`, and `profile`, which has a file of
its own."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from jmc_vc.accrediting.confirm_alignment import NoSuchAlignment
from jmc_vc.accrediting.lint_program import LintProgram
from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.bootstrap import Service
from jmc_vc.cli import issuing_profile, options
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.files import read_objects
from jmc_vc.cli.opening import login, opened
from jmc_vc.cli.options import AsJson, Data, DryRun, Lang, Number, Reason, Version, Yes
from jmc_vc.cli.terminal import ExitCode, Terminal, both, said_of, terminal_of
from jmc_vc.domain import program
from jmc_vc.domain.accreditation import public_state
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramNotFound, ProgramVersion, RulesBroken, unchecked_alignments
from jmc_vc.domain.program_rule import HourLimits, RuleFinding, Severity
from jmc_vc.domain.vocabulary import VOCABULARIES
from jmc_vc.errors import Conflict, Error
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.sentences import sentence

group = typer.Typer(help="Programs and their accreditation / プログラムと認証", no_args_is_help=True)

_RECORD = re.compile(r"(R-[0-9]{2})=(\S.*)")
_SHOWN = 40
"""Longest number or version that is repeated from a file that may not be one of ours."""

File = Annotated[
    str, typer.Argument(metavar="FILE", help="Description as JSON, or an array of them; - reads standard input.")
]


class AlignmentAmbiguous(Conflict):
    """Several alignments share the code."""

    code = "cli.alignment_ambiguous"


@group.command("import")
def import_programs(
    context: typer.Context,
    *,
    file: File,
    record: Annotated[
        list[str] | None,
        typer.Option(
            "--record", metavar="RULE=REFERENCE", help="A paper on file that a rule asks for; may be repeated."
        ),
    ] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take in program versions; each is taken in or refused by itself / プログラムの版を受け付ける"""  # fmt: skip
    terminal = terminal_of(context)
    records = _records(record or ())
    documents = read_objects(file)
    with opened(data) as service:
        outcomes = [_import(service, document, records) for document in documents]
    for outcome in outcomes if not terminal.as_json else ():
        code = "cli.program_imported" if outcome["imported"] else "cli.program_refused"
        typer.echo(terminal.text(code, number=outcome["number"], version=outcome["version"]))
        if "error" in outcome:
            typer.echo("  " + outcome["error"]["message"][terminal.language])
        for finding in outcome["findings"]:
            typer.echo("  " + _line(terminal, finding))
    if terminal.as_json:
        terminal.show(outcomes)
    if not all(outcome["imported"] for outcome in outcomes):
        raise typer.Exit(ExitCode.REFUSED)


@group.command("lint")
def lint(context: typer.Context, file: File, lang: Lang = None, as_json: AsJson = False) -> None:
    """Look descriptions over before anybody submits them; nothing is stored / 提出前に点検する"""  # fmt: skip
    terminal = terminal_of(context)
    look = LintProgram(limits=HourLimits())
    looked_over = [
        {
            **_named(document),
            "submittable": not any(each.severity is Severity.ERROR for each in findings),
            "findings": [_finding(each) for each in findings],
        }
        for document, findings in ((document, look(document)) for document in read_objects(file))
    ]
    if terminal.as_json:
        terminal.show(looked_over)
    for each in looked_over if not terminal.as_json else ():
        good = "cli.lint_submittable" if each["findings"] else "cli.lint_good"
        said = terminal.text(good if each["submittable"] else "cli.lint_not_submittable")
        typer.echo(f"{each['number']} v{each['version']}  {said}")
        for finding in each["findings"]:
            typer.echo("  " + _line(terminal, finding))
    if not all(each["submittable"] for each in looked_over):
        raise typer.Exit(ExitCode.REFUSED)


@group.command("approve")
def approve(
    context: typer.Context,
    *,
    number: Number,
    version: Version,
    first: Annotated[date, typer.Option("--from", metavar="DATE", parser=options.day, help="First day, in Japan.")],
    last: Annotated[date, typer.Option("--until", metavar="DATE", parser=options.day, help="Last day, included.")],
    decision: Annotated[str, typer.Option("--decision", metavar="NO", help="Decision number, as JMC-D-2026-0001.")],
    decided: Annotated[
        date | None,
        typer.Option("--decided", metavar="DATE", parser=options.day, help="Day of the committee's decision; today."),
    ] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Record the accreditation of a version / 認証を記録する"""
    terminal = terminal_of(context)
    with opened(data) as service:
        approved = service.approve_program(
            number,
            version,
            effective_from=first,
            effective_until=last,
            decision=decision,
            decided_on=decided,
            actor=login(),
            now=service.clock(),
        )
        said = terminal.text(
            "cli.program_approved", number=number, version=version, first=first, last=last, decision=decision
        )
        terminal.show(_row(approved, (), service), said)


@group.command("suspend")
def suspend(
    context: typer.Context,
    *,
    number: Number,
    version: Version,
    reason: Reason,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Suspend an accreditation / 認証を一時停止する"""
    with opened(data) as service:
        _sanction(context, service, Sanction.SUSPEND, number=number, version=version, reason=reason)


@group.command("reinstate")
def reinstate(
    context: typer.Context,
    *,
    number: Number,
    version: Version,
    reason: Reason,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Lift the suspension of an accreditation / 一時停止を解除する"""
    with opened(data) as service:
        _sanction(context, service, Sanction.REINSTATE, number=number, version=version, reason=reason)


@group.command("withdraw")
def withdraw(
    context: typer.Context,
    *,
    number: Number,
    version: Version,
    reason: Reason,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Withdraw an accreditation, for good / 認証を取り消す"""
    terminal = terminal_of(context)
    with opened(data) as service:
        plan = terminal.text("cli.withdraw_plan", number=number, version=version)
        if dry_run:
            would = program.withdraw(_find(service, number, version), service.clock())
            terminal.show(_row(would, (), service) | {"dryRun": True}, plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, plan, number, yes=yes)
        _sanction(context, service, Sanction.WITHDRAW, number=number, version=version, reason=reason)


@group.command("confirm-alignment")
def confirm_alignment(
    context: typer.Context,
    *,
    number: Number,
    version: Version,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", parser=options.line, help="What was looked up where.")],
    target: Annotated[
        str | None, typer.Argument(metavar="TARGET_URL", help="The alignment's target; or give --code.")
    ] = None,
    code: Annotated[str | None, typer.Option("--code", metavar="CODE", help="The target's code, as B1.")] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Record that somebody looked up a framework node / 枠組みとの対応の確認を記録する"""
    terminal = terminal_of(context)
    if (target is None) == (code is None):
        raise typer.BadParameter("TARGET_URL / --code")
    with opened(data) as service:
        url = target if target is not None else _target_of(_find(service, number, version), str(code))
        confirmed = service.confirm_alignment(number, version, url, note=note, actor=login(), now=service.clock())
        said = terminal.text("cli.alignment_confirmed", number=number, version=version, target=url)
        terminal.show(_row(confirmed, (), service), said)


group.command("profile")(issuing_profile.profile)


@group.command("list")
def list_programs(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List all program versions, also those under review / プログラムの版の一覧"""
    terminal = terminal_of(context)
    with opened(data) as service:
        versions = service.list_programs()
        rows = [_row(each, [v for v in versions if v.number == each.number], service) for each in versions]
    lines = [
        f"{row['number']} v{row['version']}  {row['label'][terminal.language]}  "
        + (f"{row['effectiveFrom']}–{row['effectiveUntil']}  " if row["decision"] else "")
        + f"{row['issuer']}  {row['title'][terminal.language]}"
        for row in rows
    ]
    terminal.show(rows, *(lines or [terminal.text("cli.none")]))


def _sanction(
    context: typer.Context, service: Service, sanction: Sanction, *, number: str, version: str, reason: str
) -> None:
    terminal = terminal_of(context)
    moved = service.sanction_program(number, version, sanction, reason=reason, actor=login(), now=service.clock())
    terminal.show(_row(moved, (), service), terminal.text(f"cli.program_{sanction}", number=number, version=version))


def _import(service: Service, document: JsonObject, records: Mapping[str, str]) -> dict[str, Any]:
    named = _named(document)
    try:
        version, advice = service.import_program(document, records=records, actor=login(), now=service.clock())
    except RulesBroken as refusal:
        return {
            **named,
            "imported": False,
            "error": _error(refusal),
            "findings": [_finding(f) for f in refusal.findings],
        }
    except Error as refusal:
        return {**named, "imported": False, "error": _error(refusal), "findings": []}
    return {
        **named,
        "imported": True,
        "contentDigest": version.content_digest,
        "state": version.state.value,
        "findings": [_finding(each) for each in advice],
    }


def _records(given: Sequence[str]) -> Mapping[str, str]:
    found = [_RECORD.fullmatch(each) for each in given]
    if not all(found):
        raise typer.BadParameter("--record R-12=…")
    return {each[1]: each[2] for each in found if each is not None}


def _find(service: Service, number: str, version: str) -> ProgramVersion:
    with service.database.read() as snapshot:
        found = snapshot.programs.get(number, version)
    if found is None:
        raise ProgramNotFound
    return found


def _target_of(version: ProgramVersion, code: str) -> str:
    targets = {each["targetUrl"] for each in unchecked_alignments(version) if each.get("targetCode") == code}
    if not targets:
        raise NoSuchAlignment
    if len(targets) > 1:
        raise AlignmentAmbiguous
    return str(targets.pop())


def _named(document: JsonObject) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str) and value.isprintable() and len(value) <= _SHOWN else "?"
        for name, value in (("number", document.get("programNumber")), ("version", document.get("version")))
    }


def _error(refusal: Error) -> dict[str, Any]:
    return {"code": refusal.code, "pointer": refusal.pointer, "message": both(said_of(refusal))}


def _finding(finding: RuleFinding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "pointer": finding.pointer,
        "message": both(sentence(finding.code, **finding.params)),
    }


def _line(terminal: Terminal, finding: Mapping[str, Any]) -> str:
    place = f" ({finding['pointer']})" if finding["pointer"] else ""
    return f"{finding['severity']:6}  {finding['rule']}  {finding['message'][terminal.language]}{place}"


def _row(version: ProgramVersion, siblings: Sequence[ProgramVersion], service: Service) -> dict[str, Any]:
    approval = version.approval
    if approval is None:
        state, label = version.state.value, VOCABULARIES["program-state"][version.state]
    else:
        shown = public_state(version, jst_day(service.clock()), siblings)
        state, label = shown.value, VOCABULARIES["public-state"][shown]
    return {
        "number": version.number,
        "version": version.version,
        "issuer": version.issuer,
        "title": dict(version.content["title"]),
        "state": state,
        "label": {"ja": label.ja, "en": label.en},
        "effectiveFrom": None if approval is None else approval.effective_from.isoformat(),
        "effectiveUntil": None if approval is None else approval.effective_until.isoformat(),
        "decision": None if approval is None else approval.decision,
        "decidedOn": None if approval is None else approval.decided_on.isoformat(),
        "contentDigest": version.content_digest,
    }
