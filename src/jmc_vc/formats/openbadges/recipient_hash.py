"""Hashed identifiers of a recipient: so that a badge can be matched with an e-mail address without showing it.

https://www.imsglobal.org/spec/ob/v3p0/ section 9.3 (OB-30): algorithm, `$`, hexadecimal digest of identifier + salt.
Nothing is normalized here: who wants `A@b.example` and `a@b.example` to be one address decides that before hashing.
"""

import hashlib


def identity_hash(value: str, salt: str) -> str:
    """`sha256$` and the hexadecimal SHA-256 of the UTF-8 bytes of `value` followed by `salt`.

    MD5, the other algorithm of the specification, is never written: hashes of e-mail addresses under MD5 are searched
    through in minutes. `salt` is random text, another one for each credential."""
    digest = hashlib.sha256((value + salt).encode("utf-8", "surrogatepass")).hexdigest()
    return f"sha256${digest}"
