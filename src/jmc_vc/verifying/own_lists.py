"""Which of our own status lists an entry of a credential names."""

import re

from jmc_vc.domain.identifiers import Site
from jmc_vc.formats.status.entry import BitstringStatusListEntry, StatusEntry

_NUMBER = r"([1-9][0-9]{0,9})"


def own_list(site: Site, entry: StatusEntry) -> int | None:
    """The number of the list; None when it is none of ours, or is there for another purpose than the entry says."""
    purpose = entry.purpose if isinstance(entry, BitstringStatusListEntry) else "revoked"
    address = re.escape(f"{site.base_url}/status/") + _NUMBER + "/" + re.escape(purpose)
    found = re.fullmatch(address, entry.list_url)
    return None if found is None else int(found[1])
