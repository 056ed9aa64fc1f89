"""The 1EdTech Revocation List of an issuer's status list: the ids of the revoked credentials that name it.

https://www.imsglobal.org/spec/vcrl/v1p0/, for the readers that know no bits (conformance OB-34, D-4). The document is
not signed. It tells addresses that are secret otherwise, so it holds only credentials of programs that were set to name
their status in this way, whose addresses show nothing from then on; of all others it says nothing.
"""

from dataclasses import dataclass, field

import orjson

from jmc_vc.domain.identifiers import Site
from jmc_vc.formats.status.revocation_list import revocation_list
from jmc_vc.publishing.status_list import StatusListNotFound
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class PublishRevocationList:
    """The list of a number, made anew when a credential of that number was revoked since."""

    database: Database
    site: Site
    _made: dict[int, tuple[int, bytes]] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, number: int) -> bytes:
        """The document as JSON. Raises StatusListNotFound."""
        with self.database.read() as snapshot:
            status_list = snapshot.status_lists.get(number)
            if status_list is None:
                raise StatusListNotFound
            change, body = self._made.get(number, (None, b""))
            if change == status_list.change:
                return body
            revoked = snapshot.credentials.revoked_at(number)
        document = revocation_list(
            id=self.site.revocation_list(number),
            issuer=self.site.issuer_did(status_list.issuer),
            # Without the reasons: they are a matter between the issuer and the learner.
            revoked=dict.fromkeys(map(self.site.credential, revoked)),
        )
        made = orjson.dumps(document)
        self._made[number] = (status_list.change, made)
        return made
