"""Verifying without a network and without an installation: the same pipeline, on what a bundle has.

The verdict is as of the moment at which the bundle was made: what happened since then, a revocation above all, nobody
can tell from it. One thing is told by the clock: that a credential has reached the end that it states itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.verifying.bundled import OpenedBundle
from jmc_vc.verifying.evidence import Refreshed
from jmc_vc.verifying.fetch_outside import FetchOutside
from jmc_vc.verifying.gather_bundled import GatherFromBundle, NoNetwork
from jmc_vc.verifying.links import LinkToNothing, OwnKind
from jmc_vc.verifying.open_link import OpenLink
from jmc_vc.verifying.outside import Outside
from jmc_vc.verifying.presented import Asked
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.take_in import TakeIn
from jmc_vc.verifying.terms import Terms
from jmc_vc.verifying.verify import Verify


@dataclass(frozen=True, kw_only=True)
class VerifyOffline(Verify):
    """The pipeline over a bundle; its `now` is the moment at which that was made, and `today` what the clock says."""

    today: datetime

    def judge(self, asked: Asked, outside: Outside, terms: Terms, *, refreshed: Refreshed | None = None) -> Report:
        """As of the bundle, but for the credential's own end."""
        return super().judge(asked, outside, replace(terms, today=self.today), refreshed=refreshed)


def offline(bundle: OpenedBundle, *, today: datetime) -> VerifyOffline:
    """The pipeline over `bundle`. It opens no connection: there is nothing in it that could."""

    def opened(uuid: str, _: datetime) -> bytes:
        if bundle.credential_id != f"{bundle.site.base_url}/credentials/{uuid}":
            raise LinkToNothing
        return bundle.primary

    return VerifyOffline(
        take_in=TakeIn(site=bundle.site, open_link=OpenLink({OwnKind.CREDENTIAL: opened})),
        gather=GatherFromBundle(bundle),
        fetch_outside=FetchOutside(NoNetwork()),
        today=today,
    )
