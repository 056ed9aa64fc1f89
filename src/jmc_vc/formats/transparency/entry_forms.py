"""The forms that a member of a log entry can have. None takes free text: nothing that a person wrote can get in.

A form takes the JSON value and gives what it says, or None when it is not of that form.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.openbadges.date_time import NotADateTimeStamp, read_date_time_stamp
from jmc_vc.formats.strict_json import LARGEST_INTEGER, JsonValue
from jmc_vc.formats.transparency.merkle import HASH_LENGTH

Form: TypeAlias = Callable[[JsonValue], Any]

_LONGEST: Final = 1_024
"""Characters of any text: a DID of ours has up to 1,000, the key of a 4096-bit RSA signer 721."""


def text(pattern: str) -> Form:
    """Text that matches `pattern` from end to end."""
    compiled = re.compile(pattern, re.ASCII)

    def read(value: JsonValue) -> str | None:
        fits = isinstance(value, str) and len(value) <= _LONGEST and compiled.fullmatch(value)
        return str(value) if fits else None  # as plain text, where it is a word of a StrEnum

    return read


def one_of(*words: str) -> Form:
    """One of these words."""
    return text("|".join(map(re.escape, words)))


def count(value: JsonValue) -> int | None:
    """A whole number from 0 on, below 2^53, so that every reader of JSON sees the same one."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < LARGEST_INTEGER else None


def sha256_base64url(value: JsonValue) -> str | None:
    """32 bytes in base64url."""
    if not isinstance(value, str) or len(value) != 43:
        return None
    try:
        return value if len(base64url.decode(value)) == HASH_LENGTH else None
    except base64url.NotBase64Url:
        return None


def moment(value: JsonValue) -> datetime | None:
    """RFC 3339 in UTC with whole seconds: `2026-10-05T01:00:00Z`, one spelling for one moment."""
    try:
        found = read_date_time_stamp(value)
    except NotADateTimeStamp:
        return None
    return found.instant if write_moment(found.instant) == found.text else None


def write_moment(value: datetime) -> str | None:
    """`value` as `moment` reads it, cut to the second; None without an offset, when it names no moment."""
    if value.utcoffset() is None:
        return None
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


did: Final = text(r"did:[a-z0-9]+:(?=.)[A-Za-z0-9._:-]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._:-]*)*")
kid: Final = text(r"[A-Za-z0-9._~-]{1,128}")
jcs_digest: Final = text(r"sha-256:[0-9a-f]{64}")
multikey: Final = text(r"z[1-9A-HJ-NP-Za-km-z]+")
program_number: Final = text(r"JMC-P-[0-9]{6}")
program_version: Final = text(r"[1-9][0-9]{0,8}(?:\.[0-9]{1,9})?")
issuer_number: Final = text(r"JMC-I-[0-9]{5}")
decision_number: Final = text(r"JMC-D-(?:[0-9]{4}-[0-9]{4}|9000[0-9]{2})")
origin: Final = text(r"[!-*,-~]{1,500}")
"""The first line of a log's checkpoints: printable ASCII without blanks and plus, as ours are."""
