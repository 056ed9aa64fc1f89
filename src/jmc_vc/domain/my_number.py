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
from unicodedata import category, digit

from jmc_vc.errors import Unacceptable

NATIONAL_IDENTITY_NUMBER = "nationalIdentityNumber"
"""The `identityType` of OB 3.0 that has no use here."""

_LENGTH = 12
_SEPARATORS = " -./_・,~"
_CHAIN = re.compile(rf"[0-9]+(?:[{re.escape(_SEPARATORS)}]{{1,2}}[0-9]+)*")
"""Groups of digits with at most two separators between them: what a reader takes for one number, however divided. The
expression never goes back, so a text costs what its length is."""
_GROUP = re.compile("[0-9]+")
# https://www.rfc-editor.org/rfc/rfc9562#section-4, with a version and the variant that such identifiers have.
_UUID = re.compile(
    r"(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-z])",
    re.IGNORECASE | re.ASCII,
)
_LOOKS_LIKE: Mapping[str, str] = {
    "ー": "-", "ｰ": "-", "−": "-",  # the long marks and the minus that input methods write
    "．": ".", "／": "/", "＿": "_", "，": ",", "～": "~", "∼": "~", "･": "・", "·": "・",
    **{numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")},
}  # fmt: skip


class MyNumberRejected(Unacceptable):
    """There is what looks like an Individual Number. The text itself goes nowhere, not even into this error."""

    code = "my_number_rejected"


def refuse_my_number(value: Any, *, pointer: str = "") -> None:
    """Walks a JSON value: every text, every member name, every number. Raises MyNumberRejected at the first find."""
    for place, text in _texts(value, pointer):
        if holds_my_number(text):
            raise MyNumberRejected(pointer=place)


def holds_my_number(text: str) -> bool:
    """Whether `text` holds twelve digits with a right check digit, whole or in groups with one or two separators.

    Digits of all scripts and shapes count, also ①, ² and 〇. More digits than twelve without a separator are another
    number, and the groups of a UUID are none.
    """
    if len(text) < _LENGTH:
        return False
    plain = _UUID.sub("x", text)
    if not plain.isascii() or not plain.isprintable():
        plain = "".join(map(_plain, plain))
    return any(_in_whole_groups(_GROUP.findall(chain)) for chain in _CHAIN.findall(plain))


def is_my_number(digits: str) -> bool:
    """Whether the twelfth of `digits` (ASCII) is the check digit of the first eleven."""
    total = sum(int(each) * (n + 1 if n <= 6 else n - 5) for n, each in zip(range(11, 0, -1), digits[:11], strict=True))
    remainder = total % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def _in_whole_groups(groups: Sequence[str]) -> bool:
    """Whether some neighbouring `groups` make an Individual Number. None is cut: 13 digits are a corporate number."""
    first, length = 0, 0
    for last, group in enumerate(groups):
        length += len(group)
        while length > _LENGTH:
            length -= len(groups[first])
            first += 1
        if length == _LENGTH and is_my_number("".join(groups[first : last + 1])):
            return True
    return False


def _plain(character: str) -> str:
    """ASCII for a digit of any script and for anything that separates; nothing for invisible characters."""
    if known := _LOOKS_LIKE.get(character):
        return known
    value = digit(character, None)
    if value is not None:
        return str(value)
    kind = category(character)
    if kind in ("Cf", "Mn", "Me"):  # among them the frame of a keycap
        return ""
    if kind == "Pd":
        return "-"
    return " " if kind[0] == "Z" or character.isspace() else character


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
    elif isinstance(value, int | float) and 10 ** (_LENGTH - 1) <= abs(value) < 10**_LENGTH:
        yield pointer, format(value, ".0f")  # 123456789018.0 is the same number; larger ones may have a million digits


def _segment(name: str) -> str:
    """A member's name in a pointer, unless it could carry what must not be repeated."""
    return name if re.fullmatch(r"[A-Za-z][A-Za-z:]{0,63}", name) else "?"
