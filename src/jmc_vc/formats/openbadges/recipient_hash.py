"""Hashed identifiers of a recipient: so that a badge can be matched with an e-mail address without showing it.

https://www.imsglobal.org/spec/ob/v3p0/ section 9.3 (OB-30): algorithm, `$`, hexadecimal digest of identifier + salt.
Nothing is normalized here: who wants `A@b.example` and `a@b.example` to be one address decides that before hashing.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.openbadges.subject import Identifier

WEAK_HASH = "recipient.weak_hash"
"""The code of the sentence that warns of MD5."""

_FORM = re.compile(r"sha256\$[0-9A-Fa-f]{64}|md5\$[0-9A-Fa-f]{32}")


class UnsupportedRecipientHash(Unacceptable):
    """The identifier is hashed with another algorithm than SHA-256 or MD5, or is no hash at all."""

    code = "recipient.hash"


@dataclass(frozen=True)
class Match:
    """Whether the identifier is the one that was asked for; `warning` is a code, such as WEAK_HASH."""

    matched: bool
    warning: str | None = None


def identity_hash(value: str, salt: str) -> str:
    """`sha256$` and the hexadecimal SHA-256 of the UTF-8 bytes of `value` followed by `salt`.

    MD5, the other algorithm of the specification, is never written: hashes of e-mail addresses under MD5 are searched
    through in minutes. `salt` is random text, another one for each credential."""
    return f"sha256${hashlib.sha256(_bytes(value + salt)).hexdigest()}"


def matches(identifier: Identifier, value: str) -> Match:
    """Whether `identifier`, plain or hashed, with or without salt, stands for `value`. Raises recipient.hash.

    The digits of a hash may be in either case. MD5 is taken with a warning: who gave out the badge cannot be asked to
    give it out again, but two values with one MD5 are easily made."""
    if not identifier.hashed:
        return Match(hmac.compare_digest(_bytes(identifier.value), _bytes(value)))
    if not _FORM.fullmatch(identifier.value):
        raise UnsupportedRecipientHash
    algorithm, _, digest = identifier.value.partition("$")
    salted = _bytes(value + (identifier.salt or ""))
    if algorithm == "sha256":
        return Match(hmac.compare_digest(hashlib.sha256(salted).hexdigest(), digest.lower()))
    return Match(hmac.compare_digest(hashlib.md5(salted, usedforsecurity=False).hexdigest(), digest.lower()), WEAK_HASH)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
