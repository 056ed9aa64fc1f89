"""The DID documents in storage: our own, and those that issuers with keys of their own registered, which stand in for
what their hosts would answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from jmc_vc.formats.did.document import read_document
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.keys import Documents
from jmc_vc.verifying.outside import Outside


def pinned_did_document(snapshot: Snapshot, did: str) -> JsonObject | None:
    """The document of an issuer's own DID, also after its registration has ended: whether it counts is another check's
    question. None if nobody registered the DID."""
    found = snapshot.outside_dids.get(did)
    return None if found is None else read_document(found.document)


@dataclass(frozen=True, kw_only=True)
class StoredDocuments:
    """Reads them. `own` and `pinned` give what `Documents` has, from a snapshot."""

    database: Database
    own: Callable[[Snapshot, str | None], JsonObject]
    pinned: Callable[[Snapshot, str], JsonObject | None] = pinned_did_document

    def at(self, snapshot: Snapshot, outside: Outside) -> Documents:
        """As they stand in `snapshot`. No second connection is opened inside it: of many requests at once, each would
        wait for the other's."""
        return Documents(own=partial(self.own, snapshot), pinned=partial(self.pinned, snapshot), outside=outside)

    @contextmanager
    def read(self, outside: Outside) -> Iterator[Documents]:
        """As they stand now, for who reads nothing else."""
        with self.database.read() as snapshot:
            yield self.at(snapshot, outside)

    def is_pinned(self, did: str) -> bool:
        """Whether an issuer registered the DID: asked before anything is fetched, outside of any transaction."""
        with self.database.read() as snapshot:
            return self.pinned(snapshot, did) is not None
