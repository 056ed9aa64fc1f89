"""What one transaction reads of issuers, versions and keys: each row once, and under its lock until the commit.

A group of five hundred awards is of a handful of issuers and programs; asking for each of them again took a fifth of
the cycle's time (measured).
"""

from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.storage.transaction import Transaction

ALGORITHM = "Ed25519"


class StoredFacts:
    """Rows as they stand in `tx`, which holds them locked: they cannot change before its commit."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._issuers: dict[str, Issuer | None] = {}
        self._versions: dict[str, tuple[ProgramVersion, ...]] = {}
        self._keys: dict[str, SigningKey | None] = {}

    def issuer(self, slug: str) -> Issuer | None:
        """The issuer."""
        if slug not in self._issuers:
            self._issuers[slug] = self._tx.issuers.get(slug)
        return self._issuers[slug]

    def versions(self, number: str) -> tuple[ProgramVersion, ...]:
        """All versions of a program, the newest first."""
        if number not in self._versions:
            self._versions[number] = self._tx.programs.versions(number)
        return self._versions[number]

    def active_key(self, slug: str) -> SigningKey | None:
        """The key with which the issuer signs now."""
        if slug not in self._keys:
            self._keys[slug] = self._tx.signing_keys.active(slug, ALGORITHM)
        return self._keys[slug]
