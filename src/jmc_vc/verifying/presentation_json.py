"""The report on a presentation as JSON: the members of a credential's report, and `credentials` with one for each.

A credential that could not be read has a report too, which says why.
"""

from jmc_vc.errors import Error
from jmc_vc.sentences import sentence
from jmc_vc.verifying.check import Check
from jmc_vc.verifying.presentation_report import AnyReport, ReportOnPresentation, unread_summary
from jmc_vc.verifying.presentation_ruling import PresentedReport, finding_of
from jmc_vc.verifying.report_json import (
    Json,
    axis_json,
    both,
    check_json,
    finding_json,
    input_json,
    moment_json,
    next_json,
    report_json,
)


def any_report_json(report: AnyReport, language: str = "ja") -> Json:
    """The report on whatever was handed in."""
    if isinstance(report, ReportOnPresentation):
        return presentation_json(report, language)
    return report_json(report, language)


def presentation_json(report: ReportOnPresentation, language: str = "ja") -> Json:
    """`credentials` in their order, each with its `pointer`; all other members are about the presentation."""
    said = sentence(f"verdict.{report.summary}")
    return {
        "verdict": report.verdict.value,
        "summary": {"code": report.summary, **both(said)},
        "next": next_json(report.summary),
        "input": input_json(report.input),
        "checks": [check_json(check) for check in report.checks],
        "endorsements": [],
        "notes": [finding_json(each) for each in report.notes],
        "accreditation": {"onAwardDate": report.on_award_date.value, "now": report.accredited_now.value},
        "axes": [axis_json(axis) for axis in report.axes],
        "credential": None,
        "credentials": [_credential(each, report, language) for each in report.found.credentials],
        "policy": report.policy.name,
        "checkedAt": moment_json(report.checked_at),
        "language": language,
        "text": said.in_language(language),
    }


def _credential(each: PresentedReport, around: ReportOnPresentation, language: str) -> Json:
    if not isinstance(each.report, Error):
        return {"pointer": each.pointer, **report_json(each.report, language)}
    summary, finding = unread_summary(each), finding_of(each.report)
    return {
        "pointer": each.pointer,
        "verdict": each.verdict.value,
        "summary": {"code": summary, **both(sentence(f"verdict.{summary}"))},
        "next": next_json(summary),
        "input": {"form": None, "from": around.input.source.value},
        "checks": [check_json(Check("parse", finding))],
        "endorsements": [],
        "notes": [],
        "accreditation": {"onAwardDate": "unknown", "now": "unknown"},
        "axes": [],
        "credential": None,
        "policy": around.policy.name,
        "checkedAt": moment_json(around.checked_at),
        "language": language,
        "text": sentence(finding.code, **finding.params).in_language(language),
    }
