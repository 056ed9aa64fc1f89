"""Multibase text: `z` base58btc and `u` base64url without padding.

https://www.w3.org/TR/cid-1.0/#multibase-0

Base 58 is not a power of two, so reading it costs more than linear time: 400 KB cost a plain decoder 82 seconds. The
length is therefore judged before the first digit is looked at. Ten digits at a time (58^10 fits a machine word)
make the signatures and keys that we meet three times as fast as digit by digit.
"""

from typing import Final

from jmc_vc.errors import Malformed
from jmc_vc.formats.encoding import base64url

LONGEST: Final = 4_096
"""Characters. A Multikey has 48 to 70, a signature 89 to 133, a selective-disclosure proof value a few hundred to
thousands."""

_DIGITS: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES: Final = bytes(_DIGITS.find(chr(byte)) % 256 for byte in range(256))
"""The value of each digit, 255 of what is none."""
_PAIRS: Final = [high + low for high in _DIGITS for low in _DIGITS]
_TEN: Final = 58**10
_NO_DIGIT: Final = b"\xff"


class NotMultibase(Malformed):
    """Another base than z or u, a character outside the alphabet, or more characters than the caller takes."""

    code = "encoding.multibase"


def decode(text: str, *, longest: int = LONGEST) -> bytes:
    """The bytes of `text`, at most `longest` characters with its prefix. Raises NotMultibase, NotBase64Url."""
    if len(text) > longest:
        raise NotMultibase
    if text[:1] == "z":
        return decode_base58(text[1:], longest=longest)
    if text[:1] == "u":
        return base64url.decode(text[1:])
    raise NotMultibase


def encode_base58(data: bytes) -> str:
    """`data` in base58btc, with its prefix `z`."""
    number = int.from_bytes(data)
    chunks = []
    while number:
        number, ten = divmod(number, _TEN)
        chunks.append(
            _PAIRS[ten // 3364**4]
            + _PAIRS[ten // 3364**3 % 3364]
            + _PAIRS[ten // 3364**2 % 3364]
            + _PAIRS[ten // 3364 % 3364]
            + _PAIRS[ten % 3364]
        )
    chunks.reverse()
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(chunks).lstrip("1")


def encode_base64url(data: bytes) -> str:
    """`data` in base64url, with its prefix `u`."""
    return "u" + base64url.encode(data)


def decode_base58(digits: str, *, longest: int = LONGEST) -> bytes:
    """The bytes of base58btc `digits`, without prefix. Raises NotMultibase."""
    if len(digits) > longest or not digits.isascii():
        raise NotMultibase
    values = digits.encode().translate(_VALUES)
    if _NO_DIGIT in values:
        raise NotMultibase
    significant = values.lstrip(b"\0")
    padded = bytes(-len(significant) % 10) + significant
    parts = []
    for start in range(0, len(padded), 10):
        a, b, c, d, e, f, g, h, i, j = padded[start : start + 10]
        five = (((a * 58 + b) * 58 + c) * 58 + d) * 58 + e
        parts.append(((((five * 58 + f) * 58 + g) * 58 + h) * 58 + i) * 58 + j)
    # Many parts are joined in pairs and not one after another, so that long numbers meet only numbers as long: nearly
    # linear. A signature has nine.
    scale = _TEN
    while len(parts) > 16:
        if len(parts) % 2:
            parts.insert(0, 0)
        parts = [parts[place] * scale + parts[place + 1] for place in range(0, len(parts), 2)]
        scale *= scale
    number = 0
    for part in parts:
        number = number * scale + part
    return b"\0" * (len(values) - len(significant)) + number.to_bytes((number.bit_length() + 7) // 8)
