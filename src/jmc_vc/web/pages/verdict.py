"""The page of a verdict, the most important one: the sentence; who, what, by whom and when; then everything else.

What the sentence on top stands on is told by six answers, and below each answer stand the checks that it comes from.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from jmc_vc.sentences import sentence
from jmc_vc.verifying.axes import Axis, Tone
from jmc_vc.verifying.check import Check, Finding, Outcome
from jmc_vc.verifying.not_judged import NOT_JUDGED
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.report_json import besides, next_step
from jmc_vc.verifying.ruling import Verdict
from jmc_vc.verifying.strangers import NOT_REGISTERED, SUSPICIONS
from jmc_vc.verifying.take_in import HandedIn
from jmc_vc.web.pages.filed import filed
from jmc_vc.web.pages.language import language_of
from jmc_vc.web.pages.lapse import lapse
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.shown import shown
from jmc_vc.web.pages.submitted import Again

TONES: Mapping[Verdict, Tone] = {
    Verdict.VALID: Tone.GOOD,
    Verdict.INVALID: Tone.BAD,
    Verdict.INDETERMINATE: Tone.UNKNOWN,
}
CHECKS_OF: Mapping[str, tuple[str, ...]] = {
    "authenticity": ("proof", "key"),
    "integrity": ("parse", "context", "schema", "coverage", "claims"),
    "status": ("status", "validity", "refresh"),
    "accreditedOnAwardDate": ("issuer", "program", "mark", "endorsement"),
    "accreditedNow": (),
    "holder": ("holder", "recipient"),
}
"""Below which answer a check stands: each below one, so that nobody reads the same thing twice."""
_LEADING = ("accreditedOnAwardDate", "accreditedNow", "status", "holder")
_LEADING_WITHOUT_CONTENT = ("authenticity", "integrity")
"""The answers at the head of the page; the second for a credential that nothing may be shown of."""
_ABOUT_ANYTHING = ("authenticity", "integrity", "holder")
"""Answers that count for a forged credential too. It can name any program and any place on any status list, so all
others are given only if the signature was confirmed."""
_TO_BE_DONE = frozenset({"key.revoked_issued_before", "key.revoked_logged_before"})
"""Findings of a valid credential that ask its reader for something: they are told at the head of the page."""
_NOT_CHECKED = "axis.authenticity.not_checked"
_FIRST_SENTENCE = re.compile(r"(.+?[。.])\s*(.*)", re.DOTALL)
OUTCOME_TONES: Mapping[Outcome, Tone] = {
    Outcome.PASS: Tone.GOOD,
    Outcome.FAIL: Tone.BAD,
    Outcome.UNKNOWN: Tone.UNKNOWN,
    Outcome.NOT_APPLICABLE: Tone.NEUTRAL,
}
"""How the finding of a single check is shown, where it stands by itself."""
_BESIDE = ("recipient", "mark")
"""Checks that are told at the head of the page too, where they have something to say."""


def headline(report: Report, language: str) -> tuple[str, tuple[str, ...]]:
    """The verdict's first sentence, which is the page's title, and what it says besides."""
    return two_sentences(sentence(f"verdict.{report.on_top}").in_language(language))


def two_sentences(said: str) -> tuple[str, tuple[str, ...]]:
    """The first sentence, and the rest of them if there are any."""
    split = _FIRST_SENTENCE.fullmatch(said)
    if split is None:
        return said, ()
    first, rest = split.groups()
    return first, (rest,) if rest else ()


def in_a_row(sentences: Iterable[str], language: str) -> str:
    """Sentences one after another, each with the full stop that it lacks where it stands alone."""
    stop, between = ("。", "") if language == "ja" else (".", " ")
    return between.join(each if each.endswith(("。", ".")) else each + stop for each in sentences)


def verdict_page(request: Request, report: Report, again: Again, handed_in: HandedIn) -> HTMLResponse:
    """The page: always 200, for a bad credential is a result and not an error."""
    language = language_of(request)
    content = shown(report, language)
    axes = {axis.id: axis for axis in report.axes}
    return render(
        request,
        "verdict.html",
        private=True,
        script="verdict.js",
        test_data=content is not None and content.test_data,
        **head(report, language),
        again=again,
        shown=content,
        identified=report.summary != "indeterminate",  # then the room is for why, and for trying again
        lapse=lapse(report),
        leading=[axes[name] for name in (_LEADING if content else _LEADING_WITHOUT_CONTENT)],
        beside=[check for check in report.checks if content and check.id in _BESIDE and _applies(check)],
        notes=[note for note in report.notes if note.code not in _told_above(report)],
        endorsements=[each for each in report.endorsements if not each.finding.code.startswith("mark.")],
        groups=[(axis, _checks_below(axis, report)) for axis in report.axes],
        tones=OUTCOME_TONES,
        filed=filed(request, handed_in, report),
    )


def head(report: Report, language: str) -> dict[str, Any]:
    """What stands on top, alone or in a list: the tone, the sentence, what it says besides and why, the time."""
    first, more = headline(report, language)
    reasons = _reasons(report, language)
    suspicion = in_a_row(besides(report, language), language)
    # Why nobody can tell goes before what that does not mean.
    said = (*reasons, *more) if report.summary == "indeterminate" else (suspicion, *more, *reasons)
    return {
        "tone": TONES[report.verdict].value,
        "headline": first,
        "more": tuple(dict.fromkeys(each for each in said if each not in ("", first))),
        "next_step": next_said(report.to_do, language),
        "resembled": report.registered.resembled,
        "checked_at": report.checked_at,
        "worth_trying_again": report.summary == "indeterminate" and report.worth_trying_again,
    }


def _told_above(report: Report) -> frozenset[str]:
    return _TO_BE_DONE | SUSPICIONS if report.besides else _TO_BE_DONE


def next_said(to_do: str, language: str) -> str | None:
    """What to do next."""
    said = next_step(to_do)
    return None if said is None else said.in_language(language)


def _reasons(report: Report, language: str) -> tuple[str, ...]:
    """Why the credential is not valid, sentence by sentence: the answers that say so, or the checks if no answer
    does. Of a valid one, what its reader should do."""
    if report.summary == "issuer_not_registered":
        issuer = report.finding("issuer")
        return () if issuer.code == NOT_REGISTERED else (_said(issuer, language),)  # else all is said on top
    wanted = {Verdict.VALID: None, Verdict.INVALID: Tone.BAD, Verdict.INDETERMINATE: Tone.UNKNOWN}[report.verdict]
    if wanted is None or report.replaced:
        noted = [check.finding for check in report.checks if report.verdict is Verdict.VALID]
        return tuple(_said(each, language) for each in noted if each.code in _TO_BE_DONE)
    outcome = Outcome.FAIL if report.verdict is Verdict.INVALID else Outcome.UNKNOWN
    answers = [
        sentence(axis.code, **axis.params)
        for axis in report.axes
        if axis.tone is wanted and not axis.code.endswith((NOT_JUDGED, ".not_registered"))  # these follow from others
    ]
    decisive = [check for check in report.checks if check.id in report.policy.required]
    findings = [check.finding for check in decisive if check.finding.outcome is outcome]
    findings.sort(key=lambda each: each.code == "coverage.not_checked")  # it follows from another
    told = [sentence(each.code, **each.params) for each in findings if not each.code.endswith(NOT_JUDGED)]
    # A token of which a part was not copied is not first of all a forgery; and a signature that nobody could check has
    # a cause.
    not_checked = outcome is Outcome.UNKNOWN and any(axis.code == _NOT_CHECKED for axis in report.axes)
    by_check = report.finding("parse").outcome is Outcome.FAIL or not_checked
    found = [*told, *answers] if by_check else [*answers, *told]
    if report.summary == "impersonation_suspected":
        found = [sentence(report.finding("issuer").code, **report.finding("issuer").params)]
    said = found[0].in_language(language) if found else ""
    first, rest = two_sentences(said)
    if report.summary == "indeterminate":
        rest = ()  # what to do about it is told below
    return (first, *rest) if said else ()


def _said(finding: Finding, language: str) -> str:
    return sentence(finding.code, **finding.params).in_language(language)


def _applies(check: Check) -> bool:
    return check.finding.outcome is not Outcome.NOT_APPLICABLE


def _checks_below(axis: Axis, report: Report) -> list[Check]:
    judged = report.credential is not None or axis.id in _ABOUT_ANYTHING
    return [check for check in report.checks if judged and check.id in CHECKS_OF[axis.id]]
