"""Hashed identifiers of a recipient: so that a badge can be matched with an e-mail address without showing it.

https://www.imsglobal.org/spec/ob/v3p0/ section 9.3 (OB-30): algorithm, `$`, hexadecimal digest of identifier + salt.
Nothing is normalized here: who wants `A@b.example` and `a@b.example` to be one address decides that before hashing.
"""

import hashlib
import hmac
from collections.abc import Mapping


def identity_hash(value: str, salt: str) -> str:
    """`sha256$` and the hexadecimal SHA-256 of the UTF-8 bytes of `value` followed by `salt`.

    MD5, the other algorithm of the specification, is never written: hashes of e-mail addresses under MD5 are searched
    through in minutes. `salt` is random text, another one for each credential."""
    return f"sha256${hashlib.sha256(_salted(value, salt)).hexdigest()}"


def matches(identity_object: Mapping[str, object], value: str) -> bool:
    """Whether the IdentityObject names `value`: plainly, or as a SHA-256 or MD5 hash in either case of letters.

    An object that is not shaped as it should be matches nothing."""
    written = identity_object.get("identityHash")
    if not isinstance(written, str):
        return False
    if identity_object.get("hashed") is False:
        return written == value
    salt = identity_object.get("salt", "")
    algorithm, _, digest = written.partition("$")
    if not isinstance(salt, str) or identity_object.get("hashed") is not True or not digest.isascii():
        return False
    salted = _salted(value, salt)
    if algorithm == "sha256":
        expected = hashlib.sha256(salted).hexdigest()
    elif algorithm == "md5":
        expected = hashlib.md5(salted, usedforsecurity=False).hexdigest()
    else:
        return False
    return hmac.compare_digest(digest.lower(), expected)


def uses_md5(identity_object: Mapping[str, object]) -> bool:
    """Whether the hash is of the kind that is accepted with a warning only."""
    written = identity_object.get("identityHash")
    return identity_object.get("hashed") is True and isinstance(written, str) and written.startswith("md5$")


def _salted(value: str, salt: str) -> bytes:
    return (value + salt).encode("utf-8", "surrogatepass")
