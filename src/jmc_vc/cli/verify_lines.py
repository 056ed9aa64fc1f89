"""A report in words for a terminal: the verdict and why, whose it is, what, by whom and when, what to do next; then
the six answers and each check. It says what the page of the verdict says, in the same words and under the same rules:
nothing of a credential is told that was not verified (SR-2), and what strangers wrote is told as it can be seen.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from jmc_vc.cli.terminal import Terminal
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.errors import Error, Param
from jmc_vc.sentences import sentence, written_date, written_time
from jmc_vc.verifying.axes import Tone
from jmc_vc.verifying.check import Finding, Outcome
from jmc_vc.verifying.presentation_report import AnyReport, ReportOnPresentation, unread_summary
from jmc_vc.verifying.presentation_ruling import finding_of
from jmc_vc.verifying.report import Report
from jmc_vc.web.pages.shown import Shown, shown
from jmc_vc.web.pages.shown_text import MOST, WHOLE, displayable
from jmc_vc.web.pages.verdict import head, next_said, two_sentences

# A sign and never a color alone.
_TONES: Mapping[Tone, str] = {Tone.GOOD: "✓", Tone.BAD: "✗", Tone.UNKNOWN: "?", Tone.NEUTRAL: "–"}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PASS: "✓",
    Outcome.FAIL: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.NOT_APPLICABLE: "–",
}
_COLON: Mapping[str, str] = {"ja": "：", "en": ": "}
_DETAIL = "    "
"""Before what is told of the line above."""


def report_lines(terminal: Terminal, report: AnyReport) -> list[str]:
    """All that is told of `report`."""
    told = (
        _of_presentation(terminal, report)
        if isinstance(report, ReportOnPresentation)
        else _of_credential(terminal, report)
    )
    policy = report.policy.name
    return [
        *told,
        "",
        _line(terminal, "cli.checked_at", moment=written_time(report.checked_at, terminal.language)),
        _line(terminal, "cli.checked_under", name=_line(terminal, f"policy.{policy}.title"), policy=policy),
    ]


def _of_presentation(terminal: Terminal, report: ReportOnPresentation) -> Iterator[str]:
    """What was found of the presentation itself, and then of each credential."""
    found = report.found
    first, rest = two_sentences(terminal.text(f"verdict.{report.summary}"))
    why = [_said(terminal, finding_of(fault)) for fault in found.faults]
    yield from _top(first, [*why, *rest])
    yield from _next(terminal, next_said(report.summary, terminal.language))
    yield from ("", terminal.text("cli.checks"))
    yield from _checks(terminal, ((check.id, check.id, check.finding) for check in report.checks))
    for number, each in enumerate(found.credentials, start=1):
        yield ""
        yield _line(terminal, "cli.presented", number=number, count=len(found.credentials), pointer=each.pointer)
        if isinstance(each.report, Error):
            yield from _unread(terminal, finding_of(each.report), unread_summary(each))
        else:
            yield from _of_credential(terminal, each.report)


def _unread(terminal: Terminal, why: Finding, summary: str) -> Iterator[str]:
    """Of a credential that there was nothing to report on."""
    first, rest = two_sentences(terminal.text(f"verdict.{summary}"))
    yield from _top(_titled(terminal, summary, first), [_said(terminal, why), *rest])
    yield ""
    yield terminal.text("cli.content_withheld")
    yield from _next(terminal, next_said(summary, terminal.language))


def _of_credential(terminal: Terminal, report: Report) -> Iterator[str]:
    top = head(report, terminal.language)
    yield from _top(_titled(terminal, report.on_top, top["headline"]), top["more"])
    yield ""
    content = shown(report, terminal.language)
    if content is None:
        yield terminal.text("cli.content_withheld")
    else:
        yield from _who_what_whom_when(terminal, content)
    yield from _next(terminal, top["next_step"])
    yield from ("", terminal.text("cli.axes"))
    for axis in report.axes:
        title, answer = _line(terminal, f"axis.{axis.id}.title"), terminal.text(axis.code, **axis.params)
        yield f"  {_TONES[axis.tone]} {title}{_COLON[terminal.language]}{answer}"
    yield from ("", terminal.text("cli.checks"))
    yield from _checks(terminal, ((check.id, check.id, check.finding) for check in report.checks))
    endorsements = ((each.finding.code.partition(".")[0], each) for each in report.endorsements)
    yield from _checks(terminal, ((check, each.pointer, each.finding) for check, each in endorsements))


def _titled(terminal: Terminal, summary: str, first: str) -> str:
    """The verdict in a word, and in a sentence; only that if it begins with the word."""
    title = _line(terminal, f"verdict.{summary}.title")
    return first if first.startswith(title) else f"{title}{_COLON[terminal.language]}{first}"


def _top(first: str, more: Iterable[str]) -> Iterator[str]:
    yield _visible(first)
    for each in dict.fromkeys(more):
        yield f"{_DETAIL}{_visible(each)}"


def _next(terminal: Terminal, step: str | None) -> Iterator[str]:
    if step is not None:
        yield from ("", _line(terminal, "cli.next", step=step))


def _who_what_whom_when(terminal: Terminal, content: Shown) -> Iterator[str]:
    line, name = partial(_line, terminal), content.name
    yield line("cli.holder", name=name.text) if name else line("cli.holder_unnamed")
    if name and name.readings:
        yield _DETAIL + " / ".join(name.readings)
    yield line("cli.credential", title=displayable(content.title, most=MOST))
    program = content.program
    yield _DETAIL + (
        line("cli.program_version", number=program.number, version=program.version)
        if program
        else line("cli.in_its_own_words")
    )
    yield line("cli.awarding_body", name=displayable(content.issuer_name, most=MOST))
    if content.issuer:
        yield _DETAIL + line("cli.register_number", number=content.issuer.number)
    else:
        yield _DETAIL + line("cli.by_its_own_account")
        yield _DETAIL + line("cli.signer", id=displayable(content.issuer_id, most=MOST))
    yield line("cli.award_date", date=written_date(jst_day(content.awarded), terminal.language))
    if content.altered:
        yield line("cli.hidden_characters")
    if content.test_data:
        yield line("cli.test_data")


def _checks(terminal: Terminal, found: Iterable[tuple[str, str, Finding]]) -> Iterator[str]:
    """Check, what tells it from others of its kind, and what was found."""
    for check, place, finding in found:
        name, said = _line(terminal, f"check.{check}"), _said(terminal, finding)
        code = f"（{place}）" if terminal.language == "ja" else f" ({place})"
        yield f"  {_OUTCOMES[finding.outcome]} {name}{code}{_COLON[terminal.language]}{said}"


def _line(terminal: Terminal, code: str, **params: Param) -> str:
    """A sentence around what can be seen as it is: our own words, and strangers' as they are displayed."""
    return sentence(code, **params).in_language(terminal.language)


def _said(terminal: Terminal, finding: Finding) -> str:
    return terminal.text(finding.code, **finding.params)


def _visible(text: str) -> str:
    return displayable(text, most=WHOLE)
