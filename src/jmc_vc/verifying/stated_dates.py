"""When a credential says to have been signed, where nobody else can tell: an issuer's own keys sign what we never see.

The issuer writes these dates and may write any. So they prove nothing for it, but they count against it: what says to
be of a time at which the issuer or the program did not count, does not count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from jmc_vc.domain.japan_time import jst_day
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.verifying.evidence import ProofEvidence, Suspended


@dataclass(frozen=True, kw_only=True)
class StatedDates:
    """`made` is what the signatures say, `signed` the latest of that and the beginning of the validity, to the second.
    An award has a day in Japan, of which nobody means the hour."""

    made: tuple[datetime, ...]
    signed: datetime
    awarded: date

    def after(self, moment: datetime) -> bool:
        """At `moment` or later; of an award, on a later day."""
        return self.signed >= moment or self.awarded > jst_day(moment)

    def during(self, suspension: Suspended) -> bool:
        """Signed between its beginning and its end. An award of such a day alone speaks against nobody, as it may be
        signed when the suspension is lifted; but one of a day after the signature is as good as a signature then."""
        if suspension.until is None:
            return self.after(suspension.since)
        if any(suspension.since <= each < suspension.until for each in (*self.made, self.signed)):
            return True
        later = self.awarded > jst_day(self.signed)
        return later and jst_day(suspension.since) < self.awarded < jst_day(suspension.until)

    def first(self, suspensions: Iterable[Suspended]) -> Suspended | None:
        """The first of `suspensions` during which it was signed."""
        return next((each for each in suspensions if self.during(each)), None)


def stated_dates(credential: OpenBadgeCredential, proofs: Iterable[ProofEvidence]) -> StatedDates:
    """Those of `credential` under its `proofs`."""
    made = tuple(each.made for each in proofs if each.made is not None)
    return StatedDates(
        made=made,
        signed=max((credential.valid_from.instant, *made)),
        awarded=jst_day((credential.awarded_date or credential.valid_from).instant),
    )
