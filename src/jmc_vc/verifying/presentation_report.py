"""The report on a presentation as it is told: its own checks, and a report on each credential.

Of the presentation itself is asked whether its proof is right and whether the holder made it for us. All the rest is
asked of each credential, and summed up.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from jmc_vc.verifying.axes import Answer, Axis, holder_axis
from jmc_vc.verifying.check import Check, Finding, passed
from jmc_vc.verifying.input import Input
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presentation_ruling import PresentationReport, PresentedReport
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.ruling import Verdict


@dataclass(frozen=True, kw_only=True)
class ReportOnPresentation:
    """What was found of a presentation, and in what form it came. It has no word of accreditation of its own."""

    input: Input
    found: PresentationReport

    @property
    def verdict(self) -> Verdict:
        """Over the presentation and all that it shows."""
        return self.found.verdict

    @property
    def summary(self) -> str:
        """The code of the sentence on top."""
        if self.verdict is not Verdict.INVALID and not self.found.credentials:
            return "presentation_empty"
        technical = self.verdict is Verdict.VALID and self.policy.is_technical
        return f"presentation_{self.verdict.value}{'_technical' if technical else ''}"

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
        """Those of the presentation itself. What the recipient is of each credential is told there."""
        return self.found.checks

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The one answer that is about the presentation."""
        return (holder_axis(self.checks[-1].finding),)

    on_award_date = Answer.NOT_APPLICABLE
    accredited_now = Answer.NOT_APPLICABLE


AnyReport: TypeAlias = Report | ReportOnPresentation


def unread_summary(each: PresentedReport) -> str:
    """The code of the sentence on top of a credential that there was nothing to report on."""
    return "indeterminate" if each.verdict is Verdict.INDETERMINATE else "not_trustworthy"
