"""Verify whatever somebody hands in: one credential, or a presentation of several. What it is, its bytes say."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.verifying.input import Form, Input
from jmc_vc.verifying.outside import Steps
from jmc_vc.verifying.presentation_report import AnyReport, ReportOnPresentation
from jmc_vc.verifying.presented import presentation_in
from jmc_vc.verifying.take_in import HandedIn
from jmc_vc.verifying.terms import terms_of
from jmc_vc.verifying.verify import Verify
from jmc_vc.verifying.verify_presentation import VerifyPresentation
from jmc_vc.verifying.wanted import NOTHING_MORE, Wanted


@dataclass(frozen=True, kw_only=True)
class VerifyHandedIn:
    """Verify it under a policy, and answer what is `wanted` besides."""

    verify: Verify
    verify_presentation: VerifyPresentation

    def __call__(
        self, data: HandedIn, *, policy: str = "default", now: datetime, wanted: Wanted = NOTHING_MORE
    ) -> AnyReport:
        """The report, what it needs fetched on the spot. Raises as `Verify` and `VerifyPresentation` do."""
        return self.verify.fetch_outside.until_finished(self.steps(data, policy=policy, now=now, wanted=wanted))

    def steps(
        self, data: HandedIn, *, policy: str = "default", now: datetime, wanted: Wanted = NOTHING_MORE
    ) -> Steps[AnyReport]:
        """The same for who fetches elsewhere than on the spot."""
        terms = terms_of(policy, now=now, wanted=wanted)
        detected = yield from self.verify.take_in(data, now=now)
        presented = presentation_in(detected)
        if presented is None:
            return (yield from self.verify.answer(self.verify.read_detected(detected), terms))
        found = yield from self.verify_presentation.steps(
            presented, expected=wanted.for_us or Expected(), policy=policy, now=now, wanted=wanted
        )
        return ReportOnPresentation(
            input=Input(form=Form.PRESENTATION, source=detected.source, data=detected.data), found=found
        )
