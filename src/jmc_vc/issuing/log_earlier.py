"""Credentials that were issued before there was a public log get their entries.

Our own verifier believes a signature by our key for its entry. So that nothing that verified becomes invalid when an
installation comes to a version with the log, what lies in the register is entered, dated with the day of the entry: the
log vouches for it from that day on, and not for what was before. Erased credentials have no bytes to enter; those of
their holders are known by the digest in the row, and their places are entered when the log begins.

It asks which credentials have no entry: interrupted, it goes on where it stopped; done twice, it does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.credential import CredentialState
from jmc_vc.domain.identifiers import Site
from jmc_vc.event_log import events
from jmc_vc.issuing.logged import issued_entries, status_entry
from jmc_vc.issuing.open_forms import open_forms
from jmc_vc.issuing.signing_time import latest_time
from jmc_vc.sealing import KeyEncryptionKey, SealBroken
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import NewEntry
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class EarlierLogged:
    """How many credentials were entered, how many could not be opened, and the last one that was looked at: None when
    there are no more."""

    logged: int
    damaged: int
    last: UUID | None


@dataclass(frozen=True, kw_only=True)
class LogEarlier:
    """One transaction of at most `batch` credentials, so that nobody who writes waits for long."""

    database: Database
    kek: KeyEncryptionKey
    site: Site
    random: Callable[[int], bytes]
    batch: int = 500

    def __call__(self, *, after: UUID | None = None, now: datetime) -> EarlierLogged:
        """The next ones `after` the last. A credential that does not open is left alone, and somebody has to look."""
        with self.database.read() as snapshot:
            if not snapshot.signed_documents.not_logged(1, after):
                return EarlierLogged(logged=0, damaged=0, last=None)
        return self.database.write(lambda tx: self._enter(tx, after, now))

    def _enter(self, tx: Transaction, after: UUID | None, now: datetime) -> EarlierLogged:
        uuids = tx.signed_documents.not_logged(self.batch, after)
        at = max(now, latest_time(tx) or now)  # a clock that is behind vouches for no earlier day
        logged = damaged = 0
        entries: list[NewEntry] = []
        for uuid in uuids:
            credential = tx.credentials.get(uuid)  # locked, so that another process and we do not both enter it
            sealed = tx.credentials.sealed(uuid)
            if credential is None or sealed is None or tx.public_log.of_credential(uuid):
                continue
            try:
                forms = open_forms(self.kek, uuid, sealed).representations
            except SealBroken:
                events.error("credential-damaged", issuer=credential.issuer, program=credential.program_number)
                damaged += 1
                continue
            entries += issued_entries(credential, forms, site=self.site, random=self.random, at=at)
            if credential.state is not CredentialState.ACTIVE:
                entries.append(status_entry(credential, site=self.site, at=at))
            logged += 1
        tx.public_log.append(entries)
        return EarlierLogged(logged=logged, damaged=damaged, last=uuids[-1] if uuids else None)
