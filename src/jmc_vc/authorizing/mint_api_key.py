"""Give an issuer another API key. The ones that it has stay good until they expire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.domain.actor import Actor, Scope
from jmc_vc.domain.api_key import LIFETIME, mint
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class MintApiKey:
    """A new key with all scopes."""

    database: Database
    kek: KeyEncryptionKey
    random: Callable[[int], bytes]

    def __call__(self, slug: str, *, label: str, actor: Actor, now: datetime) -> str:
        """The text of the key, which is shown once and stored nowhere. Raises BrokenRule for an unknown issuer."""
        text, api_key = mint(
            issuer=slug,
            scopes=frozenset(Scope),
            label=label,
            now=now,
            expires_at=now + LIFETIME,
            random=self.random,
            hashed=self.kek.api_key_hash,
        )
        with self.database.begin() as tx:
            tx.api_keys.add(api_key)
            tx.audit_log.append("api-key-minted", f"{slug} {api_key.prefix}", actor=actor, at=now)
        return text
