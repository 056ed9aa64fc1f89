"""Verifying without a network and without an installation: the same pipeline, on what a bundle has.

The verdict is as of the moment at which the bundle was made: what happened since then, a revocation above all, nobody
can tell from it. One thing is told by the clock: that a credential has reached the end that it states itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.status.token_status_list import TokenStatusReference
from jmc_vc.verifying.bundled import OpenedBundle
from jmc_vc.verifying.evidence import Refreshed
from jmc_vc.verifying.fetch_outside import FetchOutside
from jmc_vc.verifying.gather_bundled import GatherFromBundle, NoNetwork
from jmc_vc.verifying.links import OwnKind
from jmc_vc.verifying.open_link import OpenLink
from jmc_vc.verifying.outside import NOTHING, Outside, Steps
from jmc_vc.verifying.presented import Asked, Presented
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.take_in import TakeIn
from jmc_vc.verifying.terms import Terms
from jmc_vc.verifying.verify import Verify


class OtherCredential(Unacceptable):
    """The bundle is that of another credential: of this one it knows neither the state nor the record of its issue."""

    code = "bundle.other_credential"


@dataclass(frozen=True, kw_only=True)
class VerifyOffline(Verify):
    """The pipeline over a bundle; its `now` is the moment at which that was made, and `today` what the clock says."""

    bundle: OpenedBundle
    today: datetime

    def answer(self, asked: Asked, terms: Terms, *, known: Outside = NOTHING) -> Steps[Report]:
        """As ever; of another credential than the bundle's nothing is judged. Raises OtherCredential."""
        if _is_another(asked.presented, self.bundle):
            raise OtherCredential
        return (yield from super().answer(asked, terms, known=known))

    def judge(self, asked: Asked, outside: Outside, terms: Terms, *, refreshed: Refreshed | None = None) -> Report:
        """As of the bundle, but for the credential's own end."""
        return super().judge(asked, outside, replace(terms, today=self.today), refreshed=refreshed)


def offline(bundle: OpenedBundle, *, today: datetime) -> VerifyOffline:
    """The pipeline over `bundle`. It opens no connection: there is nothing in it that could."""

    def opened(uuid: str, _: datetime) -> bytes:
        if bundle.credential_id != f"{bundle.site.base_url}/credentials/{uuid}":
            raise OtherCredential
        return bundle.primary

    return VerifyOffline(
        take_in=TakeIn(site=bundle.site, open_link=OpenLink({OwnKind.CREDENTIAL: opened})),
        gather=GatherFromBundle(bundle),
        fetch_outside=FetchOutside(NoNetwork()),
        bundle=bundle,
        today=today,
    )


def _is_another(presented: Presented, bundle: OpenedBundle) -> bool:
    """By its id; or where a holder keeps that back, by its place in the list of states. What tells neither is judged
    for what it is."""
    if "id" in presented.document:
        return presented.document["id"] != bundle.credential_id
    own = (bundle.site.token_status_list(bundle.list_number), bundle.index)
    places = [(each.list_url, each.index) for each in presented.statuses if isinstance(each, TokenStatusReference)]
    return bool(places) and own not in places
