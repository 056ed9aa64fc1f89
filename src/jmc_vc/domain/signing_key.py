"""The life of a signing key (domain model §5-I): only an active key signs; old keys stay published so that old
credentials verify for decades."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

JMC = "jmc"
"""The owner of JMC's own keys; no issuer may have this slug."""

KEYS_CACHED = timedelta(seconds=60)
"""For so long published keys may be kept by whoever fetched them: a key that was compromised is out of every cache
within a minute (security goals §6), and a new one is known everywhere after it."""


class KeyState(StrEnum):
    """Where a key stands in its life."""

    CREATED = "created"
    PUBLISHED = "published"
    ACTIVE = "active"
    RETIRED = "retired"
    DESTROYED = "destroyed"
    COMPROMISED = "compromised"


MOVES: Mapping[KeyState, frozenset[KeyState]] = {
    KeyState.CREATED: frozenset({KeyState.PUBLISHED, KeyState.COMPROMISED}),
    KeyState.PUBLISHED: frozenset({KeyState.ACTIVE, KeyState.COMPROMISED}),
    KeyState.ACTIVE: frozenset({KeyState.RETIRED, KeyState.COMPROMISED}),
    KeyState.RETIRED: frozenset({KeyState.DESTROYED, KeyState.COMPROMISED}),
    KeyState.DESTROYED: frozenset({KeyState.COMPROMISED}),
    KeyState.COMPROMISED: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """`kid` is the fragment (`key-1`), unique per owner; `public_key` is a Multikey string; `sealed_private` is the
    private part under the key-encryption key, never the key itself, and never shown; `signer_uri`
    names the kind of signer that can use it (`file:` here, `pkcs11:` for a token)."""

    owner: str
    kid: str
    algorithm: str
    public_key: str
    state: KeyState
    created_at: datetime
    active_from: datetime | None
    retired_at: datetime | None
    sealed_private: bytes
    signer_uri: str

    def __repr__(self) -> str:
        return f"SigningKey({self.owner}#{self.kid}, {self.algorithm}, {self.state})"
