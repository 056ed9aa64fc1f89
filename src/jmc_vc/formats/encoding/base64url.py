"""base64url without padding (RFC 4648 §5, RFC 7515 §2), read strictly.

Python's decoder skips characters that it does not know and ignores the unused bits of the last character, so that many
texts give the same bytes. Here one value has one text: anything else would let a token be rewritten and still verify.
"""

import binascii
from base64 import urlsafe_b64encode

from jmc_vc.errors import Malformed

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")


class NotBase64Url(Malformed):
    """Padding, white space, a character outside the alphabet, an impossible length or unused bits that are not zero."""

    code = "encoding.base64url"


def encode(data: bytes) -> str:
    """`data` as base64url without `=`."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes that `text` says. Raises NotBase64Url."""
    try:
        written = text.encode("ascii")
    except UnicodeEncodeError as err:
        raise NotBase64Url from err
    # Deleting what is allowed must leave nothing: four times as fast as a regular expression, and tokens are long.
    if written.translate(None, _ALPHABET) or len(written) % 4 == 1:
        raise NotBase64Url
    data = binascii.a2b_base64(written.translate(_TO_STANDARD) + b"=" * (-len(written) % 4))
    rest = len(data) % 3
    if rest and encode(data[-rest:]) != text[-rest - 1 :]:  # the last character had bits that no byte uses
        raise NotBase64Url
    return data
