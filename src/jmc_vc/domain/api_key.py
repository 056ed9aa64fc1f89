"""An API key as a row: by which issuers' systems are known. The secret itself is nowhere; only its keyed hash is."""

import base64
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jmc_vc.domain.actor import Scope

_WORDS = "jmcob_live"
_PREFIX_BYTES = 5
"""40 bits: public, enough to tell a few million keys apart."""
_SECRET_BYTES = 32
LIFETIME = timedelta(days=90)
"""How long a key is good for: short enough that a forgotten one dies, long enough for a term."""
_FORM = re.compile(r"(?P<hashed>jmcob_live_(?P<prefix>[a-z2-7]{8})_[A-Za-z0-9_-]{43})(?P<check>[0-9a-f]{8})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """`prefix` is the public part by which the key is found and named; `secret_hash` is 32 bytes; times are aware,
    in UTC."""

    prefix: str
    issuer: str
    secret_hash: bytes
    scopes: frozenset[Scope]
    label: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def __repr__(self) -> str:
        return f"ApiKey({self.prefix}, {self.issuer})"


def mint(
    *,
    issuer: str,
    scopes: frozenset[Scope],
    label: str,
    now: datetime,
    expires_at: datetime,
    random: Callable[[int], bytes],
    hashed: Callable[[str], bytes],
) -> tuple[str, ApiKey]:
    """A new key: its text, to be shown once, and its row. `hashed` is the keyed hash under which it is stored.

    The text is `jmcob_live_<prefix>_<secret><check>`: 256 random bits, words that scanners for leaked secrets find,
    and a checksum by which a mistyped key is told from a wrong one without asking the database."""
    prefix = base64.b32encode(random(_PREFIX_BYTES)).decode().lower()
    secret = base64.urlsafe_b64encode(random(_SECRET_BYTES)).decode().rstrip("=")
    text = f"{_WORDS}_{prefix}_{secret}"
    row = ApiKey(
        prefix=prefix,
        issuer=issuer,
        secret_hash=hashed(text),
        scopes=scopes,
        label=label,
        created_at=now,
        expires_at=expires_at,
    )
    return f"{text}{_checksum(text)}", row


def read_api_key(text: str) -> tuple[str, str] | None:
    """The prefix, and what was hashed; None if `text` cannot be a key of ours."""
    found = _FORM.fullmatch(text)
    if found is None or _checksum(found["hashed"]) != found["check"]:
        return None
    return found["prefix"], found["hashed"]


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
