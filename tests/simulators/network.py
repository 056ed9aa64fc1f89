"""Other hosts as a table: address → what is served there, or why nothing is. For tests of what is made of documents;
how they are fetched is tested against real hosts (`outside`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.gateway import Fetched
from jmc_vc.fetching.unavailable import Unreachable
from jmc_vc.verifying.fetch_outside import FetchOutside
from tests.builders.installation import NOON, Installation

Served = bytes | Fetched | Error


@dataclass
class Network:
    """`served` by address; what is not in it cannot be reached. `asked` is what was asked for, in the order in which it
    was."""

    served: dict[str, Served] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    before: Callable[[str], None] = lambda _: None

    def get(self, address: str, kind: DocumentKind, *, deadline: float) -> Fetched:
        self.asked.append(address)
        self.before(address)
        found = self.served.get(address, Unreachable())
        if isinstance(found, Error):
            raise found
        return found if isinstance(found, Fetched) else Fetched(body=found, media_type="", fetched_at=NOON)


def stale(body: bytes, since: datetime) -> Fetched:
    """An old copy, of `since`."""
    return Fetched(body=body, media_type="", fetched_at=since, stale_since=since)


def online(installation: Installation, served: Mapping[str, Served]) -> Network:
    """The installation with other hosts."""
    network = Network(dict(served))
    verify = replace(
        installation.service.verify, fetch_outside=FetchOutside(network, own_address=installation.service.site.base_url)
    )
    presentation = replace(installation.service.verify_presentation, verify=verify)
    handed_in = replace(installation.service.verify_handed_in, verify=verify, verify_presentation=presentation)
    installation.service = replace(
        installation.service, verify=verify, verify_presentation=presentation, verify_handed_in=handed_in
    )
    return network
