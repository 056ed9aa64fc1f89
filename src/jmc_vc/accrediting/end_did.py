"""End the registration of an issuer's own DID: nothing that it signs counts as the issuer's any more.

There is no log of what the issuer signed, so of an older credential nobody can tell any more whether it was signed
before. Who only changes to keys in our custody leaves the registration as it is."""

from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.outside_did import DidNotRegistered, OutsideDid
from jmc_vc.formats.transparency.entry_types import IssuerChanged
from jmc_vc.formats.transparency.log_entry import write_log_entry
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import NewEntry
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class EndDid:
    """End a registration."""

    database: Database

    def __call__(self, slug: str, did: str, *, reason: str, actor: Actor, now: datetime) -> OutsideDid:
        """The registration afterwards. Raises IssuerNotFound, DidNotRegistered."""

        def work(tx: Transaction) -> OutsideDid:
            known = tx.outside_dids.for_change(did)
            issuer = tx.issuers.registered(slug)
            if known is None or known.issuer != slug or known.ended_at is not None:
                raise DidNotRegistered
            ended = replace(known, ended_at=now)
            tx.outside_dids.save(ended)
            entry = IssuerChanged(at=now, did=did, number=issuer.number, event="did-ended")
            tx.public_log.append([NewEntry(kind="issuer", at=now, body=write_log_entry(entry))])
            tx.audit_log.append("did-ended", did, actor, now, reason=reason, details={"issuer": slug})
            return ended

        return self.database.write(work)
