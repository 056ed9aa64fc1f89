"""What our own status lists say of a credential: read from the rows of which they are made, and never over HTTP.

Also the list of an issuer that signs with its own keys and has it hosted here: it is that issuer's by the register.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.status_list import StatusList, StatusPurpose
from jmc_vc.errors import Unavailable
from jmc_vc.formats.status.bitstring import PastTheEnd
from jmc_vc.formats.status.entry import BitstringStatusListEntry, RevocationListEntry
from jmc_vc.formats.status.status_list_credential import WrongListIssuer
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.evidence import StatusEvidence
from jmc_vc.verifying.presented import Entry, Stated

_TOKEN = "token"  # noqa: S105 - the last step of an address
_REVOKED = "revoked"


class RowLost(Unavailable):
    """Rows of the list were lost, so that the ids on it are not known."""

    code = "status.retrieval"


@dataclass(frozen=True, kw_only=True)
class OwnLists:
    """Reads them. `registered` is the issuer's slug, None for one that is not registered."""

    site: Site

    def has(self, entry: Entry) -> bool:
        """Whether the list of `entry` would be one of ours."""
        return own_list(self.site, entry) is not None

    def __call__(
        self, tx: Snapshot, entry: Entry, stated: Stated, registered: str | None
    ) -> tuple[StatusEvidence, ...]:
        """What is at the place of `entry`, which `stated` names, or why the list says nothing."""
        number = own_list(self.site, entry)
        status_list: StatusList | None = None if number is None else tx.status_lists.get(number)
        if number is None or status_list is None or status_list.issuer != registered:
            return (StatusEvidence(WrongListIssuer()),)
        if isinstance(entry, RevocationListEntry):
            return self._named(tx, status_list, own_uuid(self.site, stated))
        if entry.index >= status_list.size:
            return (StatusEvidence(PastTheEnd()),)
        row = tx.credentials.at_place(number, entry.index) or tx.lost_credentials.at_place(number, entry.index)
        # One entry stands in the credential; its sibling list has the same index, and we always read both.
        return tuple(StatusEvidence(row, purpose) for purpose in StatusPurpose)

    def _named(self, tx: Snapshot, status_list: StatusList, uuid: UUID | None) -> tuple[StatusEvidence, ...]:
        """What a list of ids says of the one with this id: it is the row's, whoever signed what bears the id."""
        row = None if uuid is None else tx.credentials.get(uuid)
        if row is not None and row.list_number == status_list.number:
            return tuple(StatusEvidence(row, purpose) for purpose in StatusPurpose)
        if tx.lost_credentials.any_at(self.site.issuer_did(status_list.issuer), status_list.number, None):
            return (StatusEvidence(RowLost()),)  # it may be one of those
        return (StatusEvidence(None),)


def own_uuid(site: Site, stated: Stated) -> UUID | None:
    """The last part of the document's id, if the id is one that we give to credentials."""
    own_id = stated.document.get("id")
    prefix = f"{site.base_url}/credentials/"
    if not isinstance(own_id, str) or not own_id.startswith(prefix):
        return None
    try:
        return UUID(own_id.removeprefix(prefix))
    except ValueError:
        return None


def own_list(site: Site, entry: Entry) -> int | None:
    """The number of the list of ours that `entry` names; None when it is none of ours, or is there for another purpose
    than the entry says."""
    found = re.fullmatch(re.escape(f"{site.base_url}/status/") + r"([1-9][0-9]{0,9})/([a-z]+)", entry.list_url)
    if found is None:
        return None
    match entry:
        case BitstringStatusListEntry():
            form = entry.purpose
        case RevocationListEntry():
            form = _REVOKED
        case _:
            form = _TOKEN
    return int(found[1]) if found[2] == form else None
