"""Individual Numbers (個人番号, My Number) are refused everywhere (INV-34).

The My Number Act allows them for tax, social security and disaster relief alone: nobody may even store one here. So
every text that comes in is looked through for twelve digits with a right check digit. One in eleven other
twelve-digit numbers passes that test by chance; such a number is refused too, because a wrong refusal can be mended
and a wrong storing cannot.

Check digit: 総務省令第85号 (2014) §5.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unicodedata import category, decimal

from jmc_vc.errors import Unacceptable

NATIONAL_IDENTITY_NUMBER = "nationalIdentityNumber"
"""The `identityType` of OB 3.0 that has no use here."""

_RUN = re.compile(r"(?<![0-9])(?:[0-9]{12}|[0-9]{4}([ \-./_])[0-9]{4}\1[0-9]{4})(?![0-9])")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_SHORTEST = 12


class MyNumberRejected(Unacceptable):
    """There is what looks like an Individual Number. The text itself goes nowhere, not even into this error."""

    code = "my_number_rejected"


def refuse_my_number(value: Any, *, pointer: str = "") -> None:
    """Walks a JSON value: every text, every member name, every number. Raises MyNumberRejected at the first find."""
    for place, text in _texts(value, pointer):
        if holds_my_number(text):
            raise MyNumberRejected(pointer=place)


def holds_my_number(text: str) -> bool:
    """Whether `text` holds twelve digits with a right check digit: bare, in groups of four, or alone with separators.

    Digits of all scripts count, full-width ones above all. The last group of a UUID does not.
    """
    if len(text) < _SHORTEST:
        return False
    plain = "".join(_plain(character) for character in text)
    alone = re.sub(r"[ \-./_]", "", plain)
    if len(alone) == _SHORTEST and alone.isdigit():
        return is_my_number(alone)
    return any(is_my_number(re.sub(r"[^0-9]", "", found.group())) for found in _RUN.finditer(_UUID.sub("", plain)))


def is_my_number(digits: str) -> bool:
    """Whether the twelfth of `digits` (ASCII) is the check digit of the first eleven."""
    total = sum(
        int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in zip(range(11, 0, -1), digits[:11], strict=True)
    )
    remainder = total % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def _plain(character: str) -> str:
    """ASCII for a digit of any script and for anything that separates; nothing for invisible characters."""
    if character.isascii():
        return " " if character.isspace() else character
    digit = decimal(character, None)
    if digit is not None:
        return str(digit)
    kind = category(character)
    if kind in ("Cf", "Mn"):
        return ""
    if kind == "Pd" or character in "ー−":  # the long mark and the minus that input methods write
        return "-"
    return " " if kind[0] == "Z" else character


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for name, member in value.items():
            yield pointer, name
            if name == "identityType" and member == NATIONAL_IDENTITY_NUMBER:
                raise MyNumberRejected(pointer=pointer)
            yield from _texts(member, f"{pointer}/{_segment(name)}")
    elif isinstance(value, Sequence):
        for i, item in enumerate(value):
            yield from _texts(item, f"{pointer}/{i}")
    elif isinstance(value, int) and not isinstance(value, bool):
        yield pointer, str(value)
    elif value is not None and not isinstance(value, bool):  # float or Decimal: 123456789018.0 is the same number
        yield pointer, format(value, ".0f")


def _segment(name: str) -> str:
    """A member's name in a pointer, unless it could carry what must not be repeated."""
    return name if re.fullmatch(r"[A-Za-z][A-Za-z:]{0,63}", name) else "?"
