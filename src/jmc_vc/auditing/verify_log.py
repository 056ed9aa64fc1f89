"""Compute the public log anew from its rows, and hold the rows that it tells of against it.

1. Each entry has its place; tiles and heads follow from the entries; a head that was kept elsewhere is one of this log.
   No credential bears an earlier time than what was entered before it (`verify_times`).
2. The ends of the audit log's chain that were logged are ends of it.
3. Every row of the register is the one that the last act in the audit log left behind (`verify_records`).
4. Keys, DID documents, programs, issuers and credentials are as the log says, and nothing of them is missing.

What the log cannot show by itself is that it is whole: who cuts off its end, and everything that was told since,
leaves a log that agrees with itself. For that there are heads that others hold: an anchor, a witness, a checkpoint in a
drawer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.auditing.finding import Finding, Progress, unseen
from jmc_vc.auditing.readable import readable
from jmc_vc.auditing.restarts import believed_restarts
from jmc_vc.auditing.told import Told
from jmc_vc.auditing.verify_chain import VerifyChain
from jmc_vc.auditing.verify_cosignatures import verify_cosignatures
from jmc_vc.auditing.verify_credentials import VerifyCredentials
from jmc_vc.auditing.verify_records import verify_records
from jmc_vc.auditing.verify_rows import verify_did_documents, verify_issuers, verify_keys, verify_programs
from jmc_vc.auditing.verify_times import Times
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
    """`size` and `root` are those of the last head, None without one; `more` says that there are further findings.
    `restored` are the sizes between which the log was put back after a loss: what is on record of that time is in the
    log alone."""

    size: int
    root: bytes | None
    credentials: int
    findings: tuple[Finding, ...]
    more: bool
    restored: tuple[tuple[int, int], ...]

    @property
    def wrong(self) -> bool:
        """Whether something contradicts something."""
        return any(not each.unchecked for each in self.findings)


@dataclass(frozen=True, kw_only=True)
class VerifyLog:
    """All of it, in one moment of the database. `keys` gives the log's keys, `compromised` those that others may have
    had, and since when; `kek` is None where it is not the database's."""

    database: Database
    site: Site
    keys: Callable[[], tuple[VerifierKey, ...]]
    compromised: Callable[[], Mapping[VerifierKey, datetime]]
    kek: KeyEncryptionKey | None
    clock: Callable[[], datetime]

    def __call__(self, outside: Checkpoint | None = None, progress: Progress = unseen) -> LogAudit:
        """What was found. `outside` is a head that was kept elsewhere, its signature verified. `progress` is told how
        much of how much was done, for each step anew."""
        keys, compromised = self.keys(), self.compromised()
        with self.database.read() as snapshot:
            head = snapshot.public_log.latest()
            told = Told(times=Times.of(snapshot), restarts=believed_restarts(snapshot, self.site.log_origin))
            tree = VerifyTree(snapshot, self.site.log_origin, keys, compromised, outside, told, progress)
            findings = self._findings(snapshot, told, tree, progress)
            found = [each for each, _ in zip(findings, range(MOST_FINDINGS + 1), strict=False)]
            return LogAudit(
                size=0 if head is None else head.size,
                root=None if head is None else head.root,
                credentials=snapshot.ledger.credential_count(),
                findings=tuple(found[:MOST_FINDINGS]),
                more=len(found) > MOST_FINDINGS,
                restored=tuple(told.restored),
            )

    def _findings(self, snapshot: Snapshot, told: Told, tree: VerifyTree, progress: Progress) -> Iterator[Finding]:
        site = self.site
        yield from readable("public log", tree)  # 1
        chain = VerifyChain(snapshot, [head for _, head in told.audit_heads], self.clock(), progress)
        parts: Mapping[str, Callable[[], Iterator[Finding]]] = {
            "witnesses": lambda: verify_cosignatures(snapshot),
            "audit log": chain,  # 2
            "rows": lambda: verify_records(snapshot, chain.rows),  # 3
            "keys": lambda: verify_keys(snapshot, told, site),  # 4
            "DID documents": lambda: verify_did_documents(snapshot, told, site),
            "programs": lambda: verify_programs(snapshot, told),
            "issuers": lambda: verify_issuers(snapshot, told, site),
            "credentials": VerifyCredentials(snapshot, told, site, self.kek, progress),
        }
        for part, check in parts.items():
            yield from readable(part, check)
