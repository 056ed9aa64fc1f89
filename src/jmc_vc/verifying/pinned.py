"""The DID documents that issuers with keys of their own registered: they stand in for what their hosts would answer."""

from dataclasses import dataclass

from jmc_vc.formats.did.document import read_document
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class PinnedDidDocument:
    """The document of an issuer's own DID, also after its registration has ended: whether it counts is another check's
    question."""

    database: Database

    def __call__(self, did: str) -> JsonObject | None:
        """The document; None if nobody registered the DID."""
        with self.database.read() as snapshot:
            found = snapshot.outside_dids.get(did)
        return None if found is None else read_document(found.document)
