"""Revoke an API key: it is refused from the next request on, in every process."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.api_key import ApiKey
from jmc_vc.errors import NotFound
from jmc_vc.storage.database import Database


class ApiKeyNotFound(NotFound):
    """No key has this public prefix."""

    code = "api_key.not_found"


@dataclass(frozen=True, kw_only=True)
class RevokeApiKey:
    """For good: there is no way back, and another key can be minted at any time."""

    database: Database

    def __call__(self, prefix: str, *, actor: Actor, now: datetime) -> ApiKey:
        """The key afterwards. A second revocation changes nothing and is no error. Raises ApiKeyNotFound."""
        with self.database.begin() as tx:
            changed = tx.api_keys.revoke(prefix, now)
            key = tx.api_keys.get(prefix)
            if key is None:
                raise ApiKeyNotFound
            if changed:
                tx.audit_log.append("api-key-revoked", f"{key.issuer} {prefix}", actor=actor, at=now)
        return key
