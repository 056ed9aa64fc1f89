"""The chain of the audit log: each entry's hash is over the hash before it, so that none can be changed, removed, put
in or moved without every later hash becoming another one.

    hash(0) = 32 zero bytes
    hash(n) = SHA-256(hash(n-1) ‖ the entry as RFC 8785 writes it)

The last hash goes into the public log from time to time (`audit-head`): from then on others hold it, too.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from jmc_vc.formats.jcs import canonicalize

BEGINNING: Final = bytes(32)
"""What stands in the place of the hash before the first entry."""


def audit_entry_bytes(
    *,
    seq: int,
    at: datetime,
    actor_kind: str,
    actor_id: str,
    action: str,
    object: str,  # noqa: A002 - the member's name
    reason: str | None,
    details: Mapping[str, str | int | bool | None],
    rows: Mapping[str, str | None] | None = None,
) -> bytes:
    """The entry as it is hashed: all its columns by their names, `at` in UTC to the microsecond, as both databases keep
    it. `rows` is left out where there are none, as in all entries of before there was such a column. Raises
    NotCanonicalizable."""
    return canonicalize(
        {
            **({} if rows is None else {"rows": dict(rows)}),
            "seq": seq,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "actor_kind": str(actor_kind),
            "actor_id": actor_id,
            "action": action,
            "object": object,
            "reason": reason,
            "details": dict(details),
        }
    )


def chained(previous: bytes, entry: bytes) -> bytes:
    """The hash of `entry` (`audit_entry_bytes`) behind the one with the hash `previous`."""
    return sha256(previous + entry).digest()
