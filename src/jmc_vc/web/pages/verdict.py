"""The page of a verdict, the most important one: the sentence; who, what, by whom and when; then everything else.

The sentence on top is one of eight. What it stands on is told by six answers, and below each answer stand the checks
that it comes from.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from jmc_vc.bootstrap import Service
from jmc_vc.sentences import sentence
from jmc_vc.verifying.axes import Axis, Tone
from jmc_vc.verifying.check import Check, Finding, Outcome
from jmc_vc.verifying.report import Report, Verdict
from jmc_vc.web.pages.language import language_of
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.shown import shown
from jmc_vc.web.verify_api.gate import through_gate

TONES: Mapping[Verdict, Tone] = {
    Verdict.VALID: Tone.GOOD,
    Verdict.INVALID: Tone.BAD,
    Verdict.INDETERMINATE: Tone.UNKNOWN,
}
CHECKS_OF: Mapping[str, tuple[str, ...]] = {
    "authenticity": ("proof", "key"),
    "integrity": ("parse", "context", "schema", "coverage", "claims"),
    "status": ("status", "validity"),
    "accreditedOnAwardDate": ("issuer", "program"),
    "accreditedNow": (),
    "holder": (),
}
"""Below which answer a check stands: each below one, so that nobody reads the same thing twice."""
_LEADING = ("accreditedOnAwardDate", "accreditedNow", "status", "holder")
_LEADING_WITHOUT_CONTENT = ("authenticity", "integrity")
"""The answers at the head of the page; the second for a credential that nothing may be shown of."""
_ABOUT_ANYTHING = ("authenticity", "integrity", "holder")
"""Answers that count for a forged credential too. It can name any program and any place on any status list, so all
others are given only if the signature was confirmed."""
_TO_BE_DONE = frozenset({"key.revoked_logged_before"})
"""Findings of a valid credential that ask its reader for something: they are told at the head of the page."""
_FIRST_SENTENCE = re.compile(r"(.+?[。.])\s*(.*)", re.DOTALL)
_LARGEST_KEPT = 1_048_576
"""Bytes that a page carries for asking again; as base64 they still fit into a request body of 2 MiB."""


@dataclass(frozen=True)
class Again:
    """How the same credential is verified once more, in the other language for instance: at an address, or by sending
    what was submitted again, which the page itself carries because the service keeps nothing. Both None: not from
    here."""

    address: str | None = None
    kept: str | None = None


def submitted_again(data: bytes) -> Again:
    """For a credential that came with the request."""
    return Again(kept=base64.b64encode(data).decode() if len(data) <= _LARGEST_KEPT else None)


async def verified(request: Request, data: bytes) -> Report:
    """The report on `data`, made in the threads that verification has to itself. Raises what verification raises, and
    TooManyFromOne and Crowded."""
    service: Service = request.app.state.service
    report = await through_gate(request, service.verify, data, now=service.clock())
    request.scope["jmc_vc.told"]["verdict"] = report.verdict.value
    return report


def headline(report: Report, language: str) -> tuple[str, tuple[str, ...]]:
    """The verdict's first sentence, which is the page's title, and what it says besides."""
    said = sentence("verdict.replaced" if report.replaced else f"verdict.{report.summary}").in_language(language)
    first, rest = _FIRST_SENTENCE.fullmatch(said).groups()  # type: ignore[union-attr]  # a test holds all to it
    return first, (rest,) if rest else ()


def verdict_page(request: Request, report: Report, again: Again) -> HTMLResponse:
    """The page: always 200, for a bad credential is a result and not an error."""
    language = language_of(request)
    first, more = headline(report, language)
    content = shown(report, language)
    axes = {axis.id: axis for axis in report.axes}
    return render(
        request,
        "verdict.html",
        private=True,
        test_data=content is not None and content.test_data,
        tone=TONES[report.verdict].value,
        headline=first,
        more=(*more, *_reasons(report, language)),
        checked_at=report.checked_at,
        again=again,
        worth_trying_again=report.summary == "indeterminate",
        shown=content,
        leading=[axes[name] for name in (_LEADING if content else _LEADING_WITHOUT_CONTENT)],
        about_anything=_ABOUT_ANYTHING,
        groups=[(axis, _checks_below(axis, report)) for axis in report.axes],
    )


def _reasons(report: Report, language: str) -> tuple[str, ...]:
    """Why the credential is not valid, sentence by sentence: the answers that say so, or the checks if no answer
    does. Of a valid one, what its reader should do."""
    wanted = {Verdict.VALID: None, Verdict.INVALID: Tone.BAD, Verdict.INDETERMINATE: Tone.UNKNOWN}[report.verdict]
    if wanted is None or report.replaced:
        noted = [check.finding for check in report.checks if report.verdict is Verdict.VALID]
        return tuple(_said(each, language) for each in noted if each.code in _TO_BE_DONE)
    outcome = Outcome.FAIL if report.verdict is Verdict.INVALID else Outcome.UNKNOWN
    answers = [sentence(axis.code, **axis.params) for axis in report.axes if axis.tone is wanted]
    findings = [check.finding for check in report.checks if check.finding.outcome is outcome]
    told = [sentence(finding.code, **finding.params) for finding in findings]
    # What the register does not know is told by the check: "the register could not be checked" would not be true. And a
    # token of which a part was not copied is not first of all a forgery.
    by_check = report.summary == "genuine_not_accredited" or report.finding("parse").outcome is Outcome.FAIL
    found = [*told, *answers] if by_check else [*answers, *told]
    said = found[0].in_language(language) if found else ""
    split = _FIRST_SENTENCE.fullmatch(said)
    return tuple(filter(None, split.groups())) if split else tuple(filter(None, [said]))


def _said(finding: Finding, language: str) -> str:
    return sentence(finding.code, **finding.params).in_language(language)


def _checks_below(axis: Axis, report: Report) -> list[Check]:
    judged = report.credential is not None or axis.id in _ABOUT_ANYTHING
    return [check for check in report.checks if judged and check.id in CHECKS_OF[axis.id]]
