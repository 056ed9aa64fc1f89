"""On what terms somebody asks: by which policy, at what time, and what they want to know besides."""

from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.verifying.evidence import Shown
from jmc_vc.verifying.policy import Policy, policy_named
from jmc_vc.verifying.wanted import NOTHING_MORE, Wanted
from jmc_vc.verifying.work import Work


@dataclass(frozen=True, kw_only=True)
class Terms:
    """`policy` requires what is wanted too; `work` is that of the request so far. `shown` tells who showed the
    credential in a presentation, or why nobody can tell; None if it came alone. `today` is the time on the clock where
    `now` is that of evidence which was saved before."""

    policy: Policy
    now: datetime
    work: Work
    wanted: Wanted = NOTHING_MORE
    shown: Shown | None = None
    today: datetime | None = None

    def moment(self, check: str) -> datetime:
        """By what time the check called `check` judges. When a credential ends it says itself: that this has come since
        the evidence was saved needs nobody's word."""
        return self.now if self.today is None or check != "validity" else max(self.now, self.today)


def terms_of(policy: str, *, now: datetime, wanted: Wanted = NOTHING_MORE, work: Work | None = None) -> Terms:
    """The terms of a request. Who asks a question more gets no `valid` without its answer. Raises PolicyUnknown."""
    more = {"recipient"} if wanted.recipient is not None else set()
    if wanted.for_us is not None:
        more.add("holder")
    named = policy_named(policy)
    required = replace(named, required=named.required | more, must_pass=named.must_pass | more) if more else named
    return Terms(policy=required, now=now, work=work or Work(), wanted=wanted)
