"""The life of a signing key (domain model §5-I): only an active key signs; old keys stay published so that old
credentials verify for decades."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from jmc_vc.errors import Conflict

JMC = "jmc"
"""The owner of JMC's own keys; no issuer may have this slug."""
LOG = "log"
"""The owner of the key that signs the heads of the public log, and nothing else; no issuer may have this slug."""

KEYS_CACHED = timedelta(seconds=60)
"""For so long published keys may be kept by whoever fetched them: a key that was compromised is out of every cache
within a minute (security goals §6), and a new one is known everywhere after it."""


class KeyMoveRefused(Conflict):
    """The life of a key has no such move from the state in which the key is."""

    code = "key.move"


class KeyState(StrEnum):
    """Where a key stands in its life."""

    CREATED = "created"
    PUBLISHED = "published"
    ACTIVE = "active"
    RETIRED = "retired"
    DESTROYED = "destroyed"
    COMPROMISED = "compromised"


MOVES: Mapping[KeyState, frozenset[KeyState]] = {
    KeyState.CREATED: frozenset({KeyState.PUBLISHED, KeyState.DESTROYED, KeyState.COMPROMISED}),
    KeyState.PUBLISHED: frozenset({KeyState.ACTIVE, KeyState.DESTROYED, KeyState.COMPROMISED}),
    KeyState.ACTIVE: frozenset({KeyState.RETIRED, KeyState.COMPROMISED}),
    KeyState.RETIRED: frozenset({KeyState.DESTROYED, KeyState.COMPROMISED}),
    KeyState.DESTROYED: frozenset({KeyState.COMPROMISED}),
    KeyState.COMPROMISED: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """`kid` is the fragment (`key-1`), unique per owner; `public_key` is a Multikey string; `sealed_private` is the
    private part under the key-encryption key, never the key itself, and never shown; `signer_uri`
    names the kind of signer that can use it (`file:` here, `pkcs11:` for a token).

    Each date is that of the move into a state. `compromised_since` is from when on the key may have been in other
    hands, as far as is known; `compromised_at` is when that was recorded."""

    owner: str
    kid: str
    algorithm: str
    public_key: str
    state: KeyState
    created_at: datetime
    published_at: datetime | None = None
    active_from: datetime | None
    retired_at: datetime | None
    compromised_since: datetime | None = None
    compromised_at: datetime | None = None
    destroyed_at: datetime | None = None
    sealed_private: bytes
    signer_uri: str

    @property
    def was_published(self) -> bool:
        """Whether anybody outside was ever told of it: a key that was born active was."""
        return (self.published_at or self.active_from) is not None

    @property
    def stolen_since(self) -> datetime | None:
        """From when on others may have had it; None of a key of which nobody reported that."""
        return (self.compromised_since or self.created_at) if self.state is KeyState.COMPROMISED else None

    def __repr__(self) -> str:
        return f"SigningKey({self.owner}#{self.kid}, {self.algorithm}, {self.state})"


_DATES: Mapping[KeyState, str] = {
    KeyState.PUBLISHED: "published_at",
    KeyState.ACTIVE: "active_from",
    KeyState.RETIRED: "retired_at",
    KeyState.DESTROYED: "destroyed_at",
    KeyState.COMPROMISED: "compromised_at",
}


def moved(key: SigningKey, state: KeyState, at: datetime) -> SigningKey:
    """`key` in `state` with the date of the move. Its private part is still bound to the old state: the keyring wraps
    it anew. Raises KeyMoveRefused for a move that is not in MOVES."""
    if state not in MOVES[key.state]:
        raise KeyMoveRefused(kid=key.kid)
    dates: dict[str, Any] = {_DATES[state]: at}
    return replace(key, state=state, **dates)
