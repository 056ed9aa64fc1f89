"""What happens to a signing key, in the words in which the public log tells of it."""

from dataclasses import dataclass
from enum import StrEnum

from jmc_vc.domain.signing_key import SigningKey


class KeyEventKind(StrEnum):
    """A step in a key's life."""

    CREATED = "created"
    IMPORTED = "imported"
    PUBLISHED = "published"
    ACTIVATED = "activated"
    RETIRED = "retired"
    COMPROMISED = "compromised"
    DESTROYED = "destroyed"


@dataclass(frozen=True)
class KeyEvent:
    """`key` is the key after it happened."""

    key: SigningKey
    kind: KeyEventKind


def born_active(key: SigningKey) -> tuple[KeyEvent, ...]:
    """What happens to a key that signs from its first moment on: the first of its kind, for which nobody holds another
    in a cache."""
    return tuple(KeyEvent(key, kind) for kind in (KeyEventKind.CREATED, KeyEventKind.PUBLISHED, KeyEventKind.ACTIVATED))
