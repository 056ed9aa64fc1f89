"""The address of a key on a token: `pkcs11:token=…;object=…;id=…` (RFC 7512), read strictly.

Only these three attributes, each exactly once, in any order. What follows a question mark in that RFC (`pin-value`,
`pin-source`, `module-path`) is refused: a row of the database says neither how a token is opened nor which library is
loaded. `token` and `object` are labels in UTF-8, `id` is bytes.
"""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, unquote_to_bytes

from jmc_vc.errors import Malformed

SCHEME = "pkcs11"

_LONGEST = 1_024
"""Twice what three attributes of the sizes below have, each byte percent-encoded."""
_TOKEN_BYTES = 32
"""The label's room in CK_TOKEN_INFO (PKCS #11 v2.40 §3.2)."""
_OBJECT_BYTES = 96
"""A slug and a key id, twice over."""
_ID_BYTES = 32
# RFC 7512 §2.3: unreserved characters and those of pk11-res-avail; the rest is percent-encoded.
_PLAIN = ":[]@!$'()*+,="
_VALUE = re.compile(r"(?:[A-Za-z0-9._~:\[\]@!$'()*+,=-]|%[0-9A-Fa-f]{2})+", re.ASCII)


class BadSignerUri(Malformed):
    """No address of a key on a token, or one that says more than that."""

    code = "signer.uri"


@dataclass(frozen=True, kw_only=True)
class TokenUri:
    """One key on one token. Raises BadSignerUri when made of labels that no token has."""

    token: str
    object: str
    id: bytes

    def __post_init__(self) -> None:
        fits = 0 < len(self.id) <= _ID_BYTES
        if not (fits and _is_label(self.token, _TOKEN_BYTES) and _is_label(self.object, _OBJECT_BYTES)):
            raise BadSignerUri

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadSignerUri."""
        scheme, _, path = text.partition(":")
        if len(text) > _LONGEST or scheme != SCHEME:
            raise BadSignerUri
        found: dict[str, bytes] = {}
        for attribute in path.split(";"):
            name, _, value = attribute.partition("=")
            if name in found or not _VALUE.fullmatch(value):
                raise BadSignerUri
            found[name] = unquote_to_bytes(value)
        if found.keys() != {"token", "object", "id"}:
            raise BadSignerUri
        try:
            return cls(token=found["token"].decode(), object=found["object"].decode(), id=found["id"])
        except UnicodeDecodeError:
            raise BadSignerUri from None

    def __str__(self) -> str:
        # `id` is written out in full, as RFC 7512 §2.3 asks for bytes that are no text.
        encoded = "".join(f"%{byte:02X}" for byte in self.id)
        return f"{SCHEME}:token={quote(self.token, _PLAIN)};object={quote(self.object, _PLAIN)};id={encoded}"


def _is_label(text: str, most: int) -> bool:
    # A token pads its label with blanks, so one at the end would never be found; control characters name nothing.
    return 0 < len(text.encode()) <= most and text.isprintable() and text == text.strip()
