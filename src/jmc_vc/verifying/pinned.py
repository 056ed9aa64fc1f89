"""The DID documents that issuers with keys of their own registered: they stand in for what their hosts would answer."""

from jmc_vc.formats.did.document import read_document
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.transaction import Snapshot


def pinned_did_document(snapshot: Snapshot, did: str) -> JsonObject | None:
    """The document of an issuer's own DID, also after its registration has ended: whether it counts is another check's
    question. None if nobody registered the DID."""
    found = snapshot.outside_dids.get(did)
    return None if found is None else read_document(found.document)
