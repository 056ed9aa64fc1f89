"""Suspend an issuer's registration, or lift the suspension. Signing stops at once; nothing that was issued is
touched."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.accrediting.logged import issuer_entry
from jmc_vc.domain import issuer as issuers
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer, IssuerNotFound
from jmc_vc.storage.audit_log import ISSUER_REINSTATED, ISSUER_SUSPENDED
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class SuspendIssuer:
    """From the commit on, no credential of this issuer is signed, in any process (INV-02)."""

    database: Database
    site: Site

    def __call__(self, slug: str, *, reason: str, actor: Actor, now: datetime) -> Issuer:
        """The issuer afterwards. Raises IssuerNotFound, IllegalMove."""

        def work(tx: Transaction) -> Issuer:
            suspended = issuers.suspend(_get(tx, slug))
            tx.issuers.save(suspended)
            tx.audit_log.append(ISSUER_SUSPENDED, slug, actor=actor, at=now, reason=reason)
            tx.public_log.append([issuer_entry(suspended, "suspended", site=self.site, at=now)])
            return suspended

        return self.database.write(work)


@dataclass(frozen=True, kw_only=True)
class ReinstateIssuer:
    """Lift the suspension."""

    database: Database
    site: Site

    def __call__(self, slug: str, *, reason: str, actor: Actor, now: datetime) -> Issuer:
        """The issuer afterwards. Raises IssuerNotFound, IllegalMove."""

        def work(tx: Transaction) -> Issuer:
            reinstated = issuers.reinstate(_get(tx, slug))
            tx.issuers.save(reinstated)
            tx.audit_log.append(ISSUER_REINSTATED, slug, actor=actor, at=now, reason=reason)
            tx.public_log.append([issuer_entry(reinstated, "reinstated", site=self.site, at=now)])
            return reinstated

        return self.database.write(work)


def _get(tx: Transaction, slug: str) -> Issuer:
    issuer = tx.issuers.for_change(slug)
    if issuer is None:
        raise IssuerNotFound
    return issuer
