"""What one transaction reads of issuers, versions, settings and keys: each row once, under its lock until the commit.

A group of five hundred awards is of a handful of issuers and programs; asking for each of them again took a fifth of
the cycle's time (measured).
"""

from collections.abc import Iterable, Mapping

from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.issuing_settings import SettingsChange
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Unavailable
from jmc_vc.storage.transaction import Transaction


class NoActiveKey(Unavailable):
    """The issuer has no key that may sign, or none of a kind that the program's settings need (INV-03)."""

    code = "key.none_active"


class StoredFacts:
    """Rows as they stand in `tx`, which holds those that may change locked: they cannot before its commit."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._issuers: dict[str, Issuer | None] = {}
        self._versions: dict[str, tuple[ProgramVersion, ...]] = {}
        self._settings: dict[str, tuple[SettingsChange, ...]] = {}
        self._keys: dict[tuple[str, str], SigningKey | None] = {}

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

    def settings(self, number: str) -> tuple[SettingsChange, ...]:
        """What was ever set for a program."""
        if number not in self._settings:
            self._settings[number] = self._tx.issuing_settings.of_program(number)
        return self._settings[number]

    def active_key(self, slug: str, algorithm: str) -> SigningKey | None:
        """The key of that kind with which the issuer signs now."""
        name = (slug, algorithm)
        if name not in self._keys:
            self._keys[name] = self._tx.signing_keys.active(slug, algorithm)
        return self._keys[name]

    def active_keys(self, slug: str, algorithms: Iterable[str]) -> Mapping[str, SigningKey]:
        """The issuer's active key of each of `algorithms`, in their order. Raises NoActiveKey."""
        keys: dict[str, SigningKey] = {}
        for algorithm in algorithms:
            key = self.active_key(slug, algorithm)
            if key is None:
                raise NoActiveKey
            keys[algorithm] = key
        return keys
