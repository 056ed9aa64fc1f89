"""The verification pipeline: bytes in, a report out.

1. Detect what the bytes are, and take the credential out of its picture, or from where a code or link of ours leads.
2. Parse into `Presented`, inside limits.
3. Fetch what lies on other hosts, all at once (`outside`).
4. Gather evidence: keys, status, register.
5. Judge: each check in CHECKS.
6. Report: findings become a verdict with reasons.
7. Where the issuer offers a newer version of what is genuine, all of it once more for that (`refresh`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from jmc_vc.verifying.check import Check
from jmc_vc.verifying.checks import CHECKS
from jmc_vc.verifying.detect import Detected, detect
from jmc_vc.verifying.evidence import Evidence, Refreshed
from jmc_vc.verifying.fetch_outside import FetchOutside
from jmc_vc.verifying.input import Input
from jmc_vc.verifying.outside import NOTHING, Needs, Outside, Steps, obtain
from jmc_vc.verifying.presented import Asked, Presented, read_presented
from jmc_vc.verifying.refresh import newest
from jmc_vc.verifying.report import Report, report
from jmc_vc.verifying.shown import shown
from jmc_vc.verifying.take_in import HandedIn, TakeIn
from jmc_vc.verifying.terms import Terms, terms_of
from jmc_vc.verifying.wanted import NOTHING_MORE, Wanted
from jmc_vc.verifying.work import Work


class Gathers(Protocol):
    """What gathers evidence: from an installation, or from a bundle."""

    def needs(self, presented: Presented) -> Needs: ...
    def __call__(
        self, presented: Presented, outside: Outside, terms: Terms, refreshed: Refreshed | None = None
    ) -> Evidence: ...


@dataclass(frozen=True, kw_only=True)
class Verify:
    """Verify one credential under a policy. A bad credential is a report; an error means that there was nothing to
    check."""

    take_in: TakeIn
    gather: Gathers
    fetch_outside: FetchOutside

    def __call__(
        self, data: HandedIn, *, policy: str = "default", now: datetime, wanted: Wanted = NOTHING_MORE
    ) -> Report:
        """The report on `data`, what it needs fetched on the spot. Raises Malformed, TooLarge, Unsupported or
        Unacceptable for what is no credential, and PolicyUnknown."""
        return self.fetch_outside.until_finished(self.steps(data, policy=policy, now=now, wanted=wanted))

    def steps(
        self,
        data: HandedIn,
        *,
        policy: str = "default",
        now: datetime,
        wanted: Wanted = NOTHING_MORE,
        work: Work | None = None,
    ) -> Steps[Report]:
        """The same for who fetches elsewhere than on the spot. `work` is that of the request so far, when it asks about
        more than this."""
        terms = terms_of(policy, now=now, wanted=wanted, work=work)
        detected = yield from self.take_in(data, now=now)  # 1
        return (yield from self.answer(self.read_detected(detected), terms))  # 2

    def answer(self, asked: Asked, terms: Terms, *, known: Outside = NOTHING) -> Steps[Report]:
        """The report on what was read, from step 3 on; `known` was fetched before."""
        outside = known | (yield from obtain(self.needs(asked).besides(known)))  # 3
        found = self.judge(asked, outside, terms)  # 4, 5, 6
        return (yield from newest(self, asked, outside, found, terms))  # 7

    def read(self, data: bytes) -> Asked:
        """What `data`, a credential by itself or baked into a picture, asks about. Raises as `__call__` does."""
        return self.read_detected(detect(data))

    @staticmethod
    def read_detected(detected: Detected) -> Asked:
        """The same of what was taken out of its picture already."""
        presented = read_presented(detected)
        return Asked(presented, Input(form=presented.form, source=detected.source, data=detected.data))

    def needs(self, asked: Asked) -> Needs:
        """What other hosts have to say about it; nothing for credentials of our own."""
        return self.gather.needs(asked.presented)

    def judge(self, asked: Asked, outside: Outside, terms: Terms, *, refreshed: Refreshed | None = None) -> Report:
        """The report, by what was fetched. Nothing here waits for anybody."""
        presented, policy, now = asked.presented, terms.policy, terms.now
        evidence = replace(
            self.gather(presented, outside, terms, refreshed),
            recipient=terms.wanted.recipient,
            holder_asked=terms.wanted.for_us is not None,
            shown=shown(presented, terms),
        )
        checks = tuple(Check(name, check(presented, evidence, policy, terms.moment(name))) for name, check in CHECKS)
        return report(asked, evidence, checks, policy, now)
