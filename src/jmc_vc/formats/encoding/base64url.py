"""base64url without padding (RFC 4648 §5, RFC 7515 §2), read strictly.

Python's decoder skips characters that it does not know and ignores the unused bits of the last character, so that many
texts give the same bytes. Here one value has one text: anything else would let a token be rewritten and still verify.
"""

import binascii
import re
from base64 import urlsafe_b64encode

from jmc_vc.errors import Malformed

_ALPHABET = re.compile("[A-Za-z0-9_-]*")


class NotBase64Url(Malformed):
    """Padding, white space, a character outside the alphabet, an impossible length or unused bits that are not zero."""

    code = "encoding.base64url"


def encode(data: bytes) -> str:
    """`data` as base64url without `=`."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes that `text` says. Raises NotBase64Url."""
    if not _ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        raise NotBase64Url
    padded = text.translate(_TO_STANDARD) + "=" * (-len(text) % 4)
    data = binascii.a2b_base64(padded, strict_mode=True)
    if encode(data) != text:  # the last character had bits that no byte uses
        raise NotBase64Url
    return data


_TO_STANDARD = str.maketrans("-_", "+/")
