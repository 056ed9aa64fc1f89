"""From the text of an API key to the actor that it stands for.

The row is found by the key's public prefix; the secret is compared as a keyed hash in constant time, also when there is
no such row, so that an answer's time tells nothing (threat 15).
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.api_key import read_api_key
from jmc_vc.errors import Unauthenticated, Unavailable
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database

_LONGEST = 128
"""A key has 72 characters; nothing longer is even looked at."""
_NO_HASH = bytes(32)


class BadApiKey(Unauthenticated):
    """Unknown, mistyped, revoked or expired: the same answer to all, because the caller's own records know which."""

    code = "auth.api_key"


class KeysUnreadable(Unavailable):
    """The service has another key-encryption key than its database: no API key can be judged, right or wrong
    (CF-07)."""

    code = "auth.keys_unreadable"


@dataclass(frozen=True, kw_only=True)
class Authenticate:
    """Find the caller of an API request. A revoked key is refused from the next request on, in every process."""

    database: Database
    kek: KeyEncryptionKey
    kek_matches: bool

    def __call__(self, token: str, *, now: datetime) -> Actor:
        """The actor. Raises BadApiKey, KeysUnreadable."""
        if not self.kek_matches:
            raise KeysUnreadable
        read = read_api_key(token) if len(token) <= _LONGEST else None
        if read is None:
            raise BadApiKey
        prefix, hashed = read
        with self.database.read() as tx:
            key = tx.api_keys.get(prefix)
        expected = _NO_HASH if key is None else key.secret_hash
        matches = hmac.compare_digest(self.kek.api_key_hash(hashed), expected)
        if key is None or not matches or key.revoked_at is not None:
            raise BadApiKey
        if key.expires_at is not None and key.expires_at <= now:
            raise BadApiKey
        return Actor(kind=ActorKind.API_KEY, id=key.prefix, issuer=key.issuer, scopes=key.scopes)
