"""Compute the public log anew from its rows, and hold the rows that it tells of against it.

1. Each entry has its place; tiles and heads follow from the entries; a head that was kept elsewhere is one of this log.
2. The ends of the audit log's chain that were logged are ends of it.
3. Keys, DID documents, programs, issuers and credentials are as the log says, and nothing of them is missing.

What the log cannot show by itself is that it is whole: who cuts off its end, and everything that was told since,
leaves a log that agrees with itself. For that there are heads that others hold: an anchor, a witness, a checkpoint in a
drawer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jmc_vc.auditing.finding import Finding, Progress, unseen
from jmc_vc.auditing.told import Told
from jmc_vc.auditing.verify_chain import VerifyChain
from jmc_vc.auditing.verify_credentials import VerifyCredentials
from jmc_vc.auditing.verify_rows import verify_did_documents, verify_issuers, verify_keys, verify_programs
from jmc_vc.auditing.verify_tree import VerifyTree
from jmc_vc.domain.identifiers import Site
from jmc_vc.formats.transparency.checkpoint import Checkpoint
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot

MOST_FINDINGS = 200
"""As many are told: one changed entry can be behind thousands, and a list that long helps nobody."""


@dataclass(frozen=True, kw_only=True)
class LogAudit:
    """`size` and `root` are those of the last head, None without one; `more` says that there are further findings."""

    size: int
    root: bytes | None
    credentials: int
    findings: tuple[Finding, ...]
    more: bool

    @property
    def wrong(self) -> bool:
        """Whether something contradicts something."""
        return any(not each.unchecked for each in self.findings)


@dataclass(frozen=True, kw_only=True)
class VerifyLog:
    """All of it, in one moment of the database. `keys` gives the log's keys; `kek` is None where it is not the
    database's."""

    database: Database
    site: Site
    keys: Callable[[], tuple[VerifierKey, ...]]
    kek: KeyEncryptionKey | None

    def __call__(self, outside: Checkpoint | None = None, progress: Progress = unseen) -> LogAudit:
        """What was found. `outside` is a head that was kept elsewhere, its signature verified. `progress` is told how
        much of how much was done, for each step anew."""
        keys = self.keys()
        with self.database.read() as snapshot:
            head = snapshot.public_log.latest()
            findings = self._findings(snapshot, keys, outside, progress)
            told = [each for each, _ in zip(findings, range(MOST_FINDINGS + 1), strict=False)]
            return LogAudit(
                size=0 if head is None else head.size,
                root=None if head is None else head.root,
                credentials=snapshot.ledger.credential_count(),
                findings=tuple(told[:MOST_FINDINGS]),
                more=len(told) > MOST_FINDINGS,
            )

    def _findings(
        self,
        snapshot: Snapshot,
        keys: tuple[VerifierKey, ...],
        outside: Checkpoint | None,
        progress: Progress,
    ) -> Iterator[Finding]:
        told, site = Told(), self.site
        yield from VerifyTree(snapshot, site.log_origin, keys, outside, told, progress)()  # 1
        yield from VerifyChain(snapshot, [head for _, head in told.audit_heads], progress)()  # 2
        yield from verify_keys(snapshot, told, site)  # 3
        yield from verify_did_documents(snapshot, told, site)
        yield from verify_programs(snapshot, told)
        yield from verify_issuers(snapshot, told, site)
        yield from VerifyCredentials(snapshot, told, site, self.kek, progress)()
