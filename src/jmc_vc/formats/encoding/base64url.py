"""base64url without padding (RFC 4648 §5, RFC 7515 §2), read strictly.

Python's decoder skips characters that it does not know and ignores the unused bits of the last character, so that many
texts give the same bytes. Here one value has one text: anything else would let a token be rewritten and still verify.
"""

import binascii

import pybase64

from jmc_vc.errors import Malformed


class NotBase64Url(Malformed):
    """Padding, white space, a character outside the alphabet, an impossible length or unused bits that are not zero."""

    code = "encoding.base64url"


def encode(data: bytes) -> str:
    """`data` as base64url without `=`."""
    return pybase64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes that `text` says. Raises NotBase64Url."""
    # The library takes padding, and the standard alphabet beside this one. It decodes a token's 5 kB in 1 µs, where
    # the standard library needs 12 with as strict a look at every character.
    if "=" in text or "+" in text or "/" in text or not text.isascii():
        raise NotBase64Url
    try:
        data = pybase64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as err:
        raise NotBase64Url from err
    rest = len(data) % 3
    if rest and encode(data[-rest:]) != text[-rest - 1 :]:  # the last character had bits that no byte uses
        raise NotBase64Url
    return data
