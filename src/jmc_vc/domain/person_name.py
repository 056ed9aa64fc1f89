"""A person's name, kept code point by code point as it was confirmed (INV-33): never normalized, never trimmed inside.

NFC alone would already change people's names: U+FA19 神 becomes U+795E (journeys §3). So `check` refuses and never
repairs, `signed_name` only joins, and folding happens in a copy for searching.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from unicodedata import category, normalize

import regex

from jmc_vc.errors import Unacceptable

LONGEST_PART = 50
"""Grapheme clusters, so that a variation sequence or a letter with its accents counts as the one character that it
is."""

LONGEST_PART_IN_CODE_POINTS = 400
"""A cluster may hold any number of combining marks; this bounds what one character can weigh."""

_KANA = regex.compile(r"[ァ-ヺー・ 　ㇰ-ㇿ\u309a]+")
"""Full-width katakana with long mark and middle dot, as in passports and family registers; ㇰ–ㇿ write Ainu names."""

_NOT_LATIN = regex.compile(r"(?V1)[[\p{L}\p{Nl}\p{Cn}]--[\p{Latin}\p{Common}\p{Inherited}]]|[ーｰ]")
"""Letters of other scripts than Latin. Marks, spaces, hyphens, apostrophes (also the letter-like ʻ and ʼ), periods and
middle dots stay, for they are in people's names; the long mark belongs to kana, whatever its script property says."""

_INVISIBLE_BUT_NEEDED = frozenset("\u200c\u200d")
"""The joiners shape letters in Persian and in scripts of India; all other invisible format characters are refused."""


class NameMissing(Unacceptable):
    """None of `ja`, `latn` and `fullName`."""

    code = "request.name_missing"


class NameBothForms(Unacceptable):
    """`fullName` is for names that are not split; beside parts nobody could tell which one was confirmed."""

    code = "request.name_form"


class NamePartEmpty(Unacceptable):
    """A writing without parts, or a part without a letter."""

    code = "request.name_empty"


class NameTooLong(Unacceptable):
    """A part of more than 50 characters."""

    code = "request.name_length"


class NameCharacterRefused(Unacceptable):
    """A control, a line break, a bidi override, another invisible character, or half of a surrogate pair."""

    code = "request.name_character"


class UnsupportedCharacter(Unacceptable):
    """A private-use character (外字): it means something else on every other machine."""

    code = "unsupported_character"


class KanaRefused(Unacceptable):
    """The reading is not in full-width katakana; nothing is converted without asking."""

    code = "request.name_kana"


class LatinRefused(Unacceptable):
    """A letter of another script in the Latin writing; nothing is transliterated without asking."""

    code = "request.name_latn"


@dataclass(frozen=True, kw_only=True)
class NameParts:
    """One writing of a name."""

    family: str | None = None
    given: str | None = None
    middle: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonName:
    """Either `full_name`, for a name that is not split, or parts in `ja` and/or `latn`, with the reading in `kana`."""

    full_name: str | None = None
    ja: NameParts | None = None
    kana: NameParts | None = None
    latn: NameParts | None = None
    order: Literal["family-first", "given-first"] = "family-first"


def check(name: PersonName, *, pointer: str = "/recipient/name") -> None:
    """Raises the first refusal. Kanji are never required, and neither is the reading: an issuer that has none on file
    could only invent one."""
    if name.full_name is not None and (name.ja or name.kana or name.latn):
        raise NameBothForms(pointer=pointer)
    if name.full_name is None and name.ja is None and name.latn is None:
        raise NameMissing(pointer=pointer)
    if name.full_name is not None:
        _check_part(name.full_name, f"{pointer}/fullName")
    for writing, parts in (("ja", name.ja), ("kana", name.kana), ("latn", name.latn)):
        if parts is None:
            continue
        given = _given(parts)
        if not given:
            raise NamePartEmpty(pointer=f"{pointer}/{writing}")
        for member, text in given.items():
            _check_part(text, f"{pointer}/{writing}/{member}")
            if writing == "kana" and not _KANA.fullmatch(text):
                raise KanaRefused(pointer=f"{pointer}/kana/{member}")
            if writing == "latn" and _NOT_LATIN.search(text):
                raise LatinRefused(pointer=f"{pointer}/latn/{member}")


def signed_name(name: PersonName) -> str:
    """The one string of OB3's `name` identity: the Japanese writing, else the Latin one, else the full name, its parts
    joined by U+0020 in the person's order and otherwise untouched (INV-33)."""
    parts = name.ja or name.latn
    if parts is None:
        return name.full_name or ""
    return " ".join(_in_order(parts, name.order))


def name_json(name: PersonName) -> dict[str, Any]:
    """The structured copy, `jmc:recipientName`: only what was given."""
    if name.full_name is not None:
        return {"fullName": name.full_name}
    writings = (("ja", name.ja), ("kana", name.kana), ("latn", name.latn))
    return {writing: _given(parts) for writing, parts in writings if parts is not None} | {"order": name.order}


def search_key(text: str) -> str:
    """A copy for finding, never for showing or signing: compatibility forms, variants (渡邉・渡邊・渡辺), kana, case
    and spaces are folded."""
    folded = _fold(text)
    # Taking a space away can bring a letter and an accent together: fold again until nothing changes. Three are enough.
    for _ in range(3):
        again = _fold(folded)
        if again == folded:
            break
        folded = again
    return folded


def _check_part(text: str, pointer: str) -> None:
    if len(text) > LONGEST_PART_IN_CODE_POINTS:
        raise NameTooLong(pointer=pointer, max=LONGEST_PART)
    for character in text:
        kind = category(character)
        if kind == "Co":
            raise UnsupportedCharacter(pointer=pointer)
        if kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and character not in _INVISIBLE_BUT_NEEDED):
            raise NameCharacterRefused(pointer=pointer)
        if _is_noncharacter(ord(character)):
            raise NameCharacterRefused(pointer=pointer)
    # Unassigned ones count as letters: kanji of a newer Unicode version than Python's tables are in people's names too.
    if not any(category(character)[0] == "L" or category(character) in ("Nl", "Cn") for character in text):
        raise NamePartEmpty(pointer=pointer)
    if len(regex.findall(r"\X", text)) > LONGEST_PART:
        raise NameTooLong(pointer=pointer, max=LONGEST_PART)


def _is_noncharacter(code_point: int) -> bool:
    return code_point & 0xFFFE == 0xFFFE or 0xFDD0 <= code_point <= 0xFDEF


def _given(parts: NameParts) -> dict[str, str]:
    members = (("family", parts.family), ("middle", parts.middle), ("given", parts.given))
    return {member: text for member, text in members if text is not None}


def _in_order(parts: NameParts, order: str) -> Iterator[str]:
    family_first = (parts.family, parts.middle, parts.given)
    given_first = (parts.given, parts.middle, parts.family)
    return (text for text in (family_first if order == "family-first" else given_first) if text is not None)


def _fold(text: str) -> str:
    plain = normalize("NFKC", _VARIATION_SELECTORS.sub("", text).casefold())
    plain = _SPACES.sub("", plain.translate(_VARIANTS).casefold())
    return normalize("NFKC", plain).translate(_HIRAGANA_TO_KATAKANA)


_VARIATION_SELECTORS = regex.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_SPACES = regex.compile(r"[\s・]+")
_HIRAGANA_TO_KATAKANA: Mapping[int, int] = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}

# fmt: off
_FOLDED: Mapping[str, str] = {
    "辺": "邉邊", "崎": "﨑嵜碕", "高": "髙", "斉": "斎齊齋", "浜": "濱濵", "沢": "澤", "広": "廣",
    "国": "國", "学": "學", "桜": "櫻", "恵": "惠", "徳": "德", "真": "眞", "竜": "龍", "滝": "瀧",
    "島": "嶋嶌", "富": "冨", "浅": "淺", "円": "圓", "実": "實", "寿": "壽", "栄": "榮", "静": "靜",
    "条": "條", "万": "萬", "豊": "豐", "関": "關", "鉄": "鐵", "吉": "𠮷", "凛": "凜", "峰": "峯",
    "槙": "槇", "曽": "曾", "桑": "桒", "柳": "栁", "館": "舘", "荘": "莊", "蔵": "藏", "礼": "禮",
    "与": "與", "桧": "檜", "横": "橫", "黒": "黑", "黄": "黃", "緒": "緖", "禄": "祿", "薫": "薰",
    "遥": "遙", "彦": "彥", "将": "將", "来": "來", "亀": "龜", "芦": "蘆", "尭": "堯", "瑶": "瑤",
    "穂": "穗", "弥": "彌", "台": "臺", "剣": "劍劒", "巌": "巖", "団": "團", "児": "兒", "雑": "雜",
    "歳": "歲", "戸": "戶",
}
# fmt: on
"""Variants that stand for one another in family registers and on keyboards: the key is the common form."""

_VARIANTS: Mapping[int, str] = {
    ord(variant): common for common, variants in _FOLDED.items() for variant in variants if variant != common
}
