"""The page of a presentation: one sentence over all, who presents, and each credential with a verdict of its own."""

from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse

from jmc_vc.errors import Error
from jmc_vc.sentences import sentence
from jmc_vc.verifying.presentation_report import ReportOnPresentation, unread_summary
from jmc_vc.verifying.presentation_ruling import NothingPresented, PresentedReport, finding_of
from jmc_vc.verifying.ruling import Verdict
from jmc_vc.verifying.take_in import HandedIn
from jmc_vc.verifying.verify_presentation import NotBound
from jmc_vc.web.pages.filed import filed
from jmc_vc.web.pages.language import language_of
from jmc_vc.web.pages.lapse import Lapse, lapse
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.shown import Shown, shown
from jmc_vc.web.pages.submitted import Again, again_with
from jmc_vc.web.pages.verdict import TONES, head, next_said, two_sentences

_NOT_FOR_PAGES = frozenset({NotBound.code, NothingPresented.code})
"""What a program could have asked for, and a form cannot; and what the heading says already."""


@dataclass(frozen=True)
class Entry:
    """One credential in the list: what stands on top of its own page, what may be shown of it, how to get there,
    and its state if it is not valid."""

    head: dict[str, Any]
    shown: Shown | None
    alone: Again
    lapse: Lapse | None


def presentation_page(
    request: Request, report: ReportOnPresentation, again: Again, handed_in: HandedIn
) -> HTMLResponse:
    """The page: always 200, like that of one credential."""
    language = language_of(request)
    verdicts = [each.verdict for each in report.found.credentials]
    entries = entries_of(report, language)
    first, more = headline_of(report, language)
    return render(
        request,
        "presentation.html",
        private=True,
        script="verdict.js",
        test_data=any(each.shown is not None and each.shown.test_data for each in entries),
        tone=TONES[report.verdict].value,
        headline=first,
        more=list(more),
        next_step=next_said(report.summary, language),
        counts={each.value: verdicts.count(each) for each in Verdict},
        checked_at=report.checked_at,
        worth_trying_again=any(each.head["worth_trying_again"] for each in entries),
        again=again,
        entries=entries,
        report=report,
        findings=list({check.finding.code: check.finding for check in report.checks}.values()),
        notes=[note for note in report.notes if note.code not in _NOT_FOR_PAGES],
        holder=report.axes[0],
        filed=filed(request, handed_in, report),
    )


def headline_of(report: ReportOnPresentation, language: str) -> tuple[str, tuple[str, ...]]:
    """The sentence over all, and what it says besides and why."""
    said = sentence(f"verdict.{report.summary}")
    first, rest = two_sentences(said.in_language(language))
    faults = (finding_of(fault) for fault in report.found.faults)
    why = (sentence(each.code, **each.params).in_language(language) for each in faults)
    return first, tuple(dict.fromkeys((*rest, *why)))


def entries_of(report: ReportOnPresentation, language: str) -> tuple[Entry, ...]:
    """Each credential, in the order in which they are shown."""
    return tuple(_entry(each, language) for each in report.found.credentials)


def _entry(each: PresentedReport, language: str) -> Entry:
    # It came inside other bytes, which were read strictly: written again it reads as the very same.
    alone = again_with(orjson.dumps(each.document))
    if not isinstance(each.report, Error):
        return Entry(head(each.report, language), shown(each.report, language), alone, lapse(each.report))
    finding, summary = finding_of(each.report), unread_summary(each)
    first, rest = two_sentences(sentence(f"verdict.{summary}").in_language(language))
    why = sentence(finding.code, **finding.params).in_language(language)
    told = {
        "tone": TONES[each.verdict].value,
        "headline": first,
        "more": (*rest, why),
        "next_step": next_said(summary, language),
        "worth_trying_again": False,
    }
    return Entry(told, None, Again(), None)
