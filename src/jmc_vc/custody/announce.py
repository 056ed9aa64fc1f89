"""What becomes known of a step in a key's life: an entry in the public log, and the DID document if it changed.

Called in the transaction of the step, after its rows were written, so that key, document and log can never tell
different stories. Who makes keys elsewhere than here is given this as a callable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

from jmc_vc.custody.did_document import document_of
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.key_event import KeyEvent, KeyEventKind
from jmc_vc.domain.signing_key import LOG
from jmc_vc.formats.jcs import canonicalize
from jmc_vc.formats.transparency.entry_types import DidDocumentPublished, KeyChanged
from jmc_vc.formats.transparency.log_entry import write_log_entry
from jmc_vc.storage.did_documents import DidDocumentVersion
from jmc_vc.storage.public_log import NewEntry
from jmc_vc.storage.transaction import Transaction

Announcer: TypeAlias = Callable[[Transaction, str, Sequence[KeyEvent], datetime], None]


@dataclass(frozen=True, kw_only=True)
class Announce:
    """The one Announcer."""

    site: Site

    def __call__(self, tx: Transaction, owner: str, events: Sequence[KeyEvent], now: datetime) -> None:
        """Tell of `events`, which happened to keys of `owner` in `tx`: an issuer's slug, `jmc` or `log`."""
        did = self.site.owner_did(owner)
        entries = [_key_entry(did, event, now) for event in events]
        if owner != LOG:  # its key is in no DID document: whoever is in one signs credentials
            entries += self._published_anew(tx, owner, now)
        tx.public_log.append(entries)

    def _published_anew(self, tx: Transaction, owner: str, now: datetime) -> list[NewEntry]:
        """Store the owner's DID document if it is another one than before; the entry that tells of it."""
        body = canonicalize(document_of(owner, tx.signing_keys.of_owner(owner), self.site))
        before = tx.did_documents.latest(owner)
        if before is not None and before.body == body:
            return []
        number = 1 if before is None else before.version + 1
        tx.did_documents.add(DidDocumentVersion(owner=owner, version=number, at=now, body=body))
        digest = f"sha-256:{sha256(body).hexdigest()}"
        entry = DidDocumentPublished(at=now, did=self.site.owner_did(owner), digest=digest)
        return [NewEntry(kind="did-document", at=now, body=write_log_entry(entry))]


def _key_entry(did: str, event: KeyEvent, now: datetime) -> NewEntry:
    key = event.key
    entry = KeyChanged(
        at=now,
        owner=did,
        kid=key.kid,
        algorithm=key.algorithm,
        public_key=key.public_key,
        event=event.kind,
        since=key.compromised_since if event.kind is KeyEventKind.COMPROMISED else None,
    )
    return NewEntry(kind="key", at=now, body=write_log_entry(entry))
