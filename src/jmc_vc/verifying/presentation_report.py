"""The report on a presentation as it is told: its own two checks, and a report on each credential.

Of the presentation itself is asked whether its proof is right and whether the holder made it for us. All the rest is
asked of each credential.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from jmc_vc.errors import Error
from jmc_vc.verifying.axes import Answer, Axis, Tone
from jmc_vc.verifying.check import Check, Failed, Finding, Passed, Unknown, failed, passed, unknown
from jmc_vc.verifying.input import Input
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.ruling import Verdict
from jmc_vc.verifying.undecided import could_not_check
from jmc_vc.verifying.verify_presentation import PresentationReport, PresentedReport


@dataclass(frozen=True, kw_only=True)
class ReportOnPresentation:
    """What was found of a presentation, and in what form it came. It has no word of accreditation of its own."""

    input: Input
    found: PresentationReport

    @property
    def verdict(self) -> Verdict:
        """Over the presentation and all that it shows. Of one that shows nothing, nothing is found to be good."""
        if not self.found.credentials and self.found.verdict is Verdict.VALID:
            return Verdict.INDETERMINATE
        return self.found.verdict

    @property
    def summary(self) -> str:
        """The code of the sentence on top."""
        return "presentation_empty" if self.verdict is not self.found.verdict else f"presentation_{self.verdict.value}"

    @property
    def policy(self) -> Policy:
        """That of its credentials."""
        return self.found.policy

    @property
    def checked_at(self) -> datetime:
        """When it was looked at."""
        return self.found.checked_at

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What was not asked for, and should be known."""
        return tuple({each.code: passed(each.code, **each.params) for each in self.found.warnings}.values())

    @property
    def checks(self) -> tuple[Check, ...]:
        """`proof`: is it signed rightly, by the holder that it names? `holder`: did the holder of all that it shows
        make it, for us?"""
        if self.found.faults:
            fault = finding_of(self.found.faults[0])
            return (Check("proof", fault), Check("holder", fault))
        return (Check("proof", passed("vp.proof_verified")), Check("holder", self._holder()))

    def _holder(self) -> Finding:
        reports = (each.report for each in self.found.credentials)
        findings = [each.finding("holder") for each in reports if isinstance(each, Report)]
        for kind in (Failed, Unknown, Passed):
            found = next((each for each in findings if isinstance(each, kind)), None)
            if found is not None:
                return found
        return unknown("holder.not_read")

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The one answer that is about the presentation."""
        outcome = {Passed: (Tone.GOOD, "good"), Failed: (Tone.BAD, "bad")}
        tone, answer = outcome.get(type(self.checks[-1].finding), (Tone.NEUTRAL, "unknown"))
        return (Axis(id="holder", tone=tone, code=f"axis.holder.{answer}", params={}),)

    on_award_date = Answer.NOT_APPLICABLE
    accredited_now = Answer.NOT_APPLICABLE


AnyReport: TypeAlias = Report | ReportOnPresentation


def finding_of(error: Error) -> Finding:
    """An error as what a check finds."""
    return (unknown if could_not_check(error) else failed)(error.code, **error.params)


def unread_summary(each: PresentedReport) -> str:
    """The code of the sentence on top of a credential that there was nothing to report on."""
    return "indeterminate" if each.verdict is Verdict.INDETERMINATE else "not_trustworthy"
